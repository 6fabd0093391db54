import RuleEngine

extension SymbolicEvaluation {
  /// Whether some slot of some decision comes out otherwise.
  func differs(from other: SymbolicEvaluation, in decisions: some Sequence<Int>) -> Term {
    bank.any(
      decisions.flatMap { decision in
        zip(slotOutcomes[decision], other.slotOutcomes[decision]).map { $0.differs(from: $1, bank) }
          + [decisionOutcomes[decision].map { $0.differs(from: other.decisionOutcomes[decision]!, bank) } ?? .no]
      })
  }

  func differs(from other: SymbolicEvaluation) -> Term { differs(from: other, in: program.decisions.indices) }
}
