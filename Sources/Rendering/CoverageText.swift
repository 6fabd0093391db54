public import RuleAnalysis
public import RuleEngine
public import RuleLanguage
import SourceText

/// What cases reach of a rulebook, for reading on a terminal.
public enum CoverageText {
  /// `rules that applied: 98.2 % (115 of 117), and at least 100 % is demanded`.
  public static func shortfall(_ count: Coverage.Count, minimum: Number) -> String {
    "\(CoverageWords.title(count.figure)): \(CoverageWords.percent(count)) (\(count.reached) of \(count.total)), and at "
      + "least \(minimum) % is demanded\n"
  }

  public static func render(_ coverage: Coverage, _ rulebook: Rulebook, _ program: Program, style: TextStyle) -> String
  {
    let cases = coverage.caseCount == 1 ? "1 case that gets its" : "\(coverage.caseCount) cases that get their"
    var lines = ["", style.paint("Coverage by the \(cases) plan", .bold)]
    let width = CoverageFigure.allCases.map { CoverageWords.title($0).count }.max() ?? 0
    for count in coverage.counts where count.total > 0 {
      let title = CoverageWords.title(count.figure)
      let percent = CoverageWords.percent(count)
      lines.append(
        "  " + title + String(repeating: " ", count: width - title.count + 9 - percent.count)
          + style.paint(percent, count.reached == count.total ? .green : .yellow)
          + "  \(count.reached) of \(count.total)")
    }
    let entries = CoverageWords(rulebook, program).entries(coverage)
    if !entries.isEmpty { lines += ["", style.paint("Never reached", .bold)] }
    for entry in entries {
      let place = entry.place.map { " (\(CaseWords.place($0)))" } ?? ""
      lines += style.wrap("\(entry.name)\(place)".printable, indent: 4, first: 2).map { style.paint($0, .cyan) }
      for line in entry.lines { lines += style.wrap("- \(line.text)".printable, indent: 6, first: 4) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
