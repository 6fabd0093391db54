import Foundation
import RuleEngine
import RuleLanguage
import TestSupport
import Testing

/// The query of the shipped rulebook says what `handrail batch` says, which is tested against the reference evaluator; both
/// read the same table.
///
/// The check script asks DuckDB about 100,000 intakes, with a program that was built for release:
/// `INTAKES=100000 HANDRAIL=.build-release/release/handrail swift test --filter ShippedQueryTests`.
@Suite(.serialized)
struct ShippedQueryTests {
  private static let intakes = ProcessInfo.processInfo.environment["INTAKES"].flatMap(Int.init) ?? 5_000
  private static let program = Rulebook.load("\(Corpus.repository)/Rules", withCases: false).program!

  @Test func saysInDuckDBWhatABatchSays() throws {
    let columns = Self.columns { "\($0).possible" }
    try compare("duckdb", intakes: Self.intakes, columns: "status,no_value," + columns)
  }

  @Test func saysInPostgreSQLWhatABatchSays() throws {
    let columns = Self.columns { "\($0),\($0).possible" }
    try compare("postgresql", intakes: 2_000, columns: "status,no_value," + columns)
  }

  @Test func saysInSparkWhatABatchSays() throws {
    try compare("spark", intakes: 1_000, columns: "status,no_value," + Self.columns { "\($0)" })
  }

  private static func columns(_ names: (String) -> String) -> String {
    program.presentation.decisions.map { names(program.variables[program.decisions[$0].variable].name) }
      .joined(separator: ",")
  }

  private func compare(_ dialect: String, intakes: Int, columns: String) throws {
    try withTemporaryFolder { folder in
      let table = "\(folder)/shipped.csv"
      var generator = SeededGenerator(seed: 11)
      try RandomTable(Self.program).text(rows: intakes, using: &generator)
        .write(toFile: table, atomically: true, encoding: .utf8)
      let export = try HandrailProcess.run([
        "export", "sql", "Rules", "--dialect", dialect, "--table", "shipped", "--id", "client", "--input", table,
        "--columns", columns, "--output", "\(folder)/shipped.sql",
      ])
      #expect(export.exitCode == 0, "\(export.errors)")
      try Warehouse.run(dialect, folder, null: "")
      let batch = try HandrailProcess.run([
        "batch", table, "--rules", "Rules", "--id", "client", "--columns", "id,\(columns)", "--output",
        "\(folder)/plans.csv",
      ])
      #expect(batch.exitCode == 2, "\(batch.errors)")
      let expected = try Corpus.text(of: "\(folder)/plans.csv").split(separator: "\n").dropFirst()
      let found = try Corpus.text(of: "\(folder)/shipped.out.csv").split(separator: "\n").dropFirst()
      #expect(found.count == intakes)
      #expect(Double(expected.count) > Double(intakes) * 0.7)
      #expect(expected.count < intakes, "some intakes should contradict themselves")
      var lines = Set<String>(minimumCapacity: found.count)
      for line in found {
        // What has an error is counted by what is left: it has no line in the batch.
        let fields = line.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields[1].isEmpty else { continue }
        lines.insert("\(fields[0]),\(fields[2])".replacing("\"\"", with: ""))
      }
      #expect(lines.count == expected.count)
      let missing = expected.first { !lines.contains(String($0)) }
      #expect(missing == nil, "\(dialect) says something else of this intake")
    }
  }
}

/// A large table of random intakes, made of cells that were written once. What can contradict is mostly left out, so that
/// most intakes are possible.
private struct RandomTable {
  private let names: [String]
  /// For each column, what can stand in it.
  private let cells: [[String]]
  /// For each column, whether it can contradict another.
  private let isDelicate: [Bool]

  init(_ program: Program) {
    let read = program.impossibilities.flatMap(\.condition.subtree).compactMap { part in
      if case .test(let variable, _) = part { variable } else { nil }
    }
    var delicate = program.facts(below: read)
    for case .derived(.sum(_, let entered?)) in program.variables.map(\.kind) { delicate.insert(entered) }
    let facts = program.variables.indices.filter { program.variables[$0].fact != nil }
    var generator = SeededGenerator(seed: 5)
    names = facts.map { program.variables[$0].name }
    isDelicate = facts.map(delicate.contains)
    cells = facts.map { fact in
      let domain = program.variables[fact].domain
      let values = (0..<40).map { _ -> String in
        switch RandomIntake.answer(domain, unanswered: 0, using: &generator) {
        case .option(let option): return domain.names[option]
        case .number(let number):
          guard case .dates = domain else { return number.description }
          return CalendarDate(days: number.whole ?? 0).description
        case .members(let members):
          let chosen = members.indices.filter { members[$0] == .yes }.map { domain.names[$0] }
          return chosen.isEmpty ? "[]" : chosen.joined(separator: ";")
        case .declined, .doesNotKnow: return ""
        }
      }
      return values + ["declined", "does_not_know"]
    }
  }

  func text(rows: Int, using generator: inout SeededGenerator) -> String {
    var text = "client," + names.joined(separator: ",") + "\n"
    for row in 0..<rows {
      text += "c\(row)"
      let answered = [100, 97, 85, 60, 25][row % 5]
      let delicateAnswered = row % 20 == 0 ? answered : 10
      for column in names.indices {
        text += ","
        if generator.chance(isDelicate[column] ? delicateAnswered : answered) {
          text += cells[column][generator.below(cells[column].count)]
        }
      }
      text += "\n"
    }
    return text
  }
}
