/// Clauses one behind the other in one piece of memory. Each is known by its place.
struct ClauseStore {
  /// Of each clause its length, then how much it is worth (see ``worth(of:)``), then its literals.
  private var words = Row<Int32>()
  /// Places of clauses that follow from the others.
  private(set) var learned = Row<Int32>()
  private(set) var count = 0
  private static let head: Int32 = 2
  /// The worth of what may never be dropped.
  private static let given: Int32 = 0

  func free() {
    words.free()
    learned.free()
  }

  /// - Parameter worth: of what was learned, on how many levels of decisions its literals stood; the fewer, the better
  ///   ("glue", Audemard and Simon, 2009). `nil` for what is given.
  mutating func add(_ literals: Row<Literal>, worth: Int32? = nil) -> Int32 {
    let place = begin(literals.count, worth ?? Self.given)
    for index in 0..<literals.count { words.append(literals[index].code) }
    if worth != nil { learned.append(place) }
    return place
  }

  private mutating func begin(_ length: Int, _ worth: Int32) -> Int32 {
    count += 1
    let place = Int32(words.count)
    words.append(Int32(length))
    words.append(worth)
    return place
  }

  @inline(__always)
  func count(_ clause: Int32) -> Int32 { words[clause] }
  func worth(of clause: Int32) -> Int32 { words[clause + 1] }

  @inline(__always)
  func literal(_ clause: Int32, _ index: Int32) -> Literal { Literal(code: words[clause + Self.head + index]) }

  @inline(__always)
  func set(_ clause: Int32, _ index: Int32, _ literal: Literal) { words[clause + Self.head + index] = literal.code }

  /// The place of the first such literal from a place on.
  @inline(__always)
  func firstPlace(_ clause: Int32, from start: Int32, where fits: (Literal) -> Bool) -> Int32? {
    var place = start
    while place < count(clause) {
      if fits(literal(clause, place)) { return place }
      place += 1
    }
    return nil
  }

  /// All places, in their order.
  var places: some Sequence<Int32> {
    sequence(state: Int32(0)) { next in
      guard next < words.count else { return nil }
      defer { next += Self.head + words[next] }
      return next
    }
  }

  /// Drops the less useful half of what was learned, and every clause that holds for good. Places are new
  /// afterwards.
  mutating func dropHalf(holds: (Literal) -> Bool) {
    // The newest of those that are worth the same stay.
    let order = (0..<learned.count).map { learned[$0] }.sorted { (worth(of: $0), -$0) < (worth(of: $1), -$1) }
    let dropped = Set(order.dropFirst(order.count / 2).filter { worth(of: $0) > 2 })
    var kept = ClauseStore()
    for place in places where !dropped.contains(place) && firstPlace(place, from: 0, where: holds) == nil {
      let new = kept.begin(Int(count(place)), worth(of: place))
      for word in (place + Self.head)..<(place + Self.head + count(place)) { kept.words.append(words[word]) }
      if worth(of: place) != Self.given { kept.learned.append(new) }
    }
    free()
    self = kept
  }
}
