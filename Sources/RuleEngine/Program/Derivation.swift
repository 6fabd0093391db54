/// How a derived fact follows from others. Variables are named by their places in the ``Program``.
public enum Derivation: Sendable, Codable, Equatable {
  /// The sum of the items, or the total that was entered instead.
  case sum([Int], enteredAs: Int?)
  case difference(of: Int, less: Int)
  /// How many of the conditions hold.
  case count([Condition])
  /// Points for each option; of several chosen at once, their sum.
  case points(of: Int, [Number])
  /// The band whose interval holds the number; bands in ascending order.
  case bands(of: Int, [Interval])
  case highest([Int])
  case lowest([Int])
  /// `to` minus `from`, in days.
  case days(from: Int, to: Int)
  /// A named condition: yes or no.
  case holds(Condition)
  case product(Int, Int)
  /// The sum of the amounts of these items of a menu.
  case total(decision: Int, slots: [Int])

  /// The variables it reads directly.
  public var sources: [Int] {
    switch self {
    case .sum(let items, let entered): items + (entered.map { [$0] } ?? [])
    case .difference(let of, let less): [of, less]
    case .points(let of, _), .bands(let of, _): [of]
    case .highest(let items), .lowest(let items): items
    case .days(let from, let to): [from, to]
    case .product(let first, let second): [first, second]
    case .count, .holds, .total: []
    }
  }

  /// The conditions it evaluates.
  public var conditions: [Condition] {
    switch self {
    case .count(let conditions): conditions
    case .holds(let condition): [condition]
    default: []
    }
  }
}
