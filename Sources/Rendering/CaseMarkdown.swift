public import RuleAnalysis

/// The outcome of running cases as Markdown: for the summary of a build, or a message to colleagues.
public enum CaseMarkdown {
  public static func render(_ results: [CaseRunner.Result]) -> String {
    var lines = ["## Cases", "", results.isEmpty ? CaseWords.none : CaseWords.summary(results) + ".", ""]
    for result in results where !result.hasPassed {
      lines += ["### \(MarkdownText.escape(result.id))", ""]
      if let why = result.why { lines += ["> \(MarkdownText.escape(why))", ""] }
      lines += ["`\(CaseWords.place(result.place))`", ""]
      for difference in result.differences {
        lines.append("- **\(MarkdownText.escape(CaseWords.text(difference)))**")
        lines += difference.trace.map { "  - \(MarkdownText.escape(CaseWords.text($0)))" }
      }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }
}
