import RuleEngine

/// What a comparison looks at in a plan: as the reference evaluator works it out, or the compiled program, which finds the same
/// a hundred times faster.
protocol PlanReading {
  /// Whether the answers do not contradict themselves.
  var isPossible: Bool { get }
  func outcomes(of decision: Int) -> Set<Evaluation.Outcome>
  func outcomes(of decision: Int, slot: Int) -> Set<Evaluation.Outcome>
  func truth(ofRule rule: Int) -> Truth
  func truth(ofGuard decision: Int) -> Truth
  /// Whether a variable applies: yes, no, or not known.
  func applicability(of variable: Int) -> Truth
  /// Whether an answer is missing that counts.
  func hasUnknownFacts() -> Bool
}

extension Evaluation: PlanReading {
  var isPossible: Bool { contradictions.isEmpty }
  func outcomes(of decision: Int) -> Set<Outcome> { decisionOutcomes[decision] }
  func outcomes(of decision: Int, slot: Int) -> Set<Outcome> { slotOutcomes[decision][slot] }
  func truth(ofRule rule: Int) -> Truth { ruleTruths[rule] }
  func truth(ofGuard decision: Int) -> Truth { guardTruths[decision] }
  func hasUnknownFacts() -> Bool { !unknownFacts().isEmpty }

  func applicability(of variable: Int) -> Truth {
    values[variable].cannotApply ? .no : values[variable].mayNotApply ? .unknown : .yes
  }
}
