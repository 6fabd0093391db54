import ArgumentParser
import Rendering
import RuleEngine
import SourceText

/// Prints the full explanation of a plan, or why one option was not chosen.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a plan: rules, facts, sources, and what was not chosen.",
    discussion: """
      Examples:
        handrail explain intake.yaml
        handrail explain intake.yaml --why-not track=daytime
        handrail explain intake.yaml --why-not level_of_care.intensive=residential
      """
  )

  @OptionGroup var options: PlanOptions
  @OptionGroup var whatIf: WhatIfOptions

  @Option(help: "text, markdown or json.")
  var format = PlanFormat.text

  @Option(help: ArgumentHelp("Why this option is not in the plan.", valueName: "decision=option"))
  var whyNot: String?

  func run() throws {
    let (program, recorded) = try options.load()
    let intake = try whatIf.supposed(program, recorded)
    if let whyNot {
      try answer(whyNot, program, intake)
    } else {
      let plan = Plan(program, intake, language: options.language, withChanges: true)
      switch format {
      case .text: Console.print(PlanTerminal(style: Console.style()).render(plan, isFull: true))
      case .markdown: Console.print(PlanMarkdown.render(plan, isFull: true))
      case .json: Console.print(PlanJSON.render(plan))
      }
    }
  }

  private func answer(_ question: String, _ program: Program, _ intake: Intake) throws {
    let parts = question.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw misunderstood("Write a decision and an option, such as --why-not track=daytime.")
    }
    do {
      let answer = try WhyNot(program, intake, decision: parts[0], option: parts[1], language: options.language)
      switch format {
      case .text: Console.print(WhyNotText.render(answer, style: Console.style()))
      case .markdown: Console.print(WhyNotText.markdown(answer))
      case .json: Console.print(WhyNotText.json(answer))
      }
    } catch {
      throw misunderstood(message(error))
    }
  }

  private func message(_ problem: WhyNot.Problem) -> String {
    switch problem {
    case .noDecision(let name, let candidates):
      let phases = candidates.filter { $0.hasPrefix("\(name).") }
      if !phases.isEmpty { return "`\(name)` is decided for each phase; write \(phases.joined(separator: ", "))." }
      let near = likelyMeant(name, among: candidates).map { " Did you mean `\($0)`?" } ?? ""
      return "The rulebook has no decision `\(name)`.\(near) Decisions: \(candidates.joined(separator: ", "))."
    case .noOption(let option, let decision, let candidates):
      let near = likelyMeant(option, among: candidates).map { " Did you mean `\($0)`?" } ?? ""
      return "`\(decision)` has no option `\(option)`.\(near) Options: \(candidates.joined(separator: ", "))."
    }
  }
}
