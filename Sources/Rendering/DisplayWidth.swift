extension String {
  /// How many columns of a terminal it takes: two for a wide character, none for a mark that stands on another.
  var columns: Int { reduce(0) { $0 + $1.columns } }

  /// The beginning that fits into so many columns, with an ellipsis where something is left out.
  func cut(to width: Int) -> String {
    guard columns > width else { return self }
    var result = ""
    var used = 1
    for character in self {
      used += character.columns
      if used > width { break }
      result.append(character)
    }
    return result + "…"
  }
}

extension Character {
  /// The ranges that Unicode's Standard Annex 11 calls wide or fullwidth, in the blocks where people write.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]

  /// A cluster is as wide as its first scalar, and an emoji wide.
  var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    let isEmoji = unicodeScalars.contains { $0.value == 0xFE0F } || first.properties.isEmojiPresentation
    return isEmoji || Self.wide.contains { $0.contains(first.value) } ? 2 : 1
  }
}
