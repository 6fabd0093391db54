public import PlanRecord
public import RuleEngine

/// The clinician's paper: the plan with reasons and sources, and where to sign.
public enum PlanHTML {
  /// - Parameter version: where the plan comes from a record: who reviewed and signed it, and its seal.
  public static func render(_ plan: Plan, version: AssessmentRecord.Version? = nil) -> String {
    let layout = PlanLayout(plan)
    return HTMLText.page(
      title: layout.title, language: plan.language, style: style, body: body(layout, plan, version, isFull: false))
  }

  static func body(
    _ layout: PlanLayout, _ plan: Plan, _ version: AssessmentRecord.Version?, isFull: Bool
  ) -> [String] {
    func escape(_ text: String) -> String { HTMLText.escape(text) }
    var lines = ["<p class=\"notice\">\(escape(PlanLayout.redisclosure))</p>", "<h1>\(escape(layout.title))</h1>"]
    lines.append("<p>\(escape(layout.assessedOn)). Rulebook \(escape(layout.identity)).</p>")
    lines.append("<p><strong>\(escape(layout.sentence))</strong></p>")
    lines.append("<p>\(escape(layout.status))</p>")
    for group in layout.groups {
      let rows = group.rows.filter { isFull || !$0.value.isEmpty || !$0.reasons.isEmpty }
      guard !rows.isEmpty else { continue }
      lines.append("<h2>\(escape(group.title))</h2>")
      for row in rows { lines += self.row(row, isFull: isFull) }
    }
    if layout.hasPhases {
      lines.append("<p class=\"small\">“Then” leads from the intensive to the transition and the continuing phase.</p>")
    }
    if !layout.needed.isEmpty {
      lines.append("<h2>Still needed</h2>")
      for section in layout.needed {
        lines += ["<p>\(escape(section.title))</p>", "<ul>"]
        lines += section.questions.map { "<li>\(escape(PlanLayout.text(of: $0)))</li>" } + ["</ul>"]
      }
    }
    lines += layout.remarks.map { "<p>\(escape($0))</p>" }
    lines += sources(plan)
    lines += signatures(version)
    return lines + ["<p class=\"small\">\(escape(PlanLayout.notice))</p>"]
      + ["<p class=\"notice\">\(escape(PlanLayout.redisclosure))</p>"]
  }

  private static func row(_ row: PlanLayout.Row, isFull: Bool) -> [String] {
    func escape(_ text: String) -> String { HTMLText.escape(text) }
    var lines = [
      "<div class=\"row\"><p><strong>\(escape(row.label))</strong>\(row.value.isEmpty ? "" : ": ")\(escape(row.value))</p>"
    ]
    lines += row.selections.map { "<p class=\"selected\">\(escape($0))</p>" }
    lines += row.here.map { "<p class=\"selected\">\(escape($0))</p>" }
    for reason in row.reasons {
      let source = reason.source.isEmpty ? "" : " <span class=\"source\">[\(escape(reason.source))]</span>"
      lines.append("<p class=\"reason\">\(escape(reason.text))\(source)</p>")
      if isFull {
        let rule = reason.rule.map { "rule \($0)" } ?? ""
        let parts = ([rule] + reason.facts).filter { !$0.isEmpty }
        if !parts.isEmpty { lines.append("<p class=\"fact\">\(escape(parts.joined(separator: "; ")))</p>") }
      }
    }
    if !row.reasonsAbove.isEmpty {
      lines.append(
        "<p class=\"reason\">For the reason given at \(escape(row.reasonsAbove.joined(separator: ", "))).</p>")
    }
    if isFull { lines += row.details.map { "<p class=\"fact\">\(escape($0))</p>" } }
    return lines + ["</div>"]
  }

  private static func sources(_ plan: Plan) -> [String] {
    guard !plan.sources.isEmpty else { return [] }
    return ["<h2>Sources</h2>", "<ul class=\"small\">"]
      + SourceWords.lines(plan).map { "<li>\(HTMLText.escape($0))</li>" } + ["</ul>"]
  }

  /// Who did what, if it is on record, and room for hands.
  private static func signatures(_ version: AssessmentRecord.Version?) -> [String] {
    var lines = ["<h2>Signature</h2>"]
    if let version {
      lines += RecordWords.standing(version).map { "<p>\(HTMLText.escape($0))</p>" }
    } else {
      lines.append("<p>A draft from an intake; nothing is on record.</p>")
    }
    lines.append("<p class=\"sign\">Name, licence: <span></span></p>")
    return lines + ["<p class=\"sign\">Signature, date: <span></span></p>"]
  }

  static let style = """
    body { font-size: 9.5pt; }
    .notice { border: 0.3mm solid #000; padding: 0.3em 0.5em; font-size: 8.5pt; }
    .row { margin: 0.35em 0; }
    .reason, .selected, .fact { margin-left: 6mm; }
    .selected { font-weight: bold; }
    .source, .fact, .small { font-size: 8.2pt; color: #333; }
    .fact { margin-left: 12mm; }
    .sign span { display: inline-block; width: 60%; border-bottom: 0.3mm solid #000; height: 1.6em; }
    td, th { font-size: 8.4pt; overflow-wrap: anywhere; }

    """
}

/// The sources that a plan cites, in full.
enum SourceWords {
  static func lines(_ plan: Plan) -> [String] {
    plan.sources.values.sorted { $0.id < $1.id }.map { source in
      let year = source.year.map(String.init)
      let parts = [source.title, source.publisher, year, source.place].compactMap(\.self).filter { !$0.isEmpty }
      return "\(parts.joined(separator: ", ")) (\(source.kind.rawValue)\(source.isConfirmed ? "" : ", not confirmed"))"
    }
  }
}
