public import RuleAnalysis

/// What changes between two rulebooks, for a terminal and for a pull request.
public enum ComparisonText {
  public static func text(_ comparison: Comparison) -> String {
    ComparisonText.Lines(isMarkdown: false).all(comparison)
  }

  /// As a comment on a pull request.
  public static func markdown(_ comparison: Comparison) -> String {
    ComparisonText.Lines(isMarkdown: true).all(comparison)
  }

  /// One sentence about all of it.
  static func verdict(_ comparison: Comparison) -> String {
    if comparison.isEqual {
      return "Proved equal: every plan is the same, for every intake, complete or not."
    }
    if !comparison.notProved.isEmpty {
      let found = comparison.touchesSafety ? "Plans change, and the change touches safety" : "Not everything was proved"
      return "\(found); what was not proved stands at the end."
    }
    if comparison.touchesSafety { return "Plans change, and the change touches safety." }
    return comparison.examples.isEmpty
      ? "Nobody who can be asked the same gets another plan, but not the same is asked or decided."
      : "Plans change. No level falls, nothing is lost or held back, and nothing is settled where it was open."
  }

  private struct Lines {
    let isMarkdown: Bool

    func all(_ comparison: Comparison) -> String {
      var lines = [isMarkdown ? "**\(ComparisonText.verdict(comparison))**" : ComparisonText.verdict(comparison)]
      let safety = comparison.examples.filter(\.isAboutSafety)
      let rest = comparison.examples.filter { !$0.isAboutSafety }
      let (gone, declared) = (
        comparison.declared.filter(\.isAboutSafety), comparison.declared.filter { !$0.isAboutSafety }
      )
      // What was done, and how many it meets, before the details: a reviewer may need no more.
      lines += section("Written otherwise", comparison.parts.isEmpty ? [] : [parts(comparison)])
      let counts = counts(comparison)
      if !counts.isEmpty { lines += [""] + counts }
      lines += section("Safety", gone.map { item($0.message) } + safety.map(example))
      lines += section("Other changes", rest.map(example))
      lines += section("Asked or decided in only one of them", declared.map { item($0.message) })
      lines += section("Not proved", comparison.notProved.map { item($0.message) })
      return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ title: String, _ entries: [[String]]) -> [String] {
      guard !entries.isEmpty else { return [] }
      return (isMarkdown ? ["", "### \(title)", ""] : ["", title]) + entries.joined()
    }

    private func shown(_ text: String) -> String { isMarkdown ? MarkdownText.escape(text) : text }

