public import RuleEngine

/// The answer to "why not this option?".
public enum WhyNotText {
  public static func render(_ answer: WhyNot, style: TextStyle) -> String {
    var lines = style.wrap(headline(answer).printable, indent: 0).map { style.paint($0, .bold) }
    for fact in facts(answer) { lines += style.wrap("- \(fact)".printable, indent: 4, first: 2) }
    if let chosen = answer.chosen { lines += style.wrap("Chosen: \(chosen)".printable, indent: 2, first: 2) }
    return lines.joined(separator: "\n") + "\n"
  }

  public static func markdown(_ answer: WhyNot) -> String {
    var lines = ["**\(headline(answer))**", ""] + facts(answer).map { "- \($0)" }
    if let chosen = answer.chosen { lines += ["", "Chosen: \(chosen)"] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What there is to say, the gravest first.
  private static func facts(_ answer: WhyNot) -> [String] {
    if !answer.guardBlockedBy.isEmpty {
      return ["the decision does not apply: \(StandingWords.clauses(answer.guardBlockedBy))"]
    }
    var facts = answer.ruledOutBy.map { "ruled out by \($0.id): \($0.because)" }
    if answer.isOtherwise, answer.status == .notChosen {
      let names = answer.decidedBy.joined(separator: ", ")
      let rules = names.isEmpty ? "" : ", and here \(names) \(answer.decidedBy.count == 1 ? "applies" : "apply")"
      facts.append("it stands where no rule recommends anything\(rules)")
    }
    facts += answer.rules.filter { $0.standing != .ruledOut }.map { "\($0.rule) \(StandingWords.text($0))" }
    if facts.isEmpty { facts.append("no rule recommends it") }
    return facts
  }

  public static func json(_ answer: WhyNot) -> String { JSONText.render(answer) }

  private static func headline(_ answer: WhyNot) -> String {
    let name = "\(answer.decisionLabel): \(answer.optionLabel)"
    switch answer.status {
    case .chosen: return "\(name) is in the plan."
    case .alsoPossible: return "\(name) is possible, too; another option is preferred."
    case .open: return "\(name) is still possible; the decision is open."
    case .notChosen: return "Why not \(name)?"
    case .notApplicable: return "\(name): the decision does not apply."
    }
  }
}
