import RuleEngine

/// Keeps the answers of an intake file out of what is said about a case. What the case states itself may be shown, and so
/// may the plan, which is what a case is about.
struct CasePrivacy {
  static let hidden = "something else"

  private let program: Program
  private let personal: Set<String>
  private let answered: Set<String>

  init(_ aCase: Case, _ program: Program) {
    self.program = program
    personal = aCase.personalFacts
    answered = Set(aCase.intake.answers.keys)
  }

  /// Whether its value would tell something about an answer of the file.
  func hides(_ variable: Int) -> Bool {
    guard !personal.isEmpty else { return false }
    var seen: Set<Int> = []
    var waiting = [variable]
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      switch program.variables[next].kind {
      case .fact(let fact):
        let name = program.variables[next].name
        if personal.contains(name) { return true }
        // Whether an unanswered fact applies follows from the answers to others.
        if !answered.contains(name), let condition = fact.appliesWhen { waiting += read(by: condition) }
      case .derived(let derivation):
        waiting += derivation.sources
        for condition in derivation.conditions { waiting += read(by: condition) }
      case .decision, .item: break
      }
    }
    return false
  }

  func hides(_ name: String) -> Bool {
    program.variable(named: name).map(hides) ?? false
  }

  private func read(by condition: Condition) -> [Int] {
    condition.subtree.flatMap { part -> [Int] in
      switch part {
      case .test(let variable, _): [variable]
      case .applies(let rule): read(by: program.rules[rule].condition)
      default: []
      }
    }
  }

  func without(_ evidence: [Evidence]) -> [Evidence] {
    evidence.map { entry in
      var entry = entry
      if hides(entry.name) { entry.value = "not shown" }
      entry.from = without(entry.from)
      return entry
    }
  }

  func without(_ clauses: [BlockingClause]) -> [BlockingClause] {
    clauses.map { clause in
      var clause = clause
      // Of a question with two answers, what is needed and was not found would be the answer.
      if hides(clause.name) { (clause.needs, clause.found) = ("another answer", "not shown") }
      return clause
    }
  }

  func without(_ standing: RuleStanding) -> RuleStanding {
    var standing = standing
    standing.blockedBy = without(standing.blockedBy)
    return standing
  }
}
