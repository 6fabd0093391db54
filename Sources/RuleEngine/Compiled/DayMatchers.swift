/// The matchers whose bounds depend on the day of the assessment (section 4, clause 3), as in the reference's
/// `MatcherTruth.swift`. Bounds are kept as long as plans are of the same day.
struct DayMatchers {
  private let tables: CompiledTables
  /// For each matcher, the day for which its ``closedRanges`` hold.
  private let closedOn: Table<Int128>
  private static let noDay = Int128.min
  /// The ranges as closed intervals of values; empty ones have a lower bound above the upper.
  private let closedRanges: Table<Bounds>

  init(_ tables: CompiledTables) {
    self.tables = tables
    closedOn = Table(repeating: Self.noDay, count: tables.dynamics.count)
    closedRanges = Table(repeating: .zero, count: tables.ranges.count)
  }

  func free() {
    closedOn.free()
    closedRanges.free()
  }

  /// Whether a number, or day, fits a matcher as it stands, without its negation.
  ///
  /// - Parameters:
  ///   - index: the place of the matcher among the dynamic ones.
  ///   - days: the possible days of the assessment.
  func truth(of index: Int, _ bounds: Bounds, days: Bounds) -> CompiledTruth {
    let test = tables.dynamics[index]
    if days.lower == days.upper { return truth(of: index, test, bounds, on: days.lower) ?? .unknown }
    if test.isRelative { return .unknown }
    var result = truth(of: index, test, bounds, on: days.lower)
    // While the day is unknown, one day counts for each set of parameters in force.
    for change in test.changes.indices {
      let day = Int128(tables.changes[change]) * Number.unitsPerOne
      guard day > days.lower, day <= days.upper else { continue }
      guard let other = truth(of: index, test, bounds, on: day) else { continue }
      if result != nil, result != other { return .unknown }
      result = other
    }
    return result ?? .unknown
  }

  /// `nil` where a parameter has no value yet.
  private func truth(of index: Int, _ test: DynamicMatcher, _ bounds: Bounds, on day: Int128) -> CompiledTruth? {
    guard closedOn[index] == day || close(index, test, on: day) else { return nil }
    var overlaps = false
    for range in test.ranges.indices {
      let part = closedRanges[range]
      if part.lower <= part.upper, part.lower <= bounds.upper, bounds.lower <= part.upper { overlaps = true }
    }
    guard overlaps else { return .no }
    if bounds.lower == bounds.upper { return .yes }
    let step = test.isWhole ? Number.unitsPerOne : Number.step.scaled
    // The ranges may touch each other in any order: go on from each end as long as one of them leads further.
    var next = bounds.lower
    var goesOn = true
    while goesOn, next <= bounds.upper {
      goesOn = false
      for range in test.ranges.indices {
        let part = closedRanges[range]
        if part.lower <= part.upper, part.lower <= next, part.upper + step > next {
          next = part.upper + step
          goesOn = true
        }
      }
    }
    return next > bounds.upper ? .yes : .unknown
  }

  /// Makes the ranges of a matcher closed intervals for a day, which then hold for every plan of that day; `false` where a
  /// parameter has no value yet.
  private func close(_ index: Int, _ test: DynamicMatcher, on day: Int128) -> Bool {
    closedOn[index] = Self.noDay
    let number = Int64(truncatingIfNeeded: day / Number.unitsPerOne)
    for range in test.ranges.indices {
      let own = tables.ranges[range]
      guard let lower = self.number(own.lower, test, number, isLower: true),
        let upper = self.number(own.upper, test, number, isLower: false)
      else { return false }
      closedRanges[range] = Bounds(lower: lower, upper: upper)
    }
    closedOn[index] = day
    return true
  }

  private func number(_ bound: DynamicBound, _ test: DynamicMatcher, _ day: Int64, isLower: Bool) -> Int128? {
    let number: Int128
    switch bound.operand {
    case .open: return isLower ? -Number.limit.scaled : Number.limit.scaled
    case .constant(let constant): number = constant
    case .daysFromAssessment(let days): number = (Int128(day) + Int128(days)) * Number.unitsPerOne
    case .parameter(let parameter, let times):
      var inForce: Int128?
      for value in tables.parameters[parameter].indices where tables.datedNumbers[value].from <= day {
        inForce = tables.datedNumbers[value].value
      }
      guard let inForce else { return nil }
      number = inForce * Int128(times)
    }
    return Domain.closed(Number(scaled: number), isWhole: test.isWhole, isIncluded: bound.isIncluded, isLower: isLower)
      .scaled
  }
}
