/// How text for a terminal is laid out: its width, and whether it may have colour.
public struct TextStyle: Sendable {
  /// Columns.
  public var width: Int
  public var hasColour: Bool

  public init(width: Int = 80, hasColour: Bool = false) {
    self.width = max(40, width)
    self.hasColour = hasColour
  }

  enum Paint: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  func paint(_ text: String, _ paint: Paint) -> String {
    hasColour && !text.isEmpty ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// The text in lines no longer than the width, each behind the indent.
  func wrap(_ text: String, indent: Int, first: Int? = nil) -> [String] {
    let start = String(repeating: " ", count: first ?? indent)
    let rest = String(repeating: " ", count: indent)
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: true) {
      var line = lines.isEmpty ? start : rest
      var used = line.count
      var isEmpty = true
      for word in paragraph.split(separator: " ") {
        let columns = String(word).columns
        if !isEmpty, used + 1 + columns > width {
          lines.append(line)
          (line, used, isEmpty) = (rest, indent, true)
        }
        line += isEmpty ? String(word) : " \(word)"
        used += isEmpty ? columns : 1 + columns
        isEmpty = false
      }
      lines.append(line)
    }
    return lines
  }
}

extension String {
  /// Without what a terminal would obey: control characters become `�`, tabs a space.
  var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          if scalar == "\t" { return " " }
          if scalar == "\n" { return scalar }
          return scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? "\u{FFFD}" : scalar
        }))
  }
}
