import RuleEngine

/// Finds what comes out otherwise, first among samples, then with the solver, which also proves that nothing else does.
struct ComparisonSearch {
  private let base: Program
  private let head: Program
  private let session: JointSession
  private let places: [ComparedPlace]
  private(set) var changes: [Comparison.Change] = []
  private(set) var notProved: [String] = []
  private static let samples = 200

  /// What is looked for at one place: a kind of change, and for a new value which one.
  private struct Goal {
    let kind: Comparison.Kind
    let value: Value?
  }

  init(_ base: Program, _ head: Program) throws(SolverFailure) {
    self.base = base
    self.head = head
    session = try JointSession(base, head)
    places = ComparedPlace.all(base, head)
  }

  mutating func run(_ progress: (String) -> Void) throws(SolverFailure) {
    let changed = places.filter { differs($0) != .no }
    let pairs = changed.isEmpty ? [] : sampled()
    for place in changed {
      progress("comparing \(place.name)")
      let before = changes.count
      guard try find(place, Goal(kind: .other, value: nil), differs(place), pairs, { $0 != $1 }, isRest: true) else {
        continue
      }
      let rest = changes.removeLast()
      for goal in goals(place) {
        _ = try find(place, goal, formula(goal, place), pairs, { Self.shows(goal, place, $0, $1) }, isRest: false)
      }
      // What is neither of these is shown as it is.
      if changes.count == before { changes.append(rest) }
    }
    try findImpossible(progress)
  }

  private func differs(_ place: ComparedPlace) -> Term {
    place.base(session.base).differs(from: place.head(session.head), session.bank)
  }

  private func goals(_ place: ComparedPlace) -> [Goal] {
    var goals = [
      Goal(kind: .lower, value: nil), Goal(kind: .lost, value: nil), Goal(kind: .settledEarlier, value: nil),
    ]
    let values = Set(place.head(session.head).values.map(\.value) + place.base(session.base).values.map(\.value))
    goals += values.sorted().map { Goal(kind: .value, value: $0) }
    return goals
  }

  private func formula(_ goal: Goal, _ place: ComparedPlace) -> Term {
    let bank = session.bank
    let (one, two) = (place.base(session.base), place.head(session.head))
    let bothSettled = bank.all(one.isSettled(bank), two.isSettled(bank))
    switch goal.kind {
    case .lower:
      let pairs = one.values.map { value, term in
        bank.all(term, bank.any(two.values.filter { place.isLess($0.value, than: value) }.map(\.term)))
      }
      return bank.all(bothSettled, bank.any(pairs))
    case .lost:
      let isIn = bank.all(one.anyValue(bank), bank.not(bank.any(one.out, one.gap, one.conflict, one.notApplicable)))
      return bank.all(isIn, bank.any(two.isSurely(\.out, bank), two.isSurely(\.notApplicable, bank)))
    case .settledEarlier: return bank.all(bank.not(one.isSettled(bank)), two.isSettled(bank))
    case .value:
      guard let value = goal.value else { return .no }
      return bank.all(bothSettled, two.possibility(of: value), bank.not(one.possibility(of: value)))
    case .other: return .no
    }
  }

  private static func shows(
    _ goal: Goal, _ place: ComparedPlace, _ one: Set<Evaluation.Outcome>, _ two: Set<Evaluation.Outcome>
  ) -> Bool {
    switch goal.kind {
    case .lower:
      guard one.count == 1, two.count == 1, case .value(let first)? = one.first, case .value(let second)? = two.first
      else { return false }
      return place.isLess(second, than: first)
    case .lost: return one.allSatisfy(\.isAmount) && (two == [.out] || two == [.notApplicable])
    case .settledEarlier: return !one.isOnlyOne && two.isOnlyOne
    case .value:
      guard let value = goal.value else { return false }
      return one.isOnlyOne && two == [.value(value)] && one != two
    case .other: return one != two
    }
  }

  /// - Returns: whether an example was found.
  private mutating func find(
    _ place: ComparedPlace, _ goal: Goal, _ formula: Term, _ pairs: [JointSession.Pair],
    _ shows: (Set<Evaluation.Outcome>, Set<Evaluation.Outcome>) -> Bool, isRest: Bool
  ) throws(SolverFailure) -> Bool {
    guard formula != .no else { return false }
    func holds(_ pair: JointSession.Pair) -> Bool {
      shows(place.base(Evaluator.evaluate(base, pair.base)), place.head(Evaluator.evaluate(head, pair.head)))
    }
    if let pair = pairs.first(where: holds) {
      add(place, goal.kind, smallest(pair, holds))
      return true
    }
    switch try session.ask(session.bank.all(session.isPossible, formula), "\(goal.kind): \(place.name)") {
    case .never: return false
    case .gaveUp(let reason):
      notProved.append("whether `\(place.name)` stays the same: the solver gave up \(reason)")
      return false
    case .possible(let pair):
      guard holds(pair) else {
        notProved.append(
          "`\(place.name)`: the solver finds a difference that the evaluator does not confirm, a defect of Handrail; "
            + "please report it")
        return false
      }
      add(place, goal.kind, smallest(pair, holds))
      return true
    }
  }

