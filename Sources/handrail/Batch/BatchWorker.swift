import IntakeReading
import Rendering
import RuleEngine
import RuleLanguage

/// How plans are to be written; the same for all workers.
struct BatchWork: Sendable {
  let lines: LineWork
  let row: PlanRow
  let output: PlanRow.Format
  let language: String

  init(_ lines: LineWork, output: PlanRow.Format, columns: [PlanColumn], language: String) {
    self.lines = lines
    row = PlanRow(lines.program, columns, format: output)
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
    try super.init(batch.lines, chunkSize: needsReasons ? 16 * 1024 : 128 * 1024, needsWholePlans: needsReasons)
  }

  override func run() {
    output.removeAll()
    super.run()
  }

  override func take(line: Int, _ name: LineName) {
    switch name {
    case .json(let word) where batch.output == .csv && !word.isEmpty:
      write(line, String(decoding: word.unquoted, as: UTF8.self))
    case .json(let word): write(line, word)
    case .text(let text): write(line, text)
    }
  }

  private func write(_ line: Int, _ name: String) {
    guard !name.isEmpty else { return write(line, UnsafeRawBufferPointer(start: nil, count: 0)) }
    var text = batch.output == .json ? JSONLine.quoted(name) : name.quotedForTable
    text.withUTF8 { write(line, UnsafeRawBufferPointer($0)) }
  }

  private func write(_ line: Int, _ name: UnsafeRawBufferPointer) {
    let reasons = needsReasons ? Plan(work.program.program, intake.answers(), language: batch.language) : nil
    batch.row.write(machine, statuses, PlanRow.Context(line: line, id: name, reasons: reasons), to: &output)
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
