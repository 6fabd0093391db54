/// What a condition asks of one variable.
public struct Matcher: Sendable, Codable, Equatable {
  public enum Test: Sendable, Codable, Equatable {
    /// One of these options.
    case options([Int])
    /// A number or date in one of these ranges.
    case ranges([MatcherRange])
    case empty
    case exactly([Int])
    case includesAny([Int])
    case includesAll([Int])
    case includesNone([Int])
    /// Asked, and recorded as declined.
    case declined
    /// Asked, and recorded as not known to the person.
    case doesNotKnow
  }

  public var isNegated: Bool
  public var test: Test

  public init(_ test: Test, isNegated: Bool = false) {
    self.test = test
    self.isNegated = isNegated
  }
}

/// A range of numbers or dates, open on a side where the bound is `nil`.
public struct MatcherRange: Sendable, Codable, Equatable {
  public struct Bound: Sendable, Codable, Equatable {
    public var operand: Operand
    public var isIncluded: Bool

    public init(_ operand: Operand, isIncluded: Bool) {
      self.operand = operand
      self.isIncluded = isIncluded
    }
  }

  public enum Operand: Sendable, Codable, Equatable {
    case constant(Number)
    /// The value in force on the day of the assessment, of the parameter at this place in the program, times what converts
    /// its unit: 60 where hours are compared with minutes.
    case parameter(Int, times: Int)
    /// The day of the assessment, and so many days later (or earlier, if negative).
    case daysFromAssessment(Int)
  }

  public var lower: Bound?
  public var upper: Bound?

  public init(lower: Bound?, upper: Bound?) {
    self.lower = lower
    self.upper = upper
  }

  public var operands: [Operand] { [lower?.operand, upper?.operand].compactMap(\.self) }
}

extension Matcher {
  /// The ranges of the test, if it has any.
  public var ranges: [MatcherRange] {
    if case .ranges(let ranges) = test { ranges } else { [] }
  }

  /// The parameters that its bounds name.
  public var parameters: [Int] {
    var found: [Int] = []
    for range in ranges {
      if case .parameter(let index, _)? = range.lower?.operand { found.append(index) }
      if case .parameter(let index, _)? = range.upper?.operand { found.append(index) }
    }
    return found
  }

  /// Whether a bound is counted from the day of the assessment.
  public var isRelative: Bool {
    guard case .ranges(let ranges) = test else { return false }
    for range in ranges {
      if case .daysFromAssessment? = range.lower?.operand { return true }
      if case .daysFromAssessment? = range.upper?.operand { return true }
    }
    return false
  }

  /// Whether what it holds for depends on the day of the assessment: a bound is counted from it, or is the value in force on it.
  package var dependsOnDay: Bool {
    guard case .ranges(let ranges) = test else { return false }
    return ranges.contains { $0.lower?.operand.dependsOnDay ?? false || $0.upper?.operand.dependsOnDay ?? false }
  }
}

extension MatcherRange.Operand {
  fileprivate var dependsOnDay: Bool {
    switch self {
    case .constant: false
    case .parameter, .daysFromAssessment: true
    }
  }
}
