/// Finds names by their bytes: facts, the beginnings that facts have in common, and the options of each fact.
///
/// A name stands in a *scope*, so that `yes` of one fact is not `yes` of another. Its first and last eight bytes are compared
/// as two words, in which most names lie whole; for that a text must be readable eight bytes beyond its end. Names stand in the
/// order in which they were given, so that those of one fact lie close together.
struct NameTable: Sendable {
  private struct Entry: Sendable {
    let scope: Int32
    let length: Int32
    let first: UInt64
    let last: UInt64
    /// Where its bytes stand as a whole.
    let at: Int32
    let value: Int32
  }

  /// By their hashes, the places of names; -1 where none stands.
  private var places: [Int32]
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  private let mask: Int

  /// - Parameter names: each name with its scope and what it stands for, which is never negative.
  init(_ names: [(scope: Int32, name: String, value: Int32)]) {
    var size = 16
    while size < names.count * 4 { size *= 2 }
    places = Array(repeating: -1, count: size)
    mask = size - 1
    entries.reserveCapacity(names.count)
    for (scope, name, value) in names {
      let length = name.utf8.count
      let padded = Array(name.utf8) + Array(repeating: 0, count: 8)
      let (first, last) = padded.withUnsafeBytes { Self.ends($0.baseAddress!, length) }
      var place = Self.hash(scope, length, first, last) & mask
      while places[place] >= 0 { place = (place + 1) & mask }
      places[place] = Int32(entries.count)
      entries.append(
        Entry(scope: scope, length: Int32(length), first: first, last: last, at: Int32(bytes.count), value: value))
      bytes += name.utf8
    }
  }

  /// What a name stands for; -1 for a name that is not there.
  @inline(__always)
  func value(of text: UnsafeRawPointer, length: Int, scope: Int32) -> Int32 {
    let (first, last) = Self.ends(text, length)
    var place = Self.hash(scope, length, first, last) & mask
    while true {
      let found = Int(places[place])
      if found < 0 { return -1 }
      let entry = entries[found]
      if entry.first == first, entry.last == last, entry.scope == scope, Int(entry.length) == length,
        length <= 16 || isWhole(text, length, entry)
      {
        return entry.value
      }
      place = (place + 1) & mask
    }
  }

  @inline(never)
  private func isWhole(_ text: UnsafeRawPointer, _ length: Int, _ entry: Entry) -> Bool {
    let start = Int(entry.at)
    for at in 8..<(length - 8) where bytes[start + at] != text.load(fromByteOffset: at, as: UInt8.self) { return false }
    return true
  }

  /// The first and the last eight bytes; of a shorter text all of them, with zeros behind its end.
  @inline(__always)
  private static func ends(_ text: UnsafeRawPointer, _ length: Int) -> (first: UInt64, last: UInt64) {
    let first = text.loadUnaligned(as: UInt64.self)
    guard length < 8 else { return (first, text.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)) }
    return (first & ((1 &<< UInt64(truncatingIfNeeded: length * 8)) &- 1), 0)
  }

  @inline(__always)
  private static func hash(_ scope: Int32, _ length: Int, _ first: UInt64, _ last: UInt64) -> Int {
    let kind = UInt64(truncatingIfNeeded: scope) &<< 32 | UInt64(truncatingIfNeeded: length)
    let all = (first ^ kind ^ (last &* 0x9E37_79B9_7F4A_7C15)) &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: all &>> 33)
  }
}
