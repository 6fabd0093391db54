import CYAML
package import SourceText

/// Turns YAML text into ``YAMLNode``s with full ranges, through libyaml's events.
///
/// What YAML offers beyond scalars, maps and lists is refused, each with the trap it would open. A syntax error does not end
/// reading: the broken value is replaced by a mark, and the rest of the file is read again, until nothing is broken.
package struct YAMLReader {
  /// Stands in the text for a value that could not be read.
  fileprivate static let brokenMark = "\u{E000}"

  /// - Returns: the root, `nil` for a file that holds nothing or is beyond repair; and everything found wrong.
  package static func read(_ file: SourceFile) -> (root: YAMLNode?, diagnostics: [Diagnostic]) {
    var repair = SyntaxRepair(file)
    while true {
      var pass = YAMLPass(file: file, lines: repair.lines)
      do {
        let root = try pass.document()
        return (root, repair.diagnostics + pass.diagnostics)
      } catch let stop as ReadingStop {
        switch stop {
        case .syntax(let error):
          if !repair.mend(error) { return (nil, repair.diagnostics) }
        case .fatal(let diagnostic):
          return (nil, repair.diagnostics + [diagnostic])
        }
      } catch {
        return (nil, repair.diagnostics)
      }
    }
  }
}

/// Why a pass ended before the end of the file.
private enum ReadingStop: Error {
  case syntax(YAMLSyntaxError)
  case fatal(Diagnostic)
}

/// One walk over libyaml's events.
private struct YAMLPass {
  let file: SourceFile
  let lines: [Substring]
  var diagnostics: [Diagnostic] = []
  private let text: [UInt8]
  /// For each line whether it holds the sign of a comment.
  private let mayHoldComment: [Bool]

  init(file: SourceFile, lines: [Substring]) {
    self.file = file
    self.lines = lines
    text = Array(lines.joined(separator: "\n").utf8)
    mayHoldComment = lines.map { $0.utf8.contains(UInt8(ascii: "#")) }
  }

