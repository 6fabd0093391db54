import Interviewing
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// Whole talks, as golden files: what was typed, what was said, what was settled, and what was asked next.
struct TalkTests {
  private static let folder = "\(Corpus.folder)/interview"

  static func program() throws -> Program {
    let rulebook = Rulebook.load("\(folder)/rules.yaml")
    #expect(rulebook.diagnostics.map(\.message) == [])
    return try #require(rulebook.program)
  }

  static let day = Answer.number(Number(CalendarDate("2026-11-20")?.days ?? 0))

  @Test(arguments: ["all", "answers", "change", "commands", "declined", "in-parts", "screen"])
  func talk(name: String) throws {
    let path = "\(Self.folder)/talks/\(name)"
    let scope: InterviewScope = name == "screen" ? .screen : name == "all" ? .all : .needed
    var interview = Interview(try Self.program(), Intake(answers: ["assessed_on": Self.day]), scope: scope)
    var lines = asked(interview)
    for line in try Corpus.text(of: "\(path).txt").split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      guard !line.hasPrefix("#") else { continue }
      let turn = interview.take(String(line))
      lines.append("> \(line)")
      lines += turn.messages.map { "  [\($0.id.rawValue)] \($0.text)" + ($0.correction.map { " {\($0)}" } ?? "") }
      lines += turn.settled.map { "  \($0.isFirstStep ? "first step" : "settled"): \($0.label): \($0.value)" }
      if let page = turn.page { lines.append("  shows \(page)") }
      if turn.ends { lines.append("  ends") }
      lines += asked(interview)
      // Whatever was typed, a fresh interview from what is kept stands at the same question.
      let again = Interview(interview.program, interview.intake, progress: interview.progress, scope: scope)
      #expect(again.question == interview.question, "after `\(line)`")
    }
    #expect(Corpus.difference(lines.joined(separator: "\n") + "\n", from: "\(path).out") == nil)
  }

  private func asked(_ interview: Interview) -> [String] {
    guard let question = interview.question else {
      return [
        "(nothing is left, \(interview.remaining.skipped) skipped; the plan is \(interview.plan.status.rawValue))"
      ]
    }
    return ["\(question.fact)? (\(interview.remaining.now) left)"]
  }

  /// A message without a test is not written yet. Those that a record leads to are tested with the command
  /// (`ResumedInterviewTests`, `InterviewTerminalTests`).
  @Test func everyMessageIsSaidInATalk() throws {
    let said = try Corpus.files(in: "interview/talks", endings: [".out"])
      .map { try Corpus.text(of: "\(Self.folder)/talks/\($0)") }.joined()
    let elsewhere: Set<Message.ID> = [
      .changedElsewhere, .notADraft, .notSaved, .rulesChanged, .strangeKeys, .tooLong,
    ]
    #expect(Message.ID.allCases.filter { !elsewhere.contains($0) && !said.contains("[\($0.rawValue)]") } == [])
  }

  /// Keys that are no text, and floods, are told and do no harm.
  @Test func strangeKeysAndFloods() throws {
    var interview = Interview(try Self.program(), Intake(answers: ["assessed_on": Self.day]))
    #expect(interview.take("\u{1B}[A").messages.map(\.id) == [.strangeKeys])
    #expect(interview.take("\u{FFFD}").messages.map(\.id) == [.strangeKeys])
    #expect(interview.take(String(repeating: "y", count: 2000)).messages.map(\.id) == [.tooLong])
    #expect(interview.question?.fact == "danger")
    #expect(interview.take("y").recorded == ["danger"])
  }
}
