/// Matchers whose bounds depend on the day of the assessment (section 4, clause 3), as in the reference's
/// `MatcherTruth.swift`.
extension PlanMachine {
  func truth(ofDynamic index: Int) -> CompiledTruth {
    let test = tables.dynamics[index]
    let variable = Int(test.variable)
    guard !cannotApply(variable) else { return .no }
    let plain = plainTruth(of: test, bounds[tables.places[variable].number])
    let truth = test.isNegated ? plain.opposite : plain
    return truth == .yes && mayNotApply(variable) ? .unknown : truth
  }

  private func plainTruth(of test: DynamicMatcher, _ bounds: Bounds) -> CompiledTruth {
    let days = assessmentDays
    if test.isRelative, days.lower != days.upper { return .unknown }
    let first = Int64(truncatingIfNeeded: days.lower / Number(1).scaled)
    var result = truth(of: test, bounds, on: first)
    // While the day is unknown, one day counts for each set of parameters in force.
    for change in test.changes.indices where days.lower != days.upper {
      let day = tables.changes[change]
      guard day != first, Int128(day) * Number(1).scaled >= days.lower, Int128(day) * Number(1).scaled <= days.upper
      else { continue }
      guard let other = truth(of: test, bounds, on: day) else { continue }
      if result != nil, result != other { return .unknown }
      result = other
    }
    return result ?? .unknown
  }

  /// The possible days of the assessment.
  var assessmentDays: Bounds {
    cannotApply(dayVariable) ? .zero : bounds[tables.places[dayVariable].number]
  }

  /// `nil` where a parameter has no value yet.
  private func truth(of test: DynamicMatcher, _ bounds: Bounds, on day: Int64) -> CompiledTruth? {
    let step = test.isWhole ? Number(1).scaled : Number.step.scaled
    var overlaps = false
    for range in test.ranges.indices {
      guard let part = closed(range, test, day) else { return nil }
      if part.lower <= part.upper, part.lower <= bounds.upper, bounds.lower <= part.upper { overlaps = true }
    }
    guard overlaps else { return .no }
    // The ranges may touch each other in any order: go on from each end as long as one of them leads further.
    var next = bounds.lower
    var goesOn = true
    while goesOn, next <= bounds.upper {
      goesOn = false
      for range in test.ranges.indices {
        guard let part = closed(range, test, day), part.lower <= part.upper else { continue }
        if part.lower <= next, part.upper + step > next {
          next = part.upper + step
          goesOn = true
        }
      }
    }
    return next > bounds.upper ? .yes : .unknown
  }

  /// A range as a closed interval on one day.
  private func closed(_ range: Int, _ test: DynamicMatcher, _ day: Int64) -> Bounds? {
    let range = tables.ranges[range]
    guard let lower = number(range.lower, test, day, isLower: true),
      let upper = number(range.upper, test, day, isLower: false)
    else { return nil }
    return Bounds(lower: lower, upper: upper)
  }

  private func number(_ bound: DynamicBound, _ test: DynamicMatcher, _ day: Int64, isLower: Bool) -> Int128? {
    let number: Int128
    switch bound.operand {
    case .open: return isLower ? -Number.limit.scaled : Number.limit.scaled
    case .constant(let constant): number = constant
    case .daysFromAssessment(let days): number = (Int128(day) + Int128(days)) * Number(1).scaled
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
