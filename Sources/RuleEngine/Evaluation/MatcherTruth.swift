/// Whether a matcher holds for every possible value, for none, or for some (section 4, clause 3).
struct MatcherTruth {
  let program: Program
  /// The possible days of the assessment.
  let assessmentDays: Interval

  /// - Parameter answer: what the intake holds for the variable, if it is a fact.
  func truth(of matcher: Matcher, domain: Domain, possible: PossibleValues, answer: Answer?) -> Truth {
    guard !possible.cannotApply else { return .no }
    let plain = truth(of: matcher, domain: domain, values: possible.values, answer: answer)
    let truth = matcher.isNegated ? !plain : plain
    return truth == .yes && possible.mayNotApply ? .unknown : truth
  }

  private func truth(of matcher: Matcher, domain: Domain, values: PossibleValues.Values, answer: Answer?) -> Truth {
    switch (matcher.test, values) {
    case (.declined, _): return recorded(.declined, answer)
    case (.doesNotKnow, _): return recorded(.doesNotKnow, answer)
    case (.options(let wanted), .options(let possible)):
      if possible.isEmpty { return .unknown }
      if possible.isSubset(of: wanted) { return .yes }
      return possible.isDisjoint(with: wanted) ? .no : .unknown
    case (.ranges(let ranges), .interval(let interval)):
      guard !matcher.isRelative || assessmentDays.single != nil else { return .unknown }
      // A day before the first value of a parameter is an error of the intake, and no possibility.
      let truths = Set(
        days(for: matcher).compactMap { day in
          intervals(ranges, domain: domain, day: day).map { $0.contain(interval, step: domain.step) }
        })
      return truths.count == 1 ? truths.first! : .unknown
    case (.empty, .members(let members)): return !Truth.any(members)
    case (.exactly(let wanted), .members(let members)):
      return Truth.all(members.indices.map { wanted.contains($0) ? members[$0] : !members[$0] })
    case (.includesAny(let wanted), .members(let members)): return Truth.any(wanted.map { members[$0] })
    case (.includesAll(let wanted), .members(let members)): return Truth.all(wanted.map { members[$0] })
    case (.includesNone(let wanted), .members(let members)): return !Truth.any(wanted.map { members[$0] })
    default: return .unknown
    }
  }

  private func recorded(_ kind: Answer, _ answer: Answer?) -> Truth {
    answer.map { Truth($0 == kind) } ?? .unknown
  }

  /// The days that matter: the day of the assessment, or, while that is unknown, one for each set of parameters in force.
  private func days(for matcher: Matcher) -> [Int] {
    let first = assessmentDays.lower.whole ?? 0
    let changes = matcher.parameters.flatMap { program.parameters[$0].values.map(\.from) }
    return [first] + changes.filter { assessmentDays.contains(Number($0)) && $0 != first }
  }

  /// The ranges as closed intervals on one day; `nil` where a parameter has no value yet.
  private func intervals(_ ranges: [MatcherRange], domain: Domain, day: Int) -> [Interval]? {
    var result: [Interval] = []
    for range in ranges {
      var interval = Interval(Number.zero - Number.limit, Number.limit)
      if let bound = range.lower {
        guard let number = number(bound.operand, day: day) else { return nil }
        interval.lower = domain.closed(number, isIncluded: bound.isIncluded, isLower: true)
      }
      if let bound = range.upper {
        guard let number = number(bound.operand, day: day) else { return nil }
        interval.upper = domain.closed(number, isIncluded: bound.isIncluded, isLower: false)
      }
      if interval.lower <= interval.upper { result.append(interval) }
    }
    return result
  }

  private func number(_ operand: MatcherRange.Operand, day: Int) -> Number? {
    switch operand {
    case .constant(let number): number
    case .parameter(let index, let times): program.parameters[index].value(on: day).map { $0 * Number(times) }
    case .daysFromAssessment(let days): Number(day + days)
    }
  }
}

extension Domain {
  /// The outermost value of this domain that lies within a bound: of `less than 12` over whole numbers, 11.
  public func closed(_ number: Number, isIncluded: Bool, isLower: Bool) -> Number {
    Domain.closed(number, isWhole: step != .step, isIncluded: isIncluded, isLower: isLower)
  }

  static func closed(_ number: Number, isWhole: Bool, isIncluded: Bool, isLower: Bool) -> Number {
    if !isWhole {
      return isIncluded ? number : isLower ? number + .step : number - .step
    }
    let floor = number.floor
    let ceiling = floor == number ? floor : floor + Number(1)
    if isLower { return isIncluded ? ceiling : floor + Number(1) }
    return isIncluded ? floor : ceiling - Number(1)
  }
}

extension Number {
  /// The greatest whole number that is not above this one.
  var floor: Number {
    let one = Number(1).scaled
    let rest = scaled % one
    return Number(scaled: rest < 0 ? scaled - rest - one : scaled - rest)
  }
}
