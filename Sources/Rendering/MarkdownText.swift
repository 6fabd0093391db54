/// Text inside Markdown.
enum MarkdownText {
  /// Keeps a text from being read as Markdown.
  static func escape(_ text: String) -> String {
    var result = ""
    for character in text.printable {
      if "\\`*_[]<>#|".contains(character) { result.append("\\") }
      result.append(character == "\n" ? " " : character)
    }
    return result
  }
}
