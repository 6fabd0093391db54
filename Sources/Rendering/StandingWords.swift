import RuleEngine

/// Says how a rule stands.
enum StandingWords {
  static func text(_ standing: RuleStanding) -> String {
    if let disabled = standing.disabled { return "is disabled by \(disabled.overlay): \(disabled.reason)" }
    let by = standing.by.joined(separator: ", ")
    switch standing.standing {
    case .won: return "decides"
    case .applies: return by.isEmpty ? "applies" : "applies, and may be outranked by \(by)"
    case .outranked: return by.isEmpty ? "applies, and another option is preferred" : "is outranked by \(by)"
    case .defeated: return "is overridden by \(by)"
    case .ruledOut: return "is ruled out by \(by)"
    case .conflicts: return "disagrees with \(by)"
    case .mayApply: return "may apply: \(clauses(standing.blockedBy))"
    case .doesNotApply: return "does not apply: \(clauses(standing.blockedBy))"
    }
  }

  static func clauses(_ clauses: [BlockingClause]) -> String {
    guard !clauses.isEmpty else { return "it can never apply" }
    return clauses.map { clause in
      let isThere = clause.found != "does not apply"
      return "\(clause.label) needs \(clause.needs), \(isThere ? "is \(clause.found)" : "but does not apply")"
    }.joined(separator: "; ")
  }
}
