public import RuleEngine

/// The client's page, made for print: always one sheet.
public enum HandoutHTML {
  public static func render(_ plan: Plan) -> String {
    let handout = Handout(plan)
    return HTMLText.page(title: HandoutWords.title, language: plan.language, style: style, body: body(handout))
  }

  /// Several pages in one file, one after the other.
  public static func render(_ plans: [Plan]) -> String {
    HTMLText.page(
      title: HandoutWords.title, language: plans.first?.language ?? "en", style: style,
      body: plans.flatMap { body(Handout($0)) })
  }

  private static func body(_ handout: Handout) -> [String] {
    var lines = ["<section class=\"sheet \(size(handout))\">", "<h1>\(HandoutWords.title)</h1>"]
    let day = handout.assessedOn.map { "Made on \(HTMLText.escape($0)). " } ?? ""
    lines.append("<p>\(day)Name: <span class=\"blank\"></span></p>")
    lines.append("<p class=\"danger\"><strong>\(HandoutWords.danger)</strong> \(HandoutWords.crisis)</p>")
    if !handout.isFinished { lines.append("<p><strong>\(HandoutWords.unfinished)</strong></p>") }
    let sides = [(HandoutWords.steps, handout.steps), (HandoutWords.program, handout.program)].filter { !$0.1.isEmpty }
    lines.append("<div class=\"two\">")
    for (title, rows) in sides {
      lines += ["<div>", "<h2>\(title)</h2>"] + HTMLText.table([], rows.map { [$0.label, $0.values[0]] }) + ["</div>"]
    }
    lines.append("</div>")
    for (title, rows) in [(HandoutWords.course, handout.course), (HandoutWords.week, handout.week)] where !rows.isEmpty
    {
      let isPhased = rows.contains { $0.values.count > 1 }
      lines.append("<div class=\"\(isPhased ? "phased" : "plain")\"><h2>\(title)</h2>")
      lines += HTMLText.table(isPhased ? [""] + Handout.columns : [], rows.map(row)) + ["</div>"]
    }
    lines += ["<div class=\"two\"><div>", "<h2>\(HandoutWords.bring)</h2>", "<ul>"]
    lines += HandoutWords.things.map { "<li>\($0)</li>" }
    lines += ["</ul></div><div>", "<h2>\(HandoutWords.call)</h2>", "<p>\(HandoutWords.questions)</p>"]
    lines += HandoutWords.lines.map { "<p>\($0) <span class=\"blank\"></span></p>" }
    lines += [
      "</div></div>", "<p>\(HandoutWords.relapse)</p>", "<p>\(HandoutWords.draft) \(HandoutWords.keep)</p>",
      "</section>",
    ]
    return lines
  }

  private static func row(_ line: Handout.Line) -> [String] {
    [line.label] + line.values.map { $0.isEmpty ? "–" : $0 }
  }

  /// As large as one sheet allows, by the lines it takes.
  private static func size(_ handout: Handout) -> String {
    // Two columns share the width, so that a line of about 26 letters is full.
    func lines(_ rows: [Handout.Line], _ width: Int) -> Int {
      rows.reduce(0) { sum, row in sum + 1 + ((row.values + [row.label]).map(\.count).max() ?? 0) / width }
    }
    let sides = max(lines(handout.steps, 26), lines(handout.program, 26))
    let rest = lines(handout.course, 34) + lines(handout.week, 34) + (handout.isFinished ? 0 : 2)
    switch sides + rest {
    case ..<14: return "large"
    case ..<23: return "middle"
    case ..<29: return "small"
    case ..<42: return "smaller"
    default: return "smallest"
    }
  }

  private static let style = """
    .sheet { break-after: page; }
    .sheet:last-child { break-after: auto; }
    body { font-family: Arial, "Liberation Sans", Helvetica, sans-serif; line-height: 1.25; }
    .large { font-size: 13pt; }
    .middle { font-size: 11pt; }
    .small { font-size: 10pt; }
    .smaller { font-size: 8.8pt; line-height: 1.2; }
    .smallest { font-size: 7.6pt; line-height: 1.2; }
    .sheet h2 { margin: 0.6em 0 0.2em; }
    .sheet th, .sheet td { padding: 0.08em 0.5em 0.08em 0; }
    .danger { border: 0.6mm solid #000; padding: 0.4em 0.6em; margin: 0.5em 0; }
    .blank { display: inline-block; border-bottom: 0.3mm solid #000; min-width: 42%; height: 1em; }
    .two { display: flex; gap: 6mm; }
    .two > div { flex: 1; }
    .sheet th[scope=row] { font-weight: normal; width: 52%; }
    .phased th[scope=row] { width: 34%; }
    .phased table { table-layout: fixed; }
    .phased th:first-child { width: 34%; }
    .sheet td { font-weight: bold; }

    """
}
