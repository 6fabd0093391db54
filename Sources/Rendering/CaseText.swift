public import RuleAnalysis

/// The outcome of running cases, for reading on a terminal.
///
/// ```
/// leave-not-asked did not get its plan (clinic/cases.yaml:14):
///   track: expected Daytime, found Evening
///     keep-the-day-job decides for Evening, since Working hours: Days
/// ```
public enum CaseText {
  public static func render(_ results: [CaseRunner.Result], style: TextStyle) -> String {
    guard !results.isEmpty else { return CaseWords.none + "\n" }
    var lines: [String] = []
    for result in results where !result.hasPassed {
      let heading = "\(result.id) did not get its plan (\(CaseWords.place(result.place))):"
      lines += style.wrap(heading.printable, indent: 0).map { style.paint($0, .bold) }
      if let why = result.why { lines += style.wrap("“\(why)”".printable, indent: 2).map { style.paint($0, .dim) } }
      for difference in result.differences {
        lines += style.wrap(CaseWords.text(difference).printable, indent: 4, first: 2)
          .map { style.paint($0, .red) }
        for trace in difference.trace {
          lines += style.wrap("- \(CaseWords.text(trace))".printable, indent: 6, first: 4)
        }
      }
    }
    let hasFailed = results.contains { !$0.hasPassed }
    lines.append(style.paint(CaseWords.summary(results), hasFailed ? .red : .green))
    return lines.joined(separator: "\n") + "\n"
  }
}