  /// Intakes that become impossible, or possible.
  private mutating func findImpossible(_ progress: (String) -> Void) throws(SolverFailure) {
    progress("comparing what is possible")
    let bank = session.bank
    for (isNew, one, other) in [(true, session.base, session.head), (false, session.head, session.base)] {
      switch try session.ask(bank.all(one.isPossible, bank.not(other.isPossible)), "possible") {
      case .never: break
      case .gaveUp(let reason): notProved.append("whether the same intakes are possible: the solver gave up \(reason)")
      case .possible(let pair):
        let isImpossible = { [base, head] (pair: JointSession.Pair) in
          let before = Evaluator.evaluate(base, pair.base).isPossible
          return before == isNew && Evaluator.evaluate(head, pair.head).isPossible != isNew
        }
        // A total or a parameter without a value shows only in the solver's words; such an intake is not made smaller.
        let shown = isImpossible(pair) ? smallest(pair, isImpossible) : pair
        changes.append(
          Comparison.Change(
            kind: .other, name: "impossible", label: "what cannot be", intake: answers(shown),
            before: isNew ? "possible" : "impossible", after: isNew ? "impossible" : "possible", rulesBefore: [],
            rulesAfter: []))
      }
    }
  }

  // MARK: Examples

  /// Complete intakes near the bounds of either rulebook that both can read.
  private func sampled() -> [JointSession.Pair] {
    var first = Sampler(base)
    var second = Sampler(head, seed: 2)
    var pairs: [JointSession.Pair] = []
    for number in 0..<Self.samples {
      var (one, two) = (first.next(), second.next())
      if number.isMultiple(of: 2) {
        guard let same = Translation(from: base, to: head).intake(one) else { continue }
        two.answers.merge(same.answers) { _, new in new }
      } else {
        guard let same = Translation(from: head, to: base).intake(two) else { continue }
        one.answers.merge(same.answers) { _, new in new }
      }
      guard Evaluator.evaluate(base, one).isPossible, Evaluator.evaluate(head, two).isPossible else { continue }
      pairs.append(JointSession.Pair(base: one, head: two))
    }
    return pairs
  }

  /// Without the answers that the example does not need.
  private func smallest(_ pair: JointSession.Pair, _ holds: (JointSession.Pair) -> Bool) -> JointSession.Pair {
    var result = pair
    for name in Set(pair.base.answers.keys).union(pair.head.answers.keys).sorted().reversed() {
      var less = result
      less.base.answers[name] = nil
      less.head.answers[name] = nil
      if holds(less) { result = less }
    }
    return result
  }

  private func answers(_ pair: JointSession.Pair) -> [(name: String, text: String)] {
    let first = CaseYAML(base).answers(pair.base)
    let known = Set(first.map(\.name))
    return first + CaseYAML(head).answers(pair.head).filter { !known.contains($0.name) }
  }

  private mutating func add(_ place: ComparedPlace, _ kind: Comparison.Kind, _ pair: JointSession.Pair) {
    let before = Side(Evaluator.evaluate(base, pair.base), place.base)
    let after = Side(Evaluator.evaluate(head, pair.head), place.head)
    changes.append(
      Comparison.Change(
        kind: kind, name: place.name, label: place.label.text(in: "en"), intake: answers(pair), before: before.text,
        after: after.text, rulesBefore: before.rules, rulesAfter: after.rules))
  }

  /// How a place came out in one rulebook, in words, and by which rules.
  private struct Side {
    let text: String
    let rules: [String]

    init(_ evaluation: Evaluation, _ side: ComparedPlace.Side) {
      let program = evaluation.program
      let decision = program.decisions[side.decision]
      let isWhole = decision.combine == .preferred || !decision.hasMembers
      let slots = side.slot.map { [decision.slots[$0]] } ?? (isWhole ? decision.slots : [])
      let outcomes: Set<Evaluation.Outcome> =
        if let slot = side.slot {
          evaluation.slotOutcomes[side.decision][slot]
        } else if isWhole, !decision.hasMembers {
          evaluation.decisionOutcomes[side.decision]
        } else {
          [.out]
        }
      let wording = Wording(evaluation, language: "en")
      let shown = side.slot.map { decision.slots[$0] } ?? Slot(member: nil, variable: nil, effects: [])
      text = outcomes.sorted().map { wording.outcome($0, in: decision, slot: shown) }.joined(separator: " or ")
      var found: Set<String> = []
      for slot in slots where evaluation.guardTruths[side.decision] != .no {
        let truths = slot.effects.map { evaluation.ruleTruths[$0.rule] }
        let rules = SlotRules(effects: slot.effects, truths: truths, combine: decision.combine)
        for (index, effect) in slot.effects.enumerated() where rules.isLive(index) {
          let isShown: Bool
          switch effect.verdict {
          case .ruleOut: isShown = outcomes.contains(.out)
          case .recommend(.included): isShown = true
          case .recommend(let value): isShown = outcomes.contains(.value(value)) || outcomes.contains(.conflict)
          }
          if isShown { found.insert(program.rules[effect.rule].baseID) }
        }
      }
      rules = found.sorted()
    }
  }
}

extension Evaluation.Outcome {
  /// Whether it is a value or an amount.
  fileprivate var isAmount: Bool {
    switch self {
    case .value, .between: true
    case .out, .gap, .conflict, .notApplicable: false
    }
  }
}

extension Set<Evaluation.Outcome> {
  /// Whether there is just one outcome, and not one of many amounts.
  fileprivate var isOnlyOne: Bool {
    guard count == 1, let only = first else { return false }
    if case .between(let interval) = only { return interval.single != nil }
    return true
  }
}
