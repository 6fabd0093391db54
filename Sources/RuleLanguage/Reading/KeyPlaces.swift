/// The keys of a map with many entries by their places, to find those that are written twice.
///
/// A dictionary would do the same; this one copies no text, and hashes none again when it grows.
struct KeyPlaces {
  /// Places in the map, each with a part of the hash of its key; -1 where there is none. Their number is a power of two.
  private var slots: [(place: Int32, hash: Int32)]
  private var count = 0

  /// - Parameter capacity: how many keys are expected.
  init(capacity: Int = 0) {
    var room = 64
    while room < capacity * 2 { room *= 2 }
    slots = Array(repeating: (-1, 0), count: capacity == 0 ? 0 : room)
  }

  /// Notes the key of the next entry.
  ///
  /// - Parameter key: of the entry at a place among those noted so far.
  /// - Returns: the place of an entry with the same key, which is not noted then.
  mutating func note(_ text: String, key: (Int) -> String) -> Int? {
    if count * 2 >= slots.count { grow() }
    let hash = Int32(truncatingIfNeeded: text.hashValue)
    var slot = first(hash)
    while slots[slot].place >= 0 {
      if slots[slot].hash == hash, key(Int(slots[slot].place)) == text { return Int(slots[slot].place) }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = (Int32(count), hash)
    count += 1
    return nil
  }

  private func first(_ hash: Int32) -> Int { Int(hash) & (slots.count - 1) }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: (-1, 0), count: max(64, old.count * 4))
    for entry in old where entry.place >= 0 {
      var slot = first(entry.hash)
      while slots[slot].place >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }
}
