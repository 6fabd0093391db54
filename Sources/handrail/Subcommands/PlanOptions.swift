import ArgumentParser
import Rendering
import RuleEngine
import RuleLanguage
import SourceText

/// What every command needs that reads a rulebook and an intake.
struct PlanOptions: ParsableArguments {
  @Argument(help: "The intake, in YAML or JSON; - for standard input.")
  var file: String

  @Option(help: "The folder of the rulebook.")
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  @Option(help: "The language of questions and reasons, such as en or es.")
  var language = "en"

  @Flag(help: "Show answers in messages about the intake; only on a terminal.")
  var showAnswers = false

  /// The rulebook and the intake; reports what is wrong, and ends the command if that keeps it from going on.
  func load() throws -> (program: Program, intake: Intake) {
    let program = try loadProgram(rules, overlays)
    let loaded = IntakeFile.load(file, for: program, language: language)
    let files = loaded.file.map { [$0.name: $0] } ?? [:]
    let shows = showAnswers && Console.reportsToTerminal
    let text = DiagnosticText(files: files, style: Console.style(forErrors: true), showsAnswers: shows)
    Console.report(text.render(loaded.diagnostics))
    if loaded.diagnostics.hasErrors {
      if !shows, loaded.diagnostics.contains(where: { $0.answerNote != nil }) {
        Console.report("Answers are not shown; on a terminal, --show-answers shows them.\n")
      }
      throw ExitStatus.intakeErrors.error
    }
    return (program, loaded.intake)
  }
}

enum PlanFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case markdown
  case json
}
