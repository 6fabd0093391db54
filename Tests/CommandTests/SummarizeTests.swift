import Foundation
import RuleLanguage
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// `handrail summarize`, as a person would use it.
struct SummarizeTests {
  private static let folder = "\(Corpus.folder)/cohort"

  private func summarize(
    _ arguments: [String], in folder: String, input: String? = nil
  ) throws -> HandrailProcess {
    try HandrailProcess.run(["summarize", "\(Self.folder)/rules.yaml"] + arguments, in: folder, input: input)
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  // MARK: What it prints

  @Test(arguments: [
    ("text", [], "summary.txt"), ("markdown", ["--charts", "charts"], "summary.md"), ("json", [], "summary.json"),
    ("text", ["--hide-below", "11"], "hidden.txt"), ("markdown", ["--hide-below", "11"], "hidden.md"),
    ("json", ["--hide-below", "11"], "hidden.json"),
  ])
  func formats(format: String, options: [String], golden: String) throws {
    try withTemporaryFolder { folder in
      let run = try summarize(["\(Self.folder)/intakes.jsonl", "--format", format] + options, in: folder)
      #expect(Corpus.difference(run.output, from: "\(Self.folder)/\(golden)") == nil)
      #expect(run.exitCode == 2)
      #expect(run.errors == "118 planned, 2 bad (listed in handrail-summarize.bad.jsonl)\n")
    }
  }

  @Test func charts() throws {
    try withTemporaryFolder { folder in
      _ = try summarize(["\(Self.folder)/intakes.jsonl", "--charts", "made/charts"], in: folder)
      let made = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/made/charts").sorted()
      #expect(made.count == 21, "\(made)")
      for name in made {
        let svg = try Corpus.text(of: "\(folder)/made/charts/\(name)")
        #expect(Corpus.difference(svg, from: "\(Self.folder)/charts/\(name)") == nil)
        #expect(XMLParser(data: Data(svg.utf8)).parse(), "\(name)")
      }
    }
  }

  /// Looked at as a browser draws them, all words lie on the picture, and no name touches a bar. Long names, too.
  @Test func nothingOnAChartIsCutOff() throws {
    try withTemporaryFolder { folder in
      let long = "A word after the other, so that the whole of this name is far too long for a line of the chart"
      let rules = try Corpus.text(of: "\(Self.folder)/rules.yaml")
        .replacing("beginners: Beginners", with: "beginners: \"\(long)\"")
        .replacing("technique: {label: Technique", with: "technique: {label: \"\(long)\"")
        .replacing("label: Class\n", with: "label: \(long)\n")
        .replacing(
          "title: The swimming school", with: "title: \(String(repeating: "The school of swimming ", count: 12))"
        )
        .replacing("Early", with: "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW")
      try rules.write(toFile: "\(folder)/rules.yaml", atomically: true, encoding: .utf8)
      let run = try HandrailProcess.run(
        ["summarize", "rules.yaml", "\(Self.folder)/intakes.jsonl", "--charts", "charts"], in: folder)
      #expect(run.exitCode == 2, "\(run.errors)")
      var page = "<meta charset=\"utf-8\">"
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/charts").sorted() {
        page += "<div id=\"\(name)\">" + (try Corpus.text(of: "\(folder)/charts/\(name)")) + "</div>\n"
      }
      page += """
        <script>
        let found = [];
        for (const chart of document.querySelectorAll("div")) {
          const all = chart.querySelector("svg").viewBox.baseVal;
          const bars = [...chart.querySelectorAll("rect.share, rect.rest")].map(bar => bar.getBBox());
          for (const text of chart.querySelectorAll("text")) {
            const box = text.getBBox();
            const isInside = box.x >= 0 && box.y >= 0 && box.x + box.width <= all.width && box.y + box.height <= all.height;
            const touches = bars.some(bar => box.x < bar.x + bar.width && bar.x < box.x + box.width
              && box.y + 3 < bar.y + bar.height && bar.y < box.y + box.height - 3);
            if (!isInside || touches) found.push(chart.id + ": " + text.textContent);
          }
        }
        document.title = "found " + document.querySelectorAll("text").length + " words; " + found.join(" | ");
        </script>
        """
      let title = try #require(
        try Paper.shown(page, in: folder).firstMatch(of: /<title>found (\d+) words; (.*)<\/title>/))
      #expect(try #require(Int(title.output.1)) > 200)
      #expect(title.output.2 == "")
    }
  }

  // MARK: What it counts

  /// Counted by hand from the plans with all their reasons, which the reference evaluator makes.
  @Test func countsWhatThePlansSay() throws {
    try withTemporaryFolder { folder in
      // What was declined keeps a decision open, too, but its plan lists only what can be asked.
      let lines = try Corpus.text(of: "\(Self.folder)/intakes.jsonl").split(separator: "\n")
      let intakes = "\(folder)/intakes.jsonl"
      try lines.filter { !$0.contains("declined") }.joined(separator: "\n").write(
        toFile: intakes, atomically: true, encoding: .utf8)
      let batch = try HandrailProcess.run(
        ["batch", intakes, "--rules", "\(Self.folder)/rules.yaml", "--columns", "line,status,rules,plan"], in: folder)
      let rows = try batch.output.split(separator: "\n").map { try json(String($0)) }
      let summary = try json(try summarize([intakes, "--format", "json"], in: folder).output)
      #expect(summary["planned"] as? Int == rows.count)
      #expect(counts(summary["statuses"]) == tally(rows.compactMap { $0["status"] as? String }))
      let rules = (summary["rules"] as? [[String: Any]] ?? []).map { ($0["id"] as! String, $0["decided"] as! Int) }
      #expect(
        Dictionary(uniqueKeysWithValues: rules).filter { $1 > 0 }
          == tally(rows.flatMap { $0["rules"] as? [String] ?? [] }))
      let plans = rows.compactMap { $0["plan"] as? [String: Any] }
      try compare(decisions: summary["decisions"] as? [[String: Any]] ?? [], plans)
      let unsettled = plans.filter { !["final", "final_regardless"].contains($0["status"] as? String) }
      let asked = unsettled.flatMap { plan in
        (plan["needed"] as? [[String: Any]] ?? []).flatMap { $0["questions"] as? [[String: Any]] ?? [] }
      }
      let questions = summary["questions"] as? [[String: Any]] ?? []
      #expect(counts(questions, "fact", "not_asked") == tally(asked.compactMap { $0["fact"] as? String }))
    }
  }

  private func compare(decisions: [[String: Any]], _ plans: [[String: Any]]) throws {
    #expect(decisions.count == 12)
    for decision in decisions {
      let name = try #require(decision["name"] as? String)
      let own = plans.compactMap { plan in
        (plan["decisions"] as? [[String: Any]])?.first { $0["name"] as? String == name }
      }
      let statuses = own.compactMap { $0["status"] as? String }.map { $0 == "settled_regardless" ? "settled" : $0 }
      #expect(counts(decision["statuses"]) == tally(statuses), "\(name)")
      let open = own.filter { $0["status"] as? String == "open" }
      #expect(
        counts(decision["needed"]) == tally(open.flatMap { $0["needed"] as? [String] ?? [] }), "\(name)")
      let settled = own.filter { ["settled", "settled_regardless"].contains($0["status"] as? String) }
      let isSet = own[0]["has_members"] as? Bool == true
      if !isSet {
        let values = settled.flatMap { $0["values"] as? [[String: Any]] ?? [] }.compactMap { $0["name"] as? String }
        #expect(counts(decision["values"]) == tally(values), "\(name)")
      }
      // Where a part of a set rests on an assumption, its plan shows what is assumed, and not what is certain.
      guard isSet, !own.contains(where: { $0["status"] as? String == "assumed" }) else { continue }
      let certain = own.flatMap { $0["values"] as? [[String: Any]] ?? [] }.filter { $0["is_certain"] as? Bool == true }
      #expect(
        counts(decision["members"], "name", "included") == tally(certain.compactMap { $0["name"] as? String }),
        "\(name)")
    }
  }

  private func tally(_ words: [String]) -> [String: Int] { Dictionary(grouping: words, by: \.self).mapValues(\.count) }

  private func counts(_ rows: Any?, _ name: String = "name", _ count: String = "count") -> [String: Int] {
    let rows = rows as? [[String: Any]] ?? []
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[name] as! String, $0[count] as! Int) }).filter { $1 > 0 }
  }

  /// However the lines are divided among files, forms and threads.
  @Test func divisionNeverMatters() throws {
    let program = try #require(Rulebook.load("\(Self.folder)/rules.yaml", withCases: false).program)
    var generator = SeededGenerator(seed: 4)
    let intakes = (0..<900).map { number in
      IntakeLine.withoutPartialSets(RandomIntake.make(program, unanswered: [0, 20, 60][number % 3], using: &generator))
    }
    try withTemporaryFolder { folder in
      func write(_ name: String, _ lines: [String]) throws {
        try (lines.joined(separator: "\n") + "\n").write(
          toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      }
      let lines = intakes.map { IntakeLine.json($0, program, id: nil, &generator) }
      try write("all.jsonl", lines)
      try write("some.jsonl", Array(lines[500...].reversed()))
      let rows = intakes[..<500].map { IntakeLine.csv($0, program, &generator) }
      try write("others.csv", [IntakeLine.header(program)] + rows)
      let all = try summarize(["all.jsonl", "--jobs", "1", "--format", "json"], in: folder)
      #expect(try json(all.output)["planned"] as? Int ?? 0 > 500)
      let divided = try summarize(["some.jsonl", "others.csv", "--jobs", "5", "--format", "json"], in: folder)
      #expect(divided.output == all.output)
      let piped = try summarize(["--format", "json"], in: folder, input: lines.joined(separator: "\r\n"))
      #expect(piped.output == all.output)
    }
  }

  @Test func badLinesAreListedWithTheirFile() throws {
    try withTemporaryFolder { folder in
      try #"{"age": "unmentionable"}"#.write(toFile: "\(folder)/a.jsonl", atomically: true, encoding: .utf8)
      try "age\n7\nunmentionable\n".write(toFile: "\(folder)/b.csv", atomically: true, encoding: .utf8)
      let run = try summarize(["a.jsonl", "b.csv", "--bad", "bad.jsonl"], in: folder)
      #expect(run.exitCode == 2)
      #expect(run.errors == "1 planned, 2 bad (listed in bad.jsonl)\n")
      let bad = try Corpus.text(of: "\(folder)/bad.jsonl")
      #expect(
        bad.split(separator: "\n") == [
          #"{"column":9,"file":"a.jsonl","id":"answer-misfit","line":1,"message":"this answer to `age` is not a whole number of years"}"#,
          #"{"column":1,"file":"b.csv","id":"answer-misfit","line":3,"message":"this answer to `age` is not a whole number of years"}"#,
        ])
      #expect(!(bad + run.output + run.errors).contains("unmentionable"))
      let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/bad.jsonl")[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  @Test func nobody() throws {
    try withTemporaryFolder { folder in
      let run = try summarize(["--charts", "charts"], in: folder, input: "")
      #expect(run.exitCode == 0)
      #expect(run.output.hasPrefix("What 0 people would get\n0 people planned."))
      for format in ["json", "markdown"] {
        #expect(try summarize(["--format", format], in: folder, input: "\n").exitCode == 0)
      }
    }
  }

  @Test(arguments: [
    (["nowhere.jsonl"], 2, "cannot read `nowhere.jsonl`: No such file or directory\n"),
    (["--from", "csv"], 2, "`-` is empty; its first line names the columns\n"),
    (["--hide-below", "1"], 64, "Error: --hide-below must be at least 2: it hides the counts below it.\n"),
    (["-", "-"], 64, "Error: Standard input can be read only once.\n"),
    (["--jobs", "0"], 64, "Error: --jobs must be at least 1.\n"),
  ])
  func messages(arguments: [String], exitCode: Int32, message: String) throws {
    try withTemporaryFolder { folder in
      let run = try summarize(arguments, in: folder, input: "")
      #expect(run.exitCode == exitCode)
      #expect(run.output == "")
      #expect(run.errors.hasPrefix(message))
    }
  }

  // MARK: Its page

  @Test func everyKeyIsDocumented() throws {
    var keys: Set<String> = []
    for golden in ["summary.json", "hidden.json"] {
      collect(
        try JSONSerialization.jsonObject(with: Data(try Corpus.text(of: "\(Self.folder)/\(golden)").utf8)), &keys)
    }
    let page = try Corpus.text(of: "\(Corpus.repository)/Sources/handrail/Documentation.docc/Summary.md")
    let documented = Set(page.matches(of: /`([a-z_]+)`/).map { String($0.output.1) })
    #expect(keys.count > 30)
    #expect(keys.subtracting(documented).sorted() == [])
  }

  private func collect(_ value: Any, _ keys: inout Set<String>) {
    if let object = value as? [String: Any] {
      keys.formUnion(object.keys)
      for inner in object.values { collect(inner, &keys) }
    } else if let list = value as? [Any] {
      for inner in list { collect(inner, &keys) }
    }
  }
}
