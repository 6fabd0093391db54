import RuleEngine

/// Whether a plan is final, or only settled regardless of answers that are missing, as formulas; see
/// `Evaluation.unknownFacts()`, with which the tests compare it.
extension SymbolicEvaluation {
  /// Whether some fact that applies or may apply is missing to a final plan.
  func hasUnknownFacts() -> Term {
    let totals = program.totals
    let settled = Dictionary(uniqueKeysWithValues: totals.map { ($0.sum, isSettled(variable: $0.sum)) })
    let readElsewhere = program.factsReadBesidesTotals
    return bank.any(
      program.variables.indices.filter { program.variables[$0].fact != nil }.map { fact in
        let isUnknown = bank.not(isSettled(variable: fact))
        let isSpared =
          fact == program.assessmentDay
          ? .yes : bank.any(totals.filter { $0.answers.contains(fact) }.compactMap { settled[$0.sum] })
        let isRead =
          readElsewhere.contains(fact)
          ? .yes : bank.any(totals.filter { $0.reads.contains(fact) }.compactMap { settled[$0.sum].map(bank.not) })
        return bank.all(isUnknown, bank.not(bank.all(isSpared, bank.not(isRead))))
      })
  }

  /// Whether just one thing is possible.
  private func isSettled(variable: Int) -> Term {
    bank.any(values[variable].cannotApply, bank.all(hasOneValue(variable), bank.not(values[variable].mayNotApply)))
  }
}

extension Program {
  /// A sum whose total can be entered instead.
  fileprivate struct Total {
    let sum: Int
    /// The facts that are its items, and the total.
    let answers: Set<Int>
    /// What it reads; nothing if it is itself an item of such a sum.
    let reads: Set<Int>
  }

  fileprivate var totals: [Total] {
    variables.indices.compactMap { index in
      guard case .derived(.sum(let items, let entered?)) = variables[index].kind else { return nil }
      let reads = isItem(index) ? [] : Set(items + [entered])
      return Total(sum: index, answers: facts(below: items).union([entered]), reads: reads)
    }
  }

  /// The variables that are read by more than the sum of a total that can be entered.
  fileprivate var factsReadBesidesTotals: Set<Int> {
    var found: Set<Int> = []
    for (index, variable) in variables.enumerated() {
      guard case .derived(let derivation) = variable.kind, !isItem(index) else { continue }
      if case .sum(_, .some) = derivation { continue }
      found.formUnion(derivation.sources)
    }
    for case .test(let variable, let matcher) in conditions.flatMap(\.subtree) {
      found.insert(variable)
      if matcher.dependsOnDay { found.insert(assessmentDay) }
    }
    return found
  }
}
