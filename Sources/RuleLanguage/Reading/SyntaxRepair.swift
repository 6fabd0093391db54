import SourceText

/// A syntax error as libyaml tells it.
struct YAMLSyntaxError {
  var problem: String
  var context: String?
  /// Counted from 1.
  var line: Int
  var column: Int
  var contextLine: Int?
  var contextColumn: Int?
}

/// Passes over syntax errors one after the other, so that all of a file's errors are found in one run.
///
/// First the value on the broken line is replaced by a mark; if that does not help, the whole element around it. Lines are
/// replaced, never removed, so that places stay right.
struct SyntaxRepair {
  /// Stands in the text for a value that could not be read.
  static let brokenMark = "\u{E000}"

  private let file: SourceFile
  private lazy var lines = file.lines
  private(set) var diagnostics: [Diagnostic] = []
  private var seen: Set<Int> = []
  private var count = 0

  init(_ file: SourceFile) {
    self.file = file
  }

  /// The file with what was mended.
  var mended: SourceFile {
    mutating get { SourceFile(name: file.name, text: lines.joined(separator: "\n"), isPersonal: file.isPersonal) }
  }

  /// Reports the error and changes the lines so that the next pass gets further; `false` if nothing more can be done.
  mutating func mend(_ error: YAMLSyntaxError) -> Bool {
    count += 1
    let culprit = min(culpritLine(error), lines.count)
    guard count <= Limits.syntaxErrors else {
      diagnostics.append(.tooManySyntaxErrors(file.name, line: culprit))
      return false
    }
    if seen.insert(culprit).inserted {
      diagnostics.append(.syntax(error, line: culprit, in: file))
      return replaceValue(onLine: culprit) || blankElement(around: culprit)
    }
    return blankElement(around: culprit)
  }

  /// An error is often noticed after the line that caused it: an unclosed quote or bracket at its end.
  private func culpritLine(_ error: YAMLSyntaxError) -> Int {
    if let contextLine = error.contextLine, let context = error.context,
      context.contains("quoted scalar") || context.contains("flow mapping") || context.contains("flow sequence")
    {
      return contextLine
    }
    if error.problem.contains("could not find expected ':'"), let contextLine = error.contextLine { return contextLine }
    return error.line
  }

  private func indent(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }

  private func isBlank(_ line: Substring) -> Bool {
    let rest = line.drop { $0 == " " || $0 == "\t" }
    return rest.isEmpty || rest.first == "#"
  }

  /// `key: what is broken` becomes `key: mark`, and everything deeper below it is blanked.
  private mutating func replaceValue(onLine number: Int) -> Bool {
    let line = lines[number - 1]
    guard let colon = firstColon(line) else { return false }
    lines[number - 1] = Substring(line[...colon] + " " + Self.brokenMark)
    blankBelow(number, deeperThan: indent(line))
    return true
  }

  /// The colon that ends the key at the start of a line; the key must not be quoted or begin something else.
  private func firstColon(_ line: Substring) -> Substring.Index? {
    let text = line.drop { $0 == " " }
    guard let first = text.first, first.isLetter, let colon = text.firstIndex(of: ":") else { return nil }
    let key = text[..<colon]
    guard key.allSatisfy({ $0.isLetter || $0.isNumber || "._-[]".contains($0) }) else { return nil }
    return colon
  }

  private mutating func blankBelow(_ number: Int, deeperThan depth: Int) {
    var next = number
    while next < lines.count, isBlank(lines[next]) || indent(lines[next]) > depth {
      lines[next] = ""
      next += 1
    }
  }

  /// Blanks the line, everything deeper below it, and, if it was mended before, its parent's whole content.
  private mutating func blankElement(around number: Int) -> Bool {
    var start = number
    if isBlank(lines[start - 1]) || seen.contains(-start) {
      // Nothing left here to blank: go up to the line that holds it.
      let depth = indent(lines[start - 1])
      while start > 1, isBlank(lines[start - 1]) || indent(lines[start - 1]) >= max(1, depth) { start -= 1 }
      guard !isBlank(lines[start - 1]) else { return false }
    }
    let depth = indent(lines[start - 1])
    seen.insert(-start)
    if depth == 0, let colon = firstColon(lines[start - 1]) {
      lines[start - 1] = Substring(lines[start - 1][...colon] + " " + Self.brokenMark)
    } else {
      lines[start - 1] = ""
    }
    blankBelow(start, deeperThan: depth)
    return true
  }
}
