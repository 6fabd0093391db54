/// Which facts a decision, or one member or item of it, can depend on: by calculation, by conditions and guards, and by other
/// decisions.
struct FactDependencies {
  private let program: Program

  init(_ program: Program) {
    self.program = program
  }

  /// The facts behind these variables, those that are facts themselves among them.
  func facts(behind variables: [Int]) -> Set<Int> {
    var walk = Walk(program: program)
    walk.waiting = variables
    while let variable = walk.waiting.popLast() { walk.visit(variable) }
    return walk.facts
  }

  /// - Parameter slot: one member or item; `nil` for the decision as a whole.
  func facts(behind decision: Int, slot: Int?) -> Set<Int> {
    var walk = Walk(program: program)
    walk.visit(decision: decision, slots: slot.map { [$0] } ?? Array(program.decisions[decision].slots.indices))
    while let variable = walk.waiting.popLast() { walk.visit(variable) }
    return walk.facts
  }

  private struct Walk {
    let program: Program
    var facts: Set<Int> = []
    var waiting: [Int] = []
    private var seen: Set<Int> = []
    private var seenRules: Set<Int> = []

    init(program: Program) {
      self.program = program
    }

    mutating func visit(_ variable: Int) {
      guard seen.insert(variable).inserted else { return }
      switch program.variables[variable].kind {
      case .fact(let fact):
        facts.insert(variable)
        if let condition = fact.appliesWhen { visit(condition) }
      case .derived(let derivation):
        waiting += derivation.sources
        for condition in derivation.conditions { visit(condition) }
        if case .total(let decision, let slots) = derivation { visit(decision: decision, slots: slots) }
      case .decision(let decision):
        visit(decision: decision, slots: Array(program.decisions[decision].slots.indices))
      case .item(let decision, let slot): visit(decision: decision, slots: [slot])
      }
    }

    mutating func visit(decision index: Int, slots: [Int]) {
      let decision = program.decisions[index]
      if let condition = decision.appliesWhen { visit(condition) }
      for slot in slots {
        for effect in decision.slots[slot].effects { visit(rule: effect.rule) }
        guard let fill = decision.slots[slot].fill else { continue }
        waiting.append(fill.variable)
        for other in fill.less { for effect in decision.slots[other].effects { visit(rule: effect.rule) } }
      }
    }

    private mutating func visit(rule: Int) {
      if seenRules.insert(rule).inserted { visit(program.rules[rule].condition) }
    }

    private mutating func visit(_ condition: Condition) {
      for part in condition.subtree {
        switch part {
        case .test(let variable, let matcher):
          waiting.append(variable)
          if matcher.dependsOnDay { waiting.append(program.assessmentDay) }
        case .applies(let rule): visit(rule: rule)
        case .outcome(let decision, _): waiting.append(program.decisions[decision].variable)
        case .unknown(let variable): waiting.append(variable)
        case .plan: waiting += program.variables.indices
        case .always, .all, .any, .not, .atLeast: break
        }
      }
    }
  }
}

extension Program {
  /// The facts on which these variables can depend, in any way.
  package func facts(behind variables: [Int]) -> Set<Int> { FactDependencies(self).facts(behind: variables) }
}
