import RuleEngine

/// Makes an intake that shows something as small as can be.
struct WitnessMinimizer {
  let program: Program
  let dependencies: Dependencies
  /// 1 June 2026.
  private static let usualDay = Number(20_605)

  /// The intake with only the answers without which `shows` would no longer be surely so.
  ///
  /// What the evaluator settles for the smaller intake holds for every way of filling it up, so nothing is lost.
  ///
  /// - Parameter subjects: the variables that the finding is about, from which the answers that can matter follow.
  func minimized(_ intake: Intake, about subjects: [Int], _ shows: (Intake) -> Bool) -> Intake {
    var smallest = intake
    if let recent = recent(intake), shows(recent) { smallest = recent }
    // An answer to what is not asked says nothing, and would read as if it did.
    let evaluation = Evaluator.evaluate(program, smallest)
    var asked = smallest
    for (index, variable) in program.variables.enumerated() where evaluation.values[index].cannotApply {
      asked.answers[variable.name] = nil
    }
    if shows(asked) { smallest = asked }
    let below = dependencies.below(subjects)
    let related = Set(below.filter { $0 < program.variables.count }.map { program.variables[$0].name })
    let near = Intake(answers: smallest.answers.filter { related.contains($0.key) })
    if shows(near) { smallest = near }
    for name in smallest.answers.keys.sorted().reversed() {
      var without = smallest
      without.answers[name] = nil
      if shows(without) { smallest = without }
    }
    for name in smallest.answers.keys.sorted() {
      guard case .members(let members)? = smallest.answers[name] else { continue }
      var kept = members
      for index in members.indices where kept[index] != .notAsked {
        var fewer = kept
        fewer[index] = .notAsked
        var without = smallest
        without.answers[name] = .members(fewer)
        if shows(without) {
          kept = fewer
          smallest = without
        }
      }
    }
    return smallest
  }

  /// The same with every day as far from the day of the assessment, and that in ``usualDay``: a solver takes any year.
  private func recent(_ intake: Intake) -> Intake? {
    guard case .number(let today)? = intake.answers[program.variables[program.assessmentDay].name] else { return nil }
    var moved = intake
    for variable in program.variables {
      guard case .dates(let whole) = variable.domain, case .number(let day)? = intake.answers[variable.name] else {
        continue
      }
      moved.answers[variable.name] = .number(min(max(whole.lower, day - today + Self.usualDay), whole.upper))
    }
    return moved
  }

  /// How decisions come out for an intake, in the order of the plan: those that have one value and are settled, and those
  /// that are asked for.
  func outcomes(_ intake: Intake, about subjects: [Int]) -> [(name: String, text: String)] {
    let evaluation = Evaluator.evaluate(program, intake)
    let wording = Wording(evaluation, language: "en")
    var shown: [(String, String)] = []
    for index in program.presentation.decisions {
      let variable = program.decisions[index].variable
      let isSubject = subjects.contains(variable)
      guard isSubject || (!program.decisions[index].hasMembers && evaluation.isSettled(index)) else { continue }
      guard isSubject || evaluation.guardTruths[index] != .no else { continue }
      shown.append((program.variables[variable].name, wording.outcomes(of: variable)))
    }
    for subject in subjects {
      if case .item = program.variables[subject].kind {
        shown.append((program.variables[subject].name, wording.outcomes(of: subject)))
      }
    }
    return shown
  }
}
