package import RuleEngine

/// Many amounts of one thing: how many, their sum, and how often each came up.
///
/// It stays small however many are added. Where more than ``mostValues`` different amounts come up, how often each did is
/// forgotten, whichever came first, so that the parts of a cohort may be counted in any order.
package struct AmountTally: Sendable, Equatable {
  private static let mostValues = 1_000

  package private(set) var count = 0
  package private(set) var lowest: Number?
  package private(set) var highest: Number?
  /// In the smallest units of ``Number``; `nil` if it became too large.
  private var sum: Int128? = 0
  /// `nil` if there are too many.
  private var counts: [Number: Int]? = [:]

  package init() {}

  package mutating func add(_ amount: Number, times: Int = 1) {
    guard times > 0 else { return }
    count += times
    lowest = min(lowest ?? amount, amount)
    highest = max(highest ?? amount, amount)
    let (product, isTooLarge) = amount.units.multipliedReportingOverflow(by: Int128(times))
    add(sum: isTooLarge ? nil : product)
    counts?[amount, default: 0] += times
    if let found = counts?.count, found > Self.mostValues { counts = nil }
  }

  /// Adds all that another counted.
  package mutating func merge(_ other: AmountTally) {
    guard let otherLowest = other.lowest, let otherHighest = other.highest else { return }
    count += other.count
    lowest = min(lowest ?? otherLowest, otherLowest)
    highest = max(highest ?? otherHighest, otherHighest)
    add(sum: other.sum)
    if let theirs = other.counts { counts?.merge(theirs) { $0 + $1 } } else { counts = nil }
    if let found = counts?.count, found > Self.mostValues { counts = nil }
  }

  private mutating func add(sum more: Int128?) {
    guard let own = sum, let more else {
      sum = nil
      return
    }
    let (total, isTooLarge) = own.addingReportingOverflow(more)
    sum = isTooLarge ? nil : total
  }

  /// All together.
  package var total: Number? { sum.map { Number(units: $0) } }

  /// The sum over the count, rounded to a tenth, half away from zero.
  package var mean: Number? {
    guard count > 0, let sum else { return nil }
    let tenth = Number.unitsPerOne / 10
    let divisor = Int128(count) * tenth
    let (twice, isTooLarge) = sum.magnitude.multipliedReportingOverflow(by: 2)
    guard !isTooLarge else { return nil }
    let rounded = Int128((twice / divisor.magnitude + 1) / 2) * tenth
    return Number(units: sum < 0 ? -rounded : rounded)
  }

  /// The lowest amount that at least half of all do not exceed.
  package var median: Number? {
    guard let counts else { return nil }
    var seen = 0
    for (amount, times) in counts.sorted(by: { $0.key < $1.key }) {
      seen += times
      if seen * 2 >= count { return amount }
    }
    return nil
  }

  /// How often each amount came up, ascending; `nil` if there are too many different ones.
  package var byAmount: [(amount: Number, count: Int)]? {
    counts?.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
