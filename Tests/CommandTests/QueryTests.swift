import Foundation
import RuleEngine
import RuleLanguage
import TestSupport
import Testing

/// `handrail export sql`, run in the real systems: what the query says of an intake is what the engine says, to the last
/// possible value.
@Suite(.serialized)
struct QueryTests {
  /// A table, a query over it, and what must come out: for each intake its cells, or that it has an error.
  private struct Job {
    var name: String
    var program: Program
    var rulesPath: String
    var intakes: [Intake]
  }

  private static func random(_ seeds: Range<Int>, intakes: Int, in folder: String) throws -> [Job] {
    try seeds.map { seed in
      let text = RandomRulebook.text(RandomRulebook(seed: seed).trees)
      let program = try #require(Compiling.compile([("a.yaml", text)]).program)
      let path = "\(folder)/rules-\(seed).yaml"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      var generator = SeededGenerator(seed: seed)
      let all = (0..<intakes).map { number in
        IntakeTable.written(
          RandomIntake.make(program, unanswered: [0, 0, 15, 40, 70, 100][number % 6], using: &generator))
      }
      return Job(name: "random_\(seed)", program: program, rulesPath: path, intakes: all)
    }
  }

  /// Runs the jobs in one start of the system; gives the number of cells that were compared.
  private func compare(_ jobs: [Job], in dialect: String, folder: String) throws -> Int {
    for job in jobs {
      var generator = SeededGenerator(seed: 1)
      let rows = job.intakes.enumerated().map { number, intake in
        (["c\(number)"] + IntakeTable.row(intake, job.program, &generator)).joined(separator: ",")
      }
      let header = (["client"] + IntakeTable.header(job.program)).joined(separator: ",")
      try ([header] + rows).joined(separator: "\n").appending("\n")
        .write(toFile: "\(folder)/\(job.name).csv", atomically: true, encoding: .utf8)
      let export = try HandrailProcess.run([
        "export", "sql", job.rulesPath, "--dialect", dialect, "--table", job.name, "--id", "client", "--columns",
        PlanCells.names(job.program).joined(separator: ","), "--output", "\(folder)/\(job.name).sql",
      ])
      #expect(export.exitCode == 0, "\(export.errors)")
    }
    try Warehouse.run(dialect, folder)
    var count = 0
    for job in jobs {
      let rows = try Warehouse.rows("\(folder)/\(job.name).out.csv")
      #expect(rows.count == job.intakes.count)
      for row in rows {
        let number = try #require(Int(row["id"]!!.dropFirst()))
        let expected = PlanCells(job.program, job.intakes[number])
        #expect(row["input_error"] == .some(nil), "\(dialect), \(job.name), intake \(number)")
        for name in PlanCells.names(job.program) {
          count += 1
          #expect(row[name] == expected.cells[name], "\(dialect), \(job.name), intake \(number), \(name)")
        }
      }
    }
    return count
  }

  @Test func saysInDuckDBWhatTheReferenceSays() throws {
    try withTemporaryFolder { folder in
      let jobs = try Self.random(3_000..<3_030, intakes: 60, in: folder)
      #expect(try compare(jobs, in: "duckdb", folder: folder) > 60_000)
    }
  }

  @Test func saysInPostgreSQLWhatTheReferenceSays() throws {
    try withTemporaryFolder { folder in
      let jobs = try Self.random(4_000..<4_030, intakes: 60, in: folder)
      #expect(try compare(jobs, in: "postgresql", folder: folder) > 60_000)
    }
  }

  /// Rulebooks of the trial use what random ones do not: parameters, dates, tables, totals, decimals.
  @Test(arguments: ["duckdb", "postgresql"])
  func saysOfTheTrialWhatTheReferenceSays(dialect: String) throws {
    try withTemporaryFolder { folder in
      let jobs = try Corpus.folders(in: "trial").map { name in
        let path = "\(Corpus.folder)/trial/\(name)"
        let program = try #require(Rulebook.load(path, withCases: false).program, "\(name)")
        var generator = SeededGenerator(seed: 2)
        let intakes = (0..<60).map { number in
          IntakeTable.written(RandomIntake.make(program, unanswered: number % 6 * 20, using: &generator))
        }
        let usable = intakes.filter { Evaluator.evaluate(program, $0).contradictions.isEmpty }
        return Job(
          name: "trial_\(name.replacing("-", with: "_"))", program: program, rulesPath: path, intakes: usable)
      }
      #expect(jobs.count > 10)
      #expect(try compare(jobs, in: dialect, folder: folder) > 2_000)
    }
  }

  /// Spark takes long to begin, and seconds for a query: few of them, with many intakes.
  @Test func saysInSparkWhatTheReferenceSays() throws {
    try withTemporaryFolder { folder in
      let jobs = try Self.random(5_000..<5_006, intakes: 300, in: folder)
      #expect(try compare(jobs, in: "spark", folder: folder) > 60_000)
    }
  }
}

/// Queries run in a real system by `Tests/Warehouses/run.py`.
enum Warehouse {
  /// - Parameter null: what stands in the result for NULL.
  static func run(_ dialect: String, _ folder: String, null: String = "NULL") throws {
    let script = "\(Corpus.repository)/Tests/Warehouses/run.py"
    let result = try InstalledTool.run("python", [script, dialect, folder, null])
    #expect(result.exitCode == 0, "\(result.errors.suffix(3000))")
  }

  /// The rows of a result by the names of their columns; `nil` for NULL.
  static func rows(_ path: String) throws -> [[String: String?]] {
    let lines = try Corpus.text(of: path).split(separator: "\n").map(String.init)
    let names = try #require(lines.first).split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map {
        $0 == "NULL" ? nil : $0 == "\"\"" ? "" : String($0)
      }
      return Dictionary(uniqueKeysWithValues: zip(names, cells))
    }
  }
}
