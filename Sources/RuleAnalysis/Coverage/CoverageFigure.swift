/// What is counted. Each is a figure of its own, since none stands for another.
public enum CoverageFigure: String, Sendable, CaseIterable {
  /// Rules that applied.
  case rulesApplied = "rules-applied"
  /// What rules say, each value, option and item apart, that decided something.
  case rulesWon = "rules-won"
  /// What rules say and another rule can override, that was overridden.
  case rulesDefeated = "rules-defeated"
  /// Clauses of rules, guards and derived facts that held.
  case clausesTrue = "clauses-true"
  /// Clauses that did not hold.
  case clausesFalse = "clauses-false"
  /// Clauses about which not enough was known.
  case clausesUnknown = "clauses-unknown"
  /// Options, members and items that something can choose, that were in a plan for sure.
  case optionsChosen = "options-chosen"

  /// `rules` for the figures about rules.
  public var group: String { String(rawValue.prefix { $0 != "-" }) }
}
