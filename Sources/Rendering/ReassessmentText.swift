public import PlanRecord
public import RuleEngine

/// Says what to do next with somebody who has a plan, and why.
public enum ReassessmentText {
  /// - Parameters:
  ///   - next: the decision of the new plan that says what to do next.
  ///   - taken: what was filled in from the earlier record, in words.
  public static func render(
    _ plan: Plan, _ next: DecisionPlan, earlier: AssessmentRecord.Version, taken: [String], style: TextStyle
  ) -> String {
    var lines: [String] = []
    let then = earlier.plan?["assessed_on"]?.text.map { ", assessed on \($0)" } ?? ""
    lines += style.wrap(
      "Earlier plan: version \(earlier.number), \(earlier.state.rawValue)\(then).".printable, indent: 0)
    if let sentence = earlier.plan?["sentence"]?.text { lines += style.wrap(sentence.printable, indent: 2) }
    lines += taken.map { "  Taken from the record: \($0)".printable } + [""]
    let value = next.standingLabel ?? (next.status == .notApplicable ? "does not apply" : next.summary)
    lines.append(style.paint("\(next.label): \(value)".printable, .bold))
    for reason in next.values.flatMap(\.reasons) {
      let sources = reason.sources.compactMap { plan.sources[$0]?.publisher ?? plan.sources[$0]?.title }
      let source = sources.isEmpty ? "" : " [\(sources.joined(separator: "; "))]"
      lines += style.wrap((reason.text + source).printable, indent: 2)
      for fact in reason.evidence.map(PlanLayout.text) {
        lines += style.wrap("- \(fact)".printable, indent: 6, first: 4)
      }
    }
    if next.status == .notApplicable {
      lines.append("  The person is not in this program now, by the new intake.")
    }
    if !next.needed.isEmpty, next.status == .open || next.status == .assumed {
      lines += ["", "Still needed:"]
      for question in plan.needed.flatMap(\.questions) where next.needed.contains(question.fact) {
        lines += style.wrap("- \(PlanLayout.text(of: question))".printable, indent: 4, first: 2)
      }
    }
    lines += [""] + style.wrap(PlanLayout.notice, indent: 0) + style.wrap(PlanLayout.redisclosure, indent: 0)
    return lines.joined(separator: "\n") + "\n"
  }
}
