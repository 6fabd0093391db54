import RuleEngine

/// How the rules of one slot can combine: the closed form of section 4, clause 8, as formulas. See ``SlotRules``.
struct SymbolicSlot {
  /// Whether no rule may say anything.
  var none: Term
  /// For each value, whether it can be the result; ascending, each value once.
  var recommended: [(value: Value, term: Term)] = []
  var ruledOut: Term
  var conflict: Term
  /// For each effect, whether it can count.
  let live: [Term]

  init(_ effects: [Slot.Effect], truths: [SymbolicTruth], combine: Decision.Combine, bank: TermBank) {
    let live = effects.indices.map { effect in
      bank.all([truths[effect].may] + effects[effect].overriddenBy.map { bank.not(truths[$0].must) })
    }
    self.live = live
    none = bank.not(bank.any(truths.map(\.must)))
    let overriders = effects.map { Set($0.overriddenBy) }
    let rules = SlotRules(effects: effects, truths: effects.map { _ in .unknown }, combine: combine)

    func canWin(_ verdict: Slot.Verdict) -> Term {
      let spoilers = effects.indices.filter { rules.spoils(effects[$0].verdict, verdict) }
      // Of a spoiler that nothing overrides it does not matter which rule wins.
      let free = spoilers.filter { overriders[$0].isEmpty }
      let noFree = bank.not(bank.any(free.map { bank.all(live[$0], truths[$0].must) }))
      let bound = spoilers.filter { !overriders[$0].isEmpty }
      let winners = effects.indices.filter { effects[$0].verdict == verdict }.map { winner in
        bank.all(
          [live[winner]]
            + bound.map { spoiler in
              let rescuers = effects.indices.filter { rescuer in
                overriders[spoiler].contains(rescuer) && !rules.spoils(effects[rescuer].verdict, verdict)
                  && !overriders[winner].contains(rescuer)
              }
              let isRescued = bank.any(
                rescuers.map { bank.all(live[$0], truths[$0].may, bank.not(truths[$0].must)) })
              return bank.any(bank.not(live[spoiler]), bank.not(truths[spoiler].must), isRescued)
            })
      }
      return bank.all(noFree, bank.any(winners))
    }

    ruledOut = effects.contains { $0.verdict == .ruleOut } ? canWin(.ruleOut) : .no
    for verdict in Set(effects.map(\.verdict)).sorted() {
      if case .recommend(let value) = verdict { recommended.append((value, canWin(verdict))) }
    }
    conflict = combine == .one ? Self.conflict(effects, live, overriders, bank) : .no
  }

  /// Whether two rules can count that recommend different values, and neither overrides the other.
  private static func conflict(
    _ effects: [Slot.Effect], _ live: [Term], _ overriders: [Set<Int>], _ bank: TermBank
  ) -> Term {
    var clashes: [Term] = []
    // Rules without overrides clash value against value, so that many rules make no pairs.
    let verdicts = Set(effects.map(\.verdict)).sorted()
    let isFree = effects.indices.map { effect in
      overriders[effect].isEmpty && !overriders.contains { $0.contains(effect) }
    }
    var before = Term.no
    for verdict in verdicts {
      let group = bank.any(effects.indices.filter { isFree[$0] && effects[$0].verdict == verdict }.map { live[$0] })
      clashes.append(bank.all(group, before))
      before = bank.any(before, group)
    }
    for first in effects.indices where !isFree[first] {
      for second in effects.indices where isFree[second] || second > first {
        guard effects[first].verdict != effects[second].verdict, !overriders[first].contains(second),
          !overriders[second].contains(first)
        else { continue }
        clashes.append(bank.all(live[first], live[second]))
      }
    }
    return bank.any(clashes)
  }
}

/// How a slot, or a decision that has one value, can come out: for each outcome, whether it is possible.
struct SymbolicOutcomes {
  /// An amount that fills what the others leave.
  struct Between {
    var lower: Term
    var upper: Term
    var isPossible: Term
  }

  /// Ascending, each value once.
  var values: [(value: Value, term: Term)] = []
  var between: Between?
  var out: Term = .no
  var gap: Term = .no
  var conflict: Term = .no
  var notApplicable: Term = .no

  init(values: [(value: Value, term: Term)] = [], conflict: Term = .no) {
    self.values = values
    self.conflict = conflict
  }

  func possibility(of value: Value) -> Term {
    values.first { $0.value == value }?.term ?? .no
  }

  mutating func add(_ value: Value, if term: Term, _ bank: TermBank) {
    if let index = values.firstIndex(where: { $0.value == value }) {
      values[index].term = bank.any(values[index].term, term)
    } else {
      values.append((value, term))
      values.sort { $0.value < $1.value }
    }
  }

  /// Whether some value or amount is possible.
  func anyValue(_ bank: TermBank) -> Term {
    bank.any(values.map(\.term) + [between?.isPossible ?? .no])
  }

  /// Whether there is just one outcome, and not one of many amounts.
  func isSettled(_ bank: TermBank) -> Term {
    let one = bank.atMostOne(all)
    guard let between else { return one }
    return bank.all(one, bank.implies(between.isPossible, bank.isEqual(between.lower, between.upper)))
  }

  /// Whether there is just this one outcome.
  func isSurely(_ outcome: KeyPath<SymbolicOutcomes, Term>, _ bank: TermBank) -> Term {
    bank.all(self[keyPath: outcome], isSettled(bank))
  }

  /// Whether each outcome is possible.
  var all: [Term] {
    values.map(\.term) + [between?.isPossible ?? .no, out, gap, conflict, notApplicable]
  }

  /// A decision that does not apply has that one outcome; one that may not, one outcome more.
  func guarded(by truth: SymbolicTruth, _ bank: TermBank) -> SymbolicOutcomes {
    var result = self
    for index in result.values.indices { result.values[index].term = bank.all(values[index].term, truth.may) }
    result.between?.isPossible = bank.all(between!.isPossible, truth.may)
    result.out = bank.all(out, truth.may)
    result.gap = bank.all(gap, truth.may)
    result.conflict = bank.all(conflict, truth.may)
    result.notApplicable = bank.not(truth.must)
    return result
  }

  /// Whether the outcomes of two evaluations differ in anything.
  func differs(from other: SymbolicOutcomes, _ bank: TermBank) -> Term {
    var terms: [Term] = []
    for value in Set(values.map(\.value) + other.values.map(\.value)).sorted() {
      terms.append(bank.not(bank.same(possibility(of: value), other.possibility(of: value))))
    }
    for (one, two) in [
      (out, other.out), (gap, other.gap), (conflict, other.conflict), (notApplicable, other.notApplicable),
    ] {
      terms.append(bank.not(bank.same(one, two)))
    }
    let one = between?.isPossible ?? .no
    let two = other.between?.isPossible ?? .no
    terms.append(bank.not(bank.same(one, two)))
    if let between, let second = other.between {
      let sameAmount = bank.all(
        bank.isEqual(between.lower, second.lower), bank.isEqual(between.upper, second.upper))
      terms.append(bank.all(one, two, bank.not(sameAmount)))
    }
    return bank.any(terms)
  }
}
