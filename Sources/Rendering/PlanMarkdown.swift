public import RuleEngine

/// A plan as Markdown, with reasons and sources: for a record, a message or a print.
public enum PlanMarkdown {
  /// - Parameter isFull: whether it also names rules, facts, and what was not chosen and why.
  public static func render(_ plan: Plan, isFull: Bool = false) -> String {
    let layout = PlanLayout(plan)
    var lines = ["# \(escape(layout.title))", "", "\(layout.assessedOn). Rulebook \(layout.identity).", ""]
    lines += body(layout, isFull: isFull)
    lines += ["---", "", PlanLayout.notice, "", PlanLayout.redisclosure]
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the plan says, without the rulebook that says it: for a case.
  static func explanation(of plan: Plan, title: String, why: String?) -> String {
    let layout = PlanLayout(plan)
    var lines = ["# \(escape(title))", ""]
    if let why { lines += ["> \(escape(why))", ""] }
    lines += ["\(layout.assessedOn).", ""] + body(layout, isFull: false)
    if lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func body(_ layout: PlanLayout, isFull: Bool) -> [String] {
    var lines = ["**\(escape(layout.sentence))**", "", escape(layout.status), ""]
    if !layout.availability.isEmpty { lines += [escape(layout.availability), ""] }
    for group in layout.groups {
      let rows = group.rows.flatMap { row($0, isFull: isFull) }
      guard !rows.isEmpty else { continue }
      lines += ["## \(escape(group.title))", ""] + rows + [""]
    }
    if layout.hasPhases {
      lines += ["“Then” leads from the intensive to the transition and the continuing phase.", ""]
    }
    if !layout.needed.isEmpty {
      lines += ["## Still needed", ""]
      for section in layout.needed {
        lines +=
          ["### \(escape(section.title))", ""] + section.questions.map { "- \(escape(PlanLayout.text(of: $0)))" } + [""]
      }
    }
    for remark in layout.remarks { lines += [escape(remark), ""] }
    if let ways = layout.ways {
      lines += ["## What would change it", ""]
      for way in ways {
        lines.append("- **\(escape(way.changes))**")
        lines += way.results.map { "  - \(escape($0))" }
      }
      if !ways.isEmpty { lines.append("") }
      for remark in layout.waysRemarks { lines += [remark, ""] }
    }
    return lines
  }

  private static func row(_ row: PlanLayout.Row, isFull: Bool) -> [String] {
    if row.reasons.isEmpty, row.value.isEmpty, !row.details.isEmpty, !isFull { return [] }
    var lines = [row.value.isEmpty ? "- **\(escape(row.label))**" : "- **\(escape(row.label))**: \(escape(row.value))"]
    lines += row.selections.map { "  - **\(escape($0))**" }
    for line in row.here { lines.append("  - \(escape(line))") }
    for reason in row.reasons {
      let source = reason.source.isEmpty ? "" : " _\(escape(reason.source))_"
      lines.append("  - \(escape(reason.text))\(source)")
      if isFull {
        let rule = reason.rule.map { "rule `\($0)`" }
        let facts = reason.facts.map(escape).joined(separator: "; ")
        let parts = [rule, facts.isEmpty ? nil : facts].compactMap(\.self)
        if !parts.isEmpty { lines.append("    - \(parts.joined(separator: ": "))") }
      }
    }
    if !row.reasonsAbove.isEmpty {
      lines.append("  - For the reason given at \(escape(row.reasonsAbove.joined(separator: ", "))).")
    }
    if isFull { lines += row.details.map { "  - \(escape($0))" } }
    return lines
  }

  private static func escape(_ text: String) -> String { MarkdownText.escape(text) }
}
