/// When something holds. Variables and rules are named by their places in the ``Program``.
public indirect enum Condition: Sendable, Codable, Equatable {
  case always
  case test(variable: Int, Matcher)
  /// Whether the condition of another rule holds.
  case applies(rule: Int)
  case all([Condition])
  case any([Condition])
  case not(Condition)
  case atLeast(Int, [Condition])
  /// How a decision came out; stands only in cases and properties, never in rules.
  case outcome(decision: Int, OutcomeTest)
  /// How the plan as a whole came out; stands only in cases and properties.
  case plan(OutcomeTest)
  /// Whether more than one value is possible; stands only in cases and properties. Not so of what does not apply.
  case unknown(variable: Int)

  /// What an expectation can ask of a decision, or of the plan, as a whole.
  public enum OutcomeTest: String, Sendable, Codable, CaseIterable {
    case open
    case settled
    case gap
    case conflict
    /// Of a decision only.
    case notApplicable = "not_applicable"
    /// Of the plan only: settled, without a gap or conflict, and no fact that can apply is unknown.
    case final

    /// The tests of one decision.
    public static let ofDecisions = allCases.filter { $0 != .final }
    /// The tests of the whole plan.
    public static let ofPlans = allCases.filter { $0 != .notApplicable }
  }

  /// The conditions right below this one.
  public var parts: [Condition] {
    switch self {
    case .always, .test, .applies, .outcome, .plan, .unknown: []
    case .all(let parts), .any(let parts), .atLeast(_, let parts): parts
    case .not(let part): [part]
    }
  }

  /// Whether it can tell a plan that is still open from one that is not, so that it says something of partial intakes.
  public var speaksOfTheUnknown: Bool {
    subtree.contains { part in
      switch part {
      case .unknown, .plan, .outcome(_, .open), .outcome(_, .settled): true
      case .test(_, let matcher): matcher.test == .declined || matcher.test == .doesNotKnow
      default: false
      }
    }
  }

  /// This condition and all below it.
  public var subtree: [Condition] { [self] + parts.flatMap(\.subtree) }
}
