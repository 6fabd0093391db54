import IntakeReading
import Rendering
import RuleEngine
import RuleLanguage

/// How plans are to be written; the same for all workers.
struct BatchWork: Sendable {
  let lines: LineWork
  let row: PlanRow
  /// `nil` where plans are worked out one by one, as those with reasons are.
  let lanes: LaneProgram?
  let output: PlanRow.Format
  let language: String

  init(_ lines: LineWork, output: PlanRow.Format, columns: [PlanColumn], language: String) {
    self.lines = lines
    row = PlanRow(lines.program, columns, format: output)
    lanes = columns.contains(where: \.needsReasons) ? nil : LaneProgram(lines.program)
    self.output = output
    self.language = language
  }
}

/// Writes a line for each plan.
final class BatchWorker: LineWorker, @unchecked Sendable {
  private(set) var output = ByteBuffer(capacity: 1 << 20)
  private let batch: BatchWork
  private let needsReasons: Bool

  init(_ batch: BatchWork) throws(CSVIntakeReader.Problem) {
    self.batch = batch
    needsReasons = batch.row.columns.contains(where: \.needsReasons)
    // Plans with reasons take long, so that a chunk of them should hold few.
    try super.init(batch.lines, chunkSize: needsReasons ? 16 * 1024 : 256 * 1024, lanes: batch.lanes)
  }

  override func run() {
    output.removeAll()
    super.run()
  }

  override func take(line: Int, _ name: LineName) {
    let reasons = needsReasons ? Plan(work.program.program, intake.answers(), language: batch.language) : nil
    withText(of: name) {
      batch.row.write(machine, statuses, PlanRow.Context(line: line, id: $0, reasons: reasons), to: &output)
    }
  }

  override func take(line: Int, _ name: LineName, _ plan: LanePlan) {
    withText(of: name) {
      batch.row.write(plan, statuses, PlanRow.Context(line: line, id: $0, reasons: nil), to: &output)
    }
  }

  /// Calls `body` with the name of an intake as it is written in the output.
  private func withText(of name: LineName, _ body: (UnsafeRawBufferPointer) -> Void) {
    switch name {
    case .json(let word) where batch.output == .csv && !word.isEmpty:
      withText(of: .text(String(decoding: word.unquoted, as: UTF8.self)), body)
    case .json(let word): body(word)
    case .text(""): body(UnsafeRawBufferPointer(start: nil, count: 0))
    case .text(let name):
      var text = batch.output == .json ? JSONLine.quoted(name) : name.quotedForTable
      text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Without the quotes around it, if there are any.
  fileprivate var unquoted: UnsafeRawBufferPointer {
    first == UInt8(ascii: "\"") ? UnsafeRawBufferPointer(rebasing: self[1..<(count - 1)]) : self
  }
}

extension String {
  /// As a field of a table: in quotes where it must be.
  fileprivate var quotedForTable: String {
    contains { ",\"\r\n".contains($0) } ? "\"" + replacing("\"", with: "\"\"") + "\"" : self
  }
}
