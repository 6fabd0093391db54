package import RuleAnalysis
import RuleEngine

/// What a cohort would get, for reading on a terminal.
package enum CohortText {
  /// - Parameter mostRows: how many rules and questions are listed at the most; JSON lists all.
  package static func render(_ summary: CohortSummary, style: TextStyle, mostRows: Int = 20) -> String {
    let words = CohortWords(summary: summary)
    var lines = style.wrap("What \(CohortWords.people(summary.planned)) would get".printable, indent: 0)
      .map { style.paint($0, .bold) }
    lines += style.wrap(words.introduction.printable, indent: 0)
    if let hiding = words.hiding { lines += style.wrap(hiding, indent: 0) }
    let table = Table(words: words, style: style)

    lines += table.heading("How far the plans are settled")
    lines += table.rows(
      summary.statuses.reversed().map {
        CohortWords.Line(label: CohortWords.status($0.name), count: $0.count, remark: "", isWithoutValue: false)
      })
    for decision in summary.decisions {
      lines += table.heading(CohortWords.title(decision))
      lines += table.rows(words.lines(decision))
      if let nobody = words.nobody(decision) { lines += style.wrap(nobody.printable, indent: 2, first: 2) }
      if let amounts = decision.amounts {
        lines += style.wrap(CohortWords.amounts(amounts, decision.unit).printable, indent: 2, first: 2)
      }
    }
    for derived in summary.derived {
      lines += table.heading(derived.label)
      lines += table.rows(words.lines(derived))
      if let amounts = derived.amounts {
        lines += style.wrap(CohortWords.amounts(amounts, derived.unit).printable, indent: 2, first: 2)
      }
    }
    lines += table.heading("Rules that decide")
    lines += table.rows(
      summary.deciding.prefix(mostRows).map {
        CohortWords.Line(label: $0.id, count: $0.decided, remark: "", isWithoutValue: false)
      })
    if summary.deciding.count > mostRows { lines.append("  and \(summary.deciding.count - mostRows) more") }
    lines += table.heading("Rules that never decide: \(summary.idle.count)")
    lines += style.wrap(Self.idle(summary).printable, indent: 2, first: 2)
    let open = words.openDecisions()
    lines += table.heading("Where plans stay open")
    if open.isEmpty { lines.append("  nowhere") }
    for (title, count, needed) in open {
      lines += table.rows([CohortWords.Line(label: title, count: count, remark: "", isWithoutValue: false)])
      if !needed.isEmpty { lines += style.wrap("for want of \(needed)".printable, indent: 6, first: 4) }
    }
    if !summary.questions.isEmpty {
      lines += table.heading("The questions they wait for")
      for question in summary.questions.prefix(mostRows) {
        lines += table.rows(
          [CohortWords.Line(label: question.fact, count: question.wanted, remark: "", isWithoutValue: false)])
        lines += style.wrap(Self.remark(question).printable, indent: 6, first: 4)
      }
      if summary.questions.count > mostRows { lines.append("  and \(summary.questions.count - mostRows) more") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func idle(_ summary: CohortSummary) -> String {
    guard !summary.idle.isEmpty else { return "none" }
    return summary.idle.map { rule in
      if rule.isDisabled { return "\(rule.id) (disabled)" }
      return rule.applied == .count(0) ? rule.id : "\(rule.id) (applies to \(CohortWords.count(rule.applied)))"
    }.joined(separator: ", ")
  }

  static func remark(_ question: CohortSummary.Question) -> String {
    var parts = [question.ask]
    if question.unanswerable != .count(0) {
      parts.append("declined or not known: \(CohortWords.count(question.unanswerable))")
    }
    if question.later != .count(0) { parts.append("if it applies: \(CohortWords.count(question.later))") }
    return parts.joined(separator: " · ")
  }

  /// Names, counts, shares and bars in columns.
  private struct Table {
    let words: CohortWords
    let style: TextStyle
    private var nameWidth: Int { min(40, max(24, style.width - 44)) }
    private var barWidth: Int { max(0, style.width - nameWidth - 25) }

    init(words: CohortWords, style: TextStyle) {
      self.words = words
      self.style = style
    }

    func heading(_ text: String) -> [String] {
      [""] + style.wrap(text.printable, indent: 0).map { style.paint($0, .bold) }
    }

    func rows(_ lines: [CohortWords.Line]) -> [String] {
      lines.flatMap { line -> [String] in
        let label = line.label.printable.cut(to: nameWidth)
        let padding = String(repeating: " ", count: max(0, nameWidth - label.columns))
        let count = Self.right(CohortWords.count(line.count), 10)
        let percent = line.count == .hidden ? "" : Self.right(words.percent(line.count), 8)
        var text = "  \(label)\(padding)\(count)\(percent)"
        let bar = bar(line.count)
        if !bar.isEmpty { text += "  " + style.paint(bar, line.isWithoutValue ? .dim : .cyan) }
        return [text] + (line.remark.isEmpty ? [] : style.wrap(line.remark.printable, indent: 6, first: 4))
      }
    }

    private func bar(_ cell: CohortCell) -> String {
      guard let count = cell.count, count > 0, words.summary.planned > 0 else { return "" }
      let halves = max(1, count * barWidth * 2 / words.summary.planned)
      return String(repeating: "█", count: halves / 2) + (halves % 2 == 1 ? "▌" : "")
    }

    private static func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(1, width - text.columns)) + text
    }
  }
}
