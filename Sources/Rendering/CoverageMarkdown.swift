public import RuleAnalysis
public import RuleEngine
public import RuleLanguage
import SourceText

/// What cases reach of a rulebook, as Markdown: for the summary of a build.
public enum CoverageMarkdown {
  public static func render(_ coverage: Coverage, _ rulebook: Rulebook, _ program: Program) -> String {
    var lines = ["", "## Coverage", "", "| | | |", "|---|---|---|"]
    lines += coverage.counts.filter { $0.total > 0 }.map {
      "| \(CoverageWords.title($0.figure)) | \(CoverageWords.percent($0)) | \($0.reached) of \($0.total) |"
    }
    lines.append("")
    let entries = CoverageWords(rulebook, program).entries(coverage)
    if !entries.isEmpty { lines += ["<details><summary>Never reached</summary>", ""] }
    for entry in entries {
      let place = entry.place.map { " (\(CaseWords.place($0)))" } ?? ""
      lines.append("- **\(MarkdownText.escape(entry.name))**\(MarkdownText.escape(place))")
      lines += entry.lines.map { "  - \(MarkdownText.escape($0.text))" }
    }
    if !entries.isEmpty { lines += ["", "</details>", ""] }
    return lines.joined(separator: "\n")
  }
}
