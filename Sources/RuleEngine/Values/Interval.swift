/// All numbers from `lower` to `upper`, both included. Dates are held as the number of their day.
public struct Interval: Hashable, Sendable, Codable {
  public var lower: Number
  public var upper: Number

  public init(_ lower: Number, _ upper: Number) {
    self.lower = lower
    self.upper = upper
  }

  public init(_ value: Number) {
    self.init(value, value)
  }

  /// The one number it holds, if there is just one.
  public var single: Number? { lower == upper ? lower : nil }

  public static func + (left: Interval, right: Interval) -> Interval {
    Interval(left.lower + right.lower, left.upper + right.upper)
  }

  public static func - (left: Interval, right: Interval) -> Interval {
    Interval(left.lower - right.upper, left.upper - right.lower)
  }

  public static func * (left: Interval, right: Interval) -> Interval {
    if left.lower == left.upper, right.lower == right.upper {
      let product = left.lower * right.lower
      return Interval(product, product)
    }
    let corners = (left.lower * right.lower, left.upper * right.upper)
    if left.lower >= .zero, right.lower >= .zero { return Interval(corners.0, corners.1) }
    let others = (left.lower * right.upper, left.upper * right.lower)
    return Interval(
      min(min(corners.0, corners.1), min(others.0, others.1)), max(max(corners.0, corners.1), max(others.0, others.1)))
  }

  public func contains(_ number: Number) -> Bool { lower <= number && number <= upper }
  public func overlaps(_ other: Interval) -> Bool { lower <= other.upper && other.lower <= upper }

  /// The smallest interval that holds both.
  public func union(_ other: Interval) -> Interval {
    Interval(min(lower, other.lower), max(upper, other.upper))
  }
}

extension [Interval] {
  /// Whether a number of `interval` lies in one of these: in every case, in none, or in some.
  ///
  /// - Parameter step: the distance between neighbours, so that 1 to 2 and 3 to 4 cover the whole numbers 1 to 4.
  func contain(_ interval: Interval, step: Number) -> Truth {
    guard contains(where: { $0.overlaps(interval) }) else { return .no }
    var next = interval.lower
    for part in sorted(by: { $0.lower < $1.lower }) {
      guard part.lower <= next else { break }
      next = Swift.max(next, part.upper + step)
    }
    return next > interval.upper ? .yes : .unknown
  }
}
