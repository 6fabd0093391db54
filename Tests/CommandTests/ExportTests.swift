import Foundation
import TestSupport
import Testing

/// What people write and read around a query.
struct ExportTests {
  private static let page = "\(Corpus.repository)/Sources/handrail/Documentation.docc/SQL.md"

  /// What stands in the block of the page that begins so.
  private func block(_ first: String) throws -> String {
    let page = try Corpus.text(of: Self.page)
    let start = try #require(page.firstRange(of: "\n\(first)"))
    let rest = page[page.index(after: start.lowerBound)...]
    return rest[..<(try #require(rest.firstRange(of: "\n```"))).lowerBound] + "\n"
  }

  /// The example of the page, from the rules to the printed plans.
  @Test func exampleOfThePage() throws {
    try withTemporaryFolder { folder in
      for (name, mark) in [("rules.yaml", "# file: rules.yaml\n"), ("intakes.csv", "# file: intakes.csv\n")] {
        try String(block(mark).dropFirst(mark.count))
          .write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      }
      let command = try block("$ handrail export sql").split(separator: " ").dropFirst(2)
      let arguments = command.map { $0.trimmingCharacters(in: .newlines) }
      let export = try HandrailProcess.run(arguments, in: folder)
      #expect(export.exitCode == 0 && export.output.isEmpty && export.errors.isEmpty, "\(export.errors)")
      try block("import duckdb").write(toFile: "\(folder)/run.py", atomically: true, encoding: .utf8)
      let run = try InstalledTool.run("python", ["run.py"], in: folder)
      #expect(run.output.trimmingCharacters(in: .newlines) + "\n" == (try block("┌")), "\(run.errors)")
    }
  }

  /// The table that is asked for takes the query that is asked for.
  @Test func tableAndQueryFit() throws {
    try withTemporaryFolder { folder in
      let options = [
        "export", "sql", "Rules", "--dialect", "duckdb", "--table", "main.intakes", "--id", "Client \"A\"",
      ]
      for (name, more) in [("table", ["--create-table"]), ("query", [])] {
        let path = "\(folder)/\(name).sql"
        #expect(try HandrailProcess.run(options + more + ["--output", path]).exitCode == 0)
      }
      let text = #"""
        import duckdb
        duckdb.sql(open("table.sql").read())
        duckdb.sql("""INSERT INTO intakes ("Client ""A\"\"", assessed_on) VALUES (7, DATE '2026-11-20')""")
        rows = duckdb.sql(open("query.sql").read())
        print(rows.columns[:3], rows.fetchall()[0][:3])

        """#
      try text.write(toFile: "\(folder)/run.py", atomically: true, encoding: .utf8)
      let run = try InstalledTool.run("python", ["run.py"], in: folder)
      #expect(run.output == "['id', 'input_error', 'status'] ('7', None, 'open')\n", "\(run.errors)")
    }
  }

  /// The same text each time, whatever the seed of hashing.
  @Test func isTheSameEachTime() throws {
    let arguments = ["export", "sql", "Rules", "--dialect", "spark"]
    let first = try HandrailProcess.run(arguments).output
    #expect(first.count > 100_000)
    #expect(try HandrailProcess.run(arguments).output == first)
  }

  @Test(arguments: [
    (["--dialect", "mysql"], 64, "Please provide one of 'duckdb', 'postgresql' or 'spark'"),
    (["--dialect", "duckdb", "--columns", "trak"], 64, "There is no column `trak`. Did you mean `track`?"),
    (["--dialect", "duckdb", "--columns", "line"], 64, "A query has no column `line`; `handrail batch` has."),
    (["--dialect", "duckdb", "--columns", "a,a"], 2, "Two columns of the result would be called `a`; choose others"),
    (["--dialect", "duckdb", "--table", "a..b"], 2, "`a..b` is no name of a table; give one as `intakes`"),
    (["--dialect", "duckdb", "--input", "none.csv"], 2, "cannot read `none.csv`"),
    (
      ["--dialect", "duckdb", "--input", "t.csv"], 2, "`t.csv` has a column `fct`, and the rulebook has no fact of this"
    ),
    (["--dialect", "duckdb", "--input", "u.csv", "--id", "i"], 2, "`u.csv` has no column `i`, which --id names"),
    (["--dialect", "duckdb", "--output", "rules.yaml/x"], 14, "`rules.yaml/x` cannot be written; give a file in a"),
    (["--dialect", "postgresql"], 2, "PostgreSQL cuts names off after 63 bytes and cannot tell `long_"),
  ])
  func saysWhatIsWrong(arguments: [String], code: Int32, message: String) throws {
    try withTemporaryFolder { folder in
      let long = "long_" + String(repeating: "name_", count: 12)
      let rules = """
        sources: {s: {title: S, kind: policy, confirmed: yes}}
        facts:
          fact: {ask: Fact?, type: yes_no}
          \(long)a: {ask: A?, type: yes_no}
          \(long)b: {ask: B?, type: yes_no}
        decisions:
          track: {type: yes_no, combine: one, otherwise: {value: no, because: Nothing}}
          a: {type: yes_no, combine: one, otherwise: {value: no, because: Nothing}}
        rules:
          r: {when: {fact: yes, \(long)a: yes, \(long)b: yes}, recommend: {track: yes}, because: So., sources: [s]}

        """
      try rules.write(toFile: "\(folder)/rules.yaml", atomically: true, encoding: .utf8)
      try "fct\n".write(toFile: "\(folder)/t.csv", atomically: true, encoding: .utf8)
      try "fact\n".write(toFile: "\(folder)/u.csv", atomically: true, encoding: .utf8)
      let run = try HandrailProcess.run(["export", "sql", "rules.yaml"] + arguments, in: folder)
      #expect(run.exitCode == code)
      #expect(run.errors.contains(message), "\(run.errors)")
      #expect(run.output.isEmpty)
    }
  }
}
