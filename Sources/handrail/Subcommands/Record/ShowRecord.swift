import ArgumentParser
import PlanRecord
import Rendering

/// Shows a record at a glance, or its plan.
struct ShowRecord: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a record at a glance: its versions, who did what, what was selected.",
    discussion: "`--plan` shows the plan as it was recorded. `handrail print` puts it on paper."
  )

  @OptionGroup var record: RecordArgument

  @Flag(help: "Show the recorded plan.")
  var plan = false

  @Option(help: "Of the plan: text, markdown or json.")
  var format = PlanFormat.text

  func run() throws {
    let (loaded, flaws) = try record.read()
    Console.report(RecordText.flaws(flaws))
    if plan {
      guard let plan = loaded.current.readPlan() else {
        Console.report("\(record.path): there is no plan that can be shown.\n")
        throw ExitStatus.recordErrors.error
      }
      switch format {
      case .text: Console.print(PlanTerminal(style: Console.style()).render(plan))
      case .markdown: Console.print(PlanMarkdown.render(plan))
      case .json: Console.print(PlanJSON.render(plan))
      }
    } else {
      Console.print(RecordText.summary(loaded))
    }
    if !flaws.isEmpty { throw ExitStatus.recordErrors.error }
  }
}
