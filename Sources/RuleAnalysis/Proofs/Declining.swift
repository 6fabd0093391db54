import RuleEngine

/// People who decline to answer, or do not know, where a rule asks for that; made only once somebody asks about them.
final class Declining {
  private let program: Program
  private var session: ProofSession?

  init(_ program: Program) {
    self.program = program
  }

  /// Whether a formula holds for such an intake.
  func ask(_ formula: (ProofSession) -> Term) throws(SolverFailure) -> ProofSession.Result {
    guard !program.recordedFacts.isEmpty else { return .never }
    if session == nil { session = try ProofSession(program, scope: .recorded, keepsTranscript: false) }
    guard let session else { return .never }
    return try session.ask(formula(session), "among those who decline")
  }
}
