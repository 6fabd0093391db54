/// The truth of one condition for 64 intakes at once: a bit for each *lane*.
///
/// Unknown is where a condition may hold but does not for sure. What holds for sure may hold too.
struct LaneTruth: BitwiseCopyable {
  var may: UInt64
  var sure: UInt64

  static let no = LaneTruth(may: 0, sure: 0)
  static let yes = LaneTruth(may: ~0, sure: ~0)
  static let unknown = LaneTruth(may: ~0, sure: 0)

  /// `not`.
  var opposite: LaneTruth { LaneTruth(may: ~sure, sure: ~may) }
  /// The lanes in which it is not known.
  var open: UInt64 { may & ~sure }

  init(may: UInt64, sure: UInt64) {
    self.may = may
    self.sure = sure
  }

  init(_ truth: CompiledTruth) {
    self = truth == .yes ? .yes : truth == .no ? .no : .unknown
  }

  func opposite(if isNegated: Bool) -> LaneTruth { isNegated ? opposite : self }
}

extension UInt64 {
  /// Calls `body` with each lane whose bit is set, ascending.
  @inline(__always)
  func forEachLane(_ body: (_ lane: Int) -> Void) {
    var left = self
    while left != 0 {
      body(left.trailingZeroBitCount)
      left &= left &- 1
    }
  }

  /// The bits of the first lanes.
  static func lanes(_ count: Int) -> UInt64 { count == 64 ? ~0 : (1 << UInt64(count)) - 1 }
}

/// Counts in how many of several sets each lane is, up to two.
struct LaneCounter {
  private(set) var once: UInt64 = 0
  private(set) var twice: UInt64 = 0

  @inline(__always)
  mutating func add(_ lanes: UInt64) {
    twice |= once & lanes
    once |= lanes
  }

  var exactlyOnce: UInt64 { once & ~twice }
}
