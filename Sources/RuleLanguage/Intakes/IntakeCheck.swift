import Cores
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
    for (index, variable) in program.variables.enumerated()
    where variable.fact != nil && intake.answers[variable.name] != nil && evaluation.values[index].cannotApply {
      diagnostics.append(.answerSetAside(variable.name, at: places[variable.name] ?? .start(of: file)))
    }
    let guarded = program.decisions.indices.filter { evaluation.guardTruths[$0] == .no }
    for name in intake.selections.keys.sorted() {
      let isSetAside = guarded.contains { index in
        let decision = program.variables[program.decisions[index].variable].name
        return name == decision || name.hasPrefix("\(decision).")
      }
      if isSetAside { diagnostics.append(.selectionSetAside(name, at: places["selected"] ?? .start(of: file))) }
    }
    for contradiction in evaluation.contradictions {
      switch contradiction {
      case .totalDisagrees(let sum, let entered):
        let total = program.variables[entered].name
        diagnostics.append(
          .totalDisagrees(total, program.variables[sum].name, at: places[total] ?? .start(of: file)))
      case .impossible(let index):
        diagnostics.append(impossible(program.impossibilities[index], wording, places, file))
      case .noParameterInForce(let index):
        let parameter = program.parameters[index]
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
    guard !cases.isEmpty else { return [] }
    let compiled = CompiledProgram(program)
    let found = inParallel(Stretches.of(cases.count)) { stretch in
      let intake = CompiledIntake(compiled)
      let machine = PlanMachine(compiled)
      var found: [Diagnostic] = []
      for aCase in cases[stretch] {
        intake.read(aCase.intake)
        machine.run(intake)
        // Nothing else is an error, and hardly any case has one.
        guard machine.contradictsItself() else { continue }
        found += check(program, aCase.intake, places: [:], file: aCase.place.file)
          .filter { $0.severity == .error && $0.id != DiagnosticID.impossibleIntake.rawValue }
          .map { $0.at(aCase.place) }
      }
      return found
    }
    return Array(found.joined())
  }

  private static func impossible(
    _ impossibility: Impossibility, _ wording: Wording, _ places: [String: SourceRange], _ file: String
  ) -> Diagnostic {
    let program = wording.evaluation.program
    let facts = impossibility.condition.subtree.compactMap { condition -> String? in
      if case .test(let variable, _) = condition { program.variables[variable].name } else { nil }
    }
    // The reason is the rulebook's own, but what is filled into it is not for a report.
    let because = impossibility.because.segments(in: wording.language).map { segment in
      if case .literal(let text) = segment { text } else { "…" }
    }.joined()
    return .impossibleIntake(
      impossibility.id, because: because, filled: wording.text(impossibility.because),
      at: facts.compactMap { places[$0] }.min() ?? .start(of: file))
  }
}
