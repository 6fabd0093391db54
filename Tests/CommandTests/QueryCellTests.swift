import Foundation
import TestSupport
import Testing

/// What can stand in the cells of a table: decimals to their last digit, days that do not exist, lists and members, and
/// what is no answer at all.
@Suite(.serialized)
struct QueryCellTests {
  private static let rules = "\(Corpus.folder)/queries/rules.yaml"
  private static let results =
    "dose,dose.possible,days,level,level.possible,menu,menu.possible,menu.walk,status,no_value"

  /// For each column, cells that answer it.
  private static let answers: [(column: String, cells: [String])] = [
    ("assessed_on", ["2025-12-31", "2026-01-01", "2026-03-01", "2024-03-01", "", "declined"]),
    (
      "ratio",
      ["4.5", "4.499999999", "4.25", "4.249999999", "-0", "-9.5", "10.000000001", "10.000000002", "99.999999999", ""]
    ),
    ("weight", ["0", "999999999", "999999000.6", "500", "500.000000001", "declined", "", "0.1"]),
    ("count", ["0", "9", "1", "2.000", "", "", "does_not_know"]),
    ("fasted", ["yes", "no", "true", "false", "", "declined"]),
    ("when", ["2026-02-28", "2024-02-29", "2000-02-29", "2026-01-31", "0001-01-01", "9999-12-31", "", "declined"]),
    ("signs", ["a_b", "a;b", "[]", "a_b;a;b", "", "declined", "does_not_know"]),
    ("entered", ["", "", "", "4.5", "13.499999999", "200"]),
  ]

  /// For each column, cells that do not.
  private static let mistakes: [(column: String, cells: [String])] = [
    (
      "assessed_on",
      ["2026-02-29", "1900-02-29", "2026-13-01", "2026-04-31", "0000-01-01", "2026-1-1", "26-01-01", "today"]
    ),
    ("ratio", ["100", "-9.500000001", "4.5555555555", "1e1", "+1", "1,5", ".5", "5.", "05", "NaN", "-", "--1"]),
    ("weight", ["1000000000", "999999999.000000001", "-1", "inf", "0x10"]),
    ("count", ["10", "2.5", "-1", "yes", "three"]),
    ("fasted", ["Yes", "1", "t", " yes", "y", "unknown"]),
    ("signs", ["A", "a;", ";a", "a;;b", "a,b", "axb", "a;c", "yes"]),
    ("signs.a", ["a", "Y", "1", "[]"]),
  ]

  private static let members = ["signs.a", "signs.a_b", "signs.b"]

  /// Rows of the table, and the column at fault of those that were made so.
  private func table() -> (text: String, faults: [String: String]) {
    let columns = Self.answers.map(\.column) + Self.members
    var generator = SeededGenerator(seed: 3)
    var rows: [[String]] = []
    for _ in 0..<600 {
      var row = Self.answers.map { generator.pick($0.cells) } + Self.members.map { _ in "" }
      // Sometimes each member by itself, and then no list.
      if generator.chance(50), let signs = columns.firstIndex(of: "signs") {
        row[signs] = ""
        for member in Self.members.indices {
          row[Self.answers.count + member] = generator.pick([
            "yes", "no", "true", "false", "declined", "does_not_know", "",
          ])
        }
      }
      rows.append(row)
    }
    var faults: [String: String] = [:]
    for (column, cells) in Self.mistakes {
      for cell in cells {
        faults["c\(rows.count)"] = column
        rows.append(columns.map { $0 == column ? cell : "" })
      }
    }
    faults["c\(rows.count)"] = "signs"
    rows.append(columns.map { $0 == "signs" || $0 == "signs.b" ? ($0 == "signs" ? "a" : "yes") : "" })
    let lines = rows.enumerated().map { number, cells in
      (["c\(number)"] + cells.map { $0.contains(",") ? "\"\($0)\"" : $0 }).joined(separator: ",")
    }
    let header = (["client"] + columns).joined(separator: ",")
    return (([header] + lines).joined(separator: "\n") + "\n", faults)
  }

  @Test(arguments: ["duckdb", "postgresql", "spark"])
  func cellsAreReadAsInABatch(dialect: String) throws {
    let (text, faults) = table()
    try withTemporaryFolder { folder in
      try text.write(toFile: "\(folder)/cells.csv", atomically: true, encoding: .utf8)
      let export = try HandrailProcess.run([
        "export", "sql", Self.rules, "--dialect", dialect, "--table", "cells", "--id", "client", "--input",
        "\(folder)/cells.csv", "--columns", Self.results, "--output", "\(folder)/cells.sql",
      ])
      #expect(export.exitCode == 0, "\(export.errors)")
      try Warehouse.run(dialect, folder)
      let batch = try HandrailProcess.run([
        "batch", "\(folder)/cells.csv", "--rules", Self.rules, "--id", "client", "--columns", "id,\(Self.results)",
        "--output", "\(folder)/plans.csv",
      ])
      #expect(batch.exitCode == 2, "\(batch.errors)")
      let planned = Dictionary(
        try Warehouse.rows("\(folder)/plans.csv").compactMap { row in row["id"]?.map { ($0, row) } }
      ) { first, _ in first }
      let rows = try Warehouse.rows("\(folder)/cells.out.csv")
      #expect(rows.count == 600 + faults.count)
      #expect(planned.count > 200)
      var kinds: Set<String> = []
      for row in rows {
        let id = try #require(row["id"] ?? nil)
        let error = try #require(row["input_error"])
        if let fault = faults[id] {
          #expect(error == fault, "\(dialect) \(id)")
          #expect(planned[id] == nil, "\(id)")
        } else if let error {
          kinds.insert(error)
          #expect(planned[id] == nil, "\(dialect) \(id): \(error)")
        } else {
          let plan = try #require(planned[id], "\(dialect) \(id)")
          for name in Self.results.split(separator: ",").map(String.init) {
            #expect((row[name] ?? nil) ?? "" == (plan[name] ?? nil) ?? "", "\(dialect) \(id) \(name)")
          }
        }
        if error != nil { #expect(row.values.filter { $0 != nil }.count == 2, "a plan beside an error") }
      }
      #expect(kinds.isSuperset(of: ["entered", "impossible:heavy-and-fasting"]), "\(kinds)")
    }
  }
}
