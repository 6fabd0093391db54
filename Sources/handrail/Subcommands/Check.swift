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

  @Option(help: "text, json, github or sarif (SARIF 2.1.0).")
  var format = Format.text

  func run() throws {
    let rulebook = Rulebook.load(rules)
    switch format {
    case .text:
      let style = Console.style()
      Console.print(DiagnosticText(files: rulebook.files, style: style).render(rulebook.diagnostics))
      Console.print(CheckSummary.text(rulebook))
    case .json: Console.print(DiagnosticJSON.render(rulebook.diagnostics, files: rulebook.files))
    case .github:
      Console.print(DiagnosticGitHub.render(rulebook.diagnostics))
      Console.print(CheckSummary.text(rulebook))
    case .sarif: Console.print(DiagnosticSARIF.render(rulebook.diagnostics, files: rulebook.files))
    }
    if rulebook.diagnostics.hasErrors { throw ExitStatus.rulebookErrors.error }
  }
}
