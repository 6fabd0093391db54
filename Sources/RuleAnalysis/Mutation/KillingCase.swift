import RuleEngine

/// Makes a case that passes with a rulebook and fails with a mutant of it, with no answer more than it takes.
struct KillingCase {
  private let program: Program
  private let changed: Program

  init(_ program: Program, _ changed: Program) {
    self.program = program
    self.changed = changed
  }

  /// The case as YAML, ready to be pasted below `cases:`; `nil` if nothing a case can expect tells the two apart.
  func make(from intake: Intake, id: String) -> String? {
    let before = Evaluator.evaluate(program, intake)
    guard let expectation = Expectation.telling(before, Evaluator.evaluate(changed, intake)) else { return nil }
    return CaseYAML(program).entry(
      id: id, why: "No other case would notice another rule here.", shrunk(intake, expectation), expectation)
  }

  /// The intake with no answer more than the difference needs, and in all else somebody in whom little is the matter.
  private func shrunk(_ intake: Intake, _ expectation: Expectation) -> Intake {
    WitnessMinimizer(program: program, dependencies: Dependencies(program)).minimized(
      intake, about: expectation.subjects
    ) { tells($0, expectation) }
  }

  private func tells(_ intake: Intake, _ expectation: Expectation) -> Bool {
    let before = Evaluator.evaluate(program, intake)
    guard before.contradictions.isEmpty, expectation.holds(in: before) else { return false }
    return !expectation.holds(in: Evaluator.evaluate(changed, intake))
  }
}

extension CaseYAML {
  fileprivate func entry(id: String, why: String, _ intake: Intake, _ expectation: Expectation) -> String {
    let demanded = (name: expectation.name, text: expectation.text)
    if case .needs = expectation.demand { return entry(id: id, why: why, intake, expect: [], beside: demanded) }
    return entry(id: id, why: why, intake, expect: [demanded])
  }
}
