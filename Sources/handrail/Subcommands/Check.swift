import ArgumentParser
import Cores
import Rendering
import RuleAnalysis
import RuleLanguage
import SourceText

/// Reads, parses, checks and proves a rulebook, and prints everything that is wrong with it.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find everything that is wrong with a rulebook, for every possible intake.",
    discussion: """
      Proves with the solver Z3 that nobody falls through a gap, that no rules disagree, that the properties hold, and that \
      nothing in the rulebook is without effect.

      Ends with 0 if nothing is wrong, or only warnings were found, with 1 if there are errors, and with 13 if nothing could \
      be proved because the solver is missing or broke.
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case github
    case sarif
  }

  @Argument(help: "The folder of the rulebook, or one file.")
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  @Option(help: "text, json, github or sarif (SARIF 2.1.0).")
  var format = Format.text

  @Flag(help: "Prove nothing; look only at what is written.")
  var noProofs = false

  @Option(
    help: ArgumentHelp("Write the intakes that show what was found as cases into this file.", valueName: "file"))
  var emitCase: String?

  @Option(
    help: ArgumentHelp("Save what the solver was asked, as SMT-LIB scripts, in this folder.", valueName: "folder"))
  var saveQueries: String?

  func run() throws {
    let rulebook = overlays.load(rules, withDigest: false)
    var found = rulebook.diagnostics
    var wereAllProved = false
    var proofs = noProofs ? CheckSummary.Proofs.leftOut : .impossible
    if !noProofs, let program = rulebook.program {
      let report = try proved(rulebook)
      found += report.findings.map { $0.diagnostic(program, rulebook.places) }
      proofs = .done
      wereAllProved = !report.findings.contains { $0.kind == .notProved }
      try save(report, rulebook)
    }
    let (shown, suppressed) = rulebook.suppressions.applied(to: found, proofsRan: wereAllProved)
    let findings = shown.gravestFirst()
    let summary = CheckSummary.text(rulebook.counts, findings, suppressed: suppressed.count, proofs)
    switch format {
    case .text:
      Console.print(DiagnosticText(files: rulebook.files, style: Console.style()).render(findings))
      Console.print(summary)
    case .json: Console.print(DiagnosticJSON.render(findings, suppressed: suppressed, files: rulebook.files))
    case .github:
      Console.print(DiagnosticGitHub.render(findings))
      Console.print(summary)
    case .sarif: Console.print(DiagnosticSARIF.render(findings, suppressed: suppressed, files: rulebook.files))
    }
    LettingGo.aside(consume rulebook)
    if findings.hasErrors { throw ExitStatus.rulebookErrors.error }
  }

  private func proved(_ rulebook: Rulebook) throws -> Prover.Report {
    let progress = ProgressLine()
    defer { progress.clear() }
    do {
      return try Prover.prove(
        rulebook.program!, rulebook.properties, cases: rulebook.cases, keepsScripts: saveQueries != nil
      ) {
        progress.show("proving: \($0)")
      }
    } catch {
      throw solverFailed(error, instead: "look only at what is written with `--no-proofs`")
    }
  }

  private func save(_ report: Prover.Report, _ rulebook: Rulebook) throws {
    if let emitCase {
      try TextFile.write(report.cases(rulebook.program!), to: emitCase)
    }
    if let saveQueries {
      for script in report.scripts { try TextFile.write(script.text, to: "\(saveQueries)/\(script.name).smt2") }
    }
  }
}