  mutating func document() throws -> YAMLNode? {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return nil }
    defer { yaml_parser_delete(&parser) }
    return try text.withUnsafeBufferPointer { buffer in
      yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      // An empty file has no base address, but libyaml wants one.
      let bytes: [UInt8] = [0]
      return try bytes.withUnsafeBufferPointer { empty in
        yaml_parser_set_input_string(&parser, buffer.baseAddress ?? empty.baseAddress, buffer.count)
        return try root(&parser)
      }
    }
  }

  private mutating func root(_ parser: inout yaml_parser_t) throws -> YAMLNode? {
    var root: YAMLNode?
    var documents = 0
    while true {
      var event = try next(&parser)
      defer { yaml_event_delete(&event) }
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
      default: root = try node(event, &parser, depth: 1)
      }
    }
  }

  private func next(_ parser: inout yaml_parser_t) throws -> yaml_event_t {
    var event = yaml_event_t()
    guard yaml_parser_parse(&parser, &event) == 1 else {
      let problem = parser.problem.map { String(cString: $0) } ?? "cannot be read"
      let context = parser.context.map { String(cString: $0) }
      throw ReadingStop.syntax(
        YAMLSyntaxError(
          problem: problem, context: context, line: Int(parser.problem_mark.line) + 1,
          column: Int(parser.problem_mark.column) + 1,
          contextLine: context == nil ? nil : Int(parser.context_mark.line) + 1,
          contextColumn: context == nil ? nil : Int(parser.context_mark.column) + 1))
    }
    return event
  }

  private mutating func node(_ event: yaml_event_t, _ parser: inout yaml_parser_t, depth: Int) throws -> YAMLNode {
    if event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_MAPPING_START_EVENT, depth > Limits.nesting {
      throw ReadingStop.fatal(.nestedTooDeep(at: range(event)))
    }
    switch event.type {
    case YAML_SCALAR_EVENT:
      refuse(anchor: event.data.scalar.anchor, tag: event.data.scalar.tag, event)
      return event.data.scalar.tag == nil ? scalar(event) : YAMLNode(.broken, range(event))
    case YAML_SEQUENCE_START_EVENT:
      refuse(anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag, event)
      return try list(event, &parser, depth: depth)
    case YAML_MAPPING_START_EVENT:
      refuse(anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag, event)
      return try map(event, &parser, depth: depth)
    case YAML_ALIAS_EVENT:
      diagnostics.append(.yamlAlias(at: range(event)))
      return YAMLNode(.broken, range(event))
    default:
      return YAMLNode(.broken, range(event))
    }
  }

  private mutating func list(
    _ start: yaml_event_t, _ parser: inout yaml_parser_t, depth: Int
  ) throws -> YAMLNode {
    var items: [YAMLNode] = []
    while true {
      var event = try next(&parser)
      defer { yaml_event_delete(&event) }
      if event.type == YAML_SEQUENCE_END_EVENT {
        return YAMLNode(.list(items), whole(start, event, last: items.last?.range))
      }
      items.append(try node(event, &parser, depth: depth + 1))
    }
  }

  private mutating func map(
    _ start: yaml_event_t, _ parser: inout yaml_parser_t, depth: Int
  ) throws -> YAMLNode {
    var entries: [YAMLEntry] = []
    // Most maps have few keys, which are found sooner by going through them.
    var places: [String: SourceRange] = [:]
    func place(of key: String) -> SourceRange? {
      places.isEmpty ? entries.first { $0.key.value == key }?.key.range : places[key]
    }
    var hasRefused = false
    while true {
      var event = try next(&parser)
      defer { yaml_event_delete(&event) }
      if event.type == YAML_MAPPING_END_EVENT {
        let range = whole(start, event, last: entries.last?.value.range)
        return YAMLNode(entries.isEmpty && hasRefused ? .broken : .map(entries), range)
      }
      let key = try node(event, &parser, depth: depth + 1)
      var valueEvent = try next(&parser)
      defer { yaml_event_delete(&valueEvent) }
      let value = try node(valueEvent, &parser, depth: depth + 1)
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
      } else if let first = place(of: name.text) {
        diagnostics.append(.duplicateKey(Spanned(name.text, key.range), first: first, isPersonal: file.isPersonal))
      } else {
        entries.append(YAMLEntry(key: Spanned(name.text, key.range), value: value))
        if entries.count == 16 {
          for entry in entries { places[entry.key.value] = entry.key.range }
        } else if entries.count > 16 {
          places[name.text] = key.range
        }
      }
    }
  }

  private mutating func scalar(_ event: yaml_event_t) -> YAMLNode {
    let data = event.data.scalar
    let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
    let text = String(decoding: bytes, as: UTF8.self)
    let isPlain = data.style == YAML_PLAIN_SCALAR_STYLE
    if isPlain, text == YAMLReader.brokenMark { return YAMLNode(.broken, range(event)) }
    if text.unicodeScalars.count > Limits.textLength {
      diagnostics.append(.textTooLong(at: range(event)))
      return YAMLNode(.broken, range(event))
    }
    let isBlock = data.style == YAML_LITERAL_SCALAR_STYLE || data.style == YAML_FOLDED_SCALAR_STYLE
    let scalar = YAMLScalar(
      text: isBlock ? text.trimmingEnd() : text, isQuoted: !isPlain && !isBlock, isBlock: isBlock,
      comment: isPlain && !text.isEmpty ? comment(behind: event) : nil)
    return YAMLNode(.scalar(scalar), range(event))
  }

  /// The comment that follows on the line where a scalar ends.
  private func comment(behind event: yaml_event_t) -> Spanned<String>? {
    let number = Int(event.end_mark.line) + 1
    // Asked of every scalar, most of which stand on lines without a comment.
    guard lines.indices.contains(number - 1), mayHoldComment[number - 1] else { return nil }
    let line = Array(lines[number - 1].unicodeScalars)
    var column = Int(event.end_mark.column)
    while column < line.count, line[column] == " " || line[column] == "\t" { column += 1 }
    guard column < line.count, line[column] == "#" else { return nil }
    let range = SourceRange(
      file: file.name, start: SourcePosition(line: number, column: column + 1),
      end: SourcePosition(line: number, column: line.count + 1))
    return Spanned(String(String.UnicodeScalarView(line[column...])), range)
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

  private func range(_ event: yaml_event_t) -> SourceRange {
    whole(event, event, last: nil)
  }

  /// From the start of one event to the end of another. The end of a block collection is where the next thing begins, so
  /// its last part tells where it really ends.
  private func whole(_ start: yaml_event_t, _ end: yaml_event_t, last: SourceRange?) -> SourceRange {
    let first = SourcePosition(line: Int(start.start_mark.line) + 1, column: Int(start.start_mark.column) + 1)
    let isFlow = end.start_mark.index != end.end_mark.index
    let mark = SourcePosition(line: Int(end.end_mark.line) + 1, column: Int(end.end_mark.column) + 1)
    var range = SourceRange(file: file.name, start: first, end: isFlow ? mark : last?.end ?? mark)
    if start.type == YAML_SCALAR_EVENT, range.end.column == 1, range.end.line > range.start.line {
      // A block text ends on the line after its last.
      let line = range.end.line - 1
      let end = SourcePosition(line: line, column: file.line(line).unicodeScalars.count + 1)
      range = SourceRange(file: file.name, start: first, end: end)
    }
    return range
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var text = self[...]
    while let last = text.unicodeScalars.last, last == "\n" || last == " " { text.unicodeScalars.removeLast() }
    return String(text)
  }
}
