import RuleEngine

/// What kind of change it is that a place came out so in one rulebook and so in the other: for each difference just one kind, for
/// outcomes and, in the same order, for formulas. `PlaceChangeTests` compares the two.
extension ComparedPlace {
  /// `nil` if nothing differs. The values are common ones.
  func change(_ one: Set<Evaluation.Outcome>, _ two: Set<Evaluation.Outcome>) -> Comparison.Kind? {
    guard one != two else { return nil }
    let mayBeOut = !two.isDisjoint(with: [.out, .notApplicable])
    if isGiven, one.allSatisfy(\.isAmount), mayBeOut {
      return two.isSubset(of: [.out, .notApplicable]) ? .lost : .heldBack
    }
    switch (one.isOneOutcome, two.isOneOutcome) {
    case (_, true) where two == [.gap] || two == [.conflict]: return .broken
    case (true, true):
      if one.allSatisfy(\.isAmount), mayBeOut { return .lost }
      return isLower(two, than: one) ? .lower : .value
    case (false, true): return .settledEarlier
    case (true, false): return .opened
    case (false, false): return .other
    }
  }

  private func isLower(_ two: Set<Evaluation.Outcome>, than one: Set<Evaluation.Outcome>) -> Bool {
    guard let first = one.first?.value, let second = two.first?.value else { return false }
    return isLess(second, than: first)
  }

  /// Whether the outcomes differ in this way, as a formula.
  func change(_ kind: Comparison.Kind, _ one: SymbolicOutcomes, _ two: SymbolicOutcomes, _ session: JointSession)
    -> Term
  {
    let bank = session.bank
    let differs = differs(one, two, session)
    guard differs != .no else { return .no }
    let isAmount = bank.not(bank.any(one.out, one.gap, one.conflict, one.notApplicable))
    let mayBeOut = bank.any(two.out, two.notApplicable)
    let isOut = bank.all(mayBeOut, bank.not(bank.any(two.anyValue(bank), two.gap, two.conflict)))
    let isTaken = isGiven ? bank.all(isAmount, mayBeOut) : .no
    let (isOne, isTwo) = (one.isSettled(bank), two.isSettled(bank))
    let isBroken = bank.all(isTwo, bank.any(two.gap, two.conflict))
    let rest = bank.all(differs, bank.not(isTaken), bank.not(isBroken))
    let bothSettled = bank.all(rest, isOne, isTwo)
    let isLost = bank.all(isAmount, isOut)
    switch kind {
    case .lost: return bank.any(bank.all(isTaken, isOut), bank.all(bothSettled, isLost))
    case .heldBack: return bank.all(isTaken, bank.not(isOut))
    case .broken: return bank.all(differs, bank.not(isTaken), isBroken)
    case .lower: return bank.all(bothSettled, isLower(one, two, session))
    case .value: return bank.all(bothSettled, bank.not(isLost), bank.not(isLower(one, two, session)))
    case .settledEarlier: return bank.all(rest, bank.not(isOne), isTwo)
    case .opened: return bank.all(rest, isOne, bank.not(isTwo))
    case .other: return bank.all(rest, bank.not(isOne), bank.not(isTwo))
    case .asked, .possible: return .no
    }
  }

  /// Of two settled outcomes, whether the second is less.
  private func isLower(_ one: SymbolicOutcomes, _ two: SymbolicOutcomes, _ session: JointSession) -> Term {
    let bank = session.bank
    var pairs = one.values.map { value, term in
      bank.all(term, bank.any(two.values.filter { isLess($0.value, than: value) }.map(\.term)))
    }
    // An amount that fills what others leave is no constant.
    let (first, second) = (one.amounts(session), two.amounts(session))
    for (before, isBefore) in first {
      for (after, isAfter) in second where one.between != nil || two.between != nil {
        let isLess =
          self.isLess(.number(.zero), than: .number(Number(1)))
          ? bank.isLess(after, before) : bank.isLess(before, after)
        pairs.append(bank.all(isBefore, isAfter, isLess))
      }
    }
    return bank.any(pairs)
  }

  /// Whether the outcomes of two evaluations differ in anything. An amount that fills what others leave and can only be one
  /// number is that number.
  func differs(_ one: SymbolicOutcomes, _ two: SymbolicOutcomes, _ session: JointSession) -> Term {
    let bank = session.bank
    guard (one.between == nil) != (two.between == nil) else { return one.differs(from: two, bank) }
    let numbers = Set((one.values + two.values).map(\.value)).sorted()
    return one.withoutBetween(numbers, session).differs(from: two.withoutBetween(numbers, session), bank)
  }
}

extension SymbolicOutcomes {
  /// The amounts that a settled outcome can be.
  fileprivate func amounts(_ session: JointSession) -> [(number: Term, isPossible: Term)] {
    var found = values.compactMap { value, term -> (Term, Term)? in
      if case .number(let number) = value { (session.bank.whole(session.scale.floor(number)), term) } else { nil }
    }
    if let between { found.append((between.lower, between.isPossible)) }
    return found
  }

  /// The same with these numbers as values of their own.
  fileprivate func withoutBetween(_ numbers: [Value], _ session: JointSession) -> SymbolicOutcomes {
    guard let between else { return self }
    let bank = session.bank
    var result = self
    var isNumber = Term.no
    for value in numbers {
      guard case .number(let number) = value else { continue }
      let constant = bank.whole(session.scale.floor(number))
      let isThis = bank.all(
        between.isPossible, bank.isEqual(between.lower, constant), bank.isEqual(between.upper, constant))
      result.add(value, if: isThis, bank)
      isNumber = bank.any(isNumber, isThis)
    }
    result.between?.isPossible = bank.all(between.isPossible, bank.not(isNumber))
    return result
  }
}

extension Evaluation.Outcome {
  /// Whether it is a value or an amount.
  var isAmount: Bool {
    switch self {
    case .value, .between: true
    case .out, .gap, .conflict, .notApplicable: false
    }
  }

  fileprivate var value: Value? { if case .value(let value) = self { value } else { nil } }
}

extension Set<Evaluation.Outcome> {
  /// Whether there is just one outcome, and not one of many amounts.
  fileprivate var isOneOutcome: Bool {
    guard count == 1, let only = first else { return false }
    if case .between(let interval) = only { return interval.single != nil }
    return true
  }
}
