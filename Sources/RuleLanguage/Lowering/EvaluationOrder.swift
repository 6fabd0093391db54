import Cores
import RuleEngine

/// Puts variables and rules into an order in which each follows what it depends on, or finds a circle.
struct EvaluationOrder {
  /// Every variable and rule, what others depend on first; ties by place.
  private(set) var steps: [Program.Step] = []
  /// Steps that depend on each other in a circle, beginning and ending with the same one.
  private(set) var cycle: [Program.Step]?
  /// A step that ends a chain of more steps than a chain may have.
  private(set) var tooFar: Program.Step?

  private enum Visit { case waiting, open, done }

  init(_ program: Program) {
    let rules = program.variables.count
    let reads = Stretches.map(rules + program.rules.count) { node in
      node < rules ? Self.reads(variable: node, program) : Self.reads(program.rules[node - rules].condition, program)
    }
    func step(_ node: Int) -> Program.Step { node < rules ? .variable(node) : .rule(node - rules) }
    steps.reserveCapacity(reads.count)
    var state = reads.map { _ in Visit.waiting }
    var depth = reads.map { _ in 0 }
    var stack: [(node: Int, next: Int)] = []
    for start in reads.indices where state[start] == .waiting {
      stack.append((start, 0))
      state[start] = .open
      while let (node, next) = stack.last {
        guard next < reads[node].count else {
          state[node] = .done
          depth[node] = 1 + reads[node].reduce(0) { max($0, depth[$1]) }
          if depth[node] > Limits.chain, tooFar == nil { tooFar = step(node) }
          steps.append(step(node))
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let target = reads[node][next]
        switch state[target] {
        case .waiting:
          state[target] = .open
          stack.append((target, 0))
        case .open:
          let from = stack.firstIndex { $0.node == target } ?? 0
          cycle = (stack[from...].map(\.node) + [target]).map(step)
          return
        case .done: break
        }
      }
    }
  }

  /// What must be known before a variable: places of variables, and of rules behind them, ascending.
  private static func reads(variable: Int, _ program: Program) -> [Int] {
    var found: [Int] = []
    switch program.variables[variable].kind {
    case .fact(let fact):
      if let condition = fact.appliesWhen { collect(condition, program, &found) }
    case .derived(let derivation):
      found += derivation.sources
      for condition in derivation.conditions { collect(condition, program, &found) }
      if case .total(let decision, _) = derivation { found.append(program.decisions[decision].variable) }
    case .decision(let index):
      let decision = program.decisions[index]
      if let condition = decision.appliesWhen { collect(condition, program, &found) }
      for slot in decision.slots {
        for effect in slot.effects { found.append(program.variables.count + effect.rule) }
        if let fill = slot.fill { found.append(fill.variable) }
      }
    case .item(let decision, _):
      found.append(program.decisions[decision].variable)
    }
    return found.ascending
  }

  private static func reads(_ condition: Condition, _ program: Program) -> [Int] {
    var found: [Int] = []
    collect(condition, program, &found)
    return found.ascending
  }

  private static func collect(_ condition: Condition, _ program: Program, _ found: inout [Int]) {
    switch condition {
    case .test(let variable, let matcher):
      found.append(variable)
      if matcher.dependsOnDay { found.append(program.assessmentDay) }
    case .applies(let rule): found.append(program.variables.count + rule)
    case .all(let parts), .any(let parts), .atLeast(_, let parts):
      for part in parts { collect(part, program, &found) }
    case .not(let part): collect(part, program, &found)
    case .always, .outcome, .plan, .unknown: break
    }
  }
}

extension [Int] {
  /// Each once, the lowest first. They are nearly sorted, or few, so that a set would be slower.
  fileprivate var ascending: [Int] {
    guard count > 1 else { return self }
    var places = self
    places.sort()
    var kept = 1
    for place in 1..<places.count where places[place] != places[kept - 1] {
      places[kept] = places[place]
      kept += 1
    }
    places.removeLast(places.count - kept)
    return places
  }
}
