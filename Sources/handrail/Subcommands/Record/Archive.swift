import ArgumentParser
import RuleEngine
import RuleLanguage

/// Stores a rulebook under its digest.
struct Archive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: "Store a rulebook under its digest, to replay old plans with it.",
    discussion: "Archive every rulebook before its plans are signed. What is archived already is left as it is."
  )

  @Argument(help: "The folder of the rulebook, or one file.")
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  @Option(help: ArgumentHelp("The folder of the archive.", valueName: "folder"))
  var to: String

  func run() throws {
    let rulebook = overlays.load(rules, withCases: false)
    let program = try program(of: rulebook, rules, overlays)
    do {
      let place = try RulebookArchive(to).store(rulebook, program)
      Console.print("\(place)\n")
    } catch {
      throw archiveProblem(error, program.digest)
    }
  }
}

/// Reports what is wrong with an archive.
func archiveProblem(_ problem: RulebookArchive.Problem, _ digest: String) -> ExitCode {
  let name = digest.prefix(12)
  switch problem {
  case .cannotWrite(let reason): Console.report("The archive cannot be written: \(reason).\n")
  case .notThere: Console.report("The archive has no rulebook \(name); find the archive it was stored in.\n")
  case .changed: Console.report("The archived rulebook \(name) was changed: it is not what its digest says.\n")
  case .unreadable:
    Console.report(
      "The archived rulebook \(name) is unchanged, but was stored by another version of Handrail; replay with that one.\n"
    )
  }
  return ExitStatus.recordErrors.error
}
