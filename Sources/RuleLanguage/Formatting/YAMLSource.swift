import SourceText

/// The text of a file, by the places of its nodes.
struct YAMLSource {
  private let lines: [[Unicode.Scalar]]

  init(_ file: SourceFile) {
    lines = file.lines.map { Array($0.unicodeScalars) }
  }

  /// A line, counted from 1.
  private func line(_ number: Int) -> [Unicode.Scalar] {
    lines.indices.contains(number - 1) ? lines[number - 1] : []
  }

  func isBlank(_ number: Int) -> Bool { line(number).allSatisfy { $0 == " " || $0 == "\t" } }

  /// What stands in a range, as if on one line: a plain text that goes on in the next line is read with a blank between.
  func text(_ range: SourceRange) -> String {
    let parts = (range.start.line...max(range.start.line, range.end.line)).map { number in
      var part = line(number)[...]
      if number == range.end.line { part = part.prefix(max(0, range.end.column - 1)) }
      if number == range.start.line { part = part.dropFirst(range.start.column - 1) }
      return String(String.UnicodeScalarView(part))
    }
    guard parts.count > 1 else { return parts[0] }
    return parts.joined(separator: " ").split { $0 == " " || $0 == "\t" || $0.isNewline }.joined(separator: " ")
  }

  /// Whether a map or a list stands in braces or brackets.
  func isInBraces(_ node: YAMLNode) -> Bool {
    let sign = line(node.range.start.line).dropFirst(node.range.start.column - 1).first
    return sign == "{" || sign == "["
  }

  /// Whether a colon follows a key. In braces a key may stand alone; a colon would change what is said about that.
  func hasColon(behind key: SourceRange) -> Bool {
    line(key.end.line).dropFirst(key.end.column - 1).first { $0 != " " } == ":"
  }

  /// Where the first key or value inside begins: behind the dashes of a block, but before braces.
  func firstStart(of node: YAMLNode) -> SourcePosition {
    guard case .list(let items) = node.content, !isInBraces(node), let first = items.first else {
      return node.range.start
    }
    return firstStart(of: first)
  }

  /// A plain or quoted text on several lines: its own lines, indented anew. Blanks at their ends mean nothing there.
  func flowText(_ node: YAMLNode, indent: Int) -> [String] {
    (node.range.start.line...node.range.end.line).map { number in
      var line = self.line(number)[...]
      if number == node.range.end.line { line = line.prefix(node.range.end.column - 1) }
      if number == node.range.start.line { line = line.dropFirst(node.range.start.column - 1) }
      let text = String(String.UnicodeScalarView(line))
      var kept = text.trimmingBlanks
      // A blank behind a backslash is meant.
      if kept.hasSuffix("\\"), text.hasSuffix(" "), number < node.range.end.line { kept += " " }
      return number == node.range.start.line || kept.isEmpty
        ? kept : String(repeating: " ", count: indent) + kept
    }
  }

  /// A text behind `|` or `>`: the sign, then its lines, moved as a whole.
  ///
  /// - Parameter holder: the column of the block that holds it, counted from 0.
  func blockText(_ node: YAMLNode, indent: Int, holder: Int) -> [String] {
    let header = String(
      String.UnicodeScalarView(line(node.range.start.line).dropFirst(node.range.start.column - 1)))
    let parts = header.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let remark = parts.count == 2 ? "  #\(parts[1])" : ""
    var sign = String(parts[0]).trimmingBlanks
    var content = stride(from: node.range.start.line + 1, through: node.range.end.line, by: 1).map { line($0)[...] }
    while let last = content.last, last.allSatisfy({ $0 == " " }) { content.removeLast() }
    var depth = content.first { !$0.allSatisfy { $0 == " " } }?.prefix { $0 == " " }.count ?? 0
    if let digit = sign.first(where: \.isNumber), let place = sign.firstIndex(of: digit) {
      depth = holder + (digit.wholeNumberValue ?? 0)
      sign.replaceSubrange(place...place, with: "2")
    }
    var text = content.map { line -> String in
      let rest = line.dropFirst(min(depth, line.prefix { $0 == " " }.count))
      return rest.isEmpty ? "" : String(repeating: " ", count: indent) + String(String.UnicodeScalarView(rest))
    }
    // Blanks at the end of the text are no part of what it says; inside it they are the author's.
    if let last = text.popLast() { text.append(last.trimmingBlanksAtEnd) }
    return [sign + remark.trimmingBlanksAtEnd] + text
  }
}

extension String {
  /// Without spaces and tabs at both ends.
  var trimmingBlanks: String {
    String(trimmingBlanksAtEnd.unicodeScalars.drop { $0 == " " || $0 == "\t" })
  }

  fileprivate var trimmingBlanksAtEnd: String {
    var text = self[...]
    while let last = text.unicodeScalars.last, last == " " || last == "\t" { text.unicodeScalars.removeLast() }
    return String(text)
  }
}
