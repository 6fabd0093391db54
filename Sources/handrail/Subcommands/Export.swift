import ArgumentParser
import Rendering
import RuleAnalysis
import RuleEngine

/// The rulebook in another form, to be run elsewhere.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the rulebook in another form, to be run elsewhere.", subcommands: [ExportSQL.self])
}

/// The rulebook as one SQL query.
struct ExportSQL: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql",
    abstract: "Write the rulebook as one SQL query over a table of intakes.",
    discussion: """
      The query reads a table with a row for each intake and a column for each fact, and gives a row with the plan. It says
      what `handrail batch` says, with everything that is unknown; reasons it does not give.

      Examples:
        handrail export sql --dialect duckdb --table intakes --id client > plans.sql
        handrail export sql --dialect postgresql --table clinic.intakes --id client --create-table
        handrail export sql --dialect spark --table intakes --input intakes.csv --columns status,track

      Ends with 0, with 1 if the rulebook has errors, with 2 if the columns do not fit, and with 14 if the query cannot be
      written to its file.
      """
  )

  @Argument(help: "The folder of the rulebook, or one file.")
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  @Option(help: "The system the query is for: duckdb, postgresql or spark.")
  var dialect: QueryDialect

  @Option(help: "The table of intakes, with its schema before a dot if need be.")
  var table = "intakes"

  @Option(help: ArgumentHelp("The column that names an intake; it comes out as `id`.", valueName: "column"))
  var id: String?

  @Option(
    help: ArgumentHelp(
      "A table whose first line names the columns there are; what has no column was not asked. Without it the table must have all.",
      valueName: "csv"))
  var input: String?

  @Option(
    help: ArgumentHelp(
      "Columns of the result, separated by commas: status, no_value, a decision, its .status or .possible, or one of its members.",
      valueName: "names"))
  var columns: String?

  @Flag(help: "Write the statement that makes the table instead.")
  var createTable = false

  @Option(name: [.long, .short], help: "The file for the query; standard output if none is given.")
  var output: String?

  func run() throws {
    let program = try loadProgram(rules, overlays)
    do {
      let query = try PopulationQuery(program, try request(program))
      let text = createTable ? query.tableDefinition() : try query.text()
      if let output { try TextFile.write(text, to: output) } else { Console.print(text) }
    } catch let problem as PopulationQuery.Problem {
      Console.report(message(problem) + "\n")
      throw ExitStatus.intakeErrors.error
    }
  }

  private func request(_ program: Program) throws -> PopulationQuery.Request {
    let given = try input.map { try TableHeader.columns(of: $0, program, id: id) }
    if let id, let given, !given.contains(id) {
      Console.report("`\(input ?? "")` has no column `\(id)`, which --id names.\n")
      throw ExitStatus.intakeErrors.error
    }
    let results = try chosenColumns(program).map { column in
      guard let wanted = QueryColumn(column) else {
        Console.report("A query has no column `\(column.name(program))`; `handrail batch` has.\n")
        throw ExitCode.validationFailure
      }
      return (name: column.name(program), column: wanted)
    }
    return PopulationQuery.Request(
      dialect: dialect, table: table, id: id, columns: given, results: results, comment: comment(program))
  }

  private func chosenColumns(_ program: Program) throws -> [PlanColumn] {
    guard let columns else {
      return PlanColumn.all(program).filter {
        switch $0 {
        case .status, .value, .decisionStatus, .member: true
        case .line, .id, .noValue, .needed, .rules, .plan, .possible: false
        }
      }
    }
    return try PlanColumn.read(columns, program)
  }

  /// What the first lines of the query say.
  private func comment(_ program: Program) -> [String] {
    let header = program.header
    let adapted = (program.adaptation?.overlays ?? []).map(\.name).joined(separator: ", ")
    return [
      "Plans of the rulebook \(header.name) \(header.version)\(adapted.isEmpty ? "" : " with \(adapted)"), for \(dialect.title).",
      "Rulebook \(program.digest), meaning \(Program.meaningVersion). Written by handrail \(ProgramVersion.text); do not edit.",
      "One row for each row of the table. What is not settled is NULL, and never \"no\". Where input_error names a column or",
      "an impossible combination, there is no plan. Not in the query: reasons, questions still needed, what would change the",
      "plan, and what a clinician selected; `handrail explain` and `handrail batch` give these. It decides nothing: it says",
      "what the rules recommend, for review by a clinician.",
    ]
  }

  private func message(_ problem: PopulationQuery.Problem) -> String {
    switch problem {
    case .unknownColumn(let name): "The rulebook has no fact `\(name)`."
    case .columnTwice(let name): "The table has two columns `\(name)`; delete or rename one."
    case .resultTwice(let name):
      "Two columns of the result would be called `\(name)`; choose others with --columns."
    case .namesTooLong(let first, let second, let longest):
      "\(dialect.title) cuts names off after \(longest) bytes and cannot tell `\(first)` from `\(second)`; leave one out with --input or --columns, or take another system."
    case .tooManyColumns(let count, let most):
      "\(dialect.title) allows \(most) columns in one step of a query, and this one needs \(count); ask for fewer with --columns, name the columns there are with --input, or take another system."
    case .noTable(let name): "`\(name)` is no name of a table; give one as `intakes` or `clinic.intakes`."
    }
  }
}

extension QueryDialect: ExpressibleByArgument {}

extension QueryColumn {
  /// `nil` for what a query cannot say.
  init?(_ column: PlanColumn) {
    switch column {
    case .status: self = .status
    case .noValue: self = .noValue
    case .value(let decision): self = .value(decision)
    case .decisionStatus(let decision): self = .decisionStatus(decision)
    case .possible(let decision): self = .possible(decision)
    case .member(let decision, let slot): self = .member(decision, slot: slot)
    case .line, .id, .needed, .rules, .plan: return nil
    }
  }
}
