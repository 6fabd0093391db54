import Foundation
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// A rulebook is a folder: what is read, what is passed over, and what clashes between files.
struct FolderTests {
  private static let rest = """
    sources: {s: {title: A policy, kind: policy, confirmed: yes}}
    decisions: {d: {type: yes_no, combine: one, otherwise: {value: no, because: Nothing calls for it.}}}
    rules: {r: {when: {a: yes}, recommend: {d: yes}, because: A is so., sources: [s]}}

    """
  private static let fact = "facts: {a: {ask: A?, type: yes_no}}\n"

  private func load(_ files: [String: String]) throws -> Rulebook {
    try withTemporaryFolder { folder in
      for (name, text) in files {
        let path = URL(filePath: folder).appending(path: name)
        try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: path, atomically: true, encoding: .utf8)
      }
      return Rulebook.load(folder)
    }
  }

  @Test func filesAreOneRulebook() throws {
    let rulebook = try load([
      "facts/a.yaml": Self.fact, "rules.yml": Self.rest, ".hidden.yaml": "nonsense", "notes.txt": "nonsense",
      "intakes/x.yaml": "a: yes\n",
    ])
    #expect(rulebook.diagnostics == [])
    #expect(rulebook.counts.files == 2)
  }

  @Test func noFilesAndNoRules() throws {
    #expect(try load(["readme.txt": "x"]).diagnostics.map(\.id) == ["no-rules"])
    #expect(try load(["a.yaml": Self.fact]).diagnostics.map(\.id) == ["no-rules", "unused"])
  }

  @Test(arguments: ["facts", "sources", "rules", "decisions"])
  func clashesBetweenFilesNameBothPlaces(section: String) throws {
    let whole = Self.fact + Self.rest
    let line = try #require(whole.split(separator: "\n").first { $0.hasPrefix("\(section):") })
    let rulebook = try load(["a.yaml": whole, "b.yaml": "\(line)\n"])
    let clash = try #require(rulebook.diagnostics.first)
    #expect(clash.id == "duplicate-name")
    #expect(clash.range?.file.hasSuffix("b.yaml") == true)
    #expect(clash.notes.first?.range?.file.hasSuffix("a.yaml") == true)
  }

  @Test func onlyRegularFilesAreRead() throws {
    try withTemporaryFolder { folder in
      #expect(mkfifo("\(folder)/pipe.yaml", 0o600) == 0)
      let found = Rulebook.load(folder).diagnostics
      #expect(found.map(\.id) == ["cannot-read"])
      #expect(found.first?.message.contains("not a regular file") == true)
    }
  }

  /// A case may start from an intake file; its own answers replace those of the file.
  @Test func casesStartFromIntakes() throws {
    let cases = "cases: {c: {given: {from: intakes/x.yaml, a: no}, expect: {d: no}}}\n"
    let rulebook = try load(["a.yaml": Self.fact + Self.rest + cases, "intakes/x.yaml": "a: yes\n"])
    #expect(rulebook.diagnostics == [])
    #expect(rulebook.cases.first?.intake.answers["a"] == .option(0))
    let missing = try load(["a.yaml": Self.fact + Self.rest + cases])
    #expect(missing.diagnostics.map(\.id) == ["cannot-read"])
  }

  /// An emoji is two escapes in JSON.
  @Test func surrogatePairsInJSON() throws {
    let program = try #require(try load(["a.yaml": Self.fact + Self.rest]).program)
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.json"
      try #"{"a": true, "note\uD83D\uDE00": null}"#.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(IntakeFile.load(path, for: program).diagnostics.map(\.id) == ["unknown-fact"])
    }
  }
}
