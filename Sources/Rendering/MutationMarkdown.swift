public import RuleAnalysis
public import RuleEngine
public import RuleLanguage
import SourceText

/// The faults that no case notices, as Markdown, each with a case that would notice it.
public enum MutationMarkdown {
  public static func render(_ run: MutationRun, _ rulebook: Rulebook, _ program: Program) -> String {
    let words = MutationWords(rulebook, program)
    var lines = ["", "## Faults that cases notice", "", MutationWords.summary(run) + ".", ""]
    for survivor in run.survivors {
      let place = words.place(survivor.mutant).map { " (\(CaseWords.place($0)))" } ?? ""
      lines.append(
        "- **\(MarkdownText.escape(words.name(survivor.mutant)))**\(MarkdownText.escape(place)): "
          + MarkdownText.escape(words.text(survivor.mutant)))
      guard let killer = survivor.killer else {
        lines.append("  " + MarkdownText.escape(MutationWords.unknown(survivor)))
        continue
      }
      lines += ["", "  ```yaml"] + killer.split(separator: "\n").map { "  \($0)" } + ["  ```", ""]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
