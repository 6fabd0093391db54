import Foundation
import TestSupport
import Testing

/// Records as people work with them: begun, selected in, reviewed, signed, changed, replayed.
struct RecordCommandTests {
  private static let environment = [
    "HANDRAIL_NOW": "2026-11-20T09:30:00Z", "HANDRAIL_BY": "A. Rivera", "HANDRAIL_ROLE": "intake coordinator",
  ]
  private static let clinician = ["--by", "J. Kim", "--role", "LCSW", "--at", "2026-11-20T12:00:00Z"]
  private static let rules = "\(Corpus.folder)/intakes/rules.yaml"
  private static let intake =
    "assessed_on: 2026-11-20\nemployed: yes\nwork.hours: days\nage: 34\nneeds: []\nweight: 70\n"

  private func handrail(_ arguments: [String], input: String? = nil) throws -> HandrailProcess {
    try HandrailProcess.run(arguments, input: input, environment: Self.environment)
  }

  private func withRecord(_ body: (String, String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/r.json"
      let new = try handrail(["record", "new", "-", "--to", path, "--rules", Self.rules], input: Self.intake)
      #expect(new.exitCode == 0, "\(new.errors)")
      try body(path, folder)
    }
  }

  @Test func aWholeLife() throws {
    try withRecord { path, folder in
      let rules = ["--rules", Self.rules]
      let selected = try handrail(
        ["select", path, "track=daytime", "--because", "court", "--note", "By order"] + rules + Self.clinician)
      #expect(selected.exitCode == 0, "\(selected.errors)")
      #expect(try handrail(["record", "review", path] + Self.clinician).exitCode == 0)
      let signed = try handrail(["record", "sign", path] + Self.clinician)
      #expect(signed.exitCode == 0)
      let seal = try #require(signed.output.firstMatch(of: /Seal ([0-9a-f]{64})/)?.output.1)
      let update = try handrail(["record", "update", path, "-"] + rules, input: "work.hours: nights\n")
      #expect(update.output.contains("version 2, draft"), "\(update.errors)")
      let shown = try handrail(["record", "show", path])
      #expect(Corpus.difference(masked(shown.output), from: "\(Corpus.folder)/records/show.txt") == nil)
      let plan = try handrail(["record", "show", path, "--plan"])
      #expect(plan.output.contains("Selected by J. Kim, LCSW (court): Daytime. Note: By order."), "\(plan.output)")
      let verified = try handrail(["record", "verify", path, "--seal", String(seal.prefix(12))])
      #expect(verified.exitCode == 0)
      #expect(try handrail(["record", "verify", path, "--seal", "000000000000"]).exitCode == 9)

      let archive = "\(folder)/archive"
      #expect(try handrail(["archive", Self.rules, "--to", archive]).exitCode == 0)
      for version in ["1", "2"] {
        let replay = try handrail(["replay", path, "--archive", archive, "--version", version])
        #expect(replay.exitCode == 0, "\(replay.errors)")
        #expect(replay.output.contains("the same, byte for byte"))
      }
    }
  }

  /// With other rules, the replay names what differs and the rules that made it so.
  @Test func replayWithOtherRules() throws {
    try withRecord { path, folder in
      let other = try Corpus.text(of: Self.rules)
        .replacing("recommend: {track: evening}", with: "recommend: {track: daytime}")
        .replacing("day-workers:", with: "day-workers-by-day:")
      try other.write(toFile: "\(folder)/rules.yaml", atomically: true, encoding: .utf8)
      let replay = try handrail(["replay", path, "--rules", "\(folder)/rules.yaml"])
      #expect(replay.exitCode == 10, "\(replay.errors)")
      #expect(Corpus.difference(masked(replay.output), from: "\(Corpus.folder)/records/replay.txt") == nil)
      let archive = try handrail(["replay", path, "--archive", "\(folder)/none"])
      #expect(archive.exitCode == 9)
      #expect(archive.errors.contains("The archive has no rulebook"))
    }
  }

  /// A rulebook in the archive that was changed is not used.
  @Test func aChangedArchiveShows() throws {
    try withRecord { path, folder in
      let archive = "\(folder)/archive"
      let place = try handrail(["archive", Self.rules, "--to", archive]).output.split(separator: "\n")[0]
      let program = "\(place)/program.json"
      let text = try Corpus.text(of: program)
      try text.replacing("You work days.", with: "You worked days.").write(
        toFile: program, atomically: true, encoding: .utf8)
      let replay = try handrail(["replay", path, "--archive", archive])
      #expect(replay.exitCode == 9)
      #expect(replay.errors.contains("it is not what its digest says"))
    }
  }

  @Test func aTamperedRecordIsNotChangedAnyFurther() throws {
    try withRecord { path, _ in
      try Corpus.text(of: path).replacing("\"34\"", with: "\"35\"").write(
        toFile: path, atomically: true, encoding: .utf8)
      let verified = try handrail(["record", "verify", path])
      #expect(verified.exitCode == 9)
      #expect(verified.output == "version 1 is not what was sealed: somebody has changed it\n")
      let before = try Corpus.text(of: path)
      let selected = try handrail(["select", path, "track=daytime", "--because", "court", "--rules", Self.rules])
      #expect(selected.exitCode == 9)
      #expect(try Corpus.text(of: path) == before)
    }
  }

