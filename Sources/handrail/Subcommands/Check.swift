import ArgumentParser
import Rendering
import RuleLanguage
import SourceText

/// Reads, parses and checks a rulebook, and prints everything that is wrong with it.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find everything that is wrong with a rulebook.",
    discussion: "Ends with 0 if nothing is wrong, or only warnings were found, and with 1 otherwise."
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

  func run() throws {
    let rulebook = overlays.load(rules)
    let (findings, suppressed) = rulebook.suppressions.applied(to: rulebook.diagnostics, proofsRan: false)
    let summary = CheckSummary.text(rulebook.counts, findings, suppressed: suppressed.count)
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
    if findings.hasErrors { throw ExitStatus.rulebookErrors.error }
  }
}
