public import RuleEngine

/// The answer to "why not this option?".
public enum WhyNotText {
  public static func render(_ answer: WhyNot, style: TextStyle) -> String {
    var lines = style.wrap(headline(answer).printable, indent: 0).map { style.paint($0, .bold) }
    for rule in answer.ruledOutBy {
      lines += style.wrap("- ruled out by \(rule.id): \(rule.because)".printable, indent: 4, first: 2)
    }
    if answer.rules.isEmpty { lines.append("  No rule recommends it.") }
    for rule in answer.rules {
      lines += style.wrap("- \(rule.rule) \(StandingWords.text(rule))".printable, indent: 4, first: 2)
    }
    if let chosen = answer.chosen {
      lines += style.wrap("Chosen: \(chosen)".printable, indent: 2, first: 2)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  public static func markdown(_ answer: WhyNot) -> String {
    var lines = ["**\(headline(answer))**", ""]
    lines += answer.ruledOutBy.map { "- ruled out by `\($0.id)`: \($0.because)" }
    lines += answer.rules.map { "- `\($0.rule)` \(StandingWords.text($0))" }
    if answer.rules.isEmpty { lines.append("- No rule recommends it.") }
    if let chosen = answer.chosen { lines += ["", "Chosen: \(chosen)"] }
    return lines.joined(separator: "\n") + "\n"
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
