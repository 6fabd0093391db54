import Foundation
import TestSupport
import Testing

/// The program as its people use it: what it prints, where, and how it ends.
struct CommandTests {
  private static let intakes = "Rules/intakes"

  @Test(arguments: ["text", "markdown", "json"])
  func recommendsForTheShippedIntake(format: String) throws {
    let run = try HandrailProcess.run(["recommend", "\(Self.intakes)/day-worker.yaml", "--format", format])
    #expect(run.exitCode == 0)
    #expect(run.errors == "")
    let ending = ["text": "txt", "markdown": "md", "json": "json"][format] ?? ""
    #expect(Corpus.difference(withoutDigest(run.output), from: "\(Corpus.folder)/plans/day-worker.\(ending)") == nil)
  }

  @Test(arguments: ["partial", "pregnant-opioids-declined", "parent-nights", "left-early"])
  func recommendsForOtherIntakes(name: String) throws {
    let run = try HandrailProcess.run(["recommend", "\(Self.intakes)/\(name).yaml"])
    #expect([0, 5].contains(run.exitCode))
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(Corpus.difference(withoutDigest(run.output), from: "\(Corpus.folder)/plans/\(name).txt") == nil)
  }

  @Test func explainsInFull() throws {
    let run = try HandrailProcess.run(["explain", "\(Self.intakes)/day-worker.yaml"])
    #expect(run.exitCode == 0)
    #expect(
      Corpus.difference(withoutDigest(run.output), from: "\(Corpus.folder)/plans/day-worker-explained.txt") == nil)
  }

  @Test(arguments: ["text", "markdown", "json"])
  func saysWhyNot(format: String) throws {
    let run = try HandrailProcess.run(
      ["explain", "\(Self.intakes)/day-worker.yaml", "--why-not", "track=daytime", "--format", format])
    #expect(run.exitCode == 0)
    let ending = ["text": "txt", "markdown": "md", "json": "json"][format] ?? ""
    #expect(Corpus.difference(run.output, from: "\(Corpus.folder)/plans/why-not-daytime.\(ending)") == nil)
  }

  /// Every option of every decision has an answer to "why not".
  @Test func whyNotAnswersForEveryOption() throws {
    let json = try HandrailProcess.run(["recommend", "\(Self.intakes)/day-worker.yaml", "--format", "json"]).output
    let plan = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let decisions = try #require(plan["decisions"] as? [[String: Any]])
    var asked = 0
    for decision in decisions {
      let name = try #require(decision["name"] as? String)
      for option in (decision["not_chosen"] as? [[String: Any]] ?? []).prefix(3) {
        let option = try #require(option["option"] as? String)
        let run = try HandrailProcess.run([
          "explain", "\(Self.intakes)/day-worker.yaml", "--why-not", "\(name)=\(option)",
        ])
        #expect(run.exitCode == 0, "\(name)=\(option): \(run.errors)")
        asked += 1
      }
    }
    #expect(asked > 10)
  }

  @Test func whyNotSuggestsNames() throws {
    let wrong = try HandrailProcess.run(["explain", "\(Self.intakes)/day-worker.yaml", "--why-not", "trakc=daytime"])
    #expect(wrong.exitCode == 64)
    #expect(wrong.errors.contains("Did you mean `track`?"))
    let option = try HandrailProcess.run(["explain", "\(Self.intakes)/day-worker.yaml", "--why-not", "track=daytme"])
    #expect(option.errors.contains("Did you mean `daytime`?"))
    let phase = try HandrailProcess.run(["explain", "\(Self.intakes)/day-worker.yaml", "--why-not", "weeks=3"])
    #expect(phase.errors.contains("weeks.intensive"))
    let item = try HandrailProcess.run(
      ["explain", "\(Self.intakes)/day-worker.yaml", "--why-not", "first_steps.first_session=today"])
    #expect(item.exitCode == 0, "\(item.errors)")
    let shape = try HandrailProcess.run(["explain", "\(Self.intakes)/day-worker.yaml", "--why-not", "track"])
    #expect(shape.exitCode == 64)
  }

  @Test func everyExitCode() throws {
    let rules = "\(Corpus.folder)/exits/rules.yaml"
    let expected: [(answers: String, code: Int32)] = [
      ("a: yes\nb: no\nc: yes", 0), ("a: yes\nb: yes\nc: yes", 3), ("a: no\nb: no\nc: yes", 4), ("a: yes\nc: yes", 5),
      ("a: yes\nb: no", 6), ("a: yes\nb: no\nc: declined", 5), ("a: perhaps", 2), ("d: yes", 2),
    ]
    for (answers, code) in expected {
      let run = try HandrailProcess.run(
        ["recommend", "-", "--rules", rules], input: "assessed_on: 2026-11-20\n\(answers)\n")
      #expect(run.exitCode == code, "\(answers): \(run.errors)\(run.output)")
    }
    #expect(try HandrailProcess.run(["recommend", "-", "--rules", "/no/such"], input: "a: yes").exitCode == 1)
    #expect(try HandrailProcess.run(["check", rules, "--no-proofs"]).exitCode == 0)
    #expect(try HandrailProcess.run(["check", "/no/such"]).exitCode == 1)
    #expect(try HandrailProcess.run(["test", rules]).exitCode == 7)
    #expect(try HandrailProcess.run(["nonsense"]).exitCode == 64)
  }

  /// JSON and YAML intakes give the same plan, byte for byte.
  /// A rule that slipped under `cases` is missing from the plan, so there is none.
  @Test func ruleAmongCases() throws {
    try withTemporaryFolder { folder in
      let rules = """
        rulebook: {name: small, version: 1.0.0}
        sources: {s: {title: S, kind: policy, confirmed: yes}}
        facts:
          danger: {ask: Danger?, type: yes_no}
        decisions:
          level: {type: choice, options: {low: L, high: H}, combine: one, otherwise: {value: low, because: E., sources: [s]}}
        rules:
          calm: {when: {danger: no}, recommend: {level: low}, because: So., sources: [s]}
        cases:
          danger: {when: {danger: yes}, recommend: {level: high}, because: So., sources: [s]}
        """
      try rules.write(toFile: "\(folder)/rules.yaml", atomically: true, encoding: .utf8)
      let run = try HandrailProcess.run(["recommend", "-", "--rules", "\(folder)/rules.yaml"], input: "danger: yes\n")
      #expect(run.exitCode == 1)
      #expect(run.output.isEmpty && run.errors.contains("rules.yaml:10"), "\(run.errors)")
    }
  }

  @Test func intakeInJSON() throws {
    let rules = "\(Corpus.folder)/exits/rules.yaml"
    let yaml = "assessed_on: 2026-11-20\na: yes\nb: no\nc: yes\ngroup.n: 3\nmany: {x: yes, y: no, z: no}\n"
    let json = """
      {"assessed_on":"2026-11-20",\t"a":true, "b":false,
      \t"c":true, "group":{"n":3}, "many":["x"], "note": null}
      """
    let first = try HandrailProcess.run(["recommend", "-", "--rules", rules, "--format", "json"], input: yaml)
    let second = try HandrailProcess.run(["recommend", "-", "--rules", rules, "--format", "json"], input: json)
    #expect(first.exitCode == 0, "\(first.errors)")
    #expect(first.output == second.output, "\(second.errors)")
  }

  /// No answer of a person in a message, unless asked for on a terminal; `--show-answers` alone is not enough.
  @Test func answersStayPrivate() throws {
    let rules = "\(Corpus.folder)/exits/rules.yaml"
    let secret = "zebra_secret"
    for line in [
      "a: \(secret)", "many: [\(secret)]", "group: {n: \(secret)}", "a: [\(secret)]", "a:\(secret)", "a: !\(secret) x",
    ] {
      for flags in [[], ["--show-answers"]] {
        let run = try HandrailProcess.run(["recommend", "-", "--rules", rules] + flags, input: "\(line)\n")
        #expect(run.exitCode == 2, "\(line)")
        #expect(!run.errors.contains("zebra"), "\(line): \(run.errors)")
        #expect(!run.output.contains("zebra"))
      }
    }
  }

  /// On a terminal, and only if asked for, a message shows the line and what was found.
  @Test func answersAreShownWhereAskedFor() throws {
    try withTemporaryFolder { folder in
      let intake = "\(folder)/intake.yaml"
      try "many: [zebra]\n".write(toFile: intake, atomically: true, encoding: .utf8)
      let command = "\(HandrailProcess.path) recommend \(intake) --rules \(Corpus.folder)/exits/rules.yaml"
      let plain = try terminal(command, environment: ["TERM": "xterm"])
      #expect(!plain.contains("zebra"))
      #expect(plain.contains("--show-answers"))
      let asked = try terminal(command + " --show-answers", environment: ["TERM": "xterm"])
      #expect(asked.contains("many: [zebra]"))
      #expect(asked.contains("found `zebra`"))
    }
  }

  /// A case that starts from a person's intake fails without saying what the person answered.
  @Test func answersStayPrivateInCases() throws {
    try withTemporaryFolder { folder in
      let rules = try Corpus.text(of: "\(Corpus.folder)/exits/rules.yaml")
      let cases = "cases: {c: {given: {from: intakes/p.yaml}, expect: {a: no, color: blue}}}\n"
      try (rules + cases).write(toFile: "\(folder)/rules.yaml", atomically: true, encoding: .utf8)
      try FileManager.default.createDirectory(atPath: "\(folder)/intakes", withIntermediateDirectories: false)
      try "a: yes\nb: no\nc: no\ngroup.n: 7\nmany: [y]\n"
        .write(toFile: "\(folder)/intakes/p.yaml", atomically: true, encoding: .utf8)
      let run = try HandrailProcess.run(["test", folder])
      #expect(run.exitCode == 7)
      #expect(run.output.contains("a: expected No, found something else"), "\(run.output)\(run.errors)")
      #expect(!run.output.contains("Yes"))
      #expect(run.output.contains("color: expected Blue, found Red"))
    }
  }

  /// Every process has its own hash seed; the plan is the same, byte for byte.
  @Test func samePlanInEveryProcess() throws {
    let rules = "\(Corpus.folder)/totals/rules.yaml"
    let plans = try (0..<8).map { _ in
      try HandrailProcess.run(
        ["recommend", "-", "--rules", rules, "--format", "json"], input: "assessed_on: 2026-11-20\n"
      ).output
    }
    #expect(plans[0].contains("instead_of"))
    #expect(Set(plans).count == 1)
  }

  @Test(arguments: ["text", "json", "github", "sarif"])
  func checksInEveryFormat(format: String) throws {
    let folder = "\(Corpus.folder)/formats"
    let run = try HandrailProcess.run(["check", "rules.yaml", "--format", format], in: folder)
    #expect(run.exitCode == 1)
    #expect(
      Corpus.difference(
        run.output, from: "\(folder)/check.\(["json", "sarif"].contains(format) ? format : "\(format).txt")") == nil)
  }

  /// Colour only on a terminal; a pipe gets none, and neither does a terminal where `NO_COLOR` is set.
  @Test func colourOnlyOnATerminal() throws {
    let plain = try HandrailProcess.run(["recommend", "\(Self.intakes)/day-worker.yaml"])
    #expect(!plain.output.contains("\u{1B}"))
    let command = "\(HandrailProcess.path) recommend \(Self.intakes)/day-worker.yaml"
    let coloured = try terminal(command, environment: ["TERM": "xterm"])
    #expect(coloured.contains("\u{1B}[1m"))
    let forbidden = try terminal(command, environment: ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(!forbidden.contains("\u{1B}["))
    #expect(forbidden.contains("Evening"))
  }

  /// Runs a command on a pseudo-terminal, by util-linux's `script`.
  private func terminal(_ command: String, environment: [String: String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/script")
    process.arguments = ["-qec", command, "/dev/null"]
    process.currentDirectoryURL = URL(filePath: Corpus.repository)
    var all = ProcessInfo.processInfo.environment
    all["NO_COLOR"] = nil
    process.environment = all.merging(environment) { _, new in new }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  /// The shipped rulebook has no finding, and all its cases get their plans.
  @Test func shippedRulebookIsClean() throws {
    let check = try HandrailProcess.run(["check", "Rules", "--no-proofs"])
    #expect(check.exitCode == 0)
    #expect(check.output.contains("0 errors, 0 warnings"), "\(check.output)")
    let test = try HandrailProcess.run(["test", "Rules"])
    #expect(test.exitCode == 0, "\(test.output)")
  }

  /// The digest changes with every word of the rulebook; the plans do not.
  private func withoutDigest(_ text: String) -> String {
    text.replacing(/iop-treatment-plan ([0-9.]+), [0-9a-f]{12}/) { "iop-treatment-plan \($0.output.1), (digest)" }
      .replacing(/"digest" : "[0-9a-f]{64}"/, with: "\"digest\" : \"(digest)\"")
  }
}
