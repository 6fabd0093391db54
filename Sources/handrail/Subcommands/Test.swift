import ArgumentParser
import Rendering
import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText

/// Runs the cases of a rulebook.
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the cases of a rulebook.",
    discussion: """
      Ends with 0 if every case gets its plan, with 7 if one does not, or if there is none.

      Examples:
        handrail test
        handrail test Rules --filter 'young-*'
        handrail test Rules --format junit > cases.xml
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case junit
    case github
    case markdown
  }

  @Argument(help: "The folder of the rulebook, or one file.")
  var rules = "Rules"

  @Option(help: ArgumentHelp("Only cases whose id matches; * stands for any letters.", valueName: "id"))
  var filter: String?

  @Option(help: "text, json, junit, github or markdown.")
  var format = Format.text

  func run() throws {
    let rulebook = Rulebook.load(rules)
    let program = try program(of: rulebook, rules)
    let cases = try chosen(from: rulebook.cases)
    let results = CaseRunner.run(cases, program)
    switch format {
    case .text: Console.print(CaseText.render(results, style: Console.style()))
    case .json: Console.print(CaseJSON.render(results))
    case .junit: Console.print(CaseJUnit.render(results))
    case .github: Console.print(CaseGitHub.render(results))
    case .markdown: Console.print(CaseMarkdown.render(results))
    }
    if results.isEmpty || !results.allSatisfy(\.hasPassed) { throw ExitStatus.caseFailed.error }
  }

  /// The cases that match the filter. One that matches nothing is a mistake, and no reason to be content.
  private func chosen(from cases: [Case]) throws -> [Case] {
    guard let filter else { return cases }
    let chosen = cases.filtered(by: filter)
    if chosen.isEmpty {
      let near = likelyMeant(filter, among: cases.map(\.id)).map { "; did you mean `\($0)`?" } ?? ""
      Console.report("No case matches `\(filter)`\(near)\n")
      throw ExitStatus.caseFailed.error
    }
    return chosen
  }
}
