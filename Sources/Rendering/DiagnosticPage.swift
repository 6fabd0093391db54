import SourceText

/// The page that explains one kind of finding: what it means, a wrong and a right example.
///
/// ```swift
/// DiagnosticPage.named("unused")?.summary  // "Nothing uses this."
/// ```
///
/// The text is that of `Documentation.docc/Diagnostics`, put into the program when it is built.
public struct DiagnosticPage: Sendable {
  /// The stable name of the finding.
  public let id: String
  /// The whole page, in Markdown.
  public let markdown: String

  /// Every page, by id.
  public static let all = EmbeddedPages.all.keys.sorted().map {
    DiagnosticPage(id: $0, markdown: EmbeddedPages.all[$0] ?? "")
  }

  /// The page of a finding; `nil` for an id that does not exist.
  public static func named(_ id: String) -> DiagnosticPage? {
    EmbeddedPages.all[id].map { DiagnosticPage(id: id, markdown: $0) }
  }

  /// The id that was probably meant by one that does not exist.
  public static func idMeant(by word: String) -> String? {
    likelyMeant(word, among: EmbeddedPages.all.keys.sorted())
  }

  /// The first sentence of the page, behind its title.
  public var summary: String {
    paragraphs.first { !$0.hasPrefix("#") }.map { $0.replacing("\n", with: " ") } ?? ""
  }

  /// What the page says before its examples.
  public var explanation: String {
    paragraphs.prefix { !$0.hasPrefix("## ") }.filter { !$0.hasPrefix("#") }.joined(separator: "\n\n")
  }

  private var paragraphs: [String] {
    markdown.split(separator: "\n\n").map { $0.trimmingLines }.filter { !$0.isEmpty }
  }
}

extension Substring {
  /// Without the line breaks at both ends.
  fileprivate var trimmingLines: String {
    var text = self
    while text.first == "\n" { text.removeFirst() }
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
