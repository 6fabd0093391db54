/// A system whose SQL a query is written in.
///
/// Where the three agree, the query uses what they agree on; the rest stands here.
package enum QueryDialect: String, CaseIterable, Sendable {
  case duckdb
  case postgresql
  case spark

  package var title: String {
    switch self {
    case .duckdb: "DuckDB"
    case .postgresql: "PostgreSQL"
    case .spark: "Spark SQL"
    }
  }

  // MARK: Names

  /// A name in quotes, whatever it holds.
  func quoted(_ name: String) -> String {
    self == .spark
      ? "`\(name.replacing("`", with: "``"))`" : "\"\(name.replacing("\"", with: "\"\""))\""
  }

  /// A table, perhaps with its schema before a dot.
  func quotedTable(_ name: String) -> String {
    name.split(separator: ".", omittingEmptySubsequences: false).map { quoted(String($0)) }.joined(separator: ".")
  }

  /// How many bytes of a name count; PostgreSQL cuts off the rest, in the table and in the query alike.
  var longestName: Int? { self == .postgresql ? 63 : nil }

  /// How many columns one step of a query can have.
  var mostColumns: Int? { self == .postgresql ? 1664 : nil }

  // MARK: Values

  /// A text; what the program puts into one holds no quotes and no backslashes.
  func text(_ text: String) -> String { "'\(text)'" }

  var textType: String {
    switch self {
    case .duckdb: "VARCHAR"
    case .postgresql: "TEXT"
    case .spark: "STRING"
    }
  }

  /// The type of whole numbers for which 64 bits are too few.
  var wideType: String {
    switch self {
    case .duckdb: "HUGEINT"
    case .postgresql: "NUMERIC"
    case .spark: "DECIMAL(38, 0)"
    }
  }

  /// Whether a text is one of these words. Each is compared by itself, since DuckDB makes a list a join of its own.
  func isOne(_ text: String, of words: [String]) -> String {
    "(\(words.map { "\(text) = '\($0)'" }.joined(separator: " OR ")))"
  }

  /// Whether a text as a whole has a form. The pattern is one that all three understand: no backslashes, nothing looked at
  /// ahead.
  func matches(_ text: String, _ pattern: String) -> String {
    switch self {
    case .duckdb: "regexp_full_match(\(text), '\(pattern)')"
    case .postgresql: "\(text) ~ '^(\(pattern))$'"
    // A dollar sign may stand before a last line break, which what was found does not hold.
    case .spark: "REGEXP_EXTRACT(\(text), '^(\(pattern))$', 0) = \(text)"
    }
  }

  /// A number with nine digits on either side of the point, times a power of ten that leaves none behind it.
  func scaled(_ number: String, by factor: Int128) -> String {
    // DuckDB gives a product no more digits than the wider factor; Spark, for more digits than 38, fewer behind the point.
    self == .duckdb ? "CAST(\(number) AS DECIMAL(38, 9)) * \(factor)" : "\(number) * \(factor)"
  }

  /// The days from 1970-01-01 to a day written `2026-11-23` that is known to exist.
  func days(_ text: String) -> String {
    switch self {
    case .duckdb, .postgresql: "CAST(CAST(\(text) AS DATE) - DATE '1970-01-01' AS BIGINT)"
    case .spark: "CAST(DATEDIFF(CAST(\(text) AS DATE), DATE '1970-01-01') AS BIGINT)"
    }
  }

  /// The whole part of a quotient of numbers that are not negative.
  func quotient(_ first: String, _ second: String) -> String {
    switch self {
    case .duckdb: "(\(first) // \(second))"
    case .postgresql: "DIV(CAST(\(first) AS NUMERIC), \(second))"
    case .spark: "CAST(FLOOR(\(first) / \(second)) AS DECIMAL(38, 0))"
    }
  }

  /// The texts that are not null, with a mark between them; a call takes a limited number of arguments.
  func joined(_ texts: [String], by mark: String) -> String {
    let most = 90
    guard texts.count > most else { return "CONCAT_WS('\(mark)', \(texts.joined(separator: ", ")))" }
    let groups = stride(from: 0, to: texts.count, by: most).map { start in
      "NULLIF(CONCAT_WS('\(mark)', \(texts[start..<min(start + most, texts.count)].joined(separator: ", "))), '')"
    }
    return joined(groups, by: mark)
  }

  // MARK: Steps

  /// A query of several steps, each over the one before; the first reads a table, and the last gives the result.
  ///
  /// Each step must be worked out by itself: put into the next one, an expression that is used twice there would be worked
  /// out twice, and so on through all steps. PostgreSQL does so unless something stands between, such as `OFFSET 0`. Spark
  /// takes minutes to read tables that are made of tables behind `WITH`, and seconds where they stand in each other.
  func query(_ steps: [[String]], from table: String) -> String {
    let name = { "handrail_\($0 + 1)" }
    func selection(_ step: Int, from: String) -> String {
      let columns = steps[step].isEmpty ? ["1 AS nothing"] : steps[step]
      return "SELECT\n  \(columns.joined(separator: ",\n  "))\nFROM \(from)"
    }
    let last = steps.count - 1
    guard self != .spark else {
      let openings = (1...last).reversed().map { selection($0, from: "(\n") }.joined()
      let endings = (1...last).map { "\n) AS \(name($0 - 1))" }.joined()
      return openings + selection(0, from: table) + endings + ";\n"
    }
    let fence = self == .postgresql ? "\nOFFSET 0" : ""
    let tables = (0..<last).map { step in
      "\(name(step)) AS (\n\(selection(step, from: step == 0 ? table : name(step - 1)))\(fence)\n)"
    }
    return "WITH\n" + tables.joined(separator: ",\n") + "\n" + selection(last, from: name(last - 1)) + ";\n"
  }
}
