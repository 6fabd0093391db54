import Foundation
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// Hostile input gets a clear error within the limits of `Limits.md`, and never a crash or a hang.
struct LimitTests {
  /// Findings whose input is too large for a golden pair.
  static let generated = [
    "cannot-read", "file-too-large", "nested-too-deep", "text-too-long", "too-many-files", "too-many-findings",
  ]

  private func ids(_ text: String) throws -> [String] {
    try withTemporaryFolder { folder in
      try text.write(toFile: "\(folder)/a.yaml", atomically: true, encoding: .utf8)
      return Rulebook.load(folder).diagnostics.map(\.id)
    }
  }

  @Test(arguments: ["[", "{a: ", "- "])
  func nestingAMillionDeep(opening: String) throws {
    let found = try ids("facts: " + (opening == "- " ? "\n" : "") + String(repeating: opening, count: 1_000_000))
    #expect(found.contains("nested-too-deep"))
  }

  @Test func textBeyondTheLimit() throws {
    #expect(
      try ids("sources:\n  s: {title: \(String(repeating: "a", count: 100_001)), kind: policy, confirmed: yes}")
        .contains("text-too-long"))
  }

  /// A gigabyte that takes no room on the disk.
  @Test func fileOfAGigabyte() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.yaml"
      _ = FileManager.default.createFile(atPath: path, contents: Data("facts: \"".utf8))
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      try handle.truncate(atOffset: 1 << 30)
      try handle.close()
      let start = ContinuousClock.now
      #expect(Rulebook.load(folder).diagnostics.map(\.id) == ["file-too-large"])
      #expect(ContinuousClock.now - start < .seconds(20))
    }
  }

  @Test func endlessDevice() {
    #expect(Rulebook.load("/dev/zero").diagnostics.map(\.id) == ["file-too-large"])
  }

  @Test func tenThousandErrors() throws {
    let facts = (0..<10_000).map { "  fact_\($0): {ask: Q, type: nonsense}\n" }.joined()
    let found = try ids("facts:\n" + facts)
    #expect(found.count == 1001)
    #expect(found.contains("too-many-findings"))
  }

  /// Chains of derived facts and of rules: no stack runs out, whatever the length.
  @Test(arguments: [90, 5_000])
  func longChains(length: Int) throws {
    let source = "sources: {s: {title: S, kind: policy, confirmed: yes}}\n"
    let decision = "decisions: {d: {type: yes_no, combine: one}}\nfacts: {a: {ask: A?, type: integer, range: 0 to 1}}\n"
    let derived = (1..<length).map { "  c\($0): {highest: [\($0 == 1 ? "a" : "c\($0 - 1)")]}\n" }.joined()
    let rule = "rules: {r: {when: {c\(length - 1): 1}, recommend: {d: yes}, because: B., sources: [s]}}\n"
    let found = try ids(source + decision + "derived:\n" + derived + rule)
    #expect(found == (length > 100 ? ["nested-too-deep"] : []))

    let rules = (1..<length).map { number in
      let when = number == 1 ? "{a: 1}" : "{r\(number - 1): applies}"
      return "  r\(number): {when: \(when), recommend: {d: yes}, because: B., sources: [s]}\n"
    }.joined()
    #expect(try ids(source + decision + "rules:\n" + rules) == (length > 100 ? ["nested-too-deep"] : []))
  }

  @Test func manySyntaxErrorsEnd() throws {
    let lines = (0..<3000).map { "  r\($0): \"open\n" }.joined()
    #expect(try ids("rules:\n" + lines).contains("syntax"))
  }

  @Test func linksThatLeadBack() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/again", withDestinationPath: folder)
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/self.yaml", withDestinationPath: "self.yaml")
      let found = Rulebook.load(folder).diagnostics
      #expect(found.map(\.id) == ["cannot-read"])
    }
  }

  @Test func tooManyFiles() throws {
    try withTemporaryFolder { folder in
      for number in 0...10_000 {
        _ = FileManager.default.createFile(atPath: "\(folder)/f\(number).yaml", contents: Data("rules: {}\n".utf8))
      }
      #expect(Rulebook.load(folder).diagnostics.map(\.id).contains("too-many-files"))
    }
  }

  @Test func whatIsMissing() {
    #expect(Rulebook.load("/no/such/folder").diagnostics.map(\.id) == ["cannot-read"])
  }

  @Test(arguments: ["1e400", "99999999999999999999", "0.00000000000000001", "-0", "1_000", "٣"])
  func strangeNumbers(number: String) throws {
    let found = try ids("facts:\n  a: {ask: Q, type: integer, range: 0 to \(number)}\n")
    #expect(found.contains("bad-range") || found.contains("number-too-large") || number == "-0")
  }

  /// Bytes at random, and the shipped rulebook with bytes changed at random: whatever happens, it ends without a crash.
  @Test func damagedFiles() throws {
    var generator = SeededGenerator(seed: 5)
    let original = Array(try Corpus.text(of: "\(Corpus.repository)/Rules/rules/10-track.yaml").utf8)
    for trial in 0..<150 {
      var bytes = trial % 5 == 0 ? (0..<400).map { _ in UInt8(generator.below(256)) } : original
      for _ in 0..<(1 + generator.below(8)) {
        let place = generator.below(bytes.count)
        switch generator.below(3) {
        case 0: bytes[place] = generator.pick(Array("{}[]:,#&*!|>'\"%@`-? \n\t".utf8))
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8(generator.below(256)), at: place)
        }
      }
      let damaged = bytes
      try withTemporaryFolder { folder in
        _ = FileManager.default.createFile(atPath: "\(folder)/a.yaml", contents: Data(damaged))
        _ = Rulebook.load(folder)
      }
    }
  }
}
