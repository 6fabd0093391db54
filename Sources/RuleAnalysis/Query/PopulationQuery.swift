package import RuleEngine

/// A rulebook as one SQL query, by which people whose intakes lie in a warehouse are planned for where they lie.
///
/// The formulas of ``SymbolicEvaluation`` are divided into steps, each a common table expression. The query says of each
/// intake what the engine says, unknowns included; `PopulationQueryTests` compares them in the real systems.
package struct PopulationQuery {
  /// What keeps a query from being written.
  package enum Problem: Error, Equatable {
    /// The table has a column that is neither a fact nor a member of one.
    case unknownColumn(String)
    case columnTwice(String)
    /// Two columns of the result have one name.
    case resultTwice(String)
    /// The system tells these two names apart no more than by what it cuts off.
    case namesTooLong(String, String, Int)
    /// A step has more columns than the system allows.
    case tooManyColumns(Int, most: Int)
    case noTable(String)
  }

  /// Which table is read, and what is wanted.
  package struct Request {
    package var dialect: QueryDialect
    /// The table with the intakes, perhaps with its schema before a dot.
    package var table: String
    /// The column that names the intake; it comes out as `id`.
    package var id: String?
    /// The columns that the table has; `nil` if it has all.
    package var columns: [String]?
    /// The columns of the result with their names.
    package var results: [(name: String, column: QueryColumn)]
    /// What the query is a query of, for its first lines.
    package var comment: [String]

    package init(
      dialect: QueryDialect, table: String, id: String?, columns: [String]?,
      results: [(name: String, column: QueryColumn)], comment: [String]
    ) {
      self.dialect = dialect
      self.table = table
      self.id = id
      self.columns = columns
      self.results = results
      self.comment = comment
    }
  }

  private let program: Program
  private let request: Request
  private let present: [QueryInput.Column]

  package init(_ program: Program, _ request: Request) throws(Problem) {
    self.program = program
    self.request = request
    present = try Self.present(program, request)
    guard request.table.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }) else {
      throw .noTable(request.table)
    }
    var names: Set<String> = request.id == nil ? ["input_error"] : ["id", "input_error"]
    for result in request.results {
      guard names.insert(result.name).inserted else { throw .resultTwice(result.name) }
    }
    try Self.checkLength(present.map(\.name) + (request.id.map { [$0] } ?? []), request.dialect)
    try Self.checkLength(names.sorted(), request.dialect)
  }

  private static func present(_ program: Program, _ request: Request) throws(Problem) -> [QueryInput.Column] {
    let all = QueryInput.all(program)
    guard let given = request.columns else { return all }
    let known = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    var seen: Set<String> = []
    var found: [QueryInput.Column] = []
    for name in given {
      guard seen.insert(name).inserted else { throw .columnTwice(name) }
      if name == request.id { continue }
      guard let column = known[name] else { throw .unknownColumn(name) }
      found.append(column)
    }
    return found
  }

  private static func checkLength(_ names: [String], _ dialect: QueryDialect) throws(Problem) {
    guard let longest = dialect.longestName else { return }
    var seen: [String: String] = [:]
    for name in names {
      let short = String(decoding: name.utf8.prefix(longest), as: UTF8.self)
      if let other = seen[short], other != name { throw .namesTooLong(other, name, longest) }
      seen[short] = name
    }
  }

  // MARK: Writing

  /// The statement that makes a table with the columns that the query reads.
  package func tableDefinition() -> String {
    let dialect = request.dialect
    let names = (request.id.map { [$0] } ?? []) + present.map(\.name)
    let columns = names.map { "  \(dialect.quoted($0)) \(dialect.textType)" }.joined(separator: ",\n")
    return "CREATE TABLE \(dialect.quotedTable(request.table)) (\n\(columns)\n);\n"
  }

  /// The query.
  package func text() throws(Problem) -> String {
    let dialect = request.dialect
    let bank = TermBank()
    let scale = NumberScale(anyAnswerOf: program)
    let input = QueryInput(program, present, dialect: dialect, scale: scale, bank: bank)
    let evaluation = SymbolicEvaluation(program, input.intake, scale: scale, bank: bank)
    let assumed = evaluation.changing(assumptions(input, evaluation), Dependencies(program))
    let results = QueryColumns(evaluation, assumed: assumed, dialect: dialect)
    let wanted = request.results.map(\.column)
    let stages = QueryStages(bank, roots: results.terms(of: wanted), unknowns: input.unknowns, dialect: dialect)

    let id = request.id == nil ? [] : ["id"]
    let answers = input.answers()
    let bad = input.errors()
    var steps = [
      (request.id.map { ["\(dialect.quoted($0)) AS id"] } ?? []) + input.texts(),
      id + input.rawNames + input.parsed(),
      id + input.rawNames + answers.map { "\($0.text) AS \($0.name)" },
      id + ["\(bad.isEmpty ? "''" : dialect.joined(bad, by: ";")) AS bad"] + answers.map(\.name),
    ]
    steps += stages.steps(first: answers.map(\.name), kept: id + ["bad"])
    let statuses = QueryColumns.decisions(of: wanted, program).map {
      "\(results.status($0, stages)) AS \(results.statusName($0))"
    }
    let errors = ["NULLIF(bad, '')"] + results.contradictions(stages)
    steps.append(
      id + ["NULLIF(\(dialect.joined(errors, by: ";")), '') AS error"] + stages.last(of: answers.map(\.name)) + statuses
    )
    if let most = dialect.mostColumns, let count = steps.map(\.count).max(), count > most {
      throw .tooManyColumns(count, most: most)
    }
    let outputs =
      id.map { "\($0) AS \(dialect.quoted($0))" } + ["error AS \(dialect.quoted("input_error"))"]
      + request.results.map {
        "CASE WHEN error IS NULL THEN \(results.text($0.column, stages)) END AS \(dialect.quoted($0.name))"
      }
    let comment = request.comment.map { "-- \($0.split(whereSeparator: \.isNewline).joined(separator: " "))\n" }
    return comment.joined() + dialect.query(steps + [outputs], from: dialect.quotedTable(request.table))
  }

  // MARK: Assumptions

  /// What each fact is answered if everything that was not asked, and for which something is assumed, is taken to be so.
  private func assumptions(_ input: QueryInput, _ evaluation: SymbolicEvaluation) -> [Int: SymbolicIntake.Answer] {
    let bank = evaluation.bank
    var answers: [Int: SymbolicIntake.Answer] = [:]
    for (fact, variable) in program.variables.enumerated() {
      guard let assumed = variable.fact?.assumed, var answer = input.intake.answers[fact] else { continue }
      let isAsked = input.asked[fact] ?? []
      switch (answer.value, assumed) {
      case (.options(let options), .option(let wanted)) where options.count > 1:
        let isAssumed = bank.not(isAsked.first ?? .no)
        answer.value = .options(
          options.indices.map { option in
            option == wanted ? bank.any(options[option], isAssumed) : bank.all(options[option], bank.not(isAssumed))
          })
        answer.isKnown = bank.any(answer.isKnown, isAssumed)
      case (.number(let number), .number(let wanted)) where variable.domain.interval?.single == nil:
        let isAssumed = bank.not(isAsked.first ?? .no)
        answer.value = .number(bank.choose(isAssumed, bank.whole(evaluation.scale.floor(wanted)), number))
        answer.isKnown = bank.any(answer.isKnown, isAssumed)
      case (.members(let members), .members(let wanted)):
        let isOpen = bank.not(bank.any(answer.isDeclined, answer.isNotKnown))
        var taken: [Term] = []
        answer.value = .members(
          members.enumerated().map { index, member in
            let isAssumed = bank.all(isOpen, bank.not(isAsked.isEmpty ? .no : isAsked[index]))
            taken.append(isAssumed)
            guard wanted[index].truth != .unknown else { return member }
            let isIn =
              wanted[index] == .yes
              ? bank.any(member.isIn, isAssumed) : bank.all(member.isIn, bank.not(isAssumed))
            return (isKnown: bank.any(member.isKnown, isAssumed), isIn: isIn)
          })
        answer.isKnown = bank.any([answer.isKnown] + taken)
      default: continue
      }
      answers[fact] = answer
    }
    return answers
  }
}
