import Cores
public import RuleEngine

/// Proves what must hold for every possible intake, with the solver.
public struct Prover {
  /// In so many pieces questions asked in vain are looked for.
  private static let pieces = 8

  /// What came of it.
  public struct Report: Sendable {
    public var findings: [Finding]
    /// Everything that was asked, as SMT-LIB scripts by name.
    public var scripts: [(name: String, text: String)]
  }

  /// - Parameters:
  ///   - cases: what the author holds to be telling; their intakes save questions.
  ///   - progress: told what is being proved; may be called from several threads.
  /// - Throws: ``SolverFailure`` if the solver is missing or broke.
  public static func prove(
    _ program: Program, _ properties: [Property], cases: [Case] = [], keepsScripts: Bool = false,
    progress: @escaping ProofProgress = { _ in }
  ) throws(SolverFailure) -> Report {
    // Each part has a solver of its own, so that what one finds does not depend on how far another has come. What takes
    // longest comes first, and what is in pieces last.
    let effects = Part("effects") { session, findings throws(SolverFailure) in
      var effects = Effects(session, progress)
      try effects.run(seeds: cases.map(\.intake))
      var facts = IdleFacts(session, progress)
      try facts.run(samples: effects.telling)
      findings += effects.findings + facts.findings
    }
    let properties: [Part] = [
      Part("properties") { session, findings throws(SolverFailure) in
        var proofs = PropertyProofs(session, progress)
        try proofs.proveExpectations(properties.filter { !$0.isAboutPartialIntakes })
        try proofs.proveMonotony(properties)
        findings += proofs.findings
      },
      Part("properties-of-open-plans", scope: .partial) { session, findings throws(SolverFailure) in
        var proofs = PropertyProofs(session, progress)
        try proofs.proveExpectations(properties.filter(\.isAboutPartialIntakes))
        for property in properties where !property.independentOf.isEmpty { try proofs.proveIndependence(property) }
        findings += proofs.findings
      },
    ]
    let gapsAndConflicts = Part("gaps-and-conflicts") { session, findings throws(SolverFailure) in
      var gaps = Gaps(session, progress)
      try gaps.run()
      var conflicts = Conflicts(session, progress)
      try conflicts.run()
      findings += gaps.findings + conflicts.findings
    }
    let inVain = OpenInVain.pieces(pieces, of: program).enumerated().map { number, questions in
      // Many, alike, and the hardest of all.
      Part("questions-in-vain-\(number + 1)", searches: true) { session, findings throws(SolverFailure) in
        var vain = OpenInVain(session, progress)
        try vain.run(questions, seeds: cases.map(\.intake))
        findings += vain.findings
      }
    }
    let parts = [effects] + properties + [gapsAndConflicts] + inVain
    let results = inParallel(parts) { $0.result(program, keepsScripts) }
    var report = Report(findings: [], scripts: [])
    for result in results {
      let (findings, script) = try result.get()
      report.findings += findings
      report.scripts.append(script)
    }
    report.findings = report.findings.withoutConsequences()
    return report
  }

  /// Proofs that are done one after the other, with one solver.
  private struct Part: Sendable {
    let name: String
    let scope: SymbolicIntake.Scope
    let searches: Bool
    let prove: @Sendable (ProofSession, inout [Finding]) throws(SolverFailure) -> Void

    init(
      _ name: String, scope: SymbolicIntake.Scope = .complete, searches: Bool = false,
      _ prove: @escaping @Sendable (ProofSession, inout [Finding]) throws(SolverFailure) -> Void
    ) {
      self.name = name
      self.scope = scope
      self.searches = searches
      self.prove = prove
    }

    func result(
      _ program: Program, _ keepsScripts: Bool
    ) -> Result<(findings: [Finding], script: (name: String, text: String)), SolverFailure> {
      do throws(SolverFailure) {
        let session = try ProofSession(program, scope: scope, searches: searches, keepsTranscript: keepsScripts)
        var findings: [Finding] = []
        try prove(session, &findings)
        return .success((findings, (name, session.script)))
      } catch {
        return .failure(error)
      }
    }
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
