public import Interviewing
import RuleEngine

/// One screen of an interview: the question with its help, the first steps, and the plan so far. What does not fit is left
/// out in a fixed order: the open parts of the plan, the settled ones, why it is asked, the help; never the question, its
/// answers or a first step.
public struct InterviewScreen {
  private let style: TextStyle
  /// Rows, the line to type on included.
  private let height: Int
  private var width: Int { style.width }

  public init(style: TextStyle, height: Int) {
    self.style = style
    self.height = max(16, height)
  }

  /// The lines above the one to type on.
  ///
  /// - Parameters:
  ///   - turn: what the last line typed has led to.
  ///   - name: the file of the assessment.
  ///   - fills: whether the keys stand at the bottom of the screen, which a terminal without cursor has not.
  public func lines(_ interview: Interview, after turn: Interview.Turn, name: String, fills: Bool) -> [String] {
    let top = header(interview, name)
    let said = messages(turn)
    var asked = interview.question.map(question) ?? finished(interview)
    let steps = firstSteps(interview.plan, new: turn.settled)
    let keys = keys(interview)
    let room = height - 1 - keys.count
    func used() -> Int { top.count + said.count + asked.lines.count + steps.count }
    if used() > room - 2, let help = asked.why { asked.lines.removeSubrange(help) }
    if used() > room - 2, let help = asked.help { asked.lines.removeSubrange(help) }
    var lines = top + said + asked.lines + steps
    lines += planSoFar(interview, new: turn.settled, room: room - lines.count)
    if fills, lines.count < room { lines += Array(repeating: "", count: room - lines.count) }
    return lines + keys
  }

  // MARK: Above the question

  private func header(_ interview: Interview, _ name: String) -> [String] {
    let section = interview.question?.section ?? "Nothing left to ask"
    let left = interview.remaining
    var right = left.now == 0 ? "" : left.now == 1 ? "1 question left" : "\(left.now) questions left"
    if left.later > 0, left.now > 0 { right += ", more may follow" }
    if left.skipped > 0 { right += "\(right.isEmpty ? "" : ", ")\(left.skipped) skipped" }
    let title = section.printable
    let gap = width - title.columns - right.columns
    let first = gap > 1 ? title + String(repeating: " ", count: gap) + right : title.cut(to: width)
    return [style.paint(first, .bold), style.paint(String(repeating: "-", count: width), .dim)]
  }

  private func messages(_ turn: Interview.Turn) -> [String] {
    var lines: [String] = []
    for message in turn.messages {
      let sign = message.id.isRefusal ? "! " : ""
      lines += style.wrap((sign + message.text).printable, indent: sign.count, first: 0).map {
        style.paint($0, message.id.isRefusal ? .yellow : .dim)
      }
      if let correction = message.correction {
        lines.append(style.paint("  Enter takes: \(correction.printable)", .yellow))
      }
    }
    return lines.isEmpty ? [] : lines + [""]
  }

  // MARK: The question

  /// The lines of a question, and which of them can be done without.
  private struct Asked {
    var lines: [String]
    var help: Range<Int>?
    /// Behind the help, so that it is taken out first.
    var why: Range<Int>?
  }

  private func question(_ question: Question) -> Asked {
    var lines: [String] = []
    if let item = question.item {
      let total = item.takesTotal ? "; t enters the total instead" : ""
      lines += style.wrap("\(item.instrument), item \(item.number) of \(item.count)\(total)".printable, indent: 0)
    }
    lines += style.wrap(question.ask.printable, indent: 0).map { style.paint($0, .bold) }
    lines += answers(to: question)
    if let recorded = question.recorded {
      lines += style.wrap("Answered before: \(recorded). Enter keeps it.".printable, indent: 2)
    }
    var help: Range<Int>?
    var why: Range<Int>?
    if let text = question.help {
      let start = lines.count
      lines += [""] + style.wrap(text.printable, indent: 0)
      help = start..<lines.count
    }
    if let text = question.why {
      let start = lines.count
      lines += (help == nil ? [""] : []) + style.wrap("Why we ask: \(text)".printable, indent: 0)
      why = start..<lines.count
    }
    return Asked(lines: lines + [""], help: help, why: why)
  }

  private func answers(to question: Question) -> [String] {
    switch question.kind {
    case .yesNo:
      return ["  y  \(question.options[1].label.printable)    n  \(question.options[0].label.printable)"]
    case .choice:
      return columns(question.options.enumerated().map { "\($0 + 1)\u{A0} \($1.label)" })
    case .choices:
      let rows = question.options.enumerated().map { index, option in
        "\(index + 1)\u{A0} \(option.label)" + (option.recorded.map { " (\(words($0)))" } ?? "")
      }
      return columns(rows + ["0\u{A0} None of these"])
        + style.wrap("All that fit, such as 1 3; 2=d if one is declined, 2=dk if not known.", indent: 2)
    case .integer, .decimal:
      return ["  \(question.range ?? "")"]
        + (question.totalOf.map { style.wrap("Instead of the items of \($0); t goes back to them.", indent: 2) } ?? [])
    case .date:
      return style.wrap("A day such as 2026-11-23, or today, yesterday, 3 days ago, 2 weeks ago.", indent: 2)
    }
  }

  private func words(_ member: Answer.Member) -> String {
    switch member {
    case .yes: "yes"
    case .no: "no"
    case .declined: "declined"
    case .doesNotKnow: "not known"
    case .notAsked: "not asked"
    }
  }

