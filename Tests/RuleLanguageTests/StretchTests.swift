import RuleLanguage
import SourceText
import TestSupport
import Testing

/// A file that is read in stretches says what it says when read in one piece, and so do its findings.
struct StretchTests {
  private static let files: [String] = ["Rules", "Tests/Corpus/rulebooks", "Tests/Corpus/trial"].flatMap {
    FormattedFile.files(at: "\(Corpus.repository)/\($0)").names
  }

  /// What a file says, every place included.
  private func reading(_ text: String, shortestStretch: Int) -> String {
    let file = SourceFile(name: "a.yaml", text: text)
    let (root, diagnostics) = YAMLReader.read(file, shortestStretch: shortestStretch)
    return "\(root.map { "\($0)" } ?? "nothing")\n\(diagnostics)"
  }

  private func expectSame(_ text: String) {
    let whole = reading(text, shortestStretch: .max)
    for stretch in [1, 7, text.utf8.count / 2, text.utf8.count / 3] where stretch > 0 {
      #expect(reading(text, shortestStretch: stretch) == whole)
    }
  }

  @Test(arguments: files)
  func sameInOnePiece(path: String) {
    // Some files of the corpus are no text.
    guard let text = try? Corpus.text(of: path) else { return }
    expectSame(text)
  }

  /// What stands around a cut, line by line.
  @Test(
    arguments: [
      "rules:\n  one: a\n  two: b\n  three: c\n  four: d\n",
      "rules:\n  one: a\n  two: b\n  one: c\n  four: d\n",
      "rules:\n  one: a\n  two: b\n  three: c\nrules:\n  four: d\n",
      "rules:\n  one: a\n  two: |\n    text\n\n  three: >+\n   more\n\n\n  four: d\n",
      "rules:\n  one: 'a\n  two: b\n  three: c'\n  four: d\n",
      "rules:\n  one: {a: b,\n  two: b,\n  three: c}\n  four: d\n",
      "rules:\n  one:\n    - a\n    - b\n  two: [a,\n    b]\n  three: c # d\n  four: e\nfacts:\n  f: g\n",
      "rules: |\n  one: a\n  two: b\n  three: c\n  four: d\n",
      "rules:\n  one: a\n...\n  two: b\n  three: c\n",
      "rules:\n  one: a\n---\nrules:\n  two: b\n  three: c\n  four: d\n",
      "rules:\r\n  one: a\r\n  two: b\r\n  three: c\r\n  four: d\r\n",
      "rules:\n  one: a\n  two:\n  three: c\n  four:\n",
      "rules:\n  - one: a\n  - two: b\n  - three: c\n",
      "facts:\n  a: b\nrules:\n  one: \"é — ü\"\n  two: é\n  three: c\n  four: d\n",
    ])
  func sameAroundACut(text: String) {
    expectSame(text)
  }
}
