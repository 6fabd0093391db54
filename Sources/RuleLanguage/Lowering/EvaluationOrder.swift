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
    let reads = Reads(program)
    func step(_ node: Int) -> Program.Step { node < rules ? .variable(node) : .rule(node - rules) }
    steps.reserveCapacity(reads.count)
    var state = Array(repeating: Visit.waiting, count: reads.count)
    var depth = Array(repeating: 0, count: reads.count)
    // The steps that wait for what they read, each with the place of what it waits for.
    var stack: [(node: Int, next: Int)] = []
    for start in 0..<reads.count where state[start] == .waiting {
      stack.append((start, reads.starts[start]))
      state[start] = .open
      while let (node, next) = stack.last {
        guard next < reads.starts[node + 1] else {
          state[node] = .done
          for place in reads.starts[node]..<next { depth[node] = max(depth[node], depth[reads.targets[place]]) }
          depth[node] += 1
          if depth[node] > Limits.chain, tooFar == nil { tooFar = step(node) }
          steps.append(step(node))
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let target = reads.targets[next]
        switch state[target] {
        case .waiting:
          state[target] = .open
          stack.append((target, reads.starts[target]))
        case .open:
          let from = stack.firstIndex { $0.node == target } ?? 0
          cycle = (stack[from...].map(\.node) + [target]).map(step)
          return
        case .done: break
        }
      }
    }
  }
}

/// What every variable and rule reads: the places of variables, and of rules behind them, each once and ascending.
private struct Reads {
  /// For each variable and rule, where its own begin among ``targets``; and where the last ones end.
  private(set) var starts = [0]
  private(set) var targets: [Int] = []

  var count: Int { starts.count - 1 }

  init(_ program: Program) {
    let count = program.variables.count + program.rules.count
    for part in inParallel(Stretches.of(count), { Self.part($0, program) }) {
      let before = targets.count
      targets += part.targets
      starts += part.ends.map { $0 + before }
    }
  }

  private static func part(_ stretch: Range<Int>, _ program: Program) -> (ends: [Int], targets: [Int]) {
    let rules = program.variables.count
    var ends: [Int] = []
    var targets: [Int] = []
    for node in stretch {
      let start = targets.count
      if node < rules {
        collect(variable: node, program, &targets)
      } else {
        collect(program.rules[node - rules].condition, program, &targets)
      }
      targets.keepEachOnce(from: start)
      ends.append(targets.count)
    }
    return (ends, targets)
  }

  /// What must be known before a variable.
  private static func collect(variable: Int, _ program: Program, _ found: inout [Int]) {
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
  /// Of the places from one on, each once, the lowest first.
  fileprivate mutating func keepEachOnce(from start: Int) {
    guard count > start + 1 else { return }
    withUnsafeMutableBufferPointer { $0[start...].sort() }
    var kept = start + 1
    for place in start + 1..<count where self[place] != self[kept - 1] {
      self[kept] = self[place]
      kept += 1
    }
    removeLast(count - kept)
  }
}
