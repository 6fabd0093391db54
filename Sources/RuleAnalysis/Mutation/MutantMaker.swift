package import RuleEngine

/// Makes every mutant of a rulebook: thresholds moved by one, options exchanged, clauses, overrides and rules dropped, values
/// changed.
package struct MutantMaker {
  private let program: Program
  private var mutants: [Mutant] = []

  package static func all(of program: Program) -> [Mutant] {
    var maker = MutantMaker(program: program)
    for rule in program.rules.indices {
      maker.mutate(program.rules[rule].condition, .rule(rule), .rule(rule))
      maker.mutants.append(
        Mutant(element: .rule(rule), change: .ruleDropped, edit: .condition(.rule(rule), .any([]))))
    }
    maker.mutateEffects()
    maker.mutateDecisions()
    maker.mutateFacts()
    maker.mutateParameters()
    return maker.mutants
  }

  private init(program: Program) {
    self.program = program
  }

  // MARK: Conditions

  private mutating func mutate(_ condition: Condition, _ owner: Mutant.Owner, _ element: CoverageGoal.Element) {
    for (whole, from, to) in variants(condition) {
      let change: Mutant.Change = to.map { .clause(from: from, to: $0) } ?? .clauseDropped(from)
      mutants.append(Mutant(element: element, change: change, edit: .condition(owner, whole)))
    }
    let isWhole: Bool =
      switch condition {
      case .always: false
      case .all(let parts): parts.count < 2
      default: true
      }
    if isWhole {
      mutants.append(Mutant(element: element, change: .clauseDropped(condition), edit: .condition(owner, .always)))
    }
  }

  /// Each way to change one clause: the whole condition with it, the clause as it was, and as it is.
  private func variants(_ condition: Condition) -> [(whole: Condition, from: Condition, to: Condition?)] {
    switch condition {
    case .test(let variable, let matcher):
      return variants(matcher, program.variables[variable].domain).map {
        let test = Condition.test(variable: variable, $0)
        return (test, condition, test)
      }
    case .not(let part): return variants(part).map { (.not($0.whole), $0.from, $0.to) }
    case .all(let parts): return variants(of: parts, least: 1) { .all($0) }
    case .any(let parts): return variants(of: parts, least: 1) { .any($0) }
    case .atLeast(let count, let parts):
      let counts = [count - 1, count + 1].filter { (1...parts.count).contains($0) }.map { other in
        (whole: Condition.atLeast(other, parts), from: condition, to: Optional(Condition.atLeast(other, parts)))
      }
      return counts + variants(of: parts, least: count) { .atLeast(count, $0) }
    default: return []
    }
  }

  private func variants(
    of parts: [Condition], least: Int, _ whole: ([Condition]) -> Condition
  ) -> [(whole: Condition, from: Condition, to: Condition?)] {
    var result: [(whole: Condition, from: Condition, to: Condition?)] = []
    for place in parts.indices {
      for (part, from, to) in variants(parts[place]) {
        var changed = parts
        changed[place] = part
        result.append((whole(changed), from, to))
      }
      guard parts.count > least else { continue }
      var fewer = parts
      fewer.remove(at: place)
      result.append((whole(fewer), parts[place], nil))
    }
    return result
  }

  private func variants(_ matcher: Matcher, _ domain: Domain) -> [Matcher] {
    func same(_ test: Matcher.Test) -> Matcher { Matcher(test, isNegated: matcher.isNegated) }
    switch matcher.test {
    case .options(let options): return exchanged(options, domain).map { same(.options($0)) }
    case .includesAny(let members): return exchanged(members, domain).map { same(.includesAny($0)) }
    case .includesAll(let members): return exchanged(members, domain).map { same(.includesAll($0)) }
    case .includesNone(let members): return exchanged(members, domain).map { same(.includesNone($0)) }
    case .exactly(let members): return exchanged(members, domain).map { same(.exactly($0)) }
    case .ranges(let ranges):
      return ranges.indices.flatMap { place in
        moved(ranges[place]).map { range in
          var changed = ranges
          changed[place] = range
          return same(.ranges(changed))
        }
      }
    case .empty, .declined, .doesNotKnow: return []
    }
  }

  /// One option becomes its neighbour; of several, each is left out.
  private func exchanged(_ options: [Int], _ domain: Domain) -> [[Int]] {
    guard options.count == 1 else {
      return options.indices.map { place in options.enumerated().filter { $0.offset != place }.map(\.element) }
    }
    return neighbours(options[0], domain).map { [$0] }
  }

  private func neighbours(_ option: Int, _ domain: Domain) -> [Int] {
    let count = domain.names.count
    guard count > 1 else { return [] }
    if case .options(_, isOrdered: true) = domain {
      return [option - 1, option + 1].filter { (0..<count).contains($0) }
    }
    return [(option + 1) % count]
  }

  /// Each end a step outwards and inwards; a single value to either side.
  private func moved(_ range: MatcherRange) -> [MatcherRange] {
    func moved(_ bound: MatcherRange.Bound?, by step: Int) -> MatcherRange.Bound? {
      guard let bound else { return nil }
      switch bound.operand {
      case .constant(let number): return .init(.constant(number + Number(step)), isIncluded: bound.isIncluded)
      case .daysFromAssessment(let days): return .init(.daysFromAssessment(days + step), isIncluded: bound.isIncluded)
      case .parameter: return nil
      }
    }
    var result: [MatcherRange] = []
    for step in [-1, 1] {
      if range.lower == range.upper {
        if let both = moved(range.lower, by: step) { result.append(MatcherRange(lower: both, upper: both)) }
        continue
      }
      if let lower = moved(range.lower, by: step) { result.append(MatcherRange(lower: lower, upper: range.upper)) }
      if let upper = moved(range.upper, by: step) { result.append(MatcherRange(lower: range.lower, upper: upper)) }
    }
    return result
  }

  // MARK: What rules say

  private mutating func mutateEffects() {
    var speaking = program.rules.map { _ in 0 }
    var links: Set<[Int]> = []
    for slot in program.decisions.flatMap(\.slots) {
      for effect in slot.effects {
        speaking[effect.rule] += 1
        for over in effect.directlyOverriddenBy { links.insert([effect.rule, slot.effects[over].rule]) }
      }
    }
    for (index, decision) in program.decisions.enumerated() {
      for (slotIndex, slot) in decision.slots.enumerated() {
        let domain = program.variables[slot.variable ?? decision.variable].domain
        for (place, effect) in slot.effects.enumerated() {
          var others: [Slot.Verdict?] = []
          if case .recommend(let value) = effect.verdict { others = self.others(value, domain).map { .recommend($0) } }
          // A rule that says nothing else is dropped as a whole.
          if speaking[effect.rule] > 1 { others.append(nil) }
          mutants += others.map { other in
            Mutant(
              element: .rule(effect.rule),
              change: .verdict(decision: index, slot: slotIndex, from: effect.verdict, to: other),
              edit: .effect(decision: index, slot: slotIndex, effect: place, other))
          }
        }
      }
    }
    for link in links.sorted(by: { ($0[1], $0[0]) < ($1[1], $1[0]) }) {
      mutants.append(
        Mutant(
          element: .rule(link[1]), change: .overrideDropped(of: link[0]), edit: .override(of: link[0], by: link[1])))
    }
  }

  private func others(_ value: Value, _ domain: Domain) -> [Value] {
    switch value {
    case .option(let option): neighbours(option, domain).map { .option($0) }
    case .number(let number):
      [number - Number(1), number + Number(1)].filter { domain.interval?.contains($0) ?? false }.map { .number($0) }
    case .included: []
    }
  }

  // MARK: Decisions, facts and parameters

  private mutating func mutateDecisions() {
    for (index, decision) in program.decisions.enumerated() {
      let element = CoverageGoal.Element.variable(decision.variable)
      if let condition = decision.appliesWhen { mutate(condition, .guardOfDecision(index), element) }
      guard let otherwise = decision.otherwise else { continue }
      for other in others(otherwise.value, program.variables[decision.variable].domain) {
        mutants.append(
          Mutant(
            element: element, change: .otherwise(decision: index, from: otherwise.value, to: other),
            edit: .otherwise(decision: index, other)))
      }
    }
  }

  private mutating func mutateFacts() {
    for (index, variable) in program.variables.enumerated() {
      switch variable.kind {
      case .fact(let fact):
        if let condition = fact.appliesWhen { mutate(condition, .guardOfFact(index), .variable(index)) }
      case .derived(.bands(let of, let bands)): mutateBands(index, of, bands)
      case .derived(.points(let of, let points)):
        for (option, number) in points.enumerated() {
          var changed = points
          changed[option] = number + Number(1)
          mutants.append(
            Mutant(
              element: .variable(index),
              change: .points(variable: of, option, from: number, to: number + Number(1)),
              edit: .derivation(index, .points(of: of, changed))))
        }
      case .derived(let derivation):
        for (part, condition) in derivation.conditions.enumerated() {
          mutate(condition, .derived(index, part: part), .variable(index))
        }
      case .decision, .item: break
      }
    }
  }

  /// The beginning of each band but the first, one lower and one higher, where both bands keep a value.
  private mutating func mutateBands(_ index: Int, _ of: Int, _ bands: [Interval]) {
    for place in bands.indices.dropFirst() {
      for step in [Number(-1), Number(1)] {
        var changed = bands
        changed[place - 1].upper = changed[place - 1].upper + step
        changed[place].lower = changed[place].lower + step
        guard changed[place - 1].lower <= changed[place - 1].upper, changed[place].lower <= changed[place].upper else {
          continue
        }
        mutants.append(
          Mutant(
            element: .variable(index),
            change: .band(variable: index, place, from: bands[place].lower, to: changed[place].lower),
            edit: .derivation(index, .bands(of: of, changed))))
      }
    }
  }

  private mutating func mutateParameters() {
    for (index, parameter) in program.parameters.enumerated() {
      for (place, dated) in parameter.values.enumerated() {
        for step in [Number(-1), Number(1)] {
          mutants.append(
            Mutant(
              element: .parameter(index), change: .parameter(index, from: dated.value, to: dated.value + step),
              edit: .parameter(index, value: place, dated.value + step)))
        }
      }
    }
  }
}
