import RuleEngine

/// People who decline to answer, or do not know, where a rule asks for that; made only once somebody asks about them.
final class Declining {
  private let program: Program
  private var session: ProofSession?

  init(_ program: Program) {
    self.program = program
  }

  /// Such an intake for which a formula holds; `nil` if there is none, or the solver gave up.
  func model(_ formula: (ProofSession) -> Term) throws(SolverFailure) -> Intake? {
    guard !program.recordedFacts.isEmpty else { return nil }
    if session == nil { session = try ProofSession(program, scope: .recorded, keepsTranscript: false) }
    guard let session else { return nil }
    guard case .possible(let model) = try session.ask(formula(session), "among those who decline") else { return nil }
    return model.intake
  }
}
