package import RuleEngine
package import SourceText

/// A condition by names. In texts and conditions, variables and parameters are numbered by ``SymbolTable/number(of:)``.
package indirect enum CheckedCondition: Sendable {
  case always
  case test(String, Matcher, SourceRange)
  case applies(rule: String)
  case all([CheckedCondition])
  case any([CheckedCondition])
  case not(CheckedCondition)
  case atLeast(Int, [CheckedCondition])
  case outcome(decision: String, Condition.OutcomeTest)
  case plan(Condition.OutcomeTest)
  case unknown(String)

  package var parts: [CheckedCondition] {
    switch self {
    case .always, .test, .applies, .outcome, .plan, .unknown: []
    case .all(let parts), .any(let parts), .atLeast(_, let parts): parts
    case .not(let part): [part]
    }
  }

  /// The variables it reads, at any depth.
  package var names: [String] {
    switch self {
    case .test(let name, _, _): [name]
    case .outcome(let decision, _): [decision]
    case .unknown(let name): [name]
    default: parts.flatMap(\.names)
    }
  }

  /// The rules whose application it asks for, at any depth.
  package var rules: [String] {
    if case .applies(let rule) = self { [rule] } else { parts.flatMap(\.rules) }
  }
}