  /// One below the other; of many short ones two beside each other, to be read down.
  private func columns(_ rows: [String]) -> [String] {
    let rows = rows.map(\.printable)
    let half = (width - 4) / 2
    guard rows.count > 5, rows.allSatisfy({ $0.columns < half }) else {
      return rows.flatMap { style.wrap($0, indent: 5, first: 2) }.map { $0.replacing("\u{A0}", with: " ") }
    }
    let height = (rows.count + 1) / 2
    return (0..<height).map { index in
      let left = rows[index]
      let right = index + height < rows.count ? rows[index + height] : ""
      let gap = right.isEmpty ? "" : String(repeating: " ", count: half - left.columns)
      return "  \(left)\(gap)\(right)".replacing("\u{A0}", with: " ")
    }
  }

  private func finished(_ interview: Interview) -> Asked {
    var lines: [String] = []
    let layout = PlanLayout(interview.plan)
    if interview.scope == .screen {
      lines += style.wrap(
        "The pre-screen is done. All answers are kept: the interview goes on from here when it is started without "
          + "--screen.", indent: 0)
    } else {
      lines += style.wrap(layout.status.printable, indent: 0).map { style.paint($0, .bold) }
      lines += style.wrap(layout.sentence.printable, indent: 0)
      if interview.remaining.skipped > 0 {
        let count = interview.remaining.skipped
        lines += style.wrap(
          "\(count == 1 ? "1 question was" : "\(count) questions were") skipped; Enter asks \(count == 1 ? "it" : "them") now.",
          indent: 0)
      }
    }
    return Asked(lines: lines + [""])
  }

  // MARK: Below the question

  /// By their deadlines; what is new has a star.
  private func firstSteps(_ plan: Plan, new: [Settled]) -> [String] {
    let steps = plan.settled.filter(\.isFirstStep)
    guard !steps.isEmpty else { return [] }
    var deadlines: [String] = []
    for step in steps where !deadlines.contains(step.value) { deadlines.append(step.value) }
    let lines = deadlines.flatMap { deadline in
      let words = steps.filter { $0.value == deadline }.map { ($0.isNew(new) ? "*" : "") + $0.label }
      return style.wrap("\(deadline): \(words.joined(separator: "; "))".printable, indent: 4, first: 2)
    }
    return [style.paint("FIRST STEPS", .bold)] + lines
  }

  private func planSoFar(_ interview: Interview, new: [Settled], room: Int) -> [String] {
    let parts = PartSoFar.parts(of: interview.plan)
    let settled = parts.filter { !$0.isOpen }
    let open = parts.filter(\.isOpen)
    guard room > 0 else { return [] }
    var lines = [style.paint("PLAN SO FAR: \(settled.count) of \(parts.count) parts settled", .bold)]
    let isNew = Set(new.filter { !$0.isFirstStep }.map(\.name))
    func line(_ part: PartSoFar) -> String {
      let star = part.decisions.contains(where: isNew.contains) ? "*" : ""
      return "  \(star)\(part.label): \(part.value)\(part.isOpen ? "?" : "")".printable.cut(to: width)
    }
    // As many lines as there are; the last says what is left out.
    let all = settled.map(line) + open.map(line)
    if all.count < room { return lines + all }
    let shown = max(0, room - 2)
    lines += all.prefix(shown)
    let rest = (settled + open).dropFirst(shown)
    if room > 1 {
      lines.append(
        "  and \(rest.count) more (p): \(rest.map(\.label).joined(separator: ", "))".printable.cut(to: width))
    }
    return lines
  }

  private func keys(_ interview: Interview) -> [String] {
    let words: [String]
    if interview.question != nil {
      words = ["d declined", "dk does not know", "s skip", "b back", "c change", "p plan", "h help", "q quit"]
    } else if interview.scope == .screen {
      words = ["c change", "p plan", "h help", "q quit"]
    } else {
      words = ["a ask all the rest", "b back", "c change", "g sections", "p plan", "h help", "q quit"]
    }
    // A command and its words stay together, and two blanks stand between two commands.
    let bound = words.map { $0.replacing(" ", with: "\u{A0}") }.joined(separator: "\u{A0} ")
    return style.wrap(bound, indent: 0).map { style.paint($0.replacing("\u{A0}", with: " "), .dim) }
  }
}

extension Settled {
  fileprivate func isNew(_ new: [Settled]) -> Bool { new.contains(self) }
}

/// A part of the plan on one line: all its phases where they are settled, the first where they are open.
private struct PartSoFar {
  var label: String
  var value: String
  var isOpen: Bool
  /// The names of its decisions, one for each phase.
  var decisions: [String]

  static func parts(of plan: Plan) -> [PartSoFar] {
    var families: [[DecisionPlan]] = []
    for decision in plan.decisions where !decision.isMenu {
      if families.last?.first?.family == decision.family {
        families[families.count - 1].append(decision)
      } else {
        families.append([decision])
      }
    }
    return families.compactMap { phases in
      guard phases.contains(where: { $0.status != .notApplicable }) else { return nil }
      let isOpen = phases.contains { $0.status == .open }
      return PartSoFar(
        label: phases[0].familyLabel,
        value: isOpen
          ? value(phases.first { $0.status == .open } ?? phases[0]) : PlanLayout.inSequence(phases.map(value)),
        isOpen: isOpen, decisions: phases.map(\.name))
    }
  }

  private static func value(_ decision: DecisionPlan) -> String {
    switch decision.status {
    case .notApplicable: return "none"
    case .conflict: return "rules disagree: ask a clinician"
    case .gap: return "no rule covers this: ask a clinician"
    case .open where decision.hasMembers:
      return decision.values.map { $0.isSettled ? $0.label : "perhaps \($0.label)" }.joined(separator: ", ")
    case .open: return decision.summary
    default:
      let labels = decision.values.map(\.label)
      return labels.isEmpty ? "none" : decision.hasMembers ? labels.joined(separator: ", ") : labels[0]
    }
  }
}
