import RuleEngine

/// Makes an intake that shows something as small as can be.
struct WitnessMinimizer {
  let program: Program
  let dependencies: Dependencies

  /// The intake with only the answers without which `shows` would no longer be surely so.
  ///
  /// What the evaluator settles for the smaller intake holds for every way of filling it up, so nothing is lost.
  ///
  /// - Parameter subjects: the variables that the finding is about, from which the answers that can matter follow.
  func minimized(_ intake: Intake, about subjects: [Int], _ shows: (Intake) -> Bool) -> Intake {
    var smallest = intake
    if let recent = UsualDays(program).recent(intake), shows(recent) { smallest = recent }
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
    // What is needed at all first; calmer answers can make others needless.
    return fewest(calmer(fewest(smallest, shows), shows), shows)
  }

  /// Without the answers, and members of answers, that can go one after the other.
  private func fewest(_ intake: Intake, _ shows: (Intake) -> Bool) -> Intake {
    var smallest = intake
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

  /// The same with as many answers as can be those of somebody in whom little is the matter, so that what matters stands
  /// out, and with days near that of the assessment.
  private func calmer(_ intake: Intake, _ shows: (Intake) -> Bool) -> Intake {
    var calmest = intake
    let unremarkable = Sampler(program).calm()
    func tried(_ changed: Intake) -> Bool {
      guard shows(changed), Evaluator.evaluate(program, changed).contradictions.isEmpty else { return false }
      calmest = changed
      return true
    }
    /// All of them at once; where that shows nothing, the halves.
    func calm(_ names: ArraySlice<String>) {
      var changed = calmest
      for name in names { changed.answers[name] = calmed(changed.answers[name]!, unremarkable.answers[name]!) }
      guard !tried(changed), names.count > 1 else { return }
      let middle = names.startIndex + names.count / 2
      calm(names[..<middle])
      calm(names[middle...])
    }
    let days = program.variables.filter { if case .dates = $0.domain { true } else { false } }.map(\.name)
    calm(
      calmest.answers.keys.sorted().filter { name in
        guard !days.contains(name), let least = unremarkable.answers[name] else { return false }
        // Which of several options is nothing remarkable cannot be told from their order.
        if case .option = least { return false }
        return calmed(intake.answers[name]!, least) != intake.answers[name]
      }[...])
    for (name, nearer) in UsualDays(program).nearer(calmest) {
      for day in nearer {
        var changed = calmest
        changed.answers[name] = .number(day)
        if tried(changed) { break }
      }
    }
    return calmest
  }

  /// A calm answer in the place of another; of several members, each by itself.
  private func calmed(_ answer: Answer, _ least: Answer) -> Answer {
    guard case .members(let members) = answer else { return least }
    return .members(members.map { $0 == .yes ? .no : $0 })
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
