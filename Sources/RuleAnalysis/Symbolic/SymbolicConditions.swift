import RuleEngine

/// The truth of conditions and matchers, as formulas (section 4, clause 3).
extension SymbolicEvaluation {
  func truth(of condition: Condition) -> SymbolicTruth {
    switch condition {
    case .always: .yes
    case .test(let variable, let matcher): truth(of: matcher, variable)
    case .applies(let rule): ruleTruths[rule]
    case .all(let parts): bank.all(parts.map(truth(of:)))
    case .any(let parts): bank.any(parts.map(truth(of:)))
    case .not(let part): bank.not(truth(of: part))
    case .atLeast(let count, let parts): bank.atLeast(count, of: parts.map(truth(of:)))
    case .outcome(let decision, let test): SymbolicTruth(holds(test, of: decision))
    case .plan(let test): SymbolicTruth(holdsOfPlan(test))
    case .unknown(let variable):
      SymbolicTruth(bank.not(bank.any(values[variable].cannotApply, hasOneValue(variable))))
    }
  }

  // MARK: Expectations

  func outcomes(of decision: Int) -> [SymbolicOutcomes] {
    program.decisions[decision].hasMembers ? slotOutcomes[decision] : [decisionOutcomes[decision]!]
  }

  /// Whether each slot of the decision has one outcome.
  func isSettled(_ decision: Int) -> Term {
    bank.all(outcomes(of: decision).map { $0.isSettled(bank) })
  }

  private func holds(_ test: Condition.OutcomeTest, of decision: Int) -> Term {
    switch test {
    case .open: bank.not(isSettled(decision))
    case .settled: isSettled(decision)
    case .gap: bank.any(outcomes(of: decision).map { $0.isSurely(\.gap, bank) })
    case .conflict: bank.any(outcomes(of: decision).map { $0.isSurely(\.conflict, bank) })
    case .notApplicable: bank.not(guardTruths[decision].may)
    case .final: holdsOfPlan(.final)
    }
  }

  private func holdsOfPlan(_ test: Condition.OutcomeTest) -> Term {
    func some(_ test: Condition.OutcomeTest) -> Term {
      bank.any(program.decisions.indices.map { holds(test, of: $0) })
    }
    switch test {
    case .open, .gap, .conflict: return some(test)
    case .settled: return bank.not(some(.open))
    case .notApplicable: return .no
    case .final:
      let facts = program.variables.indices.filter { program.variables[$0].fact != nil }
      return bank.all(
        facts.map { bank.any(values[$0].cannotApply, hasOneValue($0)) }
          + [bank.not(some(.open)), bank.not(some(.gap)), bank.not(some(.conflict))])
    }
  }

  /// Whether there is just one value that it has if it applies.
  func hasOneValue(_ variable: Int) -> Term {
    switch values[variable].values {
    case .none: .no
    case .options(let options): bank.atMostOne(options)
    case .interval(_, _, let isSingle): isSingle
    case .members(let members): bank.all(members.map { bank.same($0.must, $0.may) })
    }
  }

  // MARK: Matchers

  private func truth(of matcher: Matcher, _ variable: Int) -> SymbolicTruth {
    let possible = values[variable]
    var truth = plainTruth(of: matcher, variable, possible)
    if matcher.isNegated { truth = bank.not(truth) }
    let canApply = bank.not(possible.cannotApply)
    return SymbolicTruth(
      must: bank.all(canApply, truth.must, bank.not(possible.mayNotApply)), may: bank.all(canApply, truth.may))
  }

  private func plainTruth(of matcher: Matcher, _ variable: Int, _ possible: SymbolicValues) -> SymbolicTruth {
    switch (matcher.test, possible.values) {
    case (.declined, _): return recorded(variable) { $0.isDeclined }
    case (.doesNotKnow, _): return recorded(variable) { $0.isNotKnown }
    case (.options(let wanted), .options(let options)):
      let others = options.indices.filter { !wanted.contains($0) }
      return SymbolicTruth(
        must: bank.not(bank.any(others.map { options[$0] })),
        may: bank.any(wanted.map { options[$0] }))
    case (.ranges(let ranges), .interval(let lower, let upper, _)):
      let domain = program.variables[variable].domain
      return onEachDay(matcher) { segment in
        contains(
          ranges.compactMap { self.range($0, domain, segment) }, lower, upper, step: domain.isWhole ? scale.perOne : 1)
      }
    case (.empty, .members(let members)): return bank.not(bank.any(members))
    case (.exactly(let wanted), .members(let members)):
      return bank.all(members.indices.map { wanted.contains($0) ? members[$0] : bank.not(members[$0]) })
    case (.includesAny(let wanted), .members(let members)): return bank.any(wanted.map { members[$0] })
    case (.includesAll(let wanted), .members(let members)): return bank.all(wanted.map { members[$0] })
    case (.includesNone(let wanted), .members(let members)): return bank.not(bank.any(wanted.map { members[$0] }))
    default: return .unknown
    }
  }

  /// How a fact was recorded; unknown while it was not asked.
  private func recorded(_ variable: Int, _ kind: (SymbolicIntake.Answer) -> Term) -> SymbolicTruth {
    guard let answer = intake.answers[variable] else { return .unknown }
    let isAsked = bank.any(answer.isKnown, answer.isDeclined, answer.isNotKnown)
    return SymbolicTruth(must: kind(answer), may: bank.any(kind(answer), bank.not(isAsked)))
  }

  // MARK: Ranges