    private func item(_ message: String) -> [String] {
      isMarkdown ? ["- \(message)"] : ["  \(message.filter { $0 != "`" })"]
    }

    /// An intake, and what changes for it: what changed by itself with its rules, what follows from it in short.
    private func example(_ example: Comparison.Example) -> [String] {
      let intake = "{" + example.answers.map { "\($0.name): \($0.text)" }.joined(separator: ", ") + "}"
      let whose = example.answers.isEmpty ? "before anything is answered" : "for \(isMarkdown ? "`\(intake)`" : intake)"
      var lines = [isMarkdown ? "- \(whose)" : "  \(whose)"]
      for change in example.changes where !change.isConsequence {
        lines.append(line(change, change.kind.words))
        lines.append((isMarkdown ? "    - " : "      ") + side("before", change.before, change.rulesBefore))
        lines.append((isMarkdown ? "    - " : "      ") + side("after", change.after, change.rulesAfter))
      }
      let following = example.changes.filter(\.isConsequence)
      for change in following where change.kind.isLoss {
        lines.append(line(change, "\(change.kind.words): \(change.before), then \(change.after)"))
      }
      let others = following.filter { !$0.kind.isLoss }.map { isMarkdown ? "`\($0.name)`" : $0.name }
      if !others.isEmpty {
        let what =
          "\(following.count == example.changes.count ? "also" : "with it") \(others.count == 1 ? "changes" : "change")"
        lines.append("\(isMarkdown ? "  - " : "    ")\(what) \(others.joined(separator: ", "))")
      }
      return lines
    }

    private func line(_ change: Comparison.Change, _ words: String) -> String {
      let place = isMarkdown ? "`\(change.name)`" : change.name
      return isMarkdown
        ? "  - **\(shown(change.label))** (\(place)) \(shown(words))" : "    \(change.label) (\(place)) \(words)"
    }

    private func side(_ name: String, _ text: String, _ rules: [String]) -> String {
      let by = rules.isEmpty ? "" : ", by " + rules.map { isMarkdown ? "`\($0)`" : $0 }.joined(separator: ", ")
      return "\(name): \(shown(text))\(by)"
    }

    /// `rules a, b (new), c (gone)`, a line for each kind.
    private func parts(_ comparison: Comparison) -> [String] {
      ChangedPart.Kind.allCases.compactMap { kind in
        let parts = comparison.parts.filter { $0.kind == kind }
        guard !parts.isEmpty else { return nil }
        let names = parts.map { part in
          (isMarkdown ? "`\(part.name)`" : part.name) + note(part, comparison)
        }
        return "\(isMarkdown ? "- " : "  ")\(kind.words(parts.count)) \(names.joined(separator: ", "))"
      }
    }

    /// ` (new)`, ` (changes nothing where it applies)`; that is not said where nothing changes at all.
    private func note(_ part: ChangedPart, _ comparison: Comparison) -> String {
      var notes = part.how == .changed ? [] : [part.how.rawValue]
      if part.changesNothing, !comparison.isEqual { notes.append("changes nothing where it applies") }
      return notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
    }

    private func counts(_ comparison: Comparison) -> [String] {
      var lines: [String] = []
      if comparison.cases.total > 0 {
        let names = comparison.cases.changed.map { isMarkdown ? "`\($0)`" : $0 }.joined(separator: ", ")
        lines.append(counted(comparison.cases, "case", "cases") + (names.isEmpty ? "" : ": \(names)"))
      }
      if let cohort = comparison.cohort {
        lines.append(counted(cohort, "intake of the cohort", "intakes of the cohort"))
      }
      // Two lines of Markdown without a blank one between are one paragraph.
      return isMarkdown ? lines.flatMap { [$0, ""] }.dropLast() : lines
    }

    private func counted(_ count: Comparison.Count, _ one: String, _ many: String) -> String {
      var text = "\(count.changed.count) of \(count.total) \(count.total == 1 ? one : many) "
      text += count.changed.count == 1 || count.total == 1 ? "changes" : "change"
      var notes: [String] = []
      if count.safety > 0 { notes.append("\(count.safety) of them in what touches safety") }
      if count.unreadable > 0 { notes.append("\(count.unreadable) cannot be read by both") }
      return notes.isEmpty ? text : text + " (\(notes.joined(separator: "; ")))"
    }
  }
}

extension Comparison.Kind {
  /// Whether somebody gets less, so that it is told even where it only follows from something else.
  fileprivate var isLoss: Bool { self == .lower || self == .lost || self == .heldBack }

  /// What happens, after the name of the place.
  fileprivate var words: String {
    switch self {
    case .lower: "can come out lower or later"
    case .lost: "can be lost"
    case .heldBack: "waits for answers that it did not wait for"
    case .settledEarlier: "is settled where it was open"
    case .broken: "is without a value where rules agreed"
    case .value: "changes"
    case .opened: "is open where it was settled"
    case .other: "is still open, with other outcomes"
    case .asked: "is asked of others than before"
    case .possible: "were possible or impossible, and are no more"
    }
  }
}

extension ChangedPart.Kind {
  fileprivate func words(_ count: Int) -> String {
    let (one, many) =
      switch self {
      case .rule: ("rule", "rules")
      case .derived: ("derived fact", "derived facts")
      case .parameter: ("parameter", "parameters")
      case .decision: ("decision", "decisions")
      case .question: ("question", "questions")
      case .impossible: ("impossible", "impossible")
      }
    return count == 1 ? one : many
  }
}
