package import RuleEngine
package import RuleLanguage

/// Reads intakes from lines of comma-separated values (RFC 4180, but that a record is one line), each by the columns of the
/// first line.
package final class CSVIntakeReader {
  private let answers: IntakeBytes
  private let columns: [Column]
  /// The names of the columns, in the order of the file.
  package let header: [String]
  /// Where the fields of the last line stand, without their quotes.
  private var fields: [Field] = []
  private var idField: Field?
  /// The facts with several answers whose own column holds something in the last line.
  private var whole: [Int] = []

  private enum Column {
    case fact(Int)
    case member(Int, Int)
    case id
  }

  private struct Field {
    var range: Range<Int>
    var isQuoted: Bool
    /// Whether it holds doubled quotes.
    var hasQuotes: Bool
  }

  /// What keeps a table from being read at all.
  package enum Problem: Error, Equatable {
    /// A column is neither a fact, nor a member of one, nor the name of the intake.
    case unknownColumn(String)
    case columnTwice(String)
    case brokenHeader
  }

  /// Bytes that must be readable behind a text.
  package static var padding: Int { 16 }

  /// - Parameters:
  ///   - header: the first line of the table.
  ///   - idKey: the column that names the intakes, if there is one.
  package init(_ program: CompiledProgram, _ names: FactNames, header: [UInt8], idKey: String?) throws(Problem) {
    answers = IntakeBytes(names: names)
    var bytes = header
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard let titles = Self.titles(bytes) else { throw .brokenHeader }
    var columns: [Column] = []
    var seen: Set<String> = []
    for title in titles {
      guard seen.insert(title).inserted else { throw .columnTwice(title) }
      if title == idKey {
        columns.append(.id)
      } else if let fact = Self.fact(title, program.program) {
        columns.append(.fact(fact))
      } else if let dot = title.lastIndex(of: "."), let fact = Self.fact(String(title[..<dot]), program.program),
        case .members(let names) = program.program.variables[fact].domain,
        let member = names.firstIndex(of: String(title[title.index(after: dot)...]))
      {
        columns.append(.member(fact, member))
      } else {
        throw .unknownColumn(title)
      }
    }
    self.columns = columns
    self.header = titles
  }

  private static func fact(_ name: String, _ program: Program) -> Int? {
    program.variable(named: name).flatMap { program.variables[$0].fact == nil ? nil : $0 }
  }

  private static func titles(_ bytes: [UInt8]) -> [String]? {
    var fields: [Field] = []
    return bytes.withUnsafeBytes { buffer in
      guard split(buffer, into: &fields) else { return nil }
      return fields.map { text(of: $0, buffer) }
    }
  }

  // MARK: Lines

  /// Reads one line.
  ///
  /// - Parameter text: its bytes; behind them ``padding`` more must be readable.
  package func read<Sheet: AnswerSheet & ~Copyable>(
    _ text: UnsafeRawBufferPointer, into intake: borrowing Sheet
  ) -> QuickReading {
    intake.begin()
    idField = nil
    whole.removeAll(keepingCapacity: true)
    guard let base = text.baseAddress, Self.split(text, into: &fields), fields.count == columns.count else {
      return .unsure
    }
    for index in fields.indices {
      let field = fields[index]
      guard !field.range.isEmpty else { continue }
      if case .id = columns[index] {
        idField = field
        continue
      }
      guard !field.hasQuotes else { return .unsure }
      let start = base + field.range.lowerBound
      switch columns[index] {
      case .id: break
      case .fact(let fact):
        guard take(start, length: field.range.count, for: fact, intake) else { return .unsure }
      case .member(let fact, let member):
        // A list, and one answer beside it, are two answers to one question.
        guard !whole.contains(fact), let word = AnswerWord(start, length: field.range.count) else { return .unsure }
        intake.set(fact, member: member, word.member)
      }
    }
    return .read
  }

  /// What the line just read, or taken apart into ``cells(_:)``, calls its intake; empty if it has no name.
  package func id(in text: UnsafeRawBufferPointer) -> String {
    idField.map { Self.text(of: $0, text) } ?? ""
  }

  /// Whether a line has as many fields as the first one; else how many it has, or `nil` for a quote that is never closed.
  package func fieldCount(_ text: UnsafeRawBufferPointer) -> Int? {
    Self.split(text, into: &fields) ? fields.count : nil
  }

  /// The fields of a line that hold something, with their columns; what names the intake is told by ``id(in:)``.
  package func cells(_ text: UnsafeRawBufferPointer) -> [IntakeText.Cell] {
    var cells: [IntakeText.Cell] = []
    idField = nil
    guard Self.split(text, into: &fields) else { return [] }
    for (index, field) in fields.enumerated() where index < columns.count && !field.range.isEmpty {
      if case .id = columns[index] {
        idField = field
        continue
      }
      cells.append(IntakeText.Cell(name: header[index], column: index + 1, text: Self.text(of: field, text)))
    }
    return cells
  }

  private func take<Sheet: AnswerSheet & ~Copyable>(
    _ start: UnsafeRawPointer, length: Int, for fact: Int, _ intake: borrowing Sheet
  ) -> Bool {
    guard case .members = answers.names.kinds[fact] else {
      return answers.take(start, length: length, for: fact, into: intake)
    }
    guard intake.mark(of: fact) == .notAsked else { return false }
    whole.append(fact)
    let text = UnsafeRawBufferPointer(start: start, count: length)
    if AnswerWord(start, length: length) != nil { return answers.take(start, length: length, for: fact, into: intake) }
    intake.setNone(fact)
    if text.elementsEqual([UInt8(ascii: "["), UInt8(ascii: "]")]) { return true }
    var at = 0
    while at <= length {
      var end = at
      while end < length, text[end] != UInt8(ascii: ";") { end += 1 }
      guard let member = answers.names.option(start + at, length: end - at, of: fact) else { return false }
      intake.set(fact, member: member, .yes)
      at = end + 1
    }
    return true
  }

  /// Finds the fields of a line; `false` for a quote that is never closed or that text follows.
  private static func split(_ text: UnsafeRawBufferPointer, into fields: inout [Field]) -> Bool {
    fields.removeAll(keepingCapacity: true)
    let quote = UInt8(ascii: "\"")
    let comma = UInt8(ascii: ",")
    var at = 0
    while true {
      if at < text.count, text[at] == quote {
        var end = at + 1
        var hasQuotes = false
        while end < text.count {
          if text[end] != quote {
            end += 1
          } else if end + 1 < text.count, text[end + 1] == quote {
            hasQuotes = true
            end += 2
          } else {
            break
          }
        }
        guard end < text.count, end + 1 == text.count || text[end + 1] == comma else { return false }
        fields.append(Field(range: (at + 1)..<end, isQuoted: true, hasQuotes: hasQuotes))
        at = end + 1
      } else {
        var end = at
        while end < text.count, text[end] != comma { end += 1 }
        fields.append(Field(range: at..<end, isQuoted: false, hasQuotes: false))
        at = end
      }
      guard at < text.count else { return true }
      at += 1
    }
  }

  private static func text(of field: Field, _ text: UnsafeRawBufferPointer) -> String {
    let raw = String(decoding: UnsafeRawBufferPointer(rebasing: text[field.range]), as: UTF8.self)
    return field.hasQuotes ? raw.replacing("\"\"", with: "\"") : raw
  }
}
