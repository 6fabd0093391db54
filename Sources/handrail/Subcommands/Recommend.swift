import ArgumentParser
import Rendering
import RuleEngine

/// Reads an intake and prints the plan and why.
struct Recommend: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Print the plan for an intake, and why.",
    discussion: "Ends with 0 if the plan is settled; `handrail help` lists the other exit codes."
  )

  @OptionGroup var options: PlanOptions
  @OptionGroup var whatIf: WhatIfOptions

  @Option(help: "text, markdown or json.")
  var format = PlanFormat.text

  func run() throws {
    let (program, recorded) = try options.load()
    let intake = try whatIf.supposed(program, recorded)
    let plan = Plan(program, intake, language: options.language)
    switch format {
    case .text: Console.print(PlanTerminal(style: Console.style()).render(plan))
    case .markdown: Console.print(PlanMarkdown.render(plan))
    case .json: Console.print(PlanJSON.render(plan))
    }
    let status = ExitStatus(plan.status)
    if status != .done { throw status.error }
  }
}
