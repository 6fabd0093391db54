import Foundation
import RuleEngine
import RuleLanguage
import TestSupport
import Testing

/// `handrail batch`, as a person would use it.
struct BatchTests {
  private static let program = Rulebook.load("\(Corpus.folder)/lines", withCases: false).program!

  /// Lines of JSON from random intakes, some of which contradict themselves.
  private static func lines(_ count: Int, seed: Int) -> [String] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { number in
      let intake = RandomIntake.make(program, unanswered: [0, 10, 60][number % 3], using: &generator)
      return IntakeLine.json(intake, program, id: "c\(number)", &generator)
    }
  }

  private func object(_ line: Substring) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  private func batch(_ arguments: [String], in folder: String, input: String? = nil) throws -> HandrailProcess {
    try HandrailProcess.run(["batch", "--rules", "\(Corpus.folder)/lines"] + arguments, in: folder, input: input)
  }

  /// Each line gets the plan that the explanation gives, under the number of its line.
  @Test func saysWhatThePlanSays() throws {
    let lines = Self.lines(60, seed: 1)
    let input = lines.joined(separator: "\n") + "\n"
    try withTemporaryFolder { folder in
      let result = try batch(
        ["-", "--id", "client", "--columns", "line,id,status,lane,lane.status,hours.intensive,goals,plan"],
        in: folder, input: input)
      var planned = 0
      for line in result.output.split(separator: "\n") {
        planned += 1
        let row = try object(line)
        let plan = try #require(row["plan"] as? [String: Any])
        let number = try #require(row["line"] as? Int)
        #expect(row["id"] as? String == "c\(number - 1)")
        #expect(row["status"] as? String == plan["status"] as? String)
        let decisions = try #require(plan["decisions"] as? [[String: Any]])
        let lane = try #require(decisions.first { $0["name"] as? String == "lane" })
        #expect(row["lane.status"] as? String == lane["status"] as? String)
        let value = (lane["values"] as? [[String: Any]])?.first?["name"] as? String
        if ["settled", "settled_regardless"].contains(lane["status"] as? String) {
          #expect(row["lane"] as? String == value)
        } else {
          #expect(row["lane"] is NSNull)
        }
        let goals = try #require(decisions.first { $0["name"] as? String == "goals" })
        if let members = row["goals"] as? [String] {
          let certain = (goals["values"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
          #expect(members.sorted() == certain?.sorted())
        }
      }
      let bad = (try? Corpus.text(of: "\(folder)/handrail-batch.bad.jsonl")) ?? ""
      let badLines = Set(try bad.split(separator: "\n").map { try object($0)["line"] as? Int })
      #expect(planned > 8)
      #expect(planned + badLines.count == lines.count)
      #expect(result.exitCode == (badLines.isEmpty ? 0 : 2))
    }
  }

  /// A name comes out as it stands, if it is one of JSON; whatever else is written there, the line is JSON.
  @Test func namesOfIntakes() throws {
    try withTemporaryFolder { folder in
      let names = [#""a-7""#, "7", "-7.50", "1e5", "7x", "08", "-", "1\"a\"", "123456789012345678901234567890"]
      let input = names.map { "{\"client\": \($0), \"swim.days\": 3}" }.joined(separator: "\n")
      let result = try batch(["-", "--id", "client", "--columns", "id"], in: folder, input: input)
      #expect(
        result.output == """
          {"id":"a-7"}
          {"id":7}
          {"id":-7.50}
          {"id":1e5}
          {"id":"7x"}
          {"id":"08"}
          {"id":"-"}
          {"id":"1\\"a\\""}
          {"id":123456789012345678901234567890}

          """)
    }
  }

  /// Lines that are read slowly keep their own names among those that are not.
  @Test(arguments: [true, false])
  func namesOfLinesOfTables(isNameFirst: Bool) throws {
    try withTemporaryFolder { folder in
      let lines = [
        ("client", "swim.days"), ("p1", "12 days a month"), ("a-long-long-name", "3"),
        ("b-long-long-name", "12 days a month"),
        ("q", "4"), ("", "12 days a month"), ("r", "12 days a month"), ("", "4"),
      ]
      let input = lines.map { isNameFirst ? "\($0),\($1)" : "\($1),\($0)" }.joined(separator: "\n")
      let result = try batch(
        ["-", "--from", "csv", "--to", "csv", "--id", "client", "--columns", "line,id"], in: folder, input: input)
      #expect(result.output == "line,id\n2,p1\n3,a-long-long-name\n4,b-long-long-name\n5,q\n6,\n7,r\n8,\n")
    }
  }

  @Test func badLinesAreListedAndNeverShown() throws {
    try withTemporaryFolder { folder in
      let input = [
        #"{"swim.days": 24}"#, #"{"swim.days": "unmentionable"}"#, "", "no json",
        #"{"swim.days": 5, "swim": {"days": 6}}"#,
        #"{"swim.days": 3}"#,
        #"{"selected": {"lane": {"value": "evening", "because": "client_preference", "by": "Somebody"}}}"#,
      ].joined(separator: "\n")
      let result = try batch(["-", "--output", "plans.jsonl"], in: folder, input: input)
      #expect(result.exitCode == 2)
      #expect(result.errors == "2 planned, 4 bad (listed in plans.jsonl.bad.jsonl)\n")
      let plans = try Corpus.text(of: "\(folder)/plans.jsonl")
      #expect(try plans.split(separator: "\n").map { try object($0)["line"] as? Int } == [1, 6])
      let bad = try Corpus.text(of: "\(folder)/plans.jsonl.bad.jsonl")
      #expect(try bad.split(separator: "\n").map { try object($0)["line"] as? Int } == [2, 4, 5, 7])
      #expect(bad.contains("a batch says what the rules recommend, and takes no `selected`; delete it"))
      #expect(bad.contains("this answer to `swim.days` is not a whole number of days a month"))
      #expect(!bad.contains("unmentionable") && !result.errors.contains("unmentionable"))
      for file in ["plans.jsonl", "plans.jsonl.bad.jsonl"] {
        let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")[.posixPermissions] as? Int
        #expect(mode == 0o600, "\(file)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
    }
  }

  @Test func tables() throws {
    try withTemporaryFolder { folder in
      let input = [
        "client,swim.days,swim.strokes,swimmer.age,swimmer.afraid,week.school",
        #""b, ""1""",24,crawl;back,38,no,yes"#,
        "c2,,[],abc,,",
        "c3,5",
        #"c4,"5,,,"#,
        "",
        "c5,5,crawl,38,declined,",
      ]
      let result = try batch(
        ["-", "--from", "csv", "--to", "csv", "--id", "client", "--columns", "line,id,status,group"], in: folder,
        input: input.joined(separator: "\n"))
      #expect(
        result.output.split(separator: "\n") == [
          "line,id,status,group", #"2,"b, ""1""",open,adult"#, "7,c5,open,adult",
        ])
      let bad = try Corpus.text(of: "\(folder)/handrail-batch.bad.jsonl")
      #expect(
        bad.split(separator: "\n") == [
          #"{"column":4,"id":"answer-misfit","line":3,"message":"this answer to `swimmer.age` is not a whole number of years"}"#,
          #"{"column":1,"id":"wrong-fields","line":4,"message":"the line has 2 fields, and the first line has 6"}"#,
          #"{"column":1,"id":"wrong-fields","line":5,"message":"a quote is never closed, or text follows it"}"#,
        ])
    }
  }

  @Test(arguments: [
    (["nowhere.jsonl"], "", "cannot read `nowhere.jsonl`: No such file or directory\n"),
    (["-", "--columns", "lanee"], "", "There is no column `lanee`. Did you mean `lane`?\n"),
    (["-", "--from", "csv"], "", "`-` is empty; its first line names the columns\n"),
    (
      ["-", "--from", "csv"], "swim.dys\n3\n",
      "`-` has a column `swim.dys`, and the rulebook has no fact of this name; did you mean `swim.days`? Columns are facts, or members of a fact such as `fact.option`; --id names the one that is not.\n"
    ),
    (["-", "--from", "csv"], "swim.days,swim.days\n", "`-` has two columns `swim.days`; delete or rename one\n"),
    (["-", "--from", "csv"], "swim.days,\"\n", "the first line of `-` has a quote that is never closed\n"),
    (
      ["-", "--output", "no/where.jsonl"], "{}\n",
      "cannot write `no/where.jsonl.part`: No such file or directory\n"
    ),
  ])
  func messages(arguments: [String], input: String, message: String) throws {
    try withTemporaryFolder { folder in
      let result = try batch(arguments, in: folder, input: input)
      #expect(result.exitCode != 0)
      #expect(result.output.isEmpty)
      #expect(result.errors == message)
    }
  }

  /// Killed at random moments and continued, a batch writes what it would have written at once, byte for byte; and at no
  /// moment is there an output with half a line.
  @Test func survivesBeingKilled() throws {
    try withTemporaryFolder { folder in
      let some = Self.lines(60, seed: 5)
      let text = (0..<20).map { _ in some.joined(separator: "\n") + "\n" }.joined()
      try text.write(toFile: "\(folder)/in.jsonl", atomically: true, encoding: .utf8)
      // Plans with all their reasons take long enough to be killed in between.
      let columns = ["--id", "client", "--columns", "line,id,status,plan"]
      let begun = Date()
      let whole = try batch(["in.jsonl", "--output", "whole.jsonl"] + columns, in: folder)
      let seconds = Date().timeIntervalSince(begun)
      let expected = try Corpus.text(of: "\(folder)/whole.jsonl")
      #expect(expected.hasSuffix("}\n"))
      var generator = SeededGenerator(seed: 7)
      var kills = 0
      var isDone = false
      for attempt in 0..<16 where !isDone {
        let process = Process()
        process.executableURL = URL(filePath: HandrailProcess.path)
        // Also where it was killed before it noted how far it came.
        let resumes = attempt > 0
        process.arguments =
          ["batch", "in.jsonl", "--rules", "\(Corpus.folder)/lines", "--output", "out.jsonl"] + columns
          + (resumes ? ["--resume"] : [])
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let wait = attempt > 8 ? 300 : seconds * Double(generator.below(800)) / 1000
        let end = Date().addingTimeInterval(wait)
        while process.isRunning, Date() < end { usleep(2_000) }
        if process.isRunning {
          #expect(!FileManager.default.fileExists(atPath: "\(folder)/out.jsonl"))
          // Now and then it is asked to stop, and ends with a code of its own.
          if attempt % 3 == 0 { process.terminate() } else { kill(process.processIdentifier, SIGKILL) }
          kills += 1
        }
        process.waitUntilExit()
        isDone = FileManager.default.fileExists(atPath: "\(folder)/out.jsonl")
      }
      #expect(kills > 0)
      #expect(try Corpus.text(of: "\(folder)/out.jsonl") == expected)
      let bad = try? Corpus.text(of: "\(folder)/out.jsonl.bad.jsonl")
      let expectedBad = try? Corpus.text(of: "\(folder)/whole.jsonl.bad.jsonl")
      #expect(bad == expectedBad)
      #expect(whole.exitCode == (bad == nil ? 0 : 2))
    }
  }

  /// Killed before anything was recorded, it begins at the first line and says so; what is left of the first attempt is gone.
  @Test func beginsAnewWhereNothingIsRecorded() throws {
    try withTemporaryFolder { folder in
      try "{}\n{\n".write(toFile: "\(folder)/in.jsonl", atomically: true, encoding: .utf8)
      try "half a li".write(toFile: "\(folder)/out.jsonl.part", atomically: true, encoding: .utf8)
      try "half a li".write(toFile: "\(folder)/out.jsonl.bad.jsonl", atomically: true, encoding: .utf8)
      let result = try batch(["in.jsonl", "--output", "out.jsonl", "--resume"], in: folder)
      #expect(
        result.errors == """
          nothing is recorded of a stopped batch of `out.jsonl`, so it begins at the first line
          1 planned, 1 bad (listed in out.jsonl.bad.jsonl)

          """)
      let fresh = try batch(["in.jsonl", "--output", "fresh.jsonl"], in: folder)
      #expect(fresh.exitCode == result.exitCode)
      for end in ["", ".bad.jsonl"] {
        #expect(try Corpus.text(of: "\(folder)/out.jsonl\(end)") == Corpus.text(of: "\(folder)/fresh.jsonl\(end)"))
      }
    }
  }

  /// A batch goes on only with what it began with.
  @Test func resumesOnlyTheSame() throws {
    try withTemporaryFolder { folder in
      try "{}\n{}\n".write(toFile: "\(folder)/in.jsonl", atomically: true, encoding: .utf8)
      try "".write(toFile: "\(folder)/out.jsonl.part", atomically: true, encoding: .utf8)
      try "handrail batch 1\nother\n3 2 0 0 0 0 0\n".write(
        toFile: "\(folder)/out.jsonl.resume", atomically: true, encoding: .utf8)
      let result = try batch(["in.jsonl", "--output", "out.jsonl", "--resume"], in: folder)
      #expect(result.exitCode == 2)
      #expect(result.errors.hasPrefix("the rulebook, the input's form or the columns are not what they were"))
    }
  }
}
