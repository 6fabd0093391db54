import Foundation
import TestSupport
import Testing

/// Findings in SARIF are what the standard says, whatever is found.
struct SARIFTests {
  /// What is written for each rulebook with a mistake, and for one without, fits the schema of the standard.
  @Test func fitsTheSchema() throws {
    try withTemporaryFolder { folder in
      var written: [String] = []
      let mistakes = Corpus.files(in: "rulebooks/err", endings: [".yaml"]).map {
        "\(Corpus.folder)/rulebooks/err/\($0)"
      }
      for (number, rules) in (mistakes + ["Rules", "\(Corpus.folder)/rulebooks/ok/suppressions.yaml"]).enumerated() {
        let run = try HandrailProcess.run(["check", rules, "--format", "sarif"])
        let path = "\(folder)/\(number).sarif"
        try run.output.write(toFile: path, atomically: true, encoding: .utf8)
        written.append(path)
      }
      #expect(written.count > 100)
      let schema = try InstalledTool.schemaOfSARIF()
      let check = try InstalledTool.run("check-jsonschema", ["--schemafile", schema] + written)
      #expect(check.exitCode == 0, "\(check.output)")

      // The check itself finds what is wrong.
      let broken = try Corpus.text(of: written[0]).replacing("unicodeCodePoints", with: "letters")
      try broken.write(toFile: written[0], atomically: true, encoding: .utf8)
      #expect(try InstalledTool.run("check-jsonschema", ["--schemafile", schema, written[0]]).exitCode == 1)
    }
  }

  private struct Log: Decodable {
    struct Run: Decodable {
      var columnKind: String
      var tool: Tool
      var results: [Result]
    }
    struct Tool: Decodable {
      struct Driver: Decodable { var rules: [Rule] }
      struct Rule: Decodable {
        struct Help: Decodable { var text: String }
        var id: String
        var help: Help
      }
      var driver: Driver
    }
    struct Result: Decodable {
      struct Fix: Decodable { var artifactChanges: [Change] }
      struct Change: Decodable { var replacements: [Replacement] }
      struct Replacement: Decodable {
        var deletedRegion: Region
        var insertedContent: Text
      }
      struct Suppression: Decodable { var justification: String }
      var suppressions: [Suppression]
      var ruleId: String
      var ruleIndex: Int
      var locations: [Location]
      var relatedLocations: [Location]
      var fixes: [Fix]
      var partialFingerprints: [String: String]
    }
    struct Location: Decodable {
      struct Physical: Decodable {
        struct Artifact: Decodable { var uri: String }
        var artifactLocation: Artifact
        var region: Region
      }
      var physicalLocation: Physical
    }
    struct Region: Decodable {
      var startLine: Int
      var startColumn: Int
      var endColumn: Int
    }
    struct Text: Decodable { var text: String }
    var runs: [Run]
  }

  private func run(_ lines: String, file: String = "rules.yaml") throws -> Log.Run {
    try withTemporaryFolder { folder in
      try lines.write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
      let output = try HandrailProcess.run(["check", file, "--format", "sarif"], in: folder).output
      return try #require(try JSONDecoder().decode(Log.self, from: Data(output.utf8)).runs.first)
    }
  }

  private let rules = """
    sources: {s: {title: "🙂🙂", kind: polcy, confirmed: yes}}
    facts: {a: {ask: A?, type: yes_no}}
    decisions: {d: {type: yes_no, combine: one, otherwise: {value: no, because: Nothing calls for it.}}}
    rules: {r: {when: {a: yes}, recommend: {d: yes}, because: A is so., sources: [s]}}

    """

  /// An emoji is one column, though it is two UTF-16 units; the correction replaces exactly the word.
  @Test func columnsAreCodePoints() throws {
    let run = try run(rules)
    #expect(run.columnKind == "unicodeCodePoints")
    let result = try #require(run.results.first)
    let line = Array(rules.split(separator: "\n")[0].unicodeScalars)
    let region = result.locations[0].physicalLocation.region
    let word = String(String.UnicodeScalarView(line[(region.startColumn - 1)..<(region.endColumn - 1)]))
    #expect(word == "polcy")
    let replacement = try #require(result.fixes.first?.artifactChanges.first?.replacements.first)
    #expect(replacement.insertedContent.text == "policy")
    #expect(replacement.deletedRegion.startColumn == region.startColumn)
  }

  @Test func explainsEachKindOfFinding() throws {
    let run = try run(rules)
    let result = try #require(run.results.first)
    #expect(run.tool.driver.rules[result.ruleIndex].id == result.ruleId)
    #expect(run.tool.driver.rules[result.ruleIndex].help.text.contains("## Wrong"))
  }

  /// The same finding keeps its fingerprint when lines are put before it; two on equal lines are told apart.
  @Test func fingerprintsStay() throws {
    let before = try run(rules).results.map(\.partialFingerprints)
    let after = try run("# one\n# two\n" + rules).results.map(\.partialFingerprints)
    #expect(before == after)
    #expect(before.first?.isEmpty == false)
    let twice = try run(
      "facts:\n  a:\n    kind: 1\n    ask: A?\n    type: date\n  b:\n    kind: 1\n    ask: B?\n    type: date\n")
    let marks = twice.results.filter { $0.ruleId == "unknown-key" }.map(\.partialFingerprints)
    #expect(marks.count == 2)
    #expect(Set(marks).count == 2)
  }

  @Test func namesOfFilesAreAddresses() throws {
    let run = try run(rules, file: "a b#ü.yaml")
    #expect(run.results.first?.locations.first?.physicalLocation.artifactLocation.uri == "a%20b%23%C3%BC.yaml")
  }

  @Test func otherPlacesAreRelated() throws {
    let run = try run(rules + "facts: {}\n")
    #expect(run.results.contains { !$0.relatedLocations.isEmpty })
  }

  /// What an author lets stand is there, with the reason, and does not change how the check ends.
  @Test func suppressedFindingsAreThere() throws {
    let rules = "\(Corpus.folder)/rulebooks/ok/suppressions.yaml"
    let run = try HandrailProcess.run(["check", rules, "--format", "sarif"])
    #expect(run.exitCode == 0)
    let log = try #require(try JSONDecoder().decode(Log.self, from: Data(run.output.utf8)).runs.first)
    #expect(log.results.count == 6)
    #expect(log.results.allSatisfy { $0.suppressions.first?.justification.isEmpty == false })
    let json = try HandrailProcess.run(["check", rules, "--format", "json"]).output
    #expect(json.contains("\"suppressed_because\" : \"Wanted for statistics.\""))
    #expect(json.contains("\"warnings\" : 0"))
    #expect(try HandrailProcess.run(["check", rules]).output.hasSuffix(": 0 errors, 0 warnings, 6 suppressed\n"))
  }
}
