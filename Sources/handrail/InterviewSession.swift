import ArgumentParser
import Interviewing
import PlanRecord
import Rendering
import RuleEngine

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// An interview with its record: nothing is asked before what was answered is on the disk.
struct InterviewSession {
  /// What is asked, by whom, and when.
  struct Setting {
    var program: Program
    var scope: InterviewScope
    var language: String
    var author: Author
    var moment: () throws -> Moment
    /// The day of the assessment; `nil` for the one in the record, or today.
    var day: CalendarDate?
  }

  private(set) var interview: Interview
  let path: String
  /// What is to be said before the first question.
  private(set) var greeting: [Message] = []
  private var record: AssessmentRecord
  private let setting: Setting
  private let lock: RecordLock

  /// Begins a record, or goes on with one. Reports what stands against it, and ends the command then.
  init(path: String, _ setting: Setting) throws {
    self.path = path
    self.setting = setting
    let program = setting.program
    do {
      guard let lock = try RecordLock(path) else {
        Console.report("\(path): somebody is at this interview already, in another window or on another machine.\n")
        Console.report("Every answer typed there is kept. End it there with q; then the same command goes on here.\n")
        throw ExitStatus.recordErrors.error
      }
      self.lock = lock
      if access(path, F_OK) == 0 {
        let old = try RecordArgument.load(path)
        record = old
        if old.current.rulebook.digest != program.digest { greeting.append(.rulesChanged(program.header.version)) }
        if old.current.state != .draft { greeting.append(.notADraft(isSigned: old.current.state == .signed)) }
        if let day = setting.day { try Self.answer(&record, day, setting) }
        if record != old { try RecordFile.replace(old, with: record, at: path) }
      } else {
        record = AssessmentRecord(program, at: try setting.moment(), by: setting.author)
        if let day = setting.day ?? Clock.today() { try Self.answer(&record, day, setting) }
        try RecordFile.create(record, at: path)
      }
    } catch let problem as RecordFile.Problem {
      throw recordProblem(problem, path)
    }
    interview = Self.interview(record, setting, record.interview(as: Progress.self) ?? Progress())
  }

  private static func answer(_ record: inout AssessmentRecord, _ day: CalendarDate, _ setting: Setting) throws {
    record.answer(
      "assessed_on", .number(Number(day.days)), in: setting.program, at: try setting.moment(), by: setting.author)
  }

  private static func interview(_ record: AssessmentRecord, _ setting: Setting, _ progress: Progress) -> Interview {
    Interview(
      setting.program, record.current.intake(for: setting.program).intake, progress: progress, scope: setting.scope,
      language: setting.language)
  }

  /// The exit code that the plan stands for.
  var status: Int32 { ExitStatus(interview.plan.status).rawValue }

  /// Takes a line, and keeps what it changed. If that cannot be written, nothing has happened but the message.
  mutating func take(_ line: String) -> Interview.Turn {
    var next = interview
    var turn = next.take(line)
    guard !turn.recorded.isEmpty || next.progress != interview.progress else {
      interview = next
      return turn
    }
    do {
      let hasOtherChanges = try keep(next, turn.recorded)
      interview = next
      if hasOtherChanges {
        interview = Self.interview(record, setting, next.progress)
        turn.messages.append(.changedElsewhere)
      }
      return turn
    } catch {
      let reason = (error as? RecordFile.Problem).map { RecordText.text($0) } ?? "the clock cannot be read"
      return Interview.Turn(messages: [.notSaved(reason)])
    }
  }

  /// - Returns: whether somebody else had written the record since, such as a selection; that stays.
  private mutating func keep(_ next: Interview, _ facts: [String]) throws -> Bool {
    let new = try changed(record, next, facts)
    do {
      try RecordFile.replace(record, with: new, at: path)
      record = new
      return false
    } catch RecordFile.Problem.changedMeanwhile {
      let other = try RecordFile.read(path).record
      let both = try changed(other, next, facts)
      try RecordFile.replace(other, with: both, at: path)
      record = both
      return true
    }
  }

  private func changed(_ record: AssessmentRecord, _ next: Interview, _ facts: [String]) throws -> AssessmentRecord {
    var record = record
    for fact in facts {
      record.answer(
        fact, next.intake.answers[fact], in: setting.program, at: try setting.moment(), by: setting.author)
    }
    record.keep(interview: next.progress)
    return record
  }

  /// Makes the plan of what was answered, and keeps it in the record. Without it the answers are there all the same.
  mutating func finish() {
    guard record.current.plan == nil else { return }
    var new = record
    guard (try? new.makePlan(setting.program, language: setting.language)) != nil,
      (try? RecordFile.replace(record, with: new, at: path)) != nil
    else { return }
    record = new
  }
}
