public import RuleEngine

/// One thing in which a plan differs from what its case promises.
public struct CaseDifference: Sendable {
  /// Which part of the case it breaks.
  public enum Kind: String, Sendable, CaseIterable {
    case expect
    case exactly
    case because
    case notBecause = "not_because"
    case needs
    case given
  }

  public var kind: Kind
  /// The decision, item, fact or rule it is about; empty where it is about several.
  public var field: String
  /// In words: `at least 10`, `decides`, `nothing`.
  public var expected: String
  /// In words; where an answer of an intake file would show, `something else`.
  public var found: String
  /// What decided, the nearest first.
  public var trace: [CaseTrace]
}

/// One step on the way to what was found. Answers that come from an intake file are not in it.
public enum CaseTrace: Sendable {
  /// The rule decided, since these facts are so.
  case decided(rule: String, chose: String, since: [Evidence])
  /// No rule recommends anything, and this is what the decision says for that.
  case otherwise(String)
  /// Another rule, and why it did not decide.
  case stands(RuleStanding)
  /// These rules rule the option out.
  case ruledOut(option: String, by: [String])
  /// The decision does not apply.
  case doesNotApply([BlockingClause])
  /// These facts are still needed, by their names.
  case open([String])
  /// A derived fact follows from these.
  case follows([Evidence])
}
