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
    ends = text.withUTF8 { Self.ends(UnsafeRawBufferPointer($0)) }
  }

  private static func ends(_ bytes: UnsafeRawBufferPointer) -> [Range<Int32>] {
    var ends: [Range<Int32>] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      // Most of a text ends no line, and is passed over eight bytes at a time.
      while index + 8 <= bytes.count {
        let eight = EightBytes(bytes, from: index)
        if eight.contains(UInt8(ascii: "\n")) || eight.contains(UInt8(ascii: "\r")) { break }
        index += 8
      }
      let end = bytes[index...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      guard let end else { break }
      ends.append(Int32(start)..<Int32(end))
      let isPair = bytes[end] == UInt8(ascii: "\r") && end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "\n")
      start = isPair ? end + 2 : end + 1
      index = start
    }
    ends.append(Int32(start)..<Int32(bytes.count))
    return ends
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
