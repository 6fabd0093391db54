/// Eight bytes of a text at once, as they stand in memory: what is rare is looked for in a word before it is in each byte.
package struct EightBytes {
  private let word: UInt64

  /// - Precondition: there are eight bytes from `offset`.
  package init(_ bytes: UnsafeRawBufferPointer, from offset: Int) {
    word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highest: UInt64 = 0x8080_8080_8080_8080

  /// Whether one of them is this byte.
  package func contains(_ byte: UInt8) -> Bool {
    let zeros = word ^ (Self.ones &* UInt64(byte))
    return (zeros &- Self.ones) & ~zeros & Self.highest != 0
  }

  /// Whether every one is a space or a printed ASCII character.
  package var arePlain: Bool {
    let below = (word &- Self.ones &* 0x20) & ~word
    return (below | (word &+ Self.ones) | word) & Self.highest == 0
  }
}
