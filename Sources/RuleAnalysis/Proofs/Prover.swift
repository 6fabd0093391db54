public import RuleEngine

/// Proves what must hold for every possible intake, with the solver.
public struct Prover {
  /// What is being proved, for a person who waits.
  struct Progress {
    var report: (String) -> Void
    func step(_ what: String) { report(what) }
  }

  /// What came of it.
  public struct Report: Sendable {
    public var findings: [Finding]
    /// Everything that was asked, as SMT-LIB scripts by name.
    public var scripts: [(name: String, text: String)]
  }

  public static func prove(
    _ program: Program, _ properties: [Property], keepsScripts: Bool = false,
    progress: @escaping (String) -> Void = { _ in }
  ) throws(SolverFailure) -> Report {
    let session = try ProofSession(program, scope: .complete, keepsTranscript: keepsScripts)
    var complete = CompleteProofs(session, Progress(report: progress))
    try complete.run()
    return Report(findings: complete.findings, scripts: [("complete", session.script)])
  }
}
