import ArgumentParser
import Rendering
import RuleAnalysis
import RuleLanguage

/// Runs the cases of a rulebook.
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the cases of a rulebook.",
    discussion: "Ends with 0 if every case gets its plan, with 7 if one does not, or if there is none."
  )

  @Argument(help: "The folder of the rulebook, or one file.")
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  func run() throws {
    let rulebook = overlays.load(rules)
    let program = try program(of: rulebook, rules, overlays)
    let results = CaseRunner.run(rulebook.cases, program)
    Console.print(CaseText.render(results))
    if results.isEmpty || results.contains(where: { !$0.failures.isEmpty }) { throw ExitStatus.caseFailed.error }
  }
}
