import Foundation
import TestSupport
import Testing

/// The interview as a coordinator has it: on a terminal of 80 by 24, key by key, with the screens as golden files.
@Suite(.serialized)
struct InterviewTerminalTests {
  private static let rules = "\(Corpus.folder)/interview/rules.yaml"

  private func command(_ file: String, _ options: String = "") -> String {
    "\(HandrailProcess.path) interview \(file) --rules \(Self.rules) --by 'Ann Lee' --on 2026-11-20 \(options)"
  }

  /// Whether a question waits for an answer.
  private func isAsking(_ screen: String) -> Bool {
    screen.split(separator: "\n").last == ">"
  }

  private func isNarrow(_ screen: String) -> Bool {
    isAsking(screen) && screen.contains("\n" + String(repeating: "-", count: 46) + "\n")
  }

  private func isWide(_ screen: String) -> Bool {
    isAsking(screen) && screen.contains(String(repeating: "-", count: 100))
  }

  private func expect(_ screen: String, _ name: String) {
    #expect(Corpus.difference(screen, from: "\(Corpus.folder)/interview/screens/\(name).txt") == nil)
  }

  /// Types lines one after the other, each when the screen has changed from the one before.
  @discardableResult
  private func type(_ lines: [String], _ terminal: TerminalSession) throws -> String {
    var screen = try terminal.wait(until: isAsking)
    for line in lines {
      let before = screen
      try terminal.enter(line)
      screen = try terminal.wait { isAsking($0) && $0 != before }
    }
    return screen
  }

  @Test func wholeInterviewScreenByScreen() throws {
    try withTemporaryFolder { folder in
      let terminal = try TerminalSession(command("\(folder)/ann.json"), environment: ["NO_COLOR": "1"])
      defer { terminal.close() }
      expect(try terminal.wait(until: isAsking), "01-first-question")
      let steps: [(line: String, name: String)] = [
        ("yse", "02-wrong-answer-with-correction"), ("", "03-correction-taken-first-step-appears"),
        ("y", "04-second-first-step"), ("n", "05-several-answers"), ("1 2", "06-a-day"),
        ("11/19/2026", "07-a-day-offered"),
        ("", "08-a-number"), ("10", "09-plan-moves"), ("c", "10-list-of-answers"), ("1", "11-day-of-assessment-again"),
        ("", "12-back-where-it-was"), ("c thoughts", "13-an-earlier-answer"), ("n", "14-kept-aside"), ("h", "15-help"),
        ("", "16-after-help"), ("g", "17-sections"), ("3", "18-nothing-needed-there"), ("p", "19-plan"),
      ]
      for (line, name) in steps { expect(try type([line], terminal), name) }
      try type(["b"], terminal)
      try terminal.enter("q")
      let last = try terminal.wait { $0.contains("ended with") }
      #expect(last.contains("2 questions are left; the same command goes on there.\nended with 5"))
      #expect(!last.contains("drink"), "what was answered stays on the screen")
    }
  }

  /// Without colour and without a cursor that can be moved, each screen follows the one before.
  @Test func dumbTerminal() throws {
    try withTemporaryFolder { folder in
      let terminal = try TerminalSession(
        command("\(folder)/ann.json", "--screen"), rows: 60, environment: ["TERM": "dumb"])
      defer { terminal.close() }
      expect(try type(["n", "n"], terminal), "dumb")
      #expect(try !terminal.screen().contains("\u{1B}"))
    }
  }

  @Test func resizing() throws {
    try withTemporaryFolder { folder in
      let terminal = try TerminalSession(command("\(folder)/ann.json"))
      defer { terminal.close() }
      try type(["n"], terminal)
      try terminal.resize(columns: 46, rows: 16)
      let narrow = try terminal.wait(until: isNarrow)
      expect(narrow, "narrow")
      // What was typed by half is gone with the old screen, and does not come back as part of an answer.
      try terminal.press("x")
      try terminal.resize(columns: 120, rows: 30)
      try terminal.wait(until: isWide)
      try terminal.enter("y")
      #expect(try terminal.wait { $0.contains("worked out how") }.contains("worked out how"))
    }
  }

