import Foundation
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// Every finding has a page of its name, whose wrong example gives it and whose right example does not.
struct DocumentationTests {
  private static let folder = "\(Corpus.repository)/Sources/handrail/Documentation.docc/Diagnostics"

  @Test(arguments: DiagnosticID.allCases)
  func page(id: DiagnosticID) throws {
    let page = try Corpus.text(of: "\(Self.folder)/\(id.page).md")
    #expect(page.hasPrefix("# \(id.rawValue)\n"))
    #expect(page.contains("\n## Wrong\n"))
    #expect(page.contains("\n## Right\n"))
    if let wrong = block(under: "## Wrong", page) {
      #expect(try findings(wrong).contains(id.rawValue), "the wrong example does not give it")
    }
    if let right = block(under: "## Right", page) {
      #expect(try !findings(right).contains(id.rawValue), "the right example gives it, too")
    }
  }

  @Test func noPageWithoutAFinding() throws {
    let pages = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
    #expect(Set(pages) == Set(DiagnosticID.allCases.map { "\($0.page).md" }))
  }

  private struct Block {
    var text: String
    /// `intake` or `overlay`, read with the rulebook of the corpus; of a rulebook nothing.
    var kind: String
  }

  private func block(under heading: String, _ page: String) -> Block? {
    guard let start = page.firstRange(of: "\n\(heading)\n") else { return nil }
    let rest = page[start.upperBound...]
    let section = rest.firstRange(of: "\n## ").map { rest[..<$0.lowerBound] } ?? rest
    guard let open = section.firstMatch(of: /```yaml(?: (intake|overlay))?\n/) else { return nil }
    let body = section[open.range.upperBound...]
    guard let close = body.firstRange(of: "\n```") else { return nil }
    return Block(text: body[..<close.lowerBound] + "\n", kind: open.output.1.map(String.init) ?? "")
  }

  private func findings(_ block: Block) throws -> [String] {
    try withTemporaryFolder { folder in
      let path = "\(folder)/example.yaml"
      try block.text.write(toFile: path, atomically: true, encoding: .utf8)
      switch block.kind {
      case "intake":
        let program = try #require(Rulebook.load("\(Corpus.folder)/intakes/rules.yaml").program)
        return IntakeFile.load(path, for: program).diagnostics.map(\.id)
      case "overlay":
        return Rulebook.load("\(Corpus.folder)/overlays/rules.yaml", overlays: [path]).diagnostics.map(\.id)
      default:
        let rulebook = Rulebook.load(path)
        return rulebook.suppressions.applied(to: rulebook.diagnostics, proofsRan: false).shown.map(\.id)
      }
    }
  }
}
