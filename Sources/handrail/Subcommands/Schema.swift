import ArgumentParser
import Rendering

/// Prints the JSON Schema of a rulebook's files or intakes.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema of this rulebook, for editors.",
    discussion: """
      An editor that knows the schema completes keys and names while somebody writes, and underlines what fits nothing.
      Whether the rules can be meant says `handrail check`.

      Examples:
        handrail schema Rules > rulebook.schema.json
        handrail schema Rules --of intake > intake.schema.json
      """
  )

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case rulebook
    case overlay
    case intake
  }

  @Argument(help: "The folder of the rulebook, or one file.")
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  @Option(help: "What files it is for: rulebook, overlay or intake.")
  var of = Kind.rulebook

  func run() throws {
    let program = try loadProgram(rules, overlays)
    switch of {
    case .rulebook: Console.print(RulebookSchema.render(program))
    case .overlay: Console.print(RulebookSchema.render(program, isOverlay: true))
    case .intake: Console.print(IntakeSchema.render(program))
    }
  }
}
