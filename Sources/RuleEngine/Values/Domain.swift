/// All values that a fact, a derived fact or a decision can have.
public enum Domain: Sendable, Codable, Equatable {
  /// One of several options. Where `isOrdered`, a later option is the higher one.
  case options([String], isOrdered: Bool)
  case numbers(NumberDomain)
  /// Days, as the numbers of ``CalendarDate/days``.
  case dates(Interval)
  /// Any number of members at once.
  case members([String])

  /// `no` below `yes`.
  public static let yesNo = Domain.options(["no", "yes"], isOrdered: true)
  public static let allDates = Domain.dates(
    Interval(Number(CalendarDate.first.days), Number(CalendarDate.last.days)))

  /// The names of options or members; empty for numbers and dates.
  public var names: [String] {
    switch self {
    case .options(let names, _), .members(let names): names
    case .numbers, .dates: []
    }
  }

  /// The interval of numbers or dates.
  public var interval: Interval? {
    switch self {
    case .numbers(let numbers): numbers.interval
    case .dates(let interval): interval
    case .options, .members: nil
    }
  }

  /// The distance between neighbouring values.
  package var step: Number {
    switch self {
    case .numbers(let numbers): numbers.isWhole ? Number(1) : .step
    default: Number(1)
    }
  }
}

/// A range of numbers of one unit.
public struct NumberDomain: Sendable, Codable, Equatable {
  public var interval: Interval
  public var isWhole: Bool
  public var unit: MeasurementUnit?

  public init(interval: Interval, isWhole: Bool, unit: MeasurementUnit?) {
    self.interval = interval
    self.isWhole = isWhole
    self.unit = unit
  }
}
