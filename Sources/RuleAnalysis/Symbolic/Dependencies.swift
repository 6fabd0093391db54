import RuleEngine

/// What each step of an evaluation reads, so that a change of one answer is followed only where it goes.
struct Dependencies {
  /// For each variable and then each rule, what it reads: places of variables, and of rules behind them.
  private let reads: [[Int]]
  private let program: Program

  init(_ program: Program) {
    self.program = program
    let variables = program.variables.count
    func read(_ condition: Condition?) -> [Int] { condition.map { Self.read($0, program) } ?? [] }
    let ofVariables = program.variables.map { variable -> [Int] in
      switch variable.kind {
      case .fact(let fact): return read(fact.appliesWhen)
      case .derived(let derivation):
        var found = derivation.sources + derivation.conditions.flatMap(read)
        if case .total(let decision, _) = derivation { found.append(program.decisions[decision].variable) }
        return found
      case .decision(let index):
        let decision = program.decisions[index]
        return read(decision.appliesWhen)
          + decision.slots.flatMap { slot in
            slot.effects.map { variables + $0.rule } + (slot.fill.map { [$0.variable] } ?? [])
          }
      case .item(let decision, _): return [program.decisions[decision].variable]
      }
    }
    reads = ofVariables + program.rules.map { read($0.condition) }
  }

  /// What a condition reads: places of variables, and of rules behind them.
  static func read(_ condition: Condition, _ program: Program) -> [Int] {
    condition.subtree.flatMap { part -> [Int] in
      switch part {
      case .test(let variable, let matcher):
        matcher.dependsOnDay ? [variable, program.assessmentDay] : [variable]
      case .applies(let rule): [program.variables.count + rule]
      default: []
      }
    }
  }

  /// Everything that follows from any of these variables, they themselves among it: places of variables, and of rules
  /// behind them.
  func following(from variables: Set<Int>) -> Set<Int> {
    var found = variables
    for step in program.evaluationOrder {
      let place = place(step)
      if reads[place].contains(where: found.contains) { found.insert(place) }
    }
    return found
  }

  /// The fact and the derived facts that are worked out from it, without going through rules.
  func derived(from fact: Int) -> Set<Int> {
    var found: Set<Int> = [fact]
    for case .variable(let variable) in program.evaluationOrder {
      guard case .derived = program.variables[variable].kind else { continue }
      if reads[variable].contains(where: found.contains) { found.insert(variable) }
    }
    return found
  }

  /// Rules that read a fact, or what is derived from it: that each applies, and then what it reads there, whose bounds are
  /// near.
  func readers(of fact: Int) -> [[Condition]] {
    let near = derived(from: fact)
    return program.rules.flatMap { rule in
      rule.condition.subtree.filter { part in
        if case .test(let variable, _) = part { near.contains(variable) } else { false }
      }.map { [rule.condition, $0] }
    }
  }

  /// The facts, with those in one list that stand in for each other: items of the same sums that nothing else reads, so that
  /// two people whose answers to them are exchanged get the same plan.
  func alike(_ facts: [Int]) -> [[Int]] {
    let impossible = ImpossibleNumbers(program)
    func standInForEachOther(_ one: Int, _ other: Int) -> Bool {
      let readers = readers(ofItem: one)
      return readers != nil && readers == self.readers(ofItem: other)
        && program.variables[one].domain == program.variables[other].domain
        && program.variables[one].fact?.appliesWhen == program.variables[other].fact?.appliesWhen
        && impossible.tests[one] == impossible.tests[other]
        && impossible.entangled.isDisjoint(with: [one, other])
    }
    var groups: [[Int]] = []
    for fact in facts {
      if let group = groups.firstIndex(where: { standInForEachOther($0[0], fact) }) {
        groups[group].append(fact)
      } else {
        groups.append([fact])
      }
    }
    return groups
  }

  /// The sums that read a fact; `nil` where anything else does.
  private func readers(ofItem fact: Int) -> [Int]? {
    let readers = reads.indices.filter { reads[$0].contains(fact) }
    let areSums = readers.allSatisfy { place in
      guard place < program.variables.count, case .derived(.sum) = program.variables[place].kind else { return false }
      return true
    }
    return areSums ? readers : nil
  }

  /// Everything that these variables follow from, they themselves among it: places of variables, and of rules behind them.
  func below(_ variables: some Sequence<Int>) -> Set<Int> {
    var found: Set<Int> = []
    var waiting = Array(variables)
    while let next = waiting.popLast() {
      if found.insert(next).inserted { waiting += reads[next] }
    }
    return found
  }

  /// What reads one of these variables itself: places of variables, and of rules behind them.
  func directReaders(of variables: Set<Int>) -> [Int] {
    reads.indices.filter { reads[$0].contains(where: variables.contains) }
  }

  /// The facts that these variables stand for: of a fact itself, and not what decides whether it is asked.
  func facts(standingBehind variables: [Int]) -> Set<Int> {
    var facts: Set<Int> = []
    var seen: Set<Int> = []
    var waiting = variables
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      if next < program.variables.count, program.variables[next].fact != nil {
        facts.insert(next)
      } else {
        waiting += reads[next]
      }
    }
    return facts
  }

  /// Whether a step reads one of these places.
  func reads(_ step: Program.Step, any places: Set<Int>) -> Bool { reads[place(step)].contains(where: places.contains) }

  /// The place of a variable, or of a rule behind them.
  func place(_ step: Program.Step) -> Int {
    switch step {
    case .variable(let variable): variable
    case .rule(let rule): program.variables.count + rule
    }
  }
}
