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
      Ends with 0 if every case gets its plan and all that was demanded holds, else with 7; also if there is no case.

      Examples:
        handrail test
        handrail test Rules --filter 'young-*'
        handrail test Rules --format junit > cases.xml
        handrail test Rules --coverage --minimum-coverage rules=100,clauses=80
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

  @OptionGroup var overlays: OverlayOptions

  @Option(help: ArgumentHelp("Only cases whose id matches; * stands for any letters.", valueName: "id"))
  var filter: String?

  @Option(help: "text, json, junit, github or markdown.")
  var format = Format.text

  @Flag(help: "Also say how much of the rules the cases reach.")
  var coverage = false

  @Option(
    help: ArgumentHelp(
      "Fail if the cases reach less: figures or groups of them with a percentage, such as rules=100,clauses-true=90.",
      valueName: "figure=percent,…"))
  var minimumCoverage: String?

  func validate() throws {
    if coverage, format == .junit || format == .github {
      throw ValidationError("`--format \(format.rawValue)` has no place for coverage; use text, json or markdown.")
    }
  }

  func run() throws {
    let gate = try minimumCoverage.map(gate)
    let rulebook = overlays.load(rules)
    let program = try program(of: rulebook, rules, overlays)
    let cases = try chosen(from: rulebook.cases)
    let results = CaseRunner.run(cases, program)
    let measured = coverage || gate != nil ? Coverage.measure(cases, program) : nil
    let shown = coverage ? measured : nil
    switch format {
    case .text:
      Console.print(CaseText.render(results, style: Console.style()))
      if let shown { Console.print(CoverageText.render(shown, rulebook, program, style: Console.style())) }
    case .json: Console.print(CaseJSON.render(results, coverage: shown, of: rulebook, program))
    case .junit: Console.print(CaseJUnit.render(results))
    case .github: Console.print(CaseGitHub.render(results))
    case .markdown:
      Console.print(CaseMarkdown.render(results))
      if let shown { Console.print(CoverageMarkdown.render(shown, rulebook, program)) }
    }
    let isBelow = try report(gate, measured)
    if results.isEmpty || !results.allSatisfy(\.hasPassed) || isBelow { throw ExitStatus.caseFailed.error }
  }

  /// Says which figures are below their minimum, and whether any is.
  private func report(_ gate: CoverageGate?, _ coverage: Coverage?) throws -> Bool {
    guard let gate, let coverage else { return false }
    let failures = gate.failures(of: coverage)
    for (count, minimum) in failures { Console.report(CoverageText.shortfall(count, minimum: minimum)) }
    return !failures.isEmpty
  }

  private func gate(_ text: String) throws -> CoverageGate {
    do {
      return try CoverageGate(text)
    } catch {
      switch error {
      case .shape(let part): Console.report("`\(part)` is no minimum; write a figure and a percentage: rules=100\n")
      case .notAPercentage(let word): Console.report("`\(word)` is no percentage from 0 to 100\n")
      case .unknownFigure(let name, let candidates):
        let near = likelyMeant(name, among: candidates).map { "; did you mean `\($0)`?" } ?? ""
        Console.report("There is no figure `\(name)`\(near) Figures: \(candidates.joined(separator: ", "))\n")
      }
      throw ExitCode.validationFailure
    }
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
