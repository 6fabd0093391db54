import ArgumentParser
import Cores
import IntakeReading
import Rendering
import RuleEngine

/// The form of a file with an intake on each line.
enum LineForm: String, ExpressibleByArgument, CaseIterable {
  case json
  case csv

  /// By the ending of a file's name.
  init?(_ path: String?) {
    guard let path else { return nil }
    if path.hasSuffix(".csv") {
      self = .csv
    } else if path.hasSuffix(".jsonl") || path.hasSuffix(".json") {
      self = .json
    } else {
      return nil
    }
  }
}

/// What every command needs that plans for each line of a file.
struct LineOptions: ParsableArguments {
  @OptionGroup var overlays: OverlayOptions

  @Option(help: "The form of the input, json or csv; by its name if not given.")
  var from: LineForm?

  @Option(
    help: ArgumentHelp(
      "The key or column that names an intake; it is no fact, and comes out as `id`.", valueName: "key"))
  var id: String?

  @Option(help: ArgumentHelp("The file for the list of bad lines.", valueName: "file"))
  var bad: String?

  @Option(help: "How many lines are planned at once; one for each core if not given.")
  var jobs: Int?

  @Option(help: "The language of reasons, such as en or es.")
  var language = "en"

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
  }

  func form(of file: String) -> LineForm { from ?? LineForm(file) ?? .json }

  /// Opens a file of intakes, and reads the names of columns if it has them.
  func open(_ file: String) throws -> (input: LineInput, form: LineWork.Input) {
    let input = try LineInput(file)
    guard form(of: file) == .csv else { return (input, .json) }
    guard let header = try input.firstLine() else {
      throw BatchProblem("`\(file)` is empty; its first line names the columns")
    }
    return (input, .csv(header: header))
  }

  /// How many workers there shall be.
  var workerCount: Int { jobs ?? coreCount }

  /// Does what can fail for a file, says what failed, and ends the command then.
  func reporting<Result>(_ file: String, _ program: Program, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let problem as BatchProblem {
      throw failure(problem.message)
    } catch let problem as LineInput.Problem {
      throw failure("cannot read `\(file)`: \(problem.reason)")
    } catch let problem as CSVIntakeReader.Problem {
      throw failure(TableHeader.message(problem, of: file, program))
    }
  }

  private func failure(_ message: String) -> ExitCode {
    Console.report("\(message)\n")
    return ExitStatus.intakeErrors.error
  }
}
