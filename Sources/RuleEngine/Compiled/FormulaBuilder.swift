/// Turns conditions into formulas over signals.
struct FormulaBuilder {
  let program: Program
  let layout: SignalLayout
  /// Matchers whose bounds depend on the day of the assessment, each once.
  private(set) var dynamicTests: [DynamicTest] = []

  /// A matcher that must be worked out anew for each intake.
  struct DynamicTest: Equatable {
    var variable: Int
    var matcher: Matcher
  }

  init(_ program: Program, _ layout: SignalLayout) {
    self.program = program
    self.layout = layout
  }

  mutating func formula(_ condition: Condition, isNegated: Bool = false) -> Formula {
    switch condition {
    case .always: return .constant(isNegated ? .no : .yes)
    // Stands only in expectations; see `Evaluator.truth(ofOutcome:of:)`.
    case .outcome: return .constant(.unknown)
    case .applies(let rule): return .applies(rule: rule, isNegated: isNegated)
    case .not(let part): return formula(part, isNegated: !isNegated)
    case .all(let parts):
      return .either(parts.map { formula($0, isNegated: isNegated) }, all: !isNegated)
    case .any(let parts):
      return .either(parts.map { formula($0, isNegated: isNegated) }, all: isNegated)
    case .atLeast(let count, let parts):
      return .atLeast(count, parts.map { formula($0) }, isNegated: isNegated)
    case .test(let variable, let matcher):
      return formula(variable, matcher, isNegated: isNegated)
    }
  }

  /// - Parameter isNegated: whether the whole test is negated, so that it holds where the variable does not apply; the
  ///   matcher's own negation does not.
  private mutating func formula(_ variable: Int, _ matcher: Matcher, isNegated: Bool) -> Formula {
    let place = layout.places[variable]
    switch (matcher.test, place.kind) {
    case (.declined, _), (.doesNotKnow, _):
      guard place.recordedAt >= 0, program.variables[variable].fact != nil else { return .constant(.unknown) }
      var wanted = CellSet(count: SignalLayout.Recorded.cells)
      for cell in 0..<3 where (matcher.test == .declined ? cell == 0 : cell == 1) != matcher.isNegated {
        wanted.insert(cell)
      }
      return literal(Int(place.recordedAt), cells: SignalLayout.Recorded.cells - 1, wanted, isNegated)
    case (.options(let options), .options):
      var wanted = CellSet(count: Int(place.cells) + 1)
      for cell in 0..<Int(place.cells) where options.contains(cell) != matcher.isNegated { wanted.insert(cell) }
      return literal(Int(place.at), cells: Int(place.cells), wanted, isNegated)
    case (.ranges(let ranges), .number):
      guard !matcher.dependsOnDay else {
        let test = DynamicTest(variable: variable, matcher: matcher)
        let index = dynamicTests.firstIndex(of: test) ?? dynamicTests.count
        if index == dynamicTests.count { dynamicTests.append(test) }
        return .dynamic(index, isNegated: isNegated)
      }
      let intervals = program.variables[variable].domain.closedIntervals(ranges)
      var wanted = layout.cells(of: intervals, variable: variable)
      if matcher.isNegated { wanted = wanted.complement(count: Int(place.cells)) }
      return literal(Int(place.at), cells: Int(place.cells), wanted, isNegated)
    case (.empty, .members): return members(place, matcher, isNegated) { _ in false }
    case (.exactly(let wanted), .members): return members(place, matcher, isNegated) { wanted.contains($0) }
    case (.includesAll(let wanted), .members): return members(place, matcher, isNegated, of: wanted) { _ in true }
    case (.includesNone(let wanted), .members): return members(place, matcher, isNegated, of: wanted) { _ in false }
    // That one of them is in is the opposite of none being in.
    case (.includesAny(let wanted), .members):
      let none = Matcher(.includesNone(wanted), isNegated: !matcher.isNegated)
      return members(place, none, isNegated, of: wanted) { _ in false }
    default: return .constant(.unknown)
    }
  }

  private func literal(_ at: Int, cells: Int, _ wanted: CellSet, _ isNegated: Bool) -> Formula {
    let wanted = isNegated ? wanted.complement(count: cells + 1) : wanted
    return .literal(Literal(at: at, cells: cells + 1, wanted: wanted.words))
  }

  /// All of the members are as wanted, or, where the matcher is negated, one is not.
  private func members(
    _ place: SignalLayout.Place, _ matcher: Matcher, _ isNegated: Bool, of members: [Int]? = nil,
    _ isWantedIn: (Int) -> Bool
  ) -> Formula {
    let members = members ?? Array(0..<Int(place.words))
    guard !members.isEmpty else {
      // Of no members: true unless it does not apply, which any member tells.
      var all = CellSet(count: 3)
      if !matcher.isNegated { (0...1).forEach { all.insert($0) } }
      return literal(Int(place.at), cells: 2, all, isNegated)
    }
    let parts = members.map { member in
      var wanted = CellSet(count: 3)
      wanted.insert(isWantedIn(member) != matcher.isNegated ? 1 : 0)
      return literal(Int(place.at) + member, cells: 2, wanted, isNegated)
    }
    return .either(parts, all: matcher.isNegated == isNegated)
  }
}
