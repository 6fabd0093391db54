import RuleEngine

/// Two intakes of which the second is no better in one score, all else equal. A derived score stands for its facts, each no
/// lower.
struct ScoreOrder {
  /// The answers of the second intake to the facts of the score.
  let second: [Int: SymbolicIntake.Answer]
  private let session: ProofSession
  private let score: Int

  init(_ session: ProofSession, _ score: Int) {
    self.session = session
    self.score = score
    let program = session.program
    let facts = session.dependencies.facts(standingBehind: [score]).subtracting([program.assessmentDay])
    var second: [Int: SymbolicIntake.Answer] = [:]
    for fact in facts.sorted() { second[fact] = session.second(fact) }
    self.second = second
  }

  func isNoLower(_ first: SymbolicEvaluation, _ other: SymbolicEvaluation) -> Term {
    let bank = session.bank
    let facts = session.program.facts(below: [score])
    let each = second.keys.sorted().filter(facts.contains).map { fact in
      isNoLower(first.values[fact].values, other.values[fact].values)
    }
    let applies = bank.all(bank.not(first.values[score].mayNotApply), bank.not(other.values[score].mayNotApply))
    return bank.all(each + [applies, isNoLower(first.values[score].values, other.values[score].values)])
  }

  /// The same of what the evaluator finds, where both are known.
  static func isNoLower(_ second: PossibleValues, than first: PossibleValues) -> Bool {
    switch (first.values, second.values) {
    case (.interval(let one), .interval(let other)): one.lower <= other.lower && one.upper <= other.upper
    case (.options(let one), .options(let other)): (one.max() ?? 0) <= (other.min() ?? 0)
    default: true
    }
  }

  /// Of what has no order, anything is as high as anything.
  private func isNoLower(_ first: SymbolicValues.Values, _ second: SymbolicValues.Values) -> Term {
    let bank = session.bank
    switch (first, second) {
    case (.interval(let one, _, _), .interval(let other, _, _)): return bank.isAtMost(one, other)
    case (.options(let one), .options(let other)):
      return bank.all(other.indices.map { bank.implies(other[$0], bank.any(one[...$0])) })
    case (.members(let one), .members(let other)):
      return bank.all(zip(one, other).map { bank.implies($0.must, $1.may) })
    default: return .yes
    }
  }
}

/// Which of two outcomes of a decision is the lesser: a lower level, a smaller amount, a later deadline, a member less.
struct OutcomeOrder {
  private let program: Program
  private let index: Int
  private var decision: Decision { program.decisions[index] }

  init(_ program: Program, _ decision: Int) {
    self.program = program
    index = decision
  }

  /// Whether outcomes of the decision can be compared at all.
  static func isComparable(_ program: Program, _ decision: Int) -> Bool {
    let decision = program.decisions[decision]
    if decision.hasMembers { return true }
    if decision.combine == .preferred { return false }
    if case .options(_, let isOrdered) = program.variables[decision.variable].domain { return isOrdered }
    return true
  }

  /// Whether `one` is less than `other`: of deadlines and other lowest values, the later one.
  private func isLess(_ one: Value, than other: Value) -> Bool {
    decision.combine == .lowest ? one > other : one < other
  }

  func isLower(_ second: SymbolicEvaluation, than first: SymbolicEvaluation) -> Term {
    let bank = first.bank
    let bothApply = bank.all(first.guardTruths[index].must, second.guardTruths[index].must)
    guard decision.hasMembers else {
      guard let one = first.decisionOutcomes[index], let other = second.decisionOutcomes[index] else { return .no }
      return bank.all(bothApply, isLower(other, than: one, bank))
    }
    let slots = decision.slots.indices.map { slot in
      let (one, other) = (first.slotOutcomes[index][slot], second.slotOutcomes[index][slot])
      let isLost = bank.all(one.anyValue(bank), bank.not(one.out), other.isSurely(\.out, bank))
      return decision.slots[slot].fill == nil ? bank.any(isLost, isLower(other, than: one, bank)) : isLost
    }
    return bank.all([bothApply, bank.any(slots)])
  }

  private func isLower(_ second: SymbolicOutcomes, than first: SymbolicOutcomes, _ bank: TermBank) -> Term {
    let pairs = first.values.map { value, term in
      bank.all(term, bank.any(second.values.filter { isLess($0.value, than: value) }.map(\.term)))
    }
    return bank.all(bank.any(pairs), first.isSettled(bank), second.isSettled(bank))
  }

  func isLower(_ second: Evaluation, than first: Evaluation) -> Bool {
    guard first.guardTruths[index] == .yes, second.guardTruths[index] == .yes else { return false }
    guard decision.hasMembers else {
      return isLower(second.decisionOutcomes[index], than: first.decisionOutcomes[index])
    }
    return decision.slots.indices.contains { slot in
      let (one, other) = (first.slotOutcomes[index][slot], second.slotOutcomes[index][slot])
      let isIn = one.count == 1 && one.isDisjoint(with: [.out, .conflict, .gap])
      if isIn, other == [.out] { return true }
      return decision.slots[slot].fill == nil && isLower(other, than: one)
    }
  }

  private func isLower(_ second: Set<Evaluation.Outcome>, than first: Set<Evaluation.Outcome>) -> Bool {
    guard first.count == 1, second.count == 1, case .value(let one)? = first.first,
      case .value(let other)? = second.first
    else { return false }
    return isLess(other, than: one)
  }
}
