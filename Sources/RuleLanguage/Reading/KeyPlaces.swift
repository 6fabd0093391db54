import SourceText

/// The keys of a map by their places, to find those that are written twice.
///
/// A dictionary would do the same; this one copies no text, and hashes none again when it grows.
struct KeyPlaces {
  /// Places in the map, each with a part of the hash of its key; -1 where there is none. Their number is a power of two.
  private var slots: [(place: Int32, hash: Int32)] = []
  private var count = 0

  /// Keys of so few are found sooner by going through them.
  private static let few = 16

  /// The place of the entry with a key, among entries that were asked about one after the other before they were added.
  ///
  /// ```swift
  /// if places.first(entry.key.value, in: entries) == nil { entries.append(entry) }
  /// ```
  mutating func first(_ key: String, in entries: [YAMLEntry]) -> Int? {
    guard entries.count >= Self.few else {
      for place in entries.indices where entries[place].key.value == key { return place }
      return nil
    }
    while count < entries.count { _ = note(entries[count].key.value, in: entries) }
    return note(key, in: entries)
  }

  /// Whether some entries have the same key.
  static func areTwiceIn(_ entries: [YAMLEntry]) -> Bool {
    var places = KeyPlaces()
    var room = 64
    while room < entries.count * 2 { room *= 2 }
    places.slots = Array(repeating: (-1, 0), count: room)
    return entries.indices.contains { places.note(entries[$0].key.value, in: entries) != nil }
  }

  /// Notes the key of the next entry, unless it is known: then its place.
  private mutating func note(_ key: String, in entries: [YAMLEntry]) -> Int? {
    if count * 2 >= slots.count { grow() }
    let hash = Int32(truncatingIfNeeded: key.hashValue)
    var slot = slot(of: hash)
    while slots[slot].place >= 0 {
      if slots[slot].hash == hash, entries[Int(slots[slot].place)].key.value == key { return Int(slots[slot].place) }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = (Int32(count), hash)
    count += 1
    return nil
  }

  private func slot(of hash: Int32) -> Int { Int(hash) & (slots.count - 1) }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: (-1, 0), count: max(64, old.count * 4))
    for entry in old where entry.place >= 0 {
      var slot = slot(of: entry.hash)
      while slots[slot].place >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }
}
