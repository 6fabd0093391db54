import ArgumentParser
import FoundationEssentials
import Rendering
import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText

/// Says what a change of rules means for people's plans.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say what a change of rules does to plans, or prove that it does nothing.",
    discussion: """
      Not the texts are compared but the plans, for every possible intake, complete or not, with the solver Z3.

      Ends with 0 if every plan is proved to be the same, with 15 if plans differ, with 16 if a level can fall, something can be \
      lost or held back, or is settled where it was open, and with 13 if not everything could be proved and no such change \
      was found.

      Examples:
        handrail compare Rules.before Rules
        handrail compare main Rules
        handrail compare v1.2 HEAD --rules Rules --format markdown
        handrail compare main Rules --cohort intakes.jsonl
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case markdown
  }

  @Argument(help: "The rulebook before: a folder, a file, or a revision of git.")
  var base: String

  @Argument(help: "The rulebook after: the same.")
  var head: String

  @Option(help: ArgumentHelp("The folder of the rulebook in a revision of git.", valueName: "folder"))
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  @Option(
    help: ArgumentHelp(
      "Intakes, one as a JSON object on each line, of which is counted how many change; - for standard input.",
      valueName: "file"))
  var cohort: String?

  @Option(help: "text, json or markdown.")
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Stop asking after so many seconds, and say what was not proved; no limit if not given.", valueName: "seconds"))
  var timeLimit: Int?

  func validate() throws {
    if let timeLimit, timeLimit < 1 { throw ValidationError("--time-limit must be at least 1 second.") }
  }

  func run() throws {
    let (before, baseProgram) = try load(base)
    let (after, headProgram) = try load(head)
    let comparison = try compared(before, baseProgram, after, headProgram)
    switch format {
    case .text: Console.print(ComparisonText.text(comparison))
    case .json: Console.print(ComparisonJSON.render(comparison))
    case .markdown: Console.print(ComparisonText.markdown(comparison))
    }
    if comparison.touchesSafety { throw ExitStatus.safetyDiffers.error }
    // A gate that lets pass what does not touch safety must not let pass what was not looked at.
    if !comparison.notProved.isEmpty { throw ExitStatus.noProof.error }
    if !comparison.isEqual { throw ExitStatus.plansDiffer.error }
  }

  private func load(_ name: String) throws -> (Rulebook, Program) {
    let revision = FileManager.default.fileExists(atPath: name) ? nil : try RevisionFolder(name, rules)
    let rulebook = overlays.load(revision?.path ?? name)
    if revision != nil, rulebook.program == nil {
      Console.report(
        DiagnosticText(files: rulebook.files, style: Console.style(forErrors: true)).render(rulebook.diagnostics))
      Console.report("The rulebook in `\(name)` has errors, so nothing can be compared with it.\n")
      throw ExitStatus.rulebookErrors.error
    }
    return (rulebook, try program(of: rulebook, name, overlays))
  }

  private func compared(
    _ before: Rulebook, _ base: Program, _ after: Rulebook, _ head: Program
  ) throws -> Comparison {
    let progress = ProgressLine()
    defer { progress.clear() }
    let count = try cohort.map { path in
      try CohortFile.count(path, base, head) { progress.show("reading the cohort: \($0) intakes") }
    }
    let clock = ContinuousClock()
    let end = timeLimit.map { clock.now + .seconds($0) }
    do {
      return try Comparison.compare(
        base, head, baseCases: before.cases, headCases: after.cases, cohort: count,
        isOver: { end.map { clock.now >= $0 } ?? false }, progress: { progress.show($0) })
    } catch {
      throw solverFailed(error)
    }
  }
}
