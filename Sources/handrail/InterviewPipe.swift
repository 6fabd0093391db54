import Interviewing
import RuleEngine
import SourceText

/// An interview with a script: questions and results as lines that begin with a word, answers line by line. The form stands
/// in `Interview.md`.
enum InterviewPipe {
  /// - Returns: the exit code.
  static func run(_ session: inout InterviewSession) -> Int32 {
    var input = TypedLines()
    var number = 0
    print(session.greeting.map(note))
    for settled in session.interview.settled { say(settled) }
    var asked: Question?
    while true {
      if session.interview.question != asked {
        asked = session.interview.question
        if let asked { ask(asked) }
      }
      switch input.next() {
      case .redraw: continue
      case .end: return end(session)
      case .stop(let signal): return 128 + signal
      case .line(let line):
        number += 1
        let text = line.filter { !$0.isWhitespace }
        guard !text.isEmpty, !text.hasPrefix("#") else { continue }
        let question = session.interview.question
        let turn = session.take(line)
        if let refusal = turn.messages.first(where: \.id.isRefusal) {
          refuse(refusal, line, number, question, session)
          return turn.messages.contains { $0.id == .notSaved }
            ? ExitStatus.recordErrors.rawValue : ExitStatus.intakeErrors.rawValue
        }
        say(turn)
        if turn.ends { return end(session) }
      }
    }
  }

  private static func ask(_ question: Question) {
    var lines = ["ask \(question.fact) \(question.kind.rawValue) \(question.ask)"]
    if question.kind != .yesNo { lines += question.options.map { "option \($0.name) \($0.label)" } }
    if let range = question.range { lines.append("range \(range)") }
    print(lines)
  }

  private static func say(_ turn: Interview.Turn) {
    print(turn.recorded.map { "recorded \($0)" })
    // What was recorded is known to the script, and no answer belongs into its output.
    print(turn.messages.filter { $0.id != .recorded }.map(note))
    for settled in turn.settled { say(settled) }
  }

  private static func note(_ message: Message) -> String { "note \(message.id.rawValue) \(message.text)" }

  private static func say(_ settled: Settled) {
    print(["\(settled.isFirstStep ? "step" : "settled") \(settled.name) \(settled.value)"])
  }

  private static func print(_ lines: [String]) {
    // A text may go over several lines; a line of the protocol may not.
    for line in lines { Console.print(line.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n") }
  }

  private static func end(_ session: InterviewSession) -> Int32 {
    let left = session.interview.remaining
    print(["status \(session.interview.plan.status.rawValue)", "left \(left.now + left.skipped)"])
    return session.status
  }

  /// What was wrong with a line, without what it said.
  private static func refuse(
    _ message: Message, _ line: String, _ number: Int, _ question: Question?, _ session: InterviewSession
  ) {
    let named = line.firstIndex(of: ":").map { line[..<$0].filter { !$0.isWhitespace } }
    let fact = named.flatMap { session.interview.program.variable(named: $0) == nil ? nil : $0 } ?? question?.fact
    let about = fact.map { " for `\($0)`" } ?? ""
    var expected = ""
    if let question, question.fact == fact {
      let options = question.options.map(\.name)
      expected =
        options.isEmpty
        ? question.range.map { "; expected \($0)" } ?? "" : "; expected \(options.joined(separator: ", "))"
    }
    Console.report("standard input:\(number): nothing was recorded\(about) (\(message.id.rawValue))\(expected)\n")
    Console.report("What stood before it is kept; mend this line and go on from it.\n")
  }
}
