import ArgumentParser
import PlanRecord
import Rendering
import RuleEngine
import RuleLanguage

/// Makes the plan of a record again and compares.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Make the plan of a record again, and show that it is the same, or what differs.",
    discussion: """
      With --archive the plan is made with the rulebook of the record; it must come out the same, byte for byte. With --rules \
      it is made with the rules of today. Ends with 0 if the plan is the same, with 10 if it differs.
      """
  )

  @OptionGroup var record: RecordArgument

  @Option(help: ArgumentHelp("The folder that `handrail archive` stores rulebooks in.", valueName: "folder"))
  var archive: String?

  @Option(help: "The folder of another rulebook to compare with.")
  var rules: String?

  @OptionGroup var overlays: OverlayOptions

  @Option(help: ArgumentHelp("Which version; the last if nothing is said.", valueName: "number"))
  var version: Int?

  func validate() throws {
    guard (archive == nil) != (rules == nil) else {
      throw ValidationError("Say with which rules: --archive folder, or --rules folder.")
    }
  }

  func run() throws {
    let (loaded, flaws) = try record.read()
    Console.report(RecordText.flaws(flaws))
    guard let version = loaded.versions.first(where: { $0.number == version ?? loaded.current.number }) else {
      throw misunderstood("\(record.path): there is no such version; versions are 1 to \(loaded.current.number).")
    }
    let replay: PlanReplay
    do {
      replay = try PlanReplay(version, with: try program(for: version))
    } catch let refusal as RecordRefusal {
      throw misunderstood("\(record.path): \(RecordText.text(refusal))")
    }
    Console.print(ReplayText.render(replay, version))
    if !flaws.isEmpty { throw ExitStatus.recordErrors.error }
    if !replay.isSame { throw ExitStatus.replayDiffers.error }
  }

  private func program(for version: AssessmentRecord.Version) throws -> Program {
    guard let archive else { return try loadProgram(rules ?? "Rules", overlays) }
    do {
      return try RulebookArchive(archive).program(version.rulebook.digest)
    } catch {
      throw archiveProblem(error, version.rulebook.digest)
    }
  }
}
