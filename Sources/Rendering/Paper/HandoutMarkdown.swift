public import RuleEngine

/// The client's page as Markdown.
public enum HandoutMarkdown {
  public static func render(_ plan: Plan) -> String {
    let handout = Handout(plan)
    var lines = ["# \(HandoutWords.title)", ""]
    lines += [(handout.assessedOn.map { "Made on \($0). " } ?? "") + "Name: ________", ""]
    lines += ["**\(HandoutWords.danger)** \(HandoutWords.crisis)", ""]
    if !handout.isFinished { lines += ["**\(HandoutWords.unfinished)**", ""] }
    lines += list(HandoutWords.steps, handout.steps) + list(HandoutWords.program, handout.program)
    lines += table(HandoutWords.course, handout.course) + table(HandoutWords.week, handout.week)
    lines += ["## \(HandoutWords.bring)", ""] + HandoutWords.things.map { "- \($0)" } + [""]
    lines += ["## \(HandoutWords.call)", "", HandoutWords.questions, ""]
    lines +=
      HandoutWords.lines.map { "- \($0) ________" } + [
        "", HandoutWords.relapse, "", HandoutWords.draft, "", HandoutWords.keep,
      ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func list(_ title: String, _ lines: [Handout.Line]) -> [String] {
    guard !lines.isEmpty else { return [] }
    return ["## \(title)", ""]
      + lines.map { "- \(MarkdownText.escape($0.label)): **\(MarkdownText.escape($0.values[0]))**" } + [""]
  }

  private static func table(_ title: String, _ lines: [Handout.Line]) -> [String] {
    guard !lines.isEmpty else { return [] }
    guard lines.contains(where: { $0.values.count > 1 }) else { return list(title, lines) }
    let header = ["| | \(Handout.columns.joined(separator: " | ")) |", "|---|---|---|---|"]
    return ["## \(title)", ""] + header
      + lines.map { line in
        let cells = ([line.label] + line.values.map { $0.isEmpty ? "–" : $0 }).map(MarkdownText.escape)
        return "| \(cells.joined(separator: " | ")) |"
      } + [""]
  }
}
