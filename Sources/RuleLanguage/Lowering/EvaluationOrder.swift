import RuleEngine

/// Puts variables into an order in which each follows what it reads, or finds a circle.
struct EvaluationOrder {
  /// Every variable, those that others read first; ties by place.
  private(set) var order: [Int] = []
  /// Variables that read each other in a circle, beginning and ending with the same one.
  private(set) var cycle: [Int]?

  init(_ program: Program) {
    let reads = program.variables.indices.map { EvaluationOrder.reads($0, program) }
    var state = program.variables.map { _ in Visit.waiting }
    for start in reads.indices where state[start] == .waiting {
      var stack: [(variable: Int, next: Int)] = [(start, 0)]
      state[start] = .open
      while let (variable, next) = stack.last {
        guard next < reads[variable].count else {
          state[variable] = .done
          order.append(variable)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let target = reads[variable][next]
        switch state[target] {
        case .waiting:
          state[target] = .open
          stack.append((target, 0))
        case .open:
          let from = stack.firstIndex { $0.variable == target } ?? 0
          cycle = stack[from...].map(\.variable) + [target]
          return
        case .done: break
        }
      }
    }
  }

  private enum Visit { case waiting, open, done }

  /// The variables that must be known before this one, ascending.
  private static func reads(_ variable: Int, _ program: Program) -> [Int] {
    var found: Set<Int> = []
    var rules: Set<Int> = []
    func note(_ condition: Condition) {
      for part in condition.subtree {
        switch part {
        case .test(let variable, let matcher):
          found.insert(variable)
          if matcher.isRelative || !matcher.parameters.isEmpty { found.insert(program.assessmentDay) }
        case .applies(let rule): if rules.insert(rule).inserted { note(program.rules[rule].condition) }
        default: break
        }
      }
    }
    switch program.variables[variable].kind {
    case .fact(let fact):
      if let condition = fact.appliesWhen { note(condition) }
    case .derived(let derivation):
      found.formUnion(derivation.sources)
      for condition in derivation.conditions { note(condition) }
      if case .total(let decision, _) = derivation { found.insert(program.decisions[decision].variable) }
    case .decision(let index):
      let decision = program.decisions[index]
      if let condition = decision.appliesWhen { note(condition) }
      for slot in decision.slots {
        for effect in slot.effects { note(program.rules[effect.rule].condition) }
        if let fill = slot.fill { found.insert(fill.variable) }
      }
    case .item(let decision, _):
      found.insert(program.decisions[decision].variable)
    }
    return found.sorted()
  }
}
