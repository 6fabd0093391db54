import CJSON
package import RuleEngine

/// Reads intakes from JSON objects, one after the other, in memory that it keeps.
package struct JSONIntakeReader: ~Copyable {
  private let names: FactNames
  private let answers: IntakeBytes
  private let reader: OpaquePointer
  private var tokens: UnsafeMutableBufferPointer<handrail_json_token>
  /// For each fact, the last intake that named it, to find what is answered twice.
  private let named: UnsafeMutableBufferPointer<Int>
  private var count = 0

  /// Where in the text the name of the intake stands, quotes included; empty if it has none.
  package private(set) var id: Range<Int> = 0..<0

  /// Bytes that must be readable behind a text.
  package static var padding: Int { max(16, Int(handrail_json_padding)) }
  private static let mostTokens = 1_000_000

  package init(_ program: CompiledProgram, _ names: FactNames) {
    self.names = names
    answers = IntakeBytes(names: names)
    guard let reader = handrail_json_reader_new() else { fatalError("no memory for a JSON reader") }
    self.reader = reader
    tokens = Self.room(for: 4096)
    named = .allocate(capacity: program.program.variables.count)
    named.initialize(repeating: 0)
  }

  deinit {
    handrail_json_reader_free(reader)
    tokens.deallocate()
    named.deallocate()
  }

  private static func room(for count: Int) -> UnsafeMutableBufferPointer<handrail_json_token> {
    let tokens = UnsafeMutableBufferPointer<handrail_json_token>.allocate(capacity: count)
    tokens.initialize(repeating: handrail_json_token())
    return tokens
  }

  /// Reads one object.
  ///
  /// - Parameter text: its bytes; behind them ``padding`` more must be readable.
  package mutating func read<Sheet: AnswerSheet & ~Copyable>(
    _ text: UnsafeRawBufferPointer, into intake: borrowing Sheet
  ) -> QuickReading {
    count += 1
    id = 0..<0
    intake.begin()
    guard let base = text.baseAddress, let length = UInt32(exactly: text.count) else { return .unsure }
    let bytes = base.assumingMemoryBound(to: UInt8.self)
    var found = handrail_json_read(reader, bytes, length, tokens.baseAddress, UInt32(tokens.count))
    while found == HANDRAIL_JSON_TOO_LONG.rawValue, tokens.count < Self.mostTokens {
      let more = Self.room(for: tokens.count * 4)
      tokens.deallocate()
      tokens = more
      found = handrail_json_read(reader, bytes, length, tokens.baseAddress, UInt32(tokens.count))
    }
    guard found >= 0 else { return found == HANDRAIL_JSON_INVALID.rawValue ? .notJSON : .unsure }
    var at = 0
    var id = 0..<0
    let isRead = read(fields: &at, until: Int(found), in: FactNames.root, base, intake, &id) && at == Int(found)
    self.id = id
    return isRead ? .read : .unsure
  }

  /// Reads keys and their values up to the end of their object.
  private func read<Sheet: AnswerSheet & ~Copyable>(
    fields at: inout Int, until end: Int, in scope: Int32, _ text: UnsafeRawPointer,
    _ intake: borrowing Sheet, _ id: inout Range<Int>
  ) -> Bool {
    while at < end, tokens[at].kind == HANDRAIL_JSON_KEY.rawValue {
      let key = tokens[at]
      at += 1
      switch names.target(text + Int(key.start), length: Int(key.length), in: scope) {
      case .unknown: return false
      case .id:
        let value = tokens[at]
        guard id.isEmpty, value.kind == HANDRAIL_JSON_STRING.rawValue || isNumber(value, text) else { return false }
        let quotes = value.kind == HANDRAIL_JSON_STRING.rawValue ? 1 : 0
        id = (Int(value.start) - quotes)..<(Int(value.start + value.length) + quotes)
        at += 1
      case .group(let group):
        guard tokens[at].kind == HANDRAIL_JSON_OBJECT.rawValue else { return false }
        at += 1
        guard read(fields: &at, until: end, in: group, text, intake, &id), at < end,
          tokens[at].kind == HANDRAIL_JSON_END.rawValue
        else { return false }
        at += 1
      case .fact(let fact):
        // Answered twice.
        guard named[fact] != count else { return false }
        named[fact] = count
        guard read(answer: &at, to: fact, text, intake) else { return false }
      }
    }
    return true
  }

  /// Whether a token is a number as JSON writes one: the parser looks only at how it begins.
  private func isNumber(_ token: handrail_json_token, _ text: UnsafeRawPointer) -> Bool {
    guard token.kind == HANDRAIL_JSON_NUMBER.rawValue else { return false }
    var rest = UnsafeRawBufferPointer(start: text + Int(token.start), count: Int(token.length))[...]
    func skip(_ characters: StaticString) -> Bool {
      guard let first = rest.first, characters.withUTF8Buffer({ $0.contains(first) }) else { return false }
      rest.removeFirst()
      return true
    }
    func skipDigits() -> Bool {
      let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
      rest.removeFirst(count)
      return count > 0
    }
    _ = skip("-")
    guard skip("0") || skipDigits() else { return false }
    if skip("."), !skipDigits() { return false }
    if skip("eE") {
      _ = skip("+-")
      guard skipDigits() else { return false }
    }
    return rest.isEmpty
  }

  private func read<Sheet: AnswerSheet & ~Copyable>(
    answer at: inout Int, to fact: Int, _ text: UnsafeRawPointer, _ intake: borrowing Sheet
  ) -> Bool {
    let token = tokens[at]
    at += 1
    switch handrail_json_kind(token.kind) {
    case HANDRAIL_JSON_STRING, HANDRAIL_JSON_NUMBER:
      return answers.take(text + Int(token.start), length: Int(token.length), for: fact, into: intake)
    case HANDRAIL_JSON_TRUE, HANDRAIL_JSON_FALSE:
      guard case .yesNo = names.kinds[fact] else { return false }
      intake.set(fact, option: handrail_json_kind(token.kind) == HANDRAIL_JSON_TRUE ? 1 : 0)
      return true
    case HANDRAIL_JSON_NULL: return true
    case HANDRAIL_JSON_ARRAY:
      guard case .members = names.kinds[fact] else { return false }
      intake.setNone(fact)
      while handrail_json_kind(tokens[at].kind) == HANDRAIL_JSON_STRING {
        guard let member = names.option(text + Int(tokens[at].start), length: Int(tokens[at].length), of: fact) else {
          return false
        }
        intake.set(fact, member: member, .yes)
        at += 1
      }
      guard handrail_json_kind(tokens[at].kind) == HANDRAIL_JSON_END else { return false }
      at += 1
      return true
    case HANDRAIL_JSON_OBJECT:
      guard case .members = names.kinds[fact] else { return false }
      return read(members: &at, of: fact, text, intake)
    default: return false
    }
  }

  /// `{"alcohol": true, "opioids": "does_not_know"}`; the others were not asked.
  private func read<Sheet: AnswerSheet & ~Copyable>(
    members at: inout Int, of fact: Int, _ text: UnsafeRawPointer, _ intake: borrowing Sheet
  ) -> Bool {
    while handrail_json_kind(tokens[at].kind) == HANDRAIL_JSON_KEY {
      let key = tokens[at]
      let value = tokens[at + 1]
      at += 2
      guard let member = names.option(text + Int(key.start), length: Int(key.length), of: fact),
        !intake.isAsked(fact, member: member)
      else { return false }
      switch handrail_json_kind(value.kind) {
      case HANDRAIL_JSON_TRUE: intake.set(fact, member: member, .yes)
      case HANDRAIL_JSON_FALSE: intake.set(fact, member: member, .no)
      case HANDRAIL_JSON_NULL: break
      case HANDRAIL_JSON_STRING:
        guard let word = AnswerWord(text + Int(value.start), length: Int(value.length)) else { return false }
        intake.set(fact, member: member, word.member)
      default: return false
      }
    }
    guard handrail_json_kind(tokens[at].kind) == HANDRAIL_JSON_END else { return false }
    at += 1
    return true
  }
}
