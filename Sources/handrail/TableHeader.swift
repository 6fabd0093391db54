import ArgumentParser
import IntakeReading
import Rendering
import RuleEngine
import SourceText

/// The first line of a table of intakes.
enum TableHeader {
  /// The names of the columns, the one that names the intakes among them; ends the command where they do not fit.
  static func columns(of file: String, _ program: Program, id: String?) throws -> [String] {
    do {
      guard let header = try LineInput(file).firstLine() else {
        throw failure("`\(file)` is empty; its first line names the columns")
      }
      return try CSVIntakeReader(
        CompiledProgram(program), FactNames(program, idKey: id), header: header, idKey: id
      ).header
    } catch let problem as LineInput.Problem {
      throw failure("cannot read `\(file)`: \(problem.reason)")
    } catch let problem as CSVIntakeReader.Problem {
      throw failure(message(problem, of: file, program))
    }
  }

  private static func failure(_ message: String) -> ExitCode {
    Console.report("\(message)\n")
    return ExitStatus.intakeErrors.error
  }

  static func message(_ problem: CSVIntakeReader.Problem, of file: String, _ program: Program) -> String {
    switch problem {
    case .brokenHeader: return "the first line of `\(file)` has a quote that is never closed"
    case .columnTwice(let name): return "`\(file)` has two columns `\(name)`; delete or rename one"
    case .unknownColumn(let name):
      let facts = program.variables.filter { $0.fact != nil }.map(\.name)
      let near = likelyMeant(name, among: facts).map { "; did you mean `\($0)`?" } ?? "."
      return
        "`\(file)` has a column `\(name)`, and the rulebook has no fact of this name\(near) Columns are facts, or members of a fact such as `fact.option`; --id names the one that is not."
    }
  }
}

extension PlanColumn {
  /// The columns that a command was asked for, separated by commas; ends the command where there is no such column.
  static func read(_ names: String, _ program: Program) throws -> [PlanColumn] {
    do {
      return try names.split(separator: ",").map { try PlanColumn(String($0), program) }
    } catch let unknown as PlanColumn.Unknown {
      let near = unknown.suggestion.map { " Did you mean `\($0)`?" } ?? ""
      Console.report("There is no column `\(unknown.name)`.\(near)\n")
      throw ExitCode.validationFailure
    }
  }
}
