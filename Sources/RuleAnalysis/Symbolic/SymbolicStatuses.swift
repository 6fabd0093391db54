import RuleEngine

/// How far plans are settled, and which answers contradict each other, as formulas (section 4, clauses 10 to 13). They follow
/// `PlanBuilder`, `DecisionPlanBuilder` and `Evaluation/contradictions`.
struct SymbolicStatuses {
  /// How far one decision is settled; of these the first that holds counts, and if none does, it is open.
  struct OfDecision {
    var conflict: Term
    var gap: Term
    var notApplicable: Term
    var assumed: Term
    var isSettled: Term
    /// Whether a rule or guard of it is not decided.
    var dependsOnUnknown: Term
  }

  let evaluation: SymbolicEvaluation
  /// By the places of decisions.
  let decisions: [OfDecision]

  private var bank: TermBank { evaluation.bank }
  private var program: Program { evaluation.program }

  /// - Parameter assumed: the evaluation with every assumption taken as an answer.
  init(_ evaluation: SymbolicEvaluation, assumed: SymbolicEvaluation) {
    self.evaluation = evaluation
    let bank = evaluation.bank
    decisions = evaluation.program.decisions.indices.map { index in
      let outcomes = evaluation.outcomes(of: index)
      let isSettled = bank.all(outcomes.map { $0.hasOneOutcome(bank) })
      func surely(_ outcome: KeyPath<SymbolicOutcomes, Term>, _ outcomes: [SymbolicOutcomes]) -> [Term] {
        outcomes.map { bank.all($0[keyPath: outcome], $0.hasOneOutcome(bank)) }
      }
      let never = outcomes.isEmpty ? Term.no : bank.all(surely(\.notApplicable, outcomes))
      let others = assumed.outcomes(of: index)
      let all = others + assumed.slotOutcomes[index]
      let isBroken = bank.any(all.flatMap { [$0.gap, $0.conflict] })
      let isAssumed = bank.all(
        [bank.not(isSettled), bank.not(isBroken)] + others.map { $0.hasOneOutcome(bank) })
      let neverIfAssumed = others.isEmpty ? Term.no : bank.all(surely(\.notApplicable, others))
      let truths =
        [evaluation.guardTruths[index]]
        + Set(evaluation.program.decisions[index].slots.flatMap(\.effects).map(\.rule)).sorted()
        .map { evaluation.ruleTruths[$0] }
      return OfDecision(
        conflict: bank.any(surely(\.conflict, outcomes)),
        gap: bank.any(surely(\.gap, outcomes)),
        notApplicable: bank.any(never, bank.all(isAssumed, neverIfAssumed)),
        assumed: isAssumed,
        isSettled: isSettled,
        dependsOnUnknown: bank.any(truths.map { bank.all($0.may, bank.not($0.must)) }))
    }
  }

  // MARK: What is not known

  /// Whether a fact that applies or may apply is not known, and its being unknown counts. See
  /// `Evaluation/unknownFacts()`.
  func hasUnknownFacts() -> Term {
    var sums: [(isSettled: Term, spared: Set<Int>, reads: Set<Int>)] = []
    var read: Set<Int> = []
    for (index, variable) in program.variables.enumerated() {
      guard case .derived(let derivation) = variable.kind else { continue }
      let isItem = program.isItem(index)
      if case .sum(let items, let entered?) = derivation {
        sums.append(
          (
            isSettled(index), program.facts(below: items).union([entered]),
            isItem ? [] : Set(derivation.sources)
          ))
      } else if !isItem {
        read.formUnion(derivation.sources)
      }
    }
    for case .test(let variable, let matcher) in program.conditions.flatMap(\.subtree) {
      read.insert(variable)
      if matcher.dependsOnDay { read.insert(program.assessmentDay) }
    }
    let facts = program.variables.indices.filter { program.variables[$0].fact != nil }
    return bank.any(
      facts.map { fact in
        let isRead = bank.any(sums.filter { $0.reads.contains(fact) }.map { bank.not($0.isSettled) })
        let isSpared =
          fact == program.assessmentDay
          ? Term.yes : bank.any(sums.filter { $0.spared.contains(fact) }.map(\.isSettled))
        let counts = read.contains(fact) ? Term.yes : bank.any(isRead, bank.not(isSpared))
        return bank.all(bank.not(isSettled(fact)), counts)
      })
  }

  /// Whether just one thing is possible of a variable with options, a number or a day.
  private func isSettled(_ variable: Int) -> Term {
    let possible = evaluation.values[variable]
    let hasOneValue: Term
    switch possible.values {
    case .none: hasOneValue = .no
    case .options(let options): hasOneValue = bank.hasAtMostOne(options)
    case .interval(_, _, let isSingle): hasOneValue = isSingle
    case .members(let members): hasOneValue = bank.all(members.map { bank.same($0.must, $0.may) })
    }
    return bank.any(possible.cannotApply, bank.all(hasOneValue, bank.not(possible.mayNotApply)))
  }

  // MARK: What contradicts itself

  /// For each contradiction that there can be, whether it is there for sure.
  func contradictions() -> [(contradiction: Contradiction, term: Term)] {
    var found: [(contradiction: Contradiction, term: Term)] = []
    for (index, variable) in program.variables.enumerated() {
      guard case .derived(.sum(let items, let entered?)) = variable.kind,
        case .interval(let total, _, let isSingle) = evaluation.values[entered].values
      else { continue }
      let sum = evaluation.sum(of: items)
      let isOutside = bank.any(bank.isLess(total, sum.lower), bank.isLess(sum.upper, total))
      let isEntered = bank.all(isSingle, bank.not(evaluation.values[entered].mayNotApply))
      found.append(
        (.totalDisagrees(sum: index, entered: entered), bank.all(isEntered, bank.not(sum.cannotApply), isOutside)))
    }
    for (index, impossibility) in program.impossibilities.enumerated() {
      found.append((.impossible(index), evaluation.truth(of: impossibility.condition).must))
    }
    guard let answer = evaluation.intake.answers[program.assessmentDay], case .number(let day) = answer.value else {
      return found
    }
    for (index, parameter) in program.parameters.enumerated() {
      guard let first = parameter.values.first else { continue }
      let isBefore = bank.isLess(day, bank.whole(evaluation.scale.floor(Number(first.from))))
      found.append((.noParameterInForce(index), bank.all(answer.isKnown, isBefore)))
    }
    return found
  }
}

extension SymbolicOutcomes {
  /// As ``isSettled(_:)``, but counted and not told apart one by one, which is short in SQL.
  func hasOneOutcome(_ bank: TermBank) -> Term {
    let one = bank.hasAtMostOne(all)
    guard let between else { return one }
    return bank.all(one, bank.implies(between.isPossible, bank.isEqual(between.lower, between.upper)))
  }
}

extension TermBank {
  /// Whether no more than one of them holds, by their number.
  func hasAtMostOne(_ terms: [Term]) -> Term {
    let terms = terms.filter { $0 != .no }
    guard terms.count > 2 else { return terms.count < 2 ? .yes : not(all(terms)) }
    return isAtMost(sum(terms.map { choose($0, whole(1), whole(0)) }), whole(1))
  }
}
