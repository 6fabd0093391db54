import IntakeReading
import Rendering
import RuleEngine
import RuleLanguage
import SourceText

/// How the lines of an input are to be read and planned; the same for all workers.
struct LineWork: Sendable {
  enum Input: Sendable {
    case json
    /// With the first line of the table.
    case csv(header: [UInt8])
  }

  let program: CompiledProgram
  let names: FactNames
  let text: IntakeText
  let input: Input
  let idKey: String?
  /// What is asked of plans.
  let extent: PlanMachine.Extent
  /// Named with each bad line, where there are several.
  let file: String?

  init(
    _ program: CompiledProgram, input: Input, idKey: String?, extent: PlanMachine.Extent = .rules, file: String? = nil
  ) {
    self.program = program
    names = FactNames(program.program, idKey: idKey)
    text = IntakeText(program.program, idKey: idKey)
    self.input = input
    self.idKey = idKey
    self.extent = extent
    self.file = file
  }
}

/// Plans the lines of one chunk after the other, and lists those that are no intake. Each thread has its own.
///
/// What becomes of a plan says the class that inherits it, in ``take(line:_:)`` and ``take(line:_:_:)``.
class LineWorker: @unchecked Sendable {
  let chunk: LineChunk
  /// What is wrong with lines that could not be planned.
  private(set) var bad = ByteBuffer()
  private(set) var plannedCount = 0
  private(set) var badCount = 0

  let work: LineWork
  let machine: PlanMachine
  let assumed: PlanMachine
  let intake: CompiledIntake
  private let scratch: CompiledIntake
  private(set) var statuses: PlanStatuses
  private var json: JSONIntakeReader
  private let csv: CSVIntakeReader?
  private let waiting: WaitingLines?

  /// - Parameters:
  ///   - chunkSize: bytes that it takes at a time.
  ///   - lanes: where many plans are worked out at once, of which outcomes and statuses can be told, not answers, rules, or what
  ///     is assumed; `nil` if they are worked out one by one.
  init(_ work: LineWork, chunkSize: Int, lanes: LaneProgram? = nil) throws(CSVIntakeReader.Problem) {
    self.work = work
    waiting = lanes.map { WaitingLines($0) }
    chunk = LineChunk(size: chunkSize)
    machine = PlanMachine(work.program)
    assumed = PlanMachine(work.program)
    intake = CompiledIntake(work.program)
    scratch = CompiledIntake(work.program)
    statuses = PlanStatuses(work.program)
    json = JSONIntakeReader(work.program, work.names)
    if case .csv(let header) = work.input {
      csv = try CSVIntakeReader(work.program, work.names, header: header, idKey: work.idKey)
    } else {
      csv = nil
    }
  }

  /// Called with each line that was planned: ``machine``, ``assumed``, ``statuses`` and ``intake`` hold the plan.
  func take(line: Int, _ name: LineName) {}

  /// Called instead with a line that was planned together with others: ``statuses`` are its own.
  func take(line: Int, _ name: LineName, _ plan: LanePlan) {}

  /// Plans every line of ``chunk``.
  func run() {
    bad.removeAll()
    plannedCount = 0
    badCount = 0
    for line in chunk.tooLong {
      badCount += 1
      report(line, column: 1, id: "line-too-long", "the line is longer than \(LineInput.longestLine) bytes")
    }
    chunk.forEachLine { text, number in
      guard !text.allSatisfy({ $0 == 32 || $0 == 9 }) else { return }
      if let waiting { wait(text, number, in: waiting) } else { plan(text, number) }
    }
    if let waiting { plan(waiting) }
  }

  private func plan(_ text: UnsafeRawBufferPointer, _ number: Int) {
    let quick = csv?.read(text, into: intake) ?? json.read(text, into: intake)
    if quick == .read {
      machine.run(intake, work.extent)
      if !machine.contradictsItself() { return finish(number, name(of: text)) }
    }
    planSlowly(text, number)
  }

  /// What the line read last calls its intake.
  private func name(of text: UnsafeRawBufferPointer) -> LineName {
    if let csv { return .text(csv.id(in: text)) }
    return .json(UnsafeRawBufferPointer(rebasing: text[json.id]))
  }

  // MARK: Many lines at once

  private func wait(_ text: UnsafeRawBufferPointer, _ number: Int, in waiting: WaitingLines) {
    let quick = csv?.read(text, into: waiting.intake) ?? json.read(text, into: waiting.intake)
    waiting.add(.init(number: number, text: text, name: name(of: text), isRead: quick == .read))
    if waiting.isFull { plan(waiting) }
  }

  private func plan(_ waiting: WaitingLines) {
    guard !waiting.lines.isEmpty else { return }
    let contradictions = waiting.plan()
    for (lane, line) in waiting.lines.enumerated() {
      guard line.isRead, contradictions >> UInt64(lane) & 1 == 0 else {
        planSlowly(line.text, line.number)
        continue
      }
      waiting.machine.read(&statuses, lane: lane)
      plannedCount += 1
      take(line: line.number, line.name, LanePlan(waiting.machine, lane: lane))
    }
    waiting.forget()
  }

  // MARK: One line

  /// Reads a line as a person's intake is read, which says what is wrong with it.
  private func planSlowly(_ text: UnsafeRawBufferPointer, _ number: Int) {
    let line: IntakeText.Line
    if let csv {
      let found = csv.fieldCount(text)
      guard found == csv.header.count else {
        badCount += 1
        let expected = "the first line has \(csv.header.count)"
        return report(
          number, column: 1, id: "wrong-fields",
          found.map { "the line has \($0) fields, and \(expected)" } ?? "a quote is never closed, or text follows it")
      }
      var read = work.text.row(csv.cells(text), name: "line \(number)")
      read.id = csv.id(in: text)
      line = read
    } else {
      line = work.text.json(Array(text), name: "line \(number)")
    }
    let errors = line.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else {
      badCount += 1
      for error in errors { report(number, column: error.range?.start.column ?? 1, id: error.id, error.message) }
      return
    }
    guard line.intake.selections.isEmpty else {
      badCount += 1
      return report(
        number, column: 1, id: "selected", "a batch says what the rules recommend, and takes no `selected`; delete it")
    }
    intake.read(line.intake)
    machine.run(intake, work.extent)
    finish(number, .text(line.id ?? ""))
  }

  private func finish(_ number: Int, _ name: LineName) {
    machine.read(&statuses, intake, assumed: assumed, scratch: scratch)
    plannedCount += 1
    take(line: number, name)
  }

  private func report(_ line: Int, column: Int, id: String, _ message: String) {
    bad.append(JSONLine.badLine(line, column: column, id: id, message: message, file: work.file))
  }
}
