/// The text of one file, and what is needed to show a piece of it.
public struct SourceFile: Sendable {
  /// The path as the user gave it, or relative to the folder the user gave.
  public let name: String
  /// Whether the file holds answers of a person, which must not be shown unless asked for.
  public let isPersonal: Bool
  /// All of it, as it was read.
  package let text: String
  /// Where each line begins and ends, in bytes, without its line end.
  private let ends: [Range<Int32>]

  /// Finds the lines of `text`. Lines end in `\n` or `\r\n`.
  public init(name: String, text: String, isPersonal: Bool = false) {
    self.name = name
    self.isPersonal = isPersonal
    var text = text
    text.makeContiguousUTF8()
    self.text = text
    var ends: [Range<Int32>] = []
    var start = 0
    let bytes = text.utf8.span
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        ends.append(Int32(start)..<Int32(index))
        if byte == UInt8(ascii: "\r"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") { index += 1 }
        start = index + 1
      }
      index += 1
    }
    ends.append(Int32(start)..<Int32(bytes.count))
    self.ends = ends
  }

  package var lineCount: Int { ends.count }

  /// The lines without their line ends.
  public var lines: [Substring] { ends.indices.map { line($0 + 1) } }

  /// The text of a line, counted from 1; empty for a line that does not exist.
  public func line(_ number: Int) -> Substring {
    guard let bytes = bytes(ofLine: number) else { return "" }
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: bytes.lowerBound)
    return text[start..<utf8.index(start, offsetBy: bytes.count)]
  }

  /// Where a line stands in ``text``, counted in bytes; `nil` for a line that does not exist.
  package func bytes(ofLine number: Int) -> Range<Int>? {
    guard ends.indices.contains(number - 1) else { return nil }
    return Int(ends[number - 1].lowerBound)..<Int(ends[number - 1].upperBound)
  }
}
