import ArgumentParser
import Interviewing
import Rendering

/// An interview with a person at a terminal: one screen for each question, drawn anew after each line.
struct InterviewTerminal {
  private var input = TypedLines()
  private var turn = Interview.Turn()
  private let canClear = !Console.isDumb

  /// - Returns: the exit code.
  static func run(_ session: inout InterviewSession) -> Int32 {
    var terminal = InterviewTerminal()
    terminal.turn.messages = session.greeting
    return terminal.run(&session)
  }

  private mutating func run(_ session: inout InterviewSession) -> Int32 {
    while true {
      draw(session)
      switch input.next() {
      case .redraw: continue
      case .line(let line):
        if let code = take(line, &session) { return code }
      case .end: return farewell(session, code: session.status)
      case .stop(let signal): return farewell(session, code: 128 + signal)
      }
    }
  }

  /// - Returns: the exit code, if that was the end.
  private mutating func take(_ line: String, _ session: inout InterviewSession) -> Int32? {
    turn = session.take(line)
    if turn.ends { return farewell(session, code: session.status) }
    guard let page = turn.page else { return nil }
    return show(page, &session)
  }

  // MARK: Drawing

  private func draw(_ session: InterviewSession) {
    let style = Console.style()
    let screen = InterviewScreen(style: style, height: Console.height)
    let lines = screen.lines(session.interview, after: turn, name: session.path, fills: canClear)
    clear()
    Console.print(lines.joined(separator: "\n") + "\n> ")
  }

  private func clear() {
    // Home, and everything erased. Where that is not understood, a blank line parts one screen from the next.
    Console.print(canClear ? "\u{1B}[H\u{1B}[2J" : "\n")
  }

  /// A page in pieces as high as the screen. What is typed meanwhile counts, as beside a question.
  private mutating func show(_ page: InterviewPage, _ session: inout InterviewSession) -> Int32? {
    var first = 0
    while true {
      let height = max(4, Console.height - 3)
      let lines = InterviewPages(style: Console.style()).lines(page, session.interview)
      let piece = lines.dropFirst(first).prefix(height)
      let isLast = first + piece.count >= lines.count
      clear()
      Console.print(piece.joined(separator: "\n"))
      Console.print("\n\n\(isLast ? "Enter goes back to the question." : "Enter shows more, b goes back.")\n> ")
      switch input.next() {
      case .redraw: continue
      case .end: return farewell(session, code: session.status)
      case .stop(let signal): return farewell(session, code: 128 + signal)
      case .line(let line):
        let word = line.filter { !$0.isWhitespace }.lowercased()
        turn = Interview.Turn()
        if word.isEmpty, !isLast {
          first += height
        } else if word.isEmpty || word == "b" {
          return nil
        } else {
          return take(line, &session)
        }
      }
    }
  }

  /// What stays on the screen: nothing about the person.
  private func farewell(_ session: InterviewSession, code: Int32) -> Int32 {
    clear()
    Console.print("Every answer is kept in \(session.path).\n")
    let left = session.interview.remaining.now + session.interview.remaining.skipped
    if left > 0 {
      Console.print("\(left == 1 ? "1 question is" : "\(left) questions are") left; the same command goes on there.\n")
    }
    return code
  }
}