  @Test func mistakesAreAnswered() throws {
    try withRecord { path, folder in
      let rules = ["--rules", Self.rules]
      let expected: [([String], String)] = [
        (["select", path, "trakc=daytime", "--because", "court"] + rules, "did you mean `track`?"),
        (["select", path, "track=daytme", "--because", "court"] + rules, "did you mean `daytime`?"),
        (["select", path, "track=daytime", "--because", "cort"] + rules, "Did you mean `cost`?"),
        (["select", path, "track=daytime"] + rules, "Say why"),
        (["select", path, "track=daytime", "--because", "other"] + rules, "add a --note"),
        (["select", path, "track", "--because", "court"] + rules, "is no name and value"),
        (["select", path] + rules, "Say what was selected"),
        (["select", path, "--withdraw", "track"] + rules, "nothing is selected for `track`"),
        (["record", "sign", path], "review it first"),
        (["record", "review", path, "--at", "yesterday"], "Write a moment"),
        (["record", "review", path, "--role", ""], "A record says who wrote into it"),
        (["record", "verify", "/no/such"], "No such file or directory"),
        (["record", "new", "-", "--to", path] + rules, "there is a file already"),
        (["replay", path], "Say with which rules"),
        (["replay", path, "--version", "7"] + rules, "there is no such version"),
        (["archive", Self.rules, "--to", "/proc/none"], "cannot be written"),
      ]
      let before = try Corpus.text(of: path)
      for (arguments, message) in expected {
        let run = try handrail(arguments, input: Self.intake)
        #expect(run.exitCode != 0, "\(arguments)")
        #expect(run.errors.contains(message), "\(arguments): \(run.errors)")
      }
      #expect(try Corpus.text(of: path) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["r.json"])
    }
  }

  /// Every key of a record stands on its page.
  @Test func everyKeyIsDocumented() throws {
    try withRecord { path, _ in
      let rules = ["--rules", Self.rules]
      _ = try handrail(["select", path, "track=daytime", "--because", "court", "--note", "x"] + rules)
      _ = try handrail(["select", path, "--withdraw", "track"] + rules)
      _ = try handrail(["record", "update", path, "-"] + rules, input: "work.hours: nights\nneeds: {ride: declined}\n")
      _ = try handrail(["record", "review", path, "--note", "x"])
      let page = try Corpus.text(of: "\(Corpus.repository)/Sources/handrail/Documentation.docc/RecordJSON.md")
      let documented = Set(page.matches(of: /`([a-z_]+)`/).map { String($0.output.1) })
      var keys: Set<String> = []
      func collect(_ value: Any) {
        if let object = value as? [String: Any] {
          for (key, inner) in object where key != "plan" {
            keys.insert(key)
            // The keys of an answer with several options are options.
            if key != "value" { collect(inner) }
          }
        } else if let list = value as? [Any] {
          for inner in list { collect(inner) }
        }
      }
      collect(try JSONSerialization.jsonObject(with: Data(try Corpus.text(of: path).utf8)))
      #expect(keys.count > 15)
      #expect(keys.subtracting(documented).sorted() == [])
    }
  }

  /// The rules of the shipped rulebook decide, from the score that the record holds.
  @Test(arguments: [
    ("over_four_weeks", "2", "Step down"), ("this_week", "2", "Review the plan"),
    ("over_four_weeks", "12", "Review the plan"),
  ])
  func reassesses(lastUse: String, mood: String, next: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/r.json"
      let intake = try Corpus.text(of: "\(Corpus.repository)/Rules/intakes/in-the-program.yaml")
      let before = intake.replacing("assessed_on: 2026-11-20", with: "assessed_on: 2026-09-25")
        .replacing("earlier.phq9.total: 6\n", with: "").replacing(
          "phase_began: 2026-09-25", with: "phase_began: 2026-09-20")
      #expect(try handrail(["record", "new", "-", "--to", path], input: before).exitCode == 0)
      let now = before.replacing("2026-09-20, attended", with: "2026-09-25, attended")
        .replacing("assessed_on: 2026-09-25", with: "assessed_on: 2026-11-20")
        .replacing("over_four_weeks", with: lastUse)
        .replacing(/phq9: \{q1.*\}/, with: "phq9.entered_total: \(mood)")
      let run = try handrail(["reassess", path, "-"], input: now)
      #expect(run.output.contains("Next move: \(next)"), "\(run.errors)\(run.output)")
      #expect(run.output.contains("PHQ-9 total at the last plan: 3"), "\(run.output)")
    }
  }

  @Test func whatIfRecordsNothing() throws {
    let plain = try handrail(["recommend", "-", "--rules", Self.rules], input: Self.intake)
    let supposed = try handrail(
      ["recommend", "-", "--rules", Self.rules, "--what-if", "track=daytime", "--what-if", "age=40"], input: Self.intake
    )
    #expect(plain.output.contains("track: Evening"))
    #expect(
      supposed.output.contains("Supposed: Daytime. Recommended: Evening."), "\(supposed.errors)\(supposed.output)")
    let wrong = try handrail(["recommend", "-", "--rules", Self.rules, "--what-if", "agge=40"], input: Self.intake)
    #expect(wrong.exitCode == 64)
    #expect(wrong.errors.contains("did you mean `age`?"))
  }

  private func masked(_ text: String) -> String {
    text.replacing(/[0-9a-f]{12}/, with: "(digest)")
  }
}
