/// The text of one file, and what is needed to show a piece of it.
public struct SourceFile: Sendable {
  /// The path as the user gave it, or relative to the folder the user gave.
  public let name: String
  /// Whether the file holds answers of a person, which must not be shown unless asked for.
  public let isPersonal: Bool
  /// The lines without their line ends.
  public let lines: [Substring]

  /// Splits `text` into lines. Lines end in `\n` or `\r\n`.
  public init(name: String, text: String, isPersonal: Bool = false) {
    self.name = name
    self.isPersonal = isPersonal
    var lines: [Substring] = []
    var start = text.startIndex
    let bytes = text.utf8
    var index = start
    while index < bytes.endIndex {
      let byte = bytes[index]
      let next = bytes.index(after: index)
      if byte == UInt8(ascii: "\n") {
        lines.append(text[start..<index])
        start = next
      } else if byte == UInt8(ascii: "\r") {
        lines.append(text[start..<index])
        start = next
        if next < bytes.endIndex, bytes[next] == UInt8(ascii: "\n") {
          start = bytes.index(after: next)
        }
        index = start
        continue
      }
      index = next
    }
    lines.append(text[start...])
    self.lines = lines
  }

  /// The text of a line, counted from 1; empty for a line that does not exist.
  public func line(_ number: Int) -> Substring {
    lines.indices.contains(number - 1) ? lines[number - 1] : ""
  }
}
