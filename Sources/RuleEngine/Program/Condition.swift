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
  /// How a decision came out; stands only in the expectations of cases, never in rules.
  case outcome(decision: Int, OutcomeTest)

  /// What an expectation can ask of a decision as a whole.
  public enum OutcomeTest: String, Sendable, Codable, CaseIterable {
    case open
    case settled
    case gap
    case conflict
    case notApplicable = "not_applicable"
  }

  /// The conditions right below this one.
  public var parts: [Condition] {
    switch self {
    case .always, .test, .applies, .outcome: []
    case .all(let parts), .any(let parts), .atLeast(_, let parts): parts
    case .not(let part): [part]
    }
  }

  /// This condition and all below it.
  public var subtree: [Condition] { [self] + parts.flatMap(\.subtree) }
}
