/// The page of a finding for a terminal: titles stand out, prose is wrapped, examples are left as they are so that they can
/// be copied.
public struct DiagnosticPageText {
  private let style: TextStyle

  public init(style: TextStyle) {
    self.style = style
  }

  public func render(_ page: DiagnosticPage) -> String {
    var lines: [String] = []
    var paragraph: [Substring] = []
    var isExample = false
    func endParagraph() {
      lines += wrapped(paragraph.joined(separator: " "))
      paragraph = []
    }
    for line in page.markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        endParagraph()
        isExample.toggle()
      } else if isExample {
        lines.append(line.isEmpty ? "" : "    \(line)")
      } else if line.hasPrefix("#") {
        endParagraph()
        lines.append(style.paint(String(line.drop { $0 == "#" || $0 == " " }), .bold))
      } else if line.isEmpty {
        endParagraph()
        if lines.last != "" { lines.append("") }
      } else {
        paragraph.append(line)
      }
    }
    endParagraph()
    while lines.last == "" { lines.removeLast() }
    return highlighted(lines.joined(separator: "\n")) + "\n"
  }

  /// Each id with the first sentence of its page.
  public func list(_ pages: [DiagnosticPage]) -> String {
    let column = (pages.map(\.id.count).max() ?? 0) + 2
    return pages.map { page in
      let lines = style.wrap(page.summary, indent: column)
      let gap = String(repeating: " ", count: column - page.id.count)
      let text = lines.joined(separator: "\n").dropFirst(column)
      return style.paint(page.id, .bold) + gap + highlighted(String(text)) + "\n"
    }.joined()
  }

  private func wrapped(_ text: String) -> [String] {
    text.isEmpty ? [] : style.wrap(text, indent: 0)
  }

  /// What stands in backticks is to be written as it is.
  private func highlighted(_ text: String) -> String {
    text.replacing(/`[^`\n]+`/) { style.paint(String($0.output), .cyan) }
  }
}
