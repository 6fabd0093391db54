import IntakeReading
import Rendering
import RuleEngine
import RuleLanguage
import SourceText

/// How the lines of an input are to be read and written; the same for all workers.
struct BatchWork: Sendable {
  enum Input: Sendable {
    case json
    /// With the first line of the table.
    case csv(header: [UInt8])
  }

  let program: CompiledProgram
  let names: FactNames
  let text: IntakeText
  let row: PlanRow
  let input: Input
  let output: PlanRow.Format
  let idKey: String?
  let language: String

  init(
    _ program: Program, input: Input, output: PlanRow.Format, columns: [PlanColumn], idKey: String?, language: String
  ) {
    self.program = CompiledProgram(program)
    names = FactNames(program, idKey: idKey)
    text = IntakeText(program, idKey: idKey)
    row = PlanRow(self.program, columns, format: output)
    self.input = input
    self.output = output
    self.idKey = idKey
    self.language = language
  }
}

/// Plans the lines of one chunk after the other. Each thread has its own.
final class BatchWorker: @unchecked Sendable {
  let chunk: LineChunk
  private(set) var output = ByteBuffer(capacity: 1 << 20)
  /// What is wrong with lines that could not be planned.
  private(set) var bad = ByteBuffer()
  private(set) var plannedCount = 0
  private(set) var badCount = 0

  private let work: BatchWork
  private let needsReasons: Bool
  private var machine: PlanMachine
  private var assumed: PlanMachine
  private var intake: CompiledIntake
  private var scratch: CompiledIntake
  private var statuses: PlanStatuses
  private var json: JSONIntakeReader
  private let csv: CSVIntakeReader?

  init(_ work: BatchWork) throws(CSVIntakeReader.Problem) {
    self.work = work
    needsReasons = work.row.columns.contains(where: \.needsReasons)
    // Plans with reasons take long, so that a chunk of them should hold few.
    chunk = LineChunk(size: needsReasons ? 16 * 1024 : 128 * 1024)
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

  /// Plans every line of ``chunk``.
  func run() {
    output.removeAll()
    bad.removeAll()
    plannedCount = 0
    badCount = 0
    for line in chunk.tooLong {
      badCount += 1
      report(line, column: 1, id: "line-too-long", "the line is longer than \(LineInput.longestLine) bytes")
    }
    chunk.forEachLine { text, number in
      guard !text.allSatisfy({ $0 == 32 || $0 == 9 }) else { return }
      plan(text, number)
    }
  }

  private func plan(_ text: UnsafeRawBufferPointer, _ number: Int) {
    let quick = csv?.read(text, into: intake) ?? json.read(text, into: intake)
    if quick == .read {
      machine.run(intake)
      if !machine.contradictsItself() {
        if let csv { return write(number, id: csv.id(in: text)) }
        let id = json.id
        guard work.output == .csv, !id.isEmpty else {
          return write(number, id: UnsafeRawBufferPointer(rebasing: text[id]))
        }
        let word = UnsafeRawBufferPointer(rebasing: text[id.unquoted(in: text)])
        return write(number, id: String(decoding: word, as: UTF8.self))
      }
    }
    planSlowly(text, number)
  }

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
    machine.run(intake)
    write(number, id: line.id ?? "")
  }

  private func write(_ number: Int, id: String) {
    guard !id.isEmpty else { return write(number, id: UnsafeRawBufferPointer(start: nil, count: 0)) }
    var text = work.output == .json ? JSONLine.quoted(id) : id.quotedForTable
    text.withUTF8 { write(number, id: UnsafeRawBufferPointer($0)) }
  }

  private func write(_ number: Int, id: UnsafeRawBufferPointer) {
    machine.read(&statuses, intake, assumed: &assumed, scratch: scratch)
    let reasons =
      needsReasons ? Plan(work.program.program, intake.answers(), language: work.language) : nil
    work.row.write(machine, statuses, PlanRow.Context(line: number, id: id, reasons: reasons), to: &output)
    plannedCount += 1
  }

  private func report(_ line: Int, column: Int, id: String, _ message: String) {
    bad.append(JSONLine.badLine(line, column: column, id: id, message: message))
  }
}

extension Range<Int> {
  /// Without the quotes around it, if there are any.
  fileprivate func unquoted(in text: UnsafeRawBufferPointer) -> Range<Int> {
    !isEmpty && text[lowerBound] == UInt8(ascii: "\"") ? (lowerBound + 1)..<(upperBound - 1) : self
  }
}

extension String {
  /// As a field of a table: in quotes where it must be.
  fileprivate var quotedForTable: String {
    contains { ",\"\r\n".contains($0) } ? "\"" + replacing("\"", with: "\"\"") + "\"" : self
  }
}
