public import RuleEngine

/// Something that does not hold for every possible intake, or a part of a rulebook that has no effect.
public struct Finding: Sendable {
  /// What kind of finding; the raw value is its stable id, with a page of the same name.
  public enum Kind: String, Sendable, CaseIterable {
    /// No rule covers some intake.
    case gap
    /// Two rules disagree.
    case conflict
    case ruleNeverApplies = "rule-never-applies"
    case ruleNeverWins = "rule-never-wins"
    case uselessOverride = "useless-override"
    case redundantRule = "redundant-rule"
    case optionNeverChosen = "option-never-chosen"
    case factNeverMatters = "fact-never-matters"
    case openInVain = "open-in-vain"
    case propertyViolated = "property-violated"
    /// The solver gave up.
    case notProved = "not-proved"
    /// The solver and the evaluator disagree: a defect of Handrail itself.
    case solverDisagrees = "solver-disagrees"
  }

  /// What it is about, and so where it is shown.
  public enum Subject: Hashable, Sendable {
    case rule(String)
    /// A fact, a derived fact, a decision or an item, by name.
    case variable(String)
    case property(String)
  }

  /// An intake that shows it, with only the answers that matter.
  public struct Witness: Sendable {
    public var intake: Intake
    /// A second intake, where two are compared.
    public var other: Intake?
    /// What came out, by the name of the decision.
    public var outcomes: [(name: String, text: String)]

    public init(intake: Intake, other: Intake? = nil, outcomes: [(name: String, text: String)] = []) {
      self.intake = intake
      self.other = other
      self.outcomes = outcomes
    }
  }

  public var kind: Kind
  public var subject: Subject
  /// One line, lower case, without a full stop.
  public var message: String
  /// Others that have to do with it, each with what to say of it.
  public var related: [(subject: Subject, message: String)]
  public var witness: Witness?
  /// What would mend it.
  public var advice: String?

  init(
    _ kind: Kind, _ subject: Subject, _ message: String, related: [(subject: Subject, message: String)] = [],
    witness: Witness? = nil, advice: String? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.message = message
    self.related = related
    self.witness = witness
    self.advice = advice
  }
}

extension Finding {
  static func notProved(_ what: String, _ subject: Subject, _ reason: String) -> Finding {
    Finding(
      .notProved, subject, "it could not be proved \(what): the solver gave up \(reason)",
      advice: "simplify the conditions; until then nothing is known about this")
  }

  /// What the solver found the evaluator does not confirm.
  static func disagreement(_ subject: Subject, _ what: String, _ intake: Intake) -> Finding {
    Finding(
      .solverDisagrees, subject,
      "the solver finds \(what) that the evaluator does not confirm: a defect of Handrail, please report it",
      witness: Witness(intake: intake))
  }
}
