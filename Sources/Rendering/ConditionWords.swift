import RuleEngine

/// Says a condition in the words of the rulebook.
struct ConditionWords {
  private let wording: Wording
  private var program: Program { wording.evaluation.program }

  init(_ wording: Wording) {
    self.wording = wording
  }

  /// A condition in one line: `Working hours: Days, and Hours can change: No`.
  func text(_ condition: Condition) -> String {
    switch condition {
    case .always: return "always"
    case .test(let variable, let matcher):
      return "\(wording.label(of: variable)): \(wording.matcher(matcher, of: variable))"
    case .applies(let rule): return "\(program.rules[rule].id) applies"
    case .all(let parts): return parts.map { part($0) }.joined(separator: ", and ")
    case .any(let parts): return parts.map { part($0) }.joined(separator: ", or ")
    case .not(let part): return "not (\(text(part)))"
    case .atLeast(let count, let parts):
      return "at least \(count) of: " + parts.map { part($0) }.joined(separator: "; ")
    case .plan(let test): return "the plan: \(test.rawValue)"
    case .unknown(let variable): return "\(wording.label(of: variable)): not known"
    case .outcome(let decision, let test):
      return "\(wording.label(of: program.decisions[decision].variable)): \(test.rawValue)"
    }
  }

  private func part(_ condition: Condition) -> String {
    condition.parts.count > 1 ? "(\(text(condition)))" : text(condition)
  }
}
