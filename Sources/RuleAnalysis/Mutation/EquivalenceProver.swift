public import RuleEngine

/// Whether two rulebooks give every person the same plan.
public enum Equivalence: Sendable {
  case equal
  /// This intake gets another plan.
  case differs(Intake)
  /// It could not be found out, and why.
  case unknown(reason: String)
}

/// Proves that two rulebooks are equal, or finds an intake for which they are not.
///
/// Both have the same variables, decisions and rules at the same places, as a ``Mutant`` and its rulebook do.
public protocol EquivalenceProver: Sendable {
  func compare(_ first: Program, _ second: Program) -> Equivalence
}
