/// What came out for one person, slot by slot: enough to write a plan without its reasons.
package protocol PlanOutcomes: ~Copyable {
  /// Whether a decision applies for sure.
  func applies(_ decision: Int) -> Bool
  /// What a decision with one value came out as.
  func result(of decision: Int) -> PlanMachine.Result
  /// What a slot of a decision came out as, both by their places in the ``Program``.
  func result(of decision: Int, slot: Int) -> PlanMachine.Result
  /// Calls `body` with each slot of a set or menu that is not out.
  func forEachSlotNotOut(of decision: Int, _ body: (_ slot: Int, PlanMachine.Result) -> Void)
  /// The outcomes of a decision with one value; none for a set or menu.
  func outcomes(of decision: Int) -> Set<Evaluation.Outcome>
  /// The outcomes of a slot of a decision, both by their places in the ``Program``.
  func outcomes(of decision: Int, slot: Int) -> Set<Evaluation.Outcome>
}
