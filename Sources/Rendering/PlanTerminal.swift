public import RuleEngine

/// A plan for reading aloud from a terminal: what, why, and what is still needed.
public struct PlanTerminal {
  private let style: TextStyle

  public init(style: TextStyle) {
    self.style = style
  }

  /// - Parameter isFull: whether it also names rules, facts, and what was not chosen and why.
  public func render(_ plan: Plan, isFull: Bool = false) -> String {
    let layout = PlanLayout(plan)
    var lines = [style.paint(layout.title.printable, .bold)]
    lines.append(style.paint("\(layout.assessedOn) · \(layout.identity)", .dim))
    lines.append("")
    lines += style.wrap(layout.sentence.printable, indent: 0)
    lines.append("")
    let isSettled = plan.status == .final || plan.status == .finalRegardless
    lines += style.wrap(layout.status.printable, indent: 0).map { style.paint($0, isSettled ? .green : .yellow) }
    lines += style.wrap(layout.availability.printable, indent: 0)
    for group in layout.groups {
      lines.append("")
      lines.append(style.paint(group.title.printable.uppercased(), .bold))
      for row in group.rows { lines += self.row(row, isFull: isFull) }
    }
    if layout.hasPhases {
      lines.append("")
      lines += style.wrap(
        "\"Then\" leads from the intensive to the transition and the continuing phase.", indent: 0
      ).map { style.paint($0, .dim) }
    }
    lines += questions(layout)
    for remark in layout.remarks {
      lines.append("")
      lines += style.wrap(remark.printable, indent: 0)
    }
    lines += changes(layout)
    lines.append("")
    lines += style.wrap(PlanLayout.notice, indent: 0).map { style.paint($0, .dim) }
    lines += style.wrap(PlanLayout.redisclosure, indent: 0).map { style.paint($0, .dim) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func row(_ row: PlanLayout.Row, isFull: Bool) -> [String] {
    if row.reasons.isEmpty, row.value.isEmpty, !row.details.isEmpty, !isFull { return [] }
    var text = row.value.isEmpty ? row.label : "\(row.label): \(row.value)"
    text = text.printable
    var lines = style.wrap(text, indent: 4, first: 2)
    if let first = lines.first {
      let label = row.label.printable
      if first.hasPrefix("  \(label)") {
        lines[0] = "  " + style.paint(label, row.isOpen ? .yellow : .cyan) + first.dropFirst(2 + label.count)
      }
    }
    for selection in row.selections {
      lines += style.wrap(selection.printable, indent: 6).map { style.paint($0, .yellow) }
    }
    for line in row.here { lines += style.wrap(line.printable, indent: 6).map { style.paint($0, .yellow) } }
    for reason in row.reasons {
      var line = reason.text.printable
      if !reason.source.isEmpty { line += " [\(reason.source)]" }
      lines += style.wrap(line.printable, indent: 6)
      if isFull {
        if let rule = reason.rule { lines += style.wrap("rule \(rule)", indent: 8).map { style.paint($0, .dim) } }
        for fact in reason.facts { lines += style.wrap("- \(fact)".printable, indent: 10, first: 8) }
      }
    }
    if !row.reasonsAbove.isEmpty {
      let above = row.reasonsAbove.joined(separator: ", ").printable
      lines += style.wrap("For the reason given at \(above).", indent: 6).map { style.paint($0, .dim) }
    }
    if isFull {
      for detail in row.details {
        lines += style.wrap("- \(detail)".printable, indent: 8, first: 6).map { style.paint($0, .dim) }
      }
    }
    return lines
  }

  private func changes(_ layout: PlanLayout) -> [String] {
    guard let ways = layout.ways else { return [] }
    var lines = ["", style.paint("WHAT WOULD CHANGE IT", .bold)]
    for way in ways {
      lines += style.wrap(way.changes.printable, indent: 4, first: 2).map { style.paint($0, .cyan) }
      for result in way.results { lines += style.wrap("- \(result)".printable, indent: 8, first: 6) }
    }
    for remark in layout.waysRemarks { lines += style.wrap(remark, indent: 2).map { style.paint($0, .dim) } }
    return lines
  }

  private func questions(_ layout: PlanLayout) -> [String] {
    guard !layout.needed.isEmpty else { return [] }
    var lines = ["", style.paint("STILL NEEDED", .bold)]
    for section in layout.needed {
      lines.append("  " + style.paint(section.title.printable, .cyan))
      for question in section.questions {
        lines += style.wrap("- \(PlanLayout.text(of: question))".printable, indent: 6, first: 4)
      }
    }
    return lines
  }
}
