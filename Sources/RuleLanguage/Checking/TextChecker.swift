import RuleEngine
import SourceText

/// Finds what is filled into texts.
struct TextChecker {
  let symbols: SymbolTable
  let numbers: [String: Int]
  let parameters: [String: Int]

  /// The text without anything to fill in.
  static func localized(_ text: ParsedText) -> LocalizedText {
    LocalizedText(byLanguage: text.mapValues { $0.value.singleSpaced() })
  }

  /// The template of a text into which nothing is filled.
  static func plain(_ text: ParsedText) -> Template {
    Template(
      byLanguage: text.mapValues { words in
        let whole = words.value.singleSpaced()
        return whole.isEmpty ? [] : [.literal(whole)]
      })
  }

  /// - Parameters:
  ///   - readable: the names that may be filled in; `nil` if every name may.
  ///   - mayOmitPhase: whether a phased name without a phase means "the same phase".
  func template(
    _ text: ParsedText, readable: Set<String>?, mayOmitPhase: Bool, _ diagnostics: inout [Diagnostic]
  ) -> Template {
    var byLanguage: [String: [Template.Segment]] = [:]
    for (language, words) in text.sorted(by: { $0.key < $1.key }) {
      byLanguage[language] = segments(words, readable, mayOmitPhase, &diagnostics)
    }
    return Template(byLanguage: byLanguage)
  }

  private func segments(
    _ text: Spanned<String>, _ readable: Set<String>?, _ mayOmitPhase: Bool, _ diagnostics: inout [Diagnostic]
  ) -> [Template.Segment] {
    var segments: [Template.Segment] = []
    var literal = ""
    let whole = text.value.singleSpaced()
    var rest = whole[...]
    while let open = rest.firstIndex(of: "<") {
      literal += rest[..<open]
      let inside = rest[rest.index(after: open)...]
      guard let close = inside.firstIndex(of: ">"),
        let segment = segment(
          inside[..<close], place(of: inside[..<close], in: whole, text), readable, mayOmitPhase, &diagnostics)
      else {
        literal += "<"
        rest = inside
        continue
      }
      if !literal.isEmpty { segments.append(.literal(literal)) }
      literal = ""
      segments.append(segment)
      rest = inside[inside.index(after: close)...]
    }
    literal += rest
    if !literal.isEmpty { segments.append(.literal(literal)) }
    return segments
  }

  /// Where a filled-in name stands, in a text that stands on one line as it is; else the whole text.
  private func place(of inside: Substring, in whole: String, _ text: Spanned<String>) -> SourceRange {
    guard whole == text.value, text.range.start.line == text.range.end.line else { return text.range }
    let before = whole[..<inside.startIndex].unicodeScalars.count - 1
    let start = text.range.dropping(before, from: text.value).start
    let end = SourcePosition(line: start.line, column: start.column + inside.unicodeScalars.count + 2)
    return text.range.moved(from: start, to: end)
  }

  private func segment(
    _ inside: Substring, _ place: SourceRange, _ readable: Set<String>?, _ mayOmitPhase: Bool,
    _ diagnostics: inout [Diagnostic]
  ) -> Template.Segment? {
    if inside.hasPrefix("$") {
      let name = String(inside.dropFirst())
      guard name.isName else { return nil }
      if let index = parameters[name] { return .parameter(index) }
      diagnostics.append(.unknownFill(name, at: place, candidates: parameters.keys.sorted(), prefix: "$"))
      return nil
    }
    let name = String(inside)
    guard name.isName else { return nil }
    guard let symbol = symbols[name], let number = numbers[name] else {
      diagnostics.append(.unknownFill(name, at: place, candidates: symbols.names, prefix: ""))
      return nil
    }
    if case .fact(isRecordOnly: true) = symbol.kind {
      diagnostics.append(.readsRecordOnly(Spanned(name, place), in: "a text"))
      return nil
    }
    if symbol.isPhased, !mayOmitPhase {
      diagnostics.append(
        .whichPhase(Spanned(name, place), example: symbol.name(in: Program.phases[0]), in: "this text"))
      return nil
    }
    if let readable, !readable.contains(name), name != "assessed_on" {
      diagnostics.append(.fillNotRead(name, at: place))
      return nil
    }
    return .variable(number)
  }
}

extension String {
  /// Line breaks of a text that runs over several lines are spaces; blank lines stay.
  fileprivate func singleSpaced() -> String {
    // Most texts are so already.
    if isSingleSpaced { return self }
    return split(separator: "\n\n", omittingEmptySubsequences: true)
      .map { $0.split(whereSeparator: { $0 == "\n" || $0 == " " }).joined(separator: " ") }
      .joined(separator: "\n\n")
  }

  private var isSingleSpaced: Bool {
    var last = UInt8(ascii: " ")
    for byte in utf8 {
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: " ") && last == byte { return false }
      last = byte
    }
    return last != UInt8(ascii: " ")
  }
}
