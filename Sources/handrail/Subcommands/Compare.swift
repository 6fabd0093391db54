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
    abstract: "Say what a change of rules means, or prove that it means nothing.",
    discussion: """
      Ends with 0 if every plan is proved to be the same, with 15 if plans differ, with 16 if a level can fall, an item can be \
      lost, or a decision is settled where it was open, and with 13 if it could not be proved.

      Examples:
        handrail compare Rules.old Rules
        handrail compare main HEAD --rules Rules --format markdown
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case markdown
    case json
  }

  @Argument(help: "The rulebook before: a folder, a file, or a revision of git.")
  var base: String

  @Argument(help: "The rulebook after.")
  var head: String

  @Option(help: ArgumentHelp("The folder of the rulebook in a revision of git.", valueName: "folder"))
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  @Option(help: ArgumentHelp("A folder of intakes, of which is counted how many change.", valueName: "folder"))
  var cohort: String?

  @Option(help: "text, markdown or json.")
  var format = Format.text

  func run() throws {
    let (before, beforeProgram) = try load(base)
    let (after, afterProgram) = try load(head)
    let intakes = try cohort.map { try self.intakes($0, afterProgram) }
    let comparison = try compared(before, beforeProgram, after, afterProgram, intakes)
    switch format {
    case .text: Console.print(ComparisonText.text(comparison))
    case .markdown: Console.print(ComparisonText.markdown(comparison))
    case .json: Console.print(ComparisonText.json(comparison))
    }
    if comparison.touchesSafety { throw ExitStatus.safetyDiffers.error }
    if !comparison.changes.isEmpty || !comparison.declared.isEmpty { throw ExitStatus.plansDiffer.error }
    if !comparison.notProved.isEmpty { throw ExitStatus.noProof.error }
  }

  private func load(_ name: String) throws -> (Rulebook, Program) {
    let revision = FileManager.default.fileExists(atPath: name) ? nil : try RevisionFolder(name, rules)
    let rulebook = overlays.load(revision?.path ?? name)
    return (rulebook, try program(of: rulebook, name, overlays))
  }

  private func compared(
    _ before: Rulebook, _ base: Program, _ after: Rulebook, _ head: Program, _ cohort: [Intake]?
  ) throws -> Comparison {
    let progress = ProgressLine()
    defer { progress.clear() }
    do {
      return try Comparison.compare(base, head, baseCases: before.cases, headCases: after.cases, cohort: cohort) {
        progress.show($0)
      }
    } catch .notFound(let program) {
      Console.report(
        "The solver `\(program)` was not found, so nothing can be proved. Install it (Debian: `apt-get install z3`).\n")
      throw ExitStatus.noProof.error
    } catch .broke(let reason) {
      Console.report("The solver broke, so nothing was proved: \(reason)\n")
      throw ExitStatus.noProof.error
    }
  }

  private func intakes(_ folder: String, _ program: Program) throws -> [Intake] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().filter { name in
      [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
    }
    guard !names.isEmpty else {
      Console.report("`\(folder)` holds no intakes; give a folder of `.yaml` or `.json` files.\n")
      throw ExitStatus.intakeErrors.error
    }
    return try names.map { name in
      let file = IntakeFile.load("\(folder)/\(name)", for: program)
      guard !file.diagnostics.hasErrors else {
        Console.report("`\(folder)/\(name)` has errors; `handrail recommend` shows them.\n")
        throw ExitStatus.intakeErrors.error
      }
      return file.intake
    }
  }
}
