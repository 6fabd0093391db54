import RuleEngine

extension ProofSession {
  /// The evaluation, before anything that follows from a fact is gone through again, with every sum loosened of which that fact
  /// moves a single item; `nil` if there is none.
  ///
  /// To be asked only about people to whom the fact applies.
  func loosened(around fact: Int) -> SymbolicEvaluation? {
    let following = dependencies.following(from: [fact])
    var sums: [Int: LoosenedSum] = [:]
    for place in following.sorted() where place < program.variables.count {
      guard case .derived(.sum(let items, let enteredAs)) = program.variables[place].kind else { continue }
      let moved = items.filter(following.contains)
      let others = items.filter { !following.contains($0) }
      guard moved.count == 1, others.count > 1, others.allSatisfy(isKnown) else { continue }
      let range = evaluation.sum(of: others)
      let step = others.allSatisfy { program.variables[$0].domain.isWhole } ? scale.perOne : 1
      let bounds = (bank.bounds(of: range.lower).lowerBound / step)...(bank.bounds(of: range.upper).upperBound / step)
      let rest = bank.integer("others!\(program.variables[place].name)!\(program.variables[moved[0]].name)", in: bounds)
      sums[place] = LoosenedSum(item: moved[0], others: others, rest: bank.times(step, rest), enteredAs: enteredAs)
    }
    return sums.isEmpty ? nil : evaluation.loosening(sums)
  }

  /// Whether a variable has one value, or does not apply, for everyone of whom everything is known: no decision, which can be
  /// open, is behind it.
  private func isKnown(_ variable: Int) -> Bool {
    scope == .complete
      && dependencies.below([variable]).allSatisfy { place in
        guard place < program.variables.count else { return false }
        return switch program.variables[place].kind {
        case .fact, .derived: true
        case .decision, .item: false
        }
      }
  }
}
