package import RuleEngine
package import SourceText

/// Finds what is wrong with an intake as a whole: answers that do not apply, contradictions, and what cannot be.
package enum IntakeCheck {
  /// - Parameters:
  ///   - places: where each answer stands.
  ///   - file: the name of the intake, for what has no other place.
  package static func check(
    _ program: Program, _ intake: Intake, places: [String: SourceRange], file: String, language: String = "en"
  ) -> [Diagnostic] {
    let evaluation = Evaluator.evaluate(program, intake)
    let wording = Wording(evaluation, language: language)
    var diagnostics: [Diagnostic] = []
    for (index, variable) in program.variables.enumerated() {
      let place = places[variable.name] ?? .start(of: file)
      switch variable.kind {
      case .fact where intake.answers[variable.name] != nil && evaluation.values[index].cannotApply:
        diagnostics.append(.answerSetAside(variable.name, at: place))
      case .derived(.sum(let items, let enteredAs?)):
        if disagrees(evaluation, items, enteredAs) {
          let total = program.variables[enteredAs].name
          diagnostics.append(.totalDisagrees(total, variable.name, at: places[total] ?? .start(of: file)))
        }
      default: break
      }
    }
    let guarded = program.decisions.indices.filter { evaluation.guardTruths[$0] == .no }
    for name in intake.selections.keys.sorted() {
      let isSetAside = guarded.contains { index in
        let decision = program.variables[program.decisions[index].variable].name
        return name == decision || name.hasPrefix("\(decision).")
      }
      if isSetAside { diagnostics.append(.selectionSetAside(name, at: places["selected"] ?? .start(of: file))) }
    }
    for impossibility in program.impossibilities where evaluation.truth(of: impossibility.condition) == .yes {
      let facts = impossibility.condition.subtree.compactMap { condition -> String? in
        if case .test(let variable, _) = condition { program.variables[variable].name } else { nil }
      }
      let place = facts.compactMap { places[$0] }.min() ?? .start(of: file)
      // The reason is the rulebook's own, but what is filled into it is not for a report.
      let because = impossibility.because.segments(in: language).map { segment in
        if case .literal(let text) = segment { text } else { "…" }
      }.joined()
      diagnostics.append(
        .impossibleIntake(impossibility.id, because: because, filled: wording.text(impossibility.because), at: place))
    }
    if let day = evaluation.values[program.assessmentDay].interval?.single?.whole {
      for parameter in program.parameters where parameter.value(on: day) == nil {
        let first = parameter.values.first.map { CalendarDate(days: $0.from).description } ?? ""
        diagnostics.append(
          .noParameterInForce(parameter.name, first: first, at: places["assessed_on"] ?? .start(of: file)))
      }
    }
    return diagnostics
  }

  /// What is wrong with the intakes of cases, at the places of the cases. Impossible intakes are for the cases themselves
  /// to fail on.
  package static func check(_ cases: [CheckedCase], _ program: Program) -> [Diagnostic] {
    cases.flatMap { aCase in
      check(program, aCase.intake, places: [:], file: aCase.place.file)
        .filter { $0.severity == .error && $0.id != DiagnosticID.impossibleIntake.rawValue }
        .map { $0.at(aCase.place) }
    }
  }

  /// Whether an entered total cannot be the sum of the items.
  private static func disagrees(_ evaluation: Evaluation, _ items: [Int], _ enteredAs: Int) -> Bool {
    guard let total = evaluation.values[enteredAs].interval?.single, !evaluation.values[enteredAs].mayNotApply else {
      return false
    }
    return evaluation.values.sum(of: items).map { !$0.interval.contains(total) } ?? false
  }
}
