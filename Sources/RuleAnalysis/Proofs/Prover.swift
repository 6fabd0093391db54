public import RuleEngine

/// Proves what must hold for every possible intake, with the solver.
public struct Prover {
  /// What is being proved, for a person who waits.
  struct Progress: Sendable {
    var report: @Sendable (String) -> Void
    func step(_ what: String) { report(what) }
  }

  /// What came of it.
  public struct Report: Sendable {
    public var findings: [Finding]
    /// Everything that was asked, as SMT-LIB scripts by name.
    public var scripts: [(name: String, text: String)]
  }

  /// - Parameter progress: told what is being proved; may be called from several threads.
  public static func prove(
    _ program: Program, _ properties: [Property], keepsScripts: Bool = false,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(SolverFailure) -> Report {
    let report = Progress(report: progress)
    let complete = try ProofSession(program, scope: .complete, keepsTranscript: keepsScripts)
    var findings: [Finding] = []
    var effects = CompleteProofs(complete, report)
    try effects.run()
    findings += effects.findings
    var vain = OpenInVain(complete, report)
    try vain.run()
    findings += vain.findings
    var known = PropertyProofs(complete, report)
    for property in properties where !property.isAboutPartialIntakes {
      if let expect = property.expect { try known.proveExpectation(property, expect) }
    }
    for property in properties where !property.monotone.isEmpty { try known.proveMonotony(property) }
    findings += known.findings
    let partial = try ProofSession(program, scope: .partial, keepsTranscript: keepsScripts)
    var open = PropertyProofs(partial, report)
    for property in properties where property.isAboutPartialIntakes {
      if let expect = property.expect { try open.proveExpectation(property, expect) }
    }
    for property in properties where !property.independentOf.isEmpty { try open.proveIndependence(property) }
    findings += open.findings
    return Report(
      findings: findings.withoutConsequences(), scripts: [("complete", complete.script), ("partial", partial.script)])
  }
}

extension Property {
  /// Whether it says something of plans that are still open, and so holds for partial intakes.
  var isAboutPartialIntakes: Bool {
    when.speaksOfTheUnknown || (expect?.speaksOfTheUnknown ?? false)
  }
}

extension [Finding] {
  /// Without what follows from another finding: a rule that applies to nobody decides nothing either.
  fileprivate func withoutConsequences() -> [Finding] {
    func subjects(_ kinds: Set<Finding.Kind>) -> Set<Finding.Subject> {
      Set(filter { kinds.contains($0.kind) }.map(\.subject))
    }
    let idle = subjects([.ruleNeverApplies])
    let beaten = subjects([.ruleNeverApplies, .ruleNeverWins])
    let mute = subjects([.factNeverMatters])
    let clashing = Set(filter { $0.kind == .conflict }.flatMap { [$0.subject] + $0.related.map(\.subject) })
    return filter { finding in
      switch finding.kind {
      case .ruleNeverWins: !idle.contains(finding.subject) && !clashing.contains(finding.subject)
      case .redundantRule: !beaten.contains(finding.subject)
      case .uselessOverride:
        !idle.contains(finding.subject) && !finding.related.contains { beaten.contains($0.subject) }
      case .openInVain: !mute.contains(finding.subject)
      default: true
      }
    }
  }
}
