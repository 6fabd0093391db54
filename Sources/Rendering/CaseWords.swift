import RuleAnalysis
import RuleEngine
import SourceText

/// Says in words what differs from the promise of a case, and why.
enum CaseWords {
  /// `track: expected Daytime, found Evening`.
  static func text(_ difference: CaseDifference) -> String {
    switch difference.kind {
    case .expect, .exactly, .needs:
      guard !difference.field.isEmpty else { return "expected \(difference.expected): \(difference.found)" }
      return "\(difference.field): expected \(difference.expected), found \(difference.found)"
    case .because: return "because: `\(difference.field)` \(difference.found)"
    case .notBecause: return "not_because: `\(difference.field)` \(difference.found)"
    case .given: return "given: these answers cannot all be right: \(difference.found)"
    }
  }

  static func text(_ trace: CaseTrace) -> String {
    switch trace {
    case .decided(let rule, let chose, let since):
      let facts = since.map(PlanLayout.text(of:)).joined(separator: "; ")
      return "\(rule) decides for \(chose)" + (facts.isEmpty ? "" : ", since \(facts)")
    case .otherwise(let chose): return "no rule recommends anything, so it is \(chose)"
    case .stands(let standing): return "\(standing.rule) \(StandingWords.text(standing))"
    case .ruledOut(let option, let rules): return "\(option) is ruled out by \(rules.joined(separator: ", "))"
    case .doesNotApply(let clauses): return "the decision does not apply: \(StandingWords.clauses(clauses))"
    case .open(let facts): return "it is open for want of \(facts.joined(separator: ", "))"
    case .follows(let evidence):
      return "it follows from \(evidence.map(PlanLayout.text(of:)).joined(separator: "; "))"
    }
  }

  /// `63 passed, 1 failed`.
  static func summary(_ results: [CaseRunner.Result]) -> String {
    let passed = results.count { $0.hasPassed }
    return "\(passed) passed, \(results.count - passed) failed"
  }

  static let none = "There are no cases; write at least one under `cases:`."

  /// `Rules/cases/level.yaml:12`.
  static func place(_ range: SourceRange) -> String { "\(range.file):\(range.start.line)" }
}
