package import RuleAnalysis
import RuleEngine

/// Charts of a summary as SVG, each for one slide: bars with their names, counts and shares.
package struct CohortCharts {
  package struct Chart: Sendable {
    /// The name of its file, without the ending.
    package var name: String
    /// What it shows, for who cannot see it.
    package var alternative: String
    package var svg: String
  }

  private let summary: CohortSummary
  private let words: CohortWords
  /// So many rules fit on a slide, and so many questions, which take two lines each.
  private static let mostRows = 15
  private static let mostQuestions = 10
  /// More different amounts are no bars any more; their average and middle stand in the table.
  private static let mostAmounts = 40

  private init(_ summary: CohortSummary) {
    self.summary = summary
    words = CohortWords(summary: summary)
  }

  /// The name of the file of a decision: `level_of_care-intensive`.
  static func name(_ decision: String) -> String { "decision-\(decision.replacing(".", with: "-"))" }

  /// All charts: of the plans as a whole, of each decision and number, of the rules and of the questions.
  package static func all(_ summary: CohortSummary) -> [Chart] {
    let charts = CohortCharts(summary)
    return [charts.plans()] + summary.decisions.compactMap(charts.decision) + summary.derived.compactMap(charts.derived)
      + [charts.rules(), charts.questions()].compactMap(\.self)
  }

  // MARK: The charts

  private func plans() -> Chart {
    let isSettled: Set = ["final", "final_regardless"]
    return chart(
      "plans", "How far the plans are settled", "",
      summary.statuses.reversed().map { row in
        BarChart.Bar(
          label: CohortWords.status(row.name), cell: row.count, isMuted: !isSettled.contains(row.name))
      })
  }

  private func decision(_ decision: CohortSummary.DecisionSummary) -> Chart? {
    var bars = words.lines(decision).map { line in
      BarChart.Bar(label: line.label, cell: line.count, isMuted: line.isWithoutValue)
    }
    guard !bars.isEmpty else { return nil }
    var remark = decision.amounts.map { CohortWords.amounts($0, decision.unit) } ?? ""
    let members = words.included(decision)
    for (index, member) in members.enumerated() {
      if let mean = member.amounts?.mean { bars[index].average = CohortWords.text(mean, member.unit) }
    }
    if bars.contains(where: { $0.average != nil }) { remark = "⌀: the average of those who get it" }
    let none = decision.members.count - members.count
    if none > 0 { remark += (remark.isEmpty ? "" : "; ") + "nobody gets \(none) of the others for sure" }
    return chart(Self.name(decision.name), CohortWords.title(decision), remark, bars)
  }

  private func derived(_ derived: CohortSummary.Derived) -> Chart? {
    guard !derived.byAmount.isEmpty, derived.byAmount.count <= Self.mostAmounts else { return nil }
    return chart(
      Self.name(derived.name), derived.label,
      derived.amounts.map { CohortWords.amounts($0, derived.unit) } ?? "",
      words.lines(derived).map { BarChart.Bar(label: $0.label, cell: $0.count, isMuted: $0.isWithoutValue) })
  }

  private func rules() -> Chart? {
    guard !summary.deciding.isEmpty else { return nil }
    let rest = summary.deciding.count - Self.mostRows
    let more = rest > 0 ? "\(rest) more decide less often; " : ""
    return chart(
      "rules", "The rules that decide most plans", "\(more)\(summary.idle.count) never decide",
      summary.deciding.prefix(Self.mostRows).map { BarChart.Bar(label: $0.id, cell: $0.decided, isMuted: false) })
  }

  private func questions() -> Chart? {
    let wanted = summary.questions.filter { $0.wanted != .count(0) }
    guard !wanted.isEmpty else { return nil }
    let rest = wanted.count - Self.mostQuestions
    return chart(
      "questions", "The questions that keep plans open",
      rest > 0 ? "\(rest) more are wanted less often" : "",
      wanted.prefix(Self.mostQuestions).map { BarChart.Bar(label: $0.ask, cell: $0.wanted, isMuted: false) })
  }

  private func chart(_ name: String, _ title: String, _ remark: String, _ bars: [BarChart.Bar]) -> Chart {
    let alternative =
      "\(title): "
      + bars.map { bar in
        let percent = words.percent(bar.cell)
        return "\(bar.label) \(CohortWords.count(bar.cell))" + (percent.isEmpty ? "" : " (\(percent))")
      }.joined(separator: "; ")
    let whole = "\(CohortWords.people(summary.planned)); \(summary.rulebook.title), \(summary.rulebook.version)"
    let chart = BarChart(
      title: title, remark: remark.prefix(1).uppercased() + remark.dropFirst(),
      footer: whole + (words.hiding.map { ". \($0)" } ?? ""), bars: bars,
      whole: summary.planned)
    return Chart(name: name, alternative: alternative, svg: chart.svg(alternative: alternative))
  }
}
