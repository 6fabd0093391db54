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

/// What is tried and not recorded.
struct WhatIfOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Suppose another answer or another choice, such as track=daytime; nothing is recorded.", valueName: "name=value"))
  var whatIf: [String] = []

  /// The intake with what is supposed.
  func supposed(_ program: Program, _ intake: Intake) throws -> Intake {
    guard !whatIf.isEmpty else { return intake }
    let typed = TypedChange(whatIf, to: intake, program, mayAnswer: true)
    try report(typed)
    return typed.intake
  }
}

/// Reports what is wrong with something typed, and ends the command if that is an error.
func report(_ typed: TypedChange) throws {
  Console.report(
    DiagnosticText(files: typed.files, style: Console.style(forErrors: true)).render(typed.diagnostics))
  if typed.diagnostics.hasErrors { throw ExitCode.validationFailure }
}

/// The program of a rulebook; reports its errors and ends the command if there are any.
func loadProgram(_ path: String, _ overlays: OverlayOptions, withDigest: Bool = true) throws -> Program {
  try program(of: overlays.load(path, withCases: false, withDigest: withDigest), path, overlays)
}

/// The same, of a rulebook that was loaded with its cases.
func program(of rulebook: Rulebook, _ path: String, _ overlays: OverlayOptions) throws -> Program {
  guard let program = rulebook.program else {
    let text = DiagnosticText(files: rulebook.files, style: Console.style(forErrors: true))
    Console.report(text.render(rulebook.diagnostics))
    let command = (["handrail check \(path)"] + overlays.overlay.map { "--overlay \($0)" }).joined(separator: " ")
    Console.report("The rulebook `\(path)` has errors, so no plan can be made; `\(command)` shows them all.\n")
    throw ExitStatus.rulebookErrors.error
  }
  return program
}

enum PlanFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case markdown
  case json
}
