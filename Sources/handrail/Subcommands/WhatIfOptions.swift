import ArgumentParser
import Rendering
import RuleEngine
import RuleLanguage
import SourceText

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
    try typed.endIfWrong()
    return typed.intake
  }
}

extension TypedChange {
  /// Reports what is wrong with it, and ends the command if that is an error.
  func endIfWrong() throws {
    Console.report(DiagnosticText(files: files, style: Console.style(forErrors: true)).render(diagnostics))
    if diagnostics.hasErrors { throw ExitCode.validationFailure }
  }
}
