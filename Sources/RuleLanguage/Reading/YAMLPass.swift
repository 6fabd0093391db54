import CYAML
import SourceText

/// Why a pass ended before the end of the file.
enum ReadingStop: Error {
  case syntax(YAMLSyntaxError)
  case fatal(Diagnostic)
}

/// One walk over libyaml's events.
struct YAMLPass {
  /// The file as it was written, for places in it.
  let file: SourceFile
  private let text: YAMLText
  private(set) var diagnostics: [Diagnostic] = []
  /// A place in the file, of which all others are made.
  private let place: SourceRange

  init(file: SourceFile, text: YAMLText) {
    self.file = file
    self.text = text
    place = .start(of: file.name)
  }

  mutating func document() throws -> YAMLNode? {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return nil }
    defer { yaml_parser_delete(&parser) }
    return try text.bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      // An empty file has no base address, but libyaml wants one.
      let bytes: [UInt8] = [0]
      return try bytes.withUnsafeBufferPointer { empty in
        yaml_parser_set_input_string(&parser, buffer.baseAddress ?? empty.baseAddress, buffer.count)
        // One event after the other is read in place; there are very many.
        var event = yaml_event_t()
        defer { yaml_event_delete(&event) }
        return try root(&parser, &event)
      }
    }
  }

  private mutating func root(_ parser: inout yaml_parser_t, _ event: inout yaml_event_t) throws -> YAMLNode? {
    var root: YAMLNode?
    var documents = 0
    while true {
      try next(&parser, &event)
      switch event.type {
      case YAML_STREAM_END_EVENT: return root
      case YAML_DOCUMENT_START_EVENT:
        documents += 1
        if documents > 1 { throw ReadingStop.fatal(.secondDocument(at: range(event))) }
        if event.data.document_start.version_directive != nil
          || event.data.document_start.tag_directives.start != event.data.document_start.tag_directives.end
        {
          diagnostics.append(.yamlDirective(at: range(event)))
        }
      case YAML_STREAM_START_EVENT, YAML_DOCUMENT_END_EVENT: break
      default: root = try node(&event, &parser, depth: 1)
      }
    }
  }

  /// Reads the next event in place of the last.
  private func next(_ parser: inout yaml_parser_t, _ event: inout yaml_event_t) throws {
    yaml_event_delete(&event)
    guard yaml_parser_parse(&parser, &event) == 1 else {
      let problem = parser.problem.map { String(cString: $0) } ?? "cannot be read"
      let context = parser.context.map { String(cString: $0) }
      throw ReadingStop.syntax(
        YAMLSyntaxError(
          problem: problem, context: context, line: line(parser.problem_mark),
          column: Int(parser.problem_mark.column) + 1,
          contextLine: context == nil ? nil : line(parser.context_mark),
          contextColumn: context == nil ? nil : Int(parser.context_mark.column) + 1))
    }
  }

  /// The node that an event begins. The event is its last one afterwards.
  private mutating func node(
    _ event: inout yaml_event_t, _ parser: inout yaml_parser_t, depth: Int
  ) throws -> YAMLNode {
    if event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_MAPPING_START_EVENT, depth > Limits.nesting {
      throw ReadingStop.fatal(.nestedTooDeep(at: range(event)))
    }
    switch event.type {
    case YAML_SCALAR_EVENT:
      refuse(anchor: event.data.scalar.anchor, tag: event.data.scalar.tag, event)
      return event.data.scalar.tag == nil ? scalar(event) : YAMLNode(.broken, range(event))
    case YAML_SEQUENCE_START_EVENT:
      refuse(anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag, event)
      return try list(&event, &parser, depth: depth)
    case YAML_MAPPING_START_EVENT:
      refuse(anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag, event)
      return try map(&event, &parser, depth: depth)
    case YAML_ALIAS_EVENT:
      diagnostics.append(.yamlAlias(at: range(event)))
      return YAMLNode(.broken, range(event))
    default:
      return YAMLNode(.broken, range(event))
    }
  }

  private mutating func list(
    _ event: inout yaml_event_t, _ parser: inout yaml_parser_t, depth: Int
  ) throws -> YAMLNode {
    let start = position(event.start_mark)
    var items: [YAMLNode] = []
    while true {
      try next(&parser, &event)
      if event.type == YAML_SEQUENCE_END_EVENT {
        return YAMLNode(.list(items), whole(from: start, event, last: items.last?.range))
      }
      items.append(try node(&event, &parser, depth: depth + 1))
    }
  }

  private mutating func map(
    _ event: inout yaml_event_t, _ parser: inout yaml_parser_t, depth: Int
  ) throws -> YAMLNode {
    let start = position(event.start_mark)
    var entries: [YAMLEntry] = []
    entries.reserveCapacity(4)
    var places = KeyPlaces()
    var hasRefused = false
    while true {
      try next(&parser, &event)
      if event.type == YAML_MAPPING_END_EVENT {
        let range = whole(from: start, event, last: entries.last?.value.range)
        return YAMLNode(entries.isEmpty && hasRefused ? .broken : .map(entries), range)
      }
      let key = try node(&event, &parser, depth: depth + 1)
      try next(&parser, &event)
      let value = try node(&event, &parser, depth: depth + 1)
      guard case .scalar(let name) = key.content else {
        if !key.isBroken { diagnostics.append(.keyNotAWord(key)) }
        hasRefused = true
        continue
      }
      if name.isBlank {
        diagnostics.append(.keyWithoutWord(at: key.range))
        hasRefused = true
      } else if name.text == "<<", !name.isQuoted {
        diagnostics.append(.yamlMergeKey(at: key.range))
        hasRefused = true
      } else if let first = places.first(name.text, in: entries) {
        let first = entries[first].key.range
        diagnostics.append(.duplicateKey(Spanned(name.text, key.range), first: first, isPersonal: file.isPersonal))
      } else {
        entries.append(YAMLEntry(key: Spanned(name.text, key.range), value: value))
      }
    }
  }

  private mutating func scalar(_ event: yaml_event_t) -> YAMLNode {
    let data = event.data.scalar
    let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
    let text = String(decoding: bytes, as: UTF8.self)
    let isPlain = data.style == YAML_PLAIN_SCALAR_STYLE
    let range = range(event)
    let mark = SyntaxRepair.brokenMark
    if isPlain, data.length == mark.utf8.count, text == mark { return YAMLNode(.broken, range) }
    // No text has more characters than bytes, and these are counted.
    if data.length > Limits.textLength, text.unicodeScalars.count > Limits.textLength {
      diagnostics.append(.textTooLong(at: range))
      return YAMLNode(.broken, range)
    }
    let isBlock = data.style == YAML_LITERAL_SCALAR_STYLE || data.style == YAML_FOLDED_SCALAR_STYLE
    let scalar = YAMLScalar(
      text: isBlock ? text.trimmingEnd() : text, isQuoted: !isPlain && !isBlock, isBlock: isBlock,
      comment: isPlain && !text.isEmpty && self.text.holdsComments ? comment(behind: event) : nil)
    return YAMLNode(.scalar(scalar), range)
  }

  /// The comment that follows on the line where a scalar ends.
  private func comment(behind event: yaml_event_t) -> YAMLRemark? {
    let number = line(event.end_mark)
    // Asked of every scalar, most of which stand on lines without a comment.
    guard text.mayHoldComment(line: number) else { return nil }
    let line = Array(text.lines.line(number).unicodeScalars)
    var column = Int(event.end_mark.column)
    while column < line.count, line[column] == " " || line[column] == "\t" { column += 1 }
    guard column < line.count, line[column] == "#" else { return nil }
    let range = place.moved(
      from: SourcePosition(line: number, column: column + 1),
      to: SourcePosition(line: number, column: line.count + 1))
    return YAMLRemark(Spanned(String(String.UnicodeScalarView(line[column...])), range))
  }

  private mutating func refuse(
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, _ event: yaml_event_t
  ) {
    if let anchor {
      diagnostics.append(.yamlAnchor(String(cString: anchor), at: range(event), isPersonal: file.isPersonal))
    }
    if let tag {
      diagnostics.append(.yamlTag(String(cString: tag), at: range(event), isPersonal: file.isPersonal))
    }
  }

  /// The line of the file in which a mark stands, counted from 1.
  private func line(_ mark: yaml_mark_t) -> Int { Int(mark.line) + text.firstLine }

  private func position(_ mark: yaml_mark_t) -> SourcePosition {
    SourcePosition(line: line(mark), column: Int(mark.column) + 1)
  }

  private func range(_ event: yaml_event_t) -> SourceRange {
    let range = whole(from: position(event.start_mark), event, last: nil)
    guard event.type == YAML_SCALAR_EVENT, range.end.column == 1, range.end.line > range.start.line else {
      return range
    }
    // A block text ends on the line after its last.
    let line = range.end.line - 1
    return place.moved(
      from: range.start, to: SourcePosition(line: line, column: file.line(line).unicodeScalars.count + 1))
  }

  /// From a place to the end of an event. The end of a block collection is where the next thing begins, so its last part tells
  /// where it really ends.
  private func whole(from start: SourcePosition, _ end: yaml_event_t, last: SourceRange?) -> SourceRange {
    let isFlow = end.start_mark.index != end.end_mark.index
    let mark = position(end.end_mark)
    return place.moved(from: start, to: isFlow ? mark : last?.end ?? mark)
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var text = self[...]
    while let last = text.unicodeScalars.last, last == "\n" || last == " " { text.unicodeScalars.removeLast() }
    return String(text)
  }
}
