/// Finds the places of things that are kept elsewhere, one after the other, by their hashes.
///
/// A dictionary would keep each thing a second time, and mix its hash and move it whenever it grows; formulas are looked for
/// far more often than anything else is done with them.
struct HashedPlaces {
  /// For each place, the hash of what stands there.
  private var hashes: [UInt64] = []
  /// A power of two many, at least half of them free; a place, or -1 for a free one.
  private var slots = [Int32](repeating: -1, count: 64)

  /// The place of what has this hash and is the same; `nil` if nothing is.
  func place(_ hash: UInt64, where isSame: (Int) -> Bool) -> Int? {
    let mask = slots.count - 1
    var slot = Self.slot(of: hash, mask)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if hashes[place] == hash, isSame(place) { return place }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Notes the hash of what stands at the next place.
  mutating func append(_ hash: UInt64) {
    hashes.append(hash)
    guard hashes.count * 2 > slots.count else { return put(hashes.count - 1) }
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for place in hashes.indices { put(place) }
  }

  private mutating func put(_ place: Int) {
    let mask = slots.count - 1
    var slot = Self.slot(of: hashes[place], mask)
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(place)
  }

  /// The upper bits of a product depend on all bits of the hash.
  private static func slot(of hash: UInt64, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
  }
}
