public import PlanRecord
public import RuleEngine

/// The full record on paper: the plan with everything behind it, each answer and each selection with its history, and every
/// version.
public enum RecordPaper {
  private static let answerColumns = ["Fact", "Answer", "When, by whom", "Earlier"]
  private static let selectionColumns = ["Decision", "Selected", "Why", "When, by whom", "Earlier"]

  /// - Parameter program: the rulebook of the record, if it is at hand, for what facts are called.
  public static func html(_ record: AssessmentRecord, _ plan: Plan, program: Program?) -> String {
    let layout = PlanLayout(plan)
    let version = record.current
    var body = PlanHTML.body(layout, plan, version, isFull: true)
    body += ["<h2>Answers</h2>"] + HTMLText.table(answerColumns, RecordWords.answers(version, program))
    if !version.selections.isEmpty {
      body += ["<h2>Selections</h2>"] + HTMLText.table(selectionColumns, RecordWords.selections(version))
    }
    body.append("<h2>Versions</h2>")
    for version in record.versions { body += RecordWords.standing(version).map { "<p>\(HTMLText.escape($0))</p>" } }
    body.append("<p class=\"notice\">\(HTMLText.escape(PlanLayout.redisclosure))</p>")
    return HTMLText.page(title: layout.title, language: plan.language, style: PlanHTML.style, body: body)
  }

  public static func markdown(_ record: AssessmentRecord, _ plan: Plan, program: Program?) -> String {
    let version = record.current
    var lines = [PlanMarkdown.render(plan, isFull: true), "## Sources", ""]
    lines += SourceWords.lines(plan).map { "- \(MarkdownText.escape($0))" } + [""]
    lines += ["## Answers", ""] + table(answerColumns, RecordWords.answers(version, program)) + [""]
    if !version.selections.isEmpty {
      lines += ["## Selections", ""] + table(selectionColumns, RecordWords.selections(version)) + [""]
    }
    lines += ["## Versions", ""]
    for version in record.versions {
      lines += RecordWords.standing(version).map { "- \(MarkdownText.escape($0))" } + [""]
    }
    return (lines + [PlanLayout.redisclosure]).joined(separator: "\n") + "\n"
  }

  private static func table(_ header: [String], _ rows: [[String]]) -> [String] {
    ["| \(header.joined(separator: " | ")) |", "|" + header.map { _ in "---|" }.joined()]
      + rows.map { "| \($0.map(MarkdownText.escape).joined(separator: " | ")) |" }
  }
}

/// The clinician's paper as Markdown.
public enum PlanPaper {
  public static func markdown(_ plan: Plan, version: AssessmentRecord.Version? = nil) -> String {
    var lines = [PlanLayout.redisclosure, "", PlanMarkdown.render(plan), "## Sources", ""]
    lines += SourceWords.lines(plan).map { "- \(MarkdownText.escape($0))" }
    lines += ["", "## Signature", ""]
    lines += (version.map(RecordWords.standing) ?? ["A draft from an intake; nothing is on record."])
      .map { "- \(MarkdownText.escape($0))" }
    return (lines + ["", "Name, licence: ________", "", "Signature, date: ________"]).joined(separator: "\n") + "\n"
  }
}
