import ArgumentParser
import PlanRecord
import Rendering
import RuleEngine

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Who writes into a record, and when.
struct AuthorOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Who does this; else what HANDRAIL_BY says.", valueName: "name"))
  var by: String?

  @Option(help: ArgumentHelp("In what role, such as \"intake coordinator\" or LCSW; else what HANDRAIL_ROLE says."))
  var role: String?

  @Option(
    help: ArgumentHelp(
      "When it was done, such as 2026-11-20T09:30:00Z; else what HANDRAIL_NOW says, else now.", valueName: "moment"))
  var at: String?

  func author() throws -> Author {
    guard let name = by ?? environment("HANDRAIL_BY"), let role = role ?? environment("HANDRAIL_ROLE"),
      !name.isEmpty, !role.isEmpty
    else {
      throw misunderstood(
        "A record says who wrote into it: add --by \"A. Rivera\" --role LCSW, or set HANDRAIL_BY and HANDRAIL_ROLE.")
    }
    return Author(name: name, role: role)
  }

  func moment() throws -> Moment {
    guard let text = at ?? environment("HANDRAIL_NOW") else {
      guard let now = Clock.now() else { throw misunderstood("The clock of this machine cannot be read; add --at.") }
      return now
    }
    guard let moment = Moment(text) else {
      throw misunderstood("Write a moment in Universal Time, such as --at 2026-11-20T09:30:00Z.")
    }
    return moment
  }

  private func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// A record that a command changes.
struct RecordArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The file of the record.", valueName: "record"))
  var path: String

  /// Reads the record; one that was tampered with is not changed any further.
  func load() throws -> AssessmentRecord { try Self.load(path) }

  /// The same of the record in a file.
  static func load(_ path: String) throws -> AssessmentRecord {
    let (record, flaws) = try read(path)
    guard flaws.isEmpty else {
      Console.report(RecordText.flaws(flaws))
      Console.report("Nothing was written; `handrail record verify \(path)` shows what is wrong.\n")
      throw ExitStatus.recordErrors.error
    }
    return record
  }

  /// Reads the record with its flaws.
  func read() throws -> (record: AssessmentRecord, flaws: [RecordFlaw]) { try Self.read(path) }

  private static func read(_ path: String) throws -> (record: AssessmentRecord, flaws: [RecordFlaw]) {
    do {
      return try RecordFile.read(path)
    } catch {
      throw recordProblem(error, path)
    }
  }

  func replace(_ old: AssessmentRecord, with record: AssessmentRecord) throws {
    do {
      try RecordFile.replace(old, with: record, at: path)
    } catch {
      throw recordProblem(error, path)
    }
  }
}

/// Reports what the system or the file says against it.
func recordProblem(_ problem: RecordFile.Problem, _ path: String) -> ExitCode {
  Console.report("\(path): \(RecordText.text(problem))\n")
  return ExitStatus.recordErrors.error
}

/// The command was not understood.
func misunderstood(_ message: String) -> ExitCode {
  Console.report("\(message)\n")
  return ExitCode.validationFailure
}
