public import Interviewing
import RuleEngine

/// What an interview shows apart from its questions: help, sections, answers, and the whole plan.
public struct InterviewPages {
  private let style: TextStyle

  public init(style: TextStyle) {
    self.style = style
  }

  public func lines(_ page: InterviewPage, _ interview: Interview) -> [String] {
    switch page {
    case .help: help(interview)
    case .plan:
      PlanTerminal(style: style).render(interview.plan).split(separator: "\n", omittingEmptySubsequences: false)
        .dropLast().map(String.init)
    case .sections: sections(interview)
    case .answers(let words): answers(interview, words)
    }
  }

  private static let commands: [(keys: String, words: String)] = [
    ("y, n, 2, 14", "the answer: yes or no, the number of an answer, a number, a day"),
    ("d", "declined: asked, and the person would rather not say"),
    ("dk", "does not know: asked, and the person cannot say"),
    ("s", "skip for now; it comes again at the end"),
    ("b", "back to the question before; Enter keeps its answer"),
    ("c", "all answers, to change one; c 12, c work: that one"),
    ("g", "all sections, to go to one; g 3, g mood: that one"),
    ("t", "the total of a questionnaire instead of its items, and back"),
    ("a", "ask everything, also what cannot change the plan; again: only what it needs"),
    ("p", "the whole plan so far, with reasons"),
    ("q", "quit; every answer is kept, and the interview goes on at the same question"),
  ]

  private func help(_ interview: Interview) -> [String] {
    var lines = [style.paint("HELP", .bold), ""]
    if let question = interview.question {
      lines += style.wrap(question.ask.printable, indent: 0)
      if let text = question.help { lines += style.wrap(text.printable, indent: 2) }
      if let text = question.why { lines += style.wrap("Why we ask: \(text)".printable, indent: 2) }
      lines.append("")
    }
    for (keys, words) in Self.commands {
      let key = keys + String(repeating: " ", count: 13 - keys.count)
      lines += style.wrap("\(key.replacing(" ", with: "\u{A0}"))\(words)", indent: 15, first: 2).map {
        $0.replacing("\u{A0}", with: " ")
      }
    }
    lines.append("")
    lines += style.wrap(
      "What you type counts when you press Enter. /b, /q and so on are commands even where an answer is called so.",
      indent: 0)
    return lines
  }

  private func sections(_ interview: Interview) -> [String] {
    var lines = [style.paint("SECTIONS", .bold), ""]
    for row in interview.sectionRows {
      let number = String(repeating: " ", count: row.number < 10 ? 1 : 0) + "\(row.number)"
      let waiting = row.waiting == 0 ? "" : row.waiting == 1 ? "1 question" : "\(row.waiting) questions"
      let answered = row.answered == 0 ? "" : "\(row.answered) answered"
      let state = [waiting, answered].filter { !$0.isEmpty }.joined(separator: ", ")
      lines.append("  \(number)  \(row.title.printable)" + (state.isEmpty ? "" : ": \(state)"))
    }
    return lines + ["", "Type the number of a section to go there."]
  }

  private func answers(_ interview: Interview, _ words: String) -> [String] {
    var lines = [style.paint("ANSWERS", .bold)]
    let rows = interview.answerRows(matching: words)
    guard !rows.isEmpty else { return lines + ["", "Nothing has been answered yet."] }
    var section = ""
    for row in rows {
      if row.section != section {
        section = row.section
        lines += ["", style.paint(section.printable, .cyan)]
      }
      let number = String(repeating: " ", count: row.number < 10 ? 1 : 0) + "\(row.number)"
      let aside = row.isAside ? " (kept aside: does not apply)" : ""
      lines += style.wrap("\(number)\u{A0} \(row.label): \(row.answer)\(aside)".printable, indent: 6, first: 2).map {
        $0.replacing("\u{A0}", with: " ")
      }
    }
    return lines + ["", "Type the number of an answer to change it."]
  }
}
