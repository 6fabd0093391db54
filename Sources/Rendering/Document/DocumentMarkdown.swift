/// A rulebook in prose as Markdown.
public enum DocumentMarkdown {
  /// - Parameter pictures: the folder in which the pictures lie, relative to the page; `nil` leaves them out and gives
  ///   their words instead.
  public static func render(_ document: RulebookDocument, pictures: String?) -> String {
    var lines = ["# \(MarkdownText.escape(document.title))", ""]
    for block in document.blocks {
      switch block {
      case .heading(let level, let text, let anchor):
        lines += [
          #"<a id="\#(anchor)"></a>"#, "", "\(String(repeating: "#", count: level)) \(MarkdownText.escape(text))", "",
        ]
      case .paragraph(let words): lines += [inline(words), ""]
      case .list(let items):
        for item in items { append(item, indent: 0, &lines) }
        lines.append("")
      case .table(let header, let rows):
        lines.append("| \(header.map(MarkdownText.escape).joined(separator: " | ")) |")
        lines.append("|\(String(repeating: "---|", count: header.count))")
        for row in rows { lines.append("| \(row.map(inline).joined(separator: " | ")) |") }
        lines.append("")
      case .picture(let picture):
        let words = MarkdownText.escape(picture.alternative)
        lines += [pictures.map { "![\(words)](\($0)/\(picture.name).svg)" } ?? "_\(words)._", ""]
      }
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func append(_ item: RulebookDocument.Item, indent: Int, _ lines: inout [String]) {
    lines.append("\(String(repeating: "  ", count: indent))- \(inline(item.words))")
    for below in item.below { append(below, indent: indent + 1, &lines) }
  }

  private static func inline(_ words: [RulebookDocument.Inline]) -> String {
    words.map { word in
      switch word {
      case .text(let text): MarkdownText.escape(text)
      case .strong(let text): "**\(MarkdownText.escape(text))**"
      case .code(let text): "`\(text.printable.replacing("`", with: "'"))`"
      case .link(let text, let anchor): "[\(MarkdownText.escape(text))](#\(anchor))"
      }
    }.joined()
  }
}
