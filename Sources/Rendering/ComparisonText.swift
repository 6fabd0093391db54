public import RuleAnalysis

/// What changes between two rulebooks, for a terminal, for a pull request, and for programs.
public enum ComparisonText {
  public static func text(_ comparison: Comparison) -> String { lines(comparison, isMarkdown: false) }

  /// As a comment on a pull request.
  public static func markdown(_ comparison: Comparison) -> String { lines(comparison, isMarkdown: true) }

  private static func lines(_ comparison: Comparison, isMarkdown: Bool) -> String {
    func shown(_ text: String) -> String { isMarkdown ? MarkdownText.escape(text) : text }
    func heading(_ text: String) -> [String] { isMarkdown ? ["", "### \(text)", ""] : ["", text, ""] }
    var lines: [String] = []
    if comparison.isEqual {
      lines.append("Proved equal: every plan is the same.")
    } else {
      if isMarkdown { lines.append("## What the change of rules means") }
      let (safety, rest) = (
        comparison.changes.filter(\.kind.isAboutSafety), comparison.changes.filter { !$0.kind.isAboutSafety }
      )
      for (title, changes) in [("Safety", safety), ("Other changes", rest)] where !changes.isEmpty {
        lines += heading(title)
        for change in changes { lines += entry(change, isMarkdown, shown) }
      }
      for (title, texts) in [
        ("In only one of them", comparison.declared), ("Not proved", comparison.notProved),
      ] where !texts.isEmpty {
        lines += heading(title)
        lines += texts.map { isMarkdown ? "- `\($0.filter { $0 != "`" })`" : "  \($0)" }
      }
      lines.append("")
    }
    let cases = comparison.cases
    if cases.total > 0 {
      let names = cases.changed.isEmpty ? "" : ": " + cases.changed.map(shown).joined(separator: ", ")
      lines.append("\(counted(cases, "cases"))\(names)")
    }
    if let cohort = comparison.cohort { lines.append(counted(cohort, "intakes of the cohort")) }
    return lines.drop { $0.isEmpty }.joined(separator: "\n") + "\n"
  }

  private static func counted(_ count: Comparison.Count, _ what: String) -> String {
    let unreadable = count.unreadable == 0 ? "" : " (\(count.unreadable) cannot be read by both)"
    return "\(count.changed.count) of \(count.total) \(what) change\(unreadable)"
  }

  private static func entry(_ change: Comparison.Change, _ isMarkdown: Bool, _ shown: (String) -> String) -> [String] {
    let what = "\(shown(change.label)) (\(shown(change.name))) \(words(change.kind))"
    let intake = change.intake.map { "\($0.name): \($0.text)" }.joined(separator: ", ")
    func side(_ name: String, _ text: String, _ rules: [String]) -> String {
      let by = rules.isEmpty ? "" : ", by " + rules.map(shown).joined(separator: ", ")
      return "\(name): \(shown(text))\(by)"
    }
    let indent = isMarkdown ? "  - " : "    "
    return [
      isMarkdown ? "- **\(what)**" : "  \(what)", indent + "for " + shown("{\(intake)}"),
      indent + side("before", change.before, change.rulesBefore),
      indent + side("after", change.after, change.rulesAfter),
    ]
  }

  private static func words(_ kind: Comparison.Kind) -> String {
    switch kind {
    case .lower: "can come out lower or later"
    case .lost: "can be lost"
    case .settledEarlier: "is settled where it was open"
    case .value: "changes"
    case .other: "changes in what is open, possible or covered"
    }
  }

  /// `{equal, safety, changes, declared, not_proved, cases, cohort}`.
  public static func json(_ comparison: Comparison) -> String {
    JSONText.render(Report(comparison))
  }

  private struct Report: Encodable {
    struct Answer: Encodable {
      var fact: String
      var answer: String
    }
    struct Change: Encodable {
      var kind: String
      var safety: Bool
      var name: String
      var intake: [Answer]
      var before: String
      var after: String
      var rulesBefore: [String]
      var rulesAfter: [String]
    }
    struct Count: Encodable {
      var changed: Int
      var total: Int
      var unreadable: Int

      init(_ count: Comparison.Count) {
        changed = count.changed.count
        total = count.total
        unreadable = count.unreadable
      }
    }
    var equal: Bool
    var safety: Bool
    var changes: [Change]
    var declared: [String]
    var notProved: [String]
    var cases: Count
    var changedCases: [String]
    var cohort: Count?

    init(_ comparison: Comparison) {
      equal = comparison.isEqual
      safety = comparison.touchesSafety
      changes = comparison.changes.map { change in
        Change(
          kind: change.kind.rawValue, safety: change.kind.isAboutSafety, name: change.name,
          intake: change.intake.map { Answer(fact: $0.name, answer: $0.text) }, before: change.before,
          after: change.after, rulesBefore: change.rulesBefore, rulesAfter: change.rulesAfter)
      }
      declared = comparison.declared
      notProved = comparison.notProved
      cases = Count(comparison.cases)
      changedCases = comparison.cases.changed
      cohort = comparison.cohort.map(Count.init)
    }
  }
}
