package import RuleAnalysis
import RuleEngine

/// What a cohort would get, as Markdown: for a report.
package enum CohortMarkdown {
  /// - Parameters:
  ///   - charts: the folder of the charts as a reader of the text finds it; `nil` for a text without pictures.
  ///   - mostRows: how many rules and questions are listed at the most; JSON lists all.
  package static func render(_ summary: CohortSummary, charts: String?, mostRows: Int = 20) -> String {
    let words = CohortWords(summary: summary)
    let pictures = charts == nil ? [] : CohortCharts.all(summary)
    func picture(_ name: String) -> [String] {
      guard let charts, let chart = pictures.first(where: { $0.name == name }) else { return [] }
      return ["![\(MarkdownText.escape(chart.alternative))](\(charts)/\(name).svg)", ""]
    }
    var lines = [
      "# What \(CohortWords.people(summary.planned)) would get", "", MarkdownText.escape(words.introduction), "",
    ]
    if let hiding = words.hiding { lines += [hiding, ""] }
    lines += ["## How far the plans are settled", ""] + picture("plans")
    lines += table(
      ["", "plans", "share"],
      summary.statuses.reversed().map { row in
        [CohortWords.status(row.name), CohortWords.count(row.count), words.percent(row.count)]
      })
    for decision in summary.decisions {
      lines += ["## \(MarkdownText.escape(CohortWords.title(decision)))", ""]
      lines += picture(CohortCharts.name(decision.name))
      let rows = words.lines(decision)
      let hasRemarks = rows.contains { !$0.remark.isEmpty }
      lines += table(
        ["", "people", "share"] + (hasRemarks ? ["of these"] : []),
        rows.map { row in
          [row.label, CohortWords.count(row.count), words.percent(row.count)] + (hasRemarks ? [row.remark] : [])
        })
      if let nobody = words.nobody(decision) { lines += [MarkdownText.escape(nobody), ""] }
      if let amounts = decision.amounts {
        lines += [sentence(CohortWords.amounts(amounts, decision.unit)), ""]
      }
    }
    for derived in summary.derived {
      lines += ["## \(MarkdownText.escape(derived.label))", ""] + picture(CohortCharts.name(derived.name))
      lines += table(
        ["", "people", "share"],
        words.lines(derived).map { [$0.label, CohortWords.count($0.count), words.percent($0.count)] })
      if let amounts = derived.amounts { lines += [sentence(CohortWords.amounts(amounts, derived.unit)), ""] }
    }
    lines += ["## Rules that decide", ""] + picture("rules")
    lines += table(
      ["rule", "decides", "share", "applies"],
      summary.deciding.prefix(mostRows).map {
        [$0.id, CohortWords.count($0.decided), words.percent($0.decided), CohortWords.count($0.applied)]
      })
    if summary.deciding.count > mostRows { lines += ["And \(summary.deciding.count - mostRows) more.", ""] }
    lines += ["## Rules that never decide", "", MarkdownText.escape(sentence(CohortText.idle(summary))), ""]
    lines += ["## Where plans stay open", ""]
    let open = words.openDecisions()
    lines +=
      open.isEmpty
      ? ["Nowhere.", ""]
      : table(
        ["decision", "open", "share", "for want of"],
        open.map { [$0.title, CohortWords.count($0.open), words.percent($0.open), $0.needed] })
    if !summary.questions.isEmpty {
      lines += ["## The questions they wait for", ""] + picture("questions")
      lines += table(
        ["fact", "question", "wanted", "share", "declined or not known", "if it applies"],
        summary.questions.prefix(mostRows).map {
          [
            $0.fact, $0.ask, CohortWords.count($0.wanted), words.percent($0.wanted), CohortWords.count($0.unanswerable),
            CohortWords.count($0.later),
          ]
        })
      if summary.questions.count > mostRows { lines += ["And \(summary.questions.count - mostRows) more.", ""] }
    }
    return lines.joined(separator: "\n")
  }

  private static func sentence(_ text: String) -> String {
    text.isEmpty ? "" : text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  /// Numbers stand on the right: the columns after the first whose cells are all numbers.
  private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
    guard !rows.isEmpty else { return ["Nobody.", ""] }
    let isNumeric = head.indices.map { column in
      column > 0
        && rows.allSatisfy {
          $0[column].isEmpty || $0[column].first!.isNumber || $0[column] == "hidden"
            || "<>".contains($0[column].first!)
        }
    }
    func line(_ cells: [String]) -> String { "| \(cells.map(MarkdownText.escape).joined(separator: " | ")) |" }
    return [line(head), "|" + isNumeric.map { $0 ? "---:|" : "---|" }.joined()] + rows.map(line) + [""]
  }
}