  /// Ctrl-C, Ctrl-D, a closed window: what was answered is kept, and the interview goes on at the same question.
  @Test(arguments: ["C-c", "C-d", "close", "C-\\"])
  func leaving(how: String) throws {
    try withTemporaryFolder { folder in
      let file = "\(folder)/ann.json"
      let terminal = try TerminalSession(command(file))
      let asked = try type(["n", "n", "1"], terminal)
      #expect(asked.contains("When did you have your last drink?"))
      if how == "close" {
        let child = try terminal.child()
        terminal.close()
        // It still makes the plan for the record before it lets go of it.
        for _ in 0..<200 where isRunning(child) { usleep(50_000) }
      } else {
        try terminal.press(how)
        let code = ["C-c": 130, "C-d": 5, "C-\\": 131][how] ?? 0
        let last = try terminal.wait { $0.contains("ended with") }
        #expect(last.contains("ended with \(code)"), "\(last)")
        #expect(last.contains("Every answer is kept"))
        terminal.close()
      }
      let again = try TerminalSession(command(file))
      defer { again.close() }
      let resumed = try again.wait(until: isAsking)
      #expect(resumed.contains("When did you have your last drink?"), "\(resumed)")
    }
  }

  /// Whether a process is there and has not ended.
  private func isRunning(_ process: Int32?) -> Bool {
    guard let process, let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return false
    }
    return !state.contains(") Z ")
  }

  /// Killed at a random moment, again and again: nothing that was answered is lost, and the record stays whole.
  @Test(arguments: [1, 2, 3])
  func killed(seed: Int) throws {
    try withTemporaryFolder { folder in
      let file = "\(folder)/ann.json"
      var generator = SeededGenerator(seed: seed)
      let answers = ["danger": "n", "thoughts": "y", "plan": "n", "substances": "1 2", "last_drink": "2026-11-18"]
      let questions = [
        "chest pain": "danger", "killing yourself": "thoughts", "worked out": "plan", "Which of these": "substances",
        "last drink?": "last_drink",
      ]
      var seen: Set<String> = []
      for _ in 0..<14 where seen.count < answers.count {
        let terminal = try TerminalSession(command(file))
        defer { terminal.close() }
        let screen = try terminal.wait(until: isAsking)
        for fact in seen { #expect(try record(file).contains("\"\(fact)\""), "lost \(fact)") }
        guard let fact = questions.first(where: { screen.contains($0.key) })?.value, let answer = answers[fact] else {
          break
        }
        // What was on the disk before is never asked again.
        #expect(!seen.contains(fact), "asks \(fact) again")
        try terminal.enter(answer)
        usleep(UInt32(generator.below(400_000)))
        if let child = try terminal.child() { kill(child, SIGKILL) }
        usleep(50_000)
        if try record(file).contains("\"\(fact)\"") { seen.insert(fact) }
        let check = try HandrailProcess.run(["record", "verify", file])
        #expect(check.exitCode == 0, "\(check.errors)\(check.output)")
      }
      #expect(seen.count > 1)
    }
  }

  private func record(_ file: String) throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

  /// Two windows on one record: the second is told so, and the first goes on.
  @Test func twoWindows() throws {
    try withTemporaryFolder { folder in
      let file = "\(folder)/ann.json"
      let first = try TerminalSession(command(file))
      defer { first.close() }
      try type(["n"], first)
      let second = try TerminalSession(command(file))
      defer { second.close() }
      let refused = try second.wait { $0.contains("ended with") }
      #expect(refused.replacing("\n", with: "").contains("somebody is at this interview already"))
      #expect(refused.contains("ended with 9"))
      #expect(try type(["n"], first).contains("Which of these"))
      // A lock of somebody who was killed holds nobody up.
      if let child = try first.child() { kill(child, SIGKILL) }
      let third = try TerminalSession(command(file))
      defer { third.close() }
      #expect(try third.wait(until: isAsking).contains("Which of these"))
    }
  }

  /// Somebody else selects or answers meanwhile: both are kept.
  @Test func changedElsewhere() throws {
    try withTemporaryFolder { folder in
      let file = "\(folder)/ann.json"
      let terminal = try TerminalSession(command(file))
      defer { terminal.close() }
      try type(["n"], terminal)
      let selected = try HandrailProcess.run([
        "select", file, "level=hospital", "--because", "court", "--rules", Self.rules, "--by", "J. Kim", "--role",
        "LCSW",
      ])
      #expect(selected.exitCode == 0, "\(selected.errors)")
      #expect(try type(["n"], terminal).contains("Somebody else has changed this record meanwhile"))
      let text = try record(file)
      #expect(text.contains("\"court\"") && text.contains("\"thoughts\""))
    }
  }

  /// A folder that cannot be written to any more: nothing is said to be recorded, and the question stays.
  @Test func notSaved() throws {
    try withTemporaryFolder { folder in
      let inner = "\(folder)/full"
      try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: false)
      let terminal = try TerminalSession(command("\(inner)/ann.json"))
      defer { terminal.close() }
      try type(["n"], terminal)
      try FileManager.default.removeItem(atPath: inner)
      let screen = try type(["n"], terminal)
      #expect(screen.contains("It could not be written to the disk"))
      #expect(screen.contains("killing yourself"))
    }
  }
}
