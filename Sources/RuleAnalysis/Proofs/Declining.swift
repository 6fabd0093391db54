import RuleEngine

/// People who decline to answer, or do not know, where a rule asks for that; made only once somebody asks about them.
final class Declining {
  private let program: Program
  private let keepsTranscript: Bool
  private var session: ProofSession?

  init(_ program: Program, keepsTranscript: Bool) {
    self.program = program
    self.keepsTranscript = keepsTranscript
  }

  /// Every question so far in SMT-LIB; empty if there was none.
  var script: String { session?.script ?? "" }

  /// Whether a formula holds for such an intake.
  func ask(_ formula: (ProofSession) -> Term) throws(SolverFailure) -> ProofSession.Result {
    guard !program.recordedFacts.isEmpty else { return .never }
    if session == nil { session = try ProofSession(program, scope: .recorded, keepsTranscript: keepsTranscript) }
    guard let session else { return .never }
    return try session.ask(formula(session), "among those who decline")
  }
}
