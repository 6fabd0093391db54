/// Finds names by their bytes: facts, the beginnings that facts have in common, and the options of each fact.
///
/// A name stands in a *scope*, so that `yes` of one fact is not `yes` of another. Bytes are compared as words of eight, for
/// which a text must be readable eight bytes beyond its end.
struct NameTable: Sendable {
  private struct Entry: Sendable {
    var scope: Int32
    var length: Int32
    /// Where its words begin.
    var at: Int32
    var value: Int32
  }

  private var entries: [Entry] = []
  private var words: [UInt64] = []
  private var places: [Int32] = []
  private var mask = 0

  /// - Parameter names: each name with its scope and what it stands for, which is never negative.
  init(_ names: [(scope: Int32, name: String, value: Int32)]) {
    var size = 16
    while size < names.count * 4 { size *= 2 }
    places = Array(repeating: -1, count: size)
    mask = size - 1
    for (scope, name, value) in names {
      var bytes = Array(name.utf8)
      let length = bytes.count
      bytes += Array(repeating: 0, count: 16)
      bytes.withUnsafeBytes { buffer in
        var place = hash(scope, buffer.baseAddress!, length) & mask
        while places[place] >= 0 { place = (place + 1) & mask }
        places[place] = Int32(entries.count)
        entries.append(Entry(scope: scope, length: Int32(length), at: Int32(words.count), value: value))
        for word in 0..<((length + 7) / 8) { words.append(Self.word(buffer.baseAddress!, word, length)) }
      }
    }
  }

  /// What a name stands for; -1 for a name that is not there.
  func value(of text: UnsafeRawPointer, length: Int, scope: Int32) -> Int32 {
    var place = hash(scope, text, length) & mask
    while true {
      let index = places[place]
      guard index >= 0 else { return -1 }
      let entry = entries[Int(index)]
      if entry.scope == scope, Int(entry.length) == length, equals(text, length, entry) { return entry.value }
      place = (place + 1) & mask
    }
  }

  @inline(__always)
  private func equals(_ text: UnsafeRawPointer, _ length: Int, _ entry: Entry) -> Bool {
    for word in 0..<((length + 7) / 8) where words[Int(entry.at) + word] != Self.word(text, word, length) {
      return false
    }
    return true
  }

  @inline(__always)
  private func hash(_ scope: Int32, _ text: UnsafeRawPointer, _ length: Int) -> Int {
    var hash = UInt64(truncatingIfNeeded: scope) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(length)
    for word in 0..<((length + 7) / 8) {
      hash = (hash ^ Self.word(text, word, length)) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash >> 29
    }
    return Int(truncatingIfNeeded: hash >> 8)
  }

  /// Eight bytes of a text, with zeros behind its end.
  @inline(__always)
  private static func word(_ text: UnsafeRawPointer, _ word: Int, _ length: Int) -> UInt64 {
    let all = text.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
    let rest = length - word * 8
    return rest >= 8 ? all : all & ((1 << UInt64(rest * 8)) &- 1)
  }
}
