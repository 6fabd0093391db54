import Foundation
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// A finding that is let stand is not shown, and one that is not there any more is an error, judged only where it can be.
struct SuppressionTests {
  private let element = place(2, 10)

  private static func place(_ start: Int, _ end: Int, file: String = "a.yaml") -> SourceRange {
    SourceRange(
      file: file, start: SourcePosition(line: start, column: 3), end: SourcePosition(line: end, column: 3))
  }

  private func finding(_ id: String, _ range: SourceRange?, _ severity: Diagnostic.Severity = .warning) -> Diagnostic {
    Diagnostic(id: id, severity: severity, message: "m", range: range)
  }

  private func suppressions(_ id: String) throws -> [Suppression] {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.yaml"
      let text = """
        facts:
          a: {ask: A?, type: yes_no}
          b:
            ask: B?
            type: yes_no
            suppress: {\(id): As agreed.}
        """
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return Rulebook.load(path).suppressions
    }
  }

  @Test func coversWhatBeginsInTheElement() throws {
    let suppression = try #require(try suppressions("gap").first)
    #expect(suppression.reason == "As agreed.")
    let file = suppression.element.file
    let inside = finding("gap", Self.place(3, 3, file: file), .error)
    let others = [
      finding("gap", Self.place(2, 2, file: file)), finding("gap", Self.place(3, 3, file: "b.yaml")),
      finding("conflict", Self.place(3, 3, file: file)), finding("gap", nil),
    ]
    let (shown, suppressed) = [suppression].applied(to: [inside] + others, proofsRan: true)
    #expect(suppressed.map(\.finding) == [inside])
    #expect(shown == others.sortedByPlace())
  }

  /// What only a proof finds is not missed before one has looked for it; a warning is.
  @Test func judgesOnlyWhatWasLookedFor() throws {
    let proof = try suppressions("redundant-rule")
    #expect(proof.applied(to: [], proofsRan: false).shown == [])
    #expect(proof.applied(to: [], proofsRan: true).shown.map(\.id) == ["suppression-unneeded"])
    let warning = try suppressions("unused")
    #expect(warning.applied(to: [], proofsRan: false).shown.map(\.id) == ["suppression-unneeded"])
    #expect(warning.applied(to: [], proofsRan: false).shown.first?.range?.start.line == 6)
  }

  /// While the rulebook has errors, warnings are not looked for; a gap that was proved is no such error.
  @Test func judgesNothingBesideErrors() throws {
    let warning = try suppressions("unused")
    let broken = finding("bad-range", Self.place(1, 1), .error)
    #expect(warning.applied(to: [broken], proofsRan: false).shown == [broken])
    let gap = finding("gap", Self.place(1, 1), .error)
    #expect(warning.applied(to: [gap], proofsRan: true).shown.map(\.id).sorted() == ["gap", "suppression-unneeded"])
  }

  /// A suppression is no part of the rules: the digest, by which plans are reproduced, stays.
  @Test func changesNoDigest() throws {
    let whole = try Corpus.text(of: "\(Corpus.folder)/rulebooks/ok/suppressions.yaml")
    let without = whole.replacing(/,? *suppress: \{[^}]*\}/, with: "")
      .replacing(/\ +suppress:\n +unused: [^\n]*\n/, with: "")
    #expect(without != whole)
    let digests = try [whole, without].map { text in
      try withTemporaryFolder { folder in
        try text.write(toFile: "\(folder)/a.yaml", atomically: true, encoding: .utf8)
        return try #require(Rulebook.load(folder).program).digest
      }
    }
    #expect(digests[0] == digests[1])
  }
}