  /// A range as closed bounds in the scale's unit.
  private typealias Range = (lower: Term, upper: Term)

  private var assessmentDay: (day: Term, isKnown: Term) {
    guard let answer = intake.answers[program.assessmentDay], case .number(let day) = answer.value else {
      return (bank.whole(0), .no)
    }
    return (day, answer.isKnown)
  }

  /// The truth on the day of the assessment; while that is unknown, what holds on every day, or on some.
  private func onEachDay(_ matcher: Matcher, _ truth: (Int) -> SymbolicTruth) -> SymbolicTruth {
    let (day, isKnown) = assessmentDay
    let parameters = matcher.parameters.map { program.parameters[$0] }
    guard !parameters.isEmpty else {
      return matcher.isRelative ? bank.choose(isKnown, truth(0), .unknown) : truth(0)
    }
    let first = parameters.map { $0.values.first?.from ?? Int.max }.max()!
    let days = [first] + Set(parameters.flatMap { $0.values.map(\.from) }).filter { $0 > first }.sorted()
    let truths = days.map(truth)
    // Before the first value of a parameter nothing is in force.
    var known = SymbolicTruth.unknown
    for (from, truth) in zip(days, truths) {
      known = bank.choose(bank.isAtMost(bank.whole(scale.floor(Number(from))), day), truth, known)
    }
    guard !matcher.isRelative else { return bank.choose(isKnown, known, .unknown) }
    let unknown = SymbolicTruth(must: bank.all(truths.map(\.must)), may: bank.any(truths.map(\.may)))
    return bank.choose(isKnown, known, unknown)
  }

  /// - Parameter segment: a day on which the parameters have the values that are meant.
  private func range(_ range: MatcherRange, _ domain: Domain, _ segment: Int) -> Range? {
    func bound(_ bound: MatcherRange.Bound?, isLower: Bool) -> Term? {
      guard let bound else { return bank.whole(isLower ? -Self.far : Self.far) }
      switch bound.operand {
      case .constant(let number): return constant(number, bound.isIncluded, isLower, domain)
      case .parameter(let index, let times):
        return program.parameters[index].value(on: segment).map {
          constant($0 * Number(times), bound.isIncluded, isLower, domain)
        }
      case .daysFromAssessment(let days):
        let beside = bound.isIncluded ? 0 : isLower ? 1 : -1
        return bank.sum([assessmentDay.day, bank.whole(scale.floor(Number(days + beside)))])
      }
    }
    guard let lower = bound(range.lower, isLower: true), let upper = bound(range.upper, isLower: false) else {
      return nil
    }
    return (lower, upper)
  }

  private static let far: Int128 = 1_000_000_000_000_000_000_000_000_000_000

  private func constant(_ number: Number, _ isIncluded: Bool, _ isLower: Bool, _ domain: Domain) -> Term {
    let closed = domain.closed(number, isIncluded: isIncluded, isLower: isLower)
    return bank.whole(isLower ? scale.ceiling(closed) : scale.floor(closed))
  }

  /// Whether an interval lies in one of the ranges: in every case, or in some.
  ///
  /// - Parameter step: the distance between neighbouring values.
  private func contains(_ ranges: [Range], _ lower: Term, _ upper: Term, step: Int128) -> SymbolicTruth {
    let ranges = merged(ranges, step: step)
    let overlaps = ranges.map {
      bank.all(bank.isAtMost($0.lower, upper), bank.isAtMost(lower, $0.upper), bank.isAtMost($0.lower, $0.upper))
    }
    func isCovered(_ point: Term) -> Term {
      bank.any(ranges.map { bank.all(bank.isAtMost($0.lower, point), bank.isAtMost(point, $0.upper)) })
    }
    guard ranges.count > 1, !ranges.allSatisfy({ isConstant($0) }) else {
      let inside = ranges.map { bank.all(bank.isAtMost($0.lower, lower), bank.isAtMost(upper, $0.upper)) }
      return SymbolicTruth(must: bank.any(inside), may: bank.any(overlaps))
    }
    // Every number is covered if the first is, and the one behind each end that is not the last.
    let ends = ranges.map { range in
      let isInside = bank.all(
        bank.isAtMost(range.lower, range.upper), bank.isAtMost(lower, range.upper), bank.isLess(range.upper, upper))
      return bank.implies(isInside, isCovered(bank.sum([range.upper, bank.whole(step)])))
    }
    return SymbolicTruth(must: bank.all([isCovered(lower)] + ends), may: bank.any(overlaps))
  }

  private func isConstant(_ range: Range) -> Bool {
    if case .whole = bank.node(range.lower), case .whole = bank.node(range.upper) { true } else { false }
  }

  /// Constant ranges that touch made into one, and those that hold nothing left out.
  private func merged(_ ranges: [Range], step: Int128) -> [Range] {
    guard ranges.allSatisfy(isConstant) else { return ranges }
    let bounds = ranges.map { (bank.bounds(of: $0.lower).lowerBound, bank.bounds(of: $0.upper).lowerBound) }
    var result: [(Int128, Int128)] = []
    for (lower, upper) in bounds.filter({ $0.0 <= $0.1 }).sorted(by: { $0.0 < $1.0 }) {
      if let last = result.last, lower <= last.1 + step {
        result[result.count - 1].1 = max(last.1, upper)
      } else {
        result.append((lower, upper))
      }
    }
    return result.map { (bank.whole($0.0), bank.whole($0.1)) }
  }
}
