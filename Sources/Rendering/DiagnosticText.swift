public import SourceText

/// Findings as text: place, severity, id and message, the line with the range underlined, then notes and corrections.
///
/// ```
/// Rules/track.yaml:4:5: error[unknown-name]: there is no fact, derived fact, decision or rule `work.huors`
///    4 |     work.huors: days
///      |     ^~~~~~~~~~
///      = did you mean `work.hours`?
/// ```
public struct DiagnosticText {
  private let files: [String: SourceFile]
  private let style: TextStyle
  /// Whether lines of an intake, and what would show an answer, are printed.
  private let showsAnswers: Bool

  public init(files: [String: SourceFile], style: TextStyle, showsAnswers: Bool = false) {
    self.files = files
    self.style = style
    self.showsAnswers = showsAnswers
  }

  public func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map(render).joined()
  }

  public func render(_ diagnostic: Diagnostic) -> String {
    let word = style.paint(
      "\(diagnostic.severity.rawValue)[\(diagnostic.id)]", diagnostic.severity.colour)
    var text = "\(place(diagnostic.range))\(word): \(diagnostic.message.printable)\n"
    if let range = diagnostic.range { text += snippet(range) }
    if showsAnswers, let answer = diagnostic.answerNote { text += hint(answer) }
    let mayShow = showsAnswers || !(diagnostic.range.flatMap { files[$0.file]?.isPersonal } ?? false)
    let fixesName = diagnostic.id == "unknown-fact"
    for fixIt in diagnostic.fixIts where mayShow || fixesName { text += hint(fixIt.message) }
    for note in diagnostic.notes {
      guard let range = note.range else {
        text += hint(note.message)
        continue
      }
      text += "\(place(range))\(style.paint("note", .cyan)): \(note.message.printable)\n" + snippet(range)
    }
    return text
  }

  private func place(_ range: SourceRange?) -> String {
    guard let range, !range.file.isEmpty else { return "" }
    return "\(range.file.printable):\(range.start.line):\(range.start.column): "
  }

  private func hint(_ message: String) -> String {
    "     = \(message.printable)\n"
  }

  /// The line with its range underlined; nothing for a file that holds answers, or for a place that is no line.
  private func snippet(_ range: SourceRange) -> String {
    guard let file = files[range.file], !file.isPersonal || showsAnswers, range.start.line <= file.lineCount else {
      return ""
    }
    let line = Array(String(file.line(range.start.line)).unicodeScalars)
    guard !line.isEmpty else { return "" }
    let last = range.end.line == range.start.line ? range.end.column : line.count + 1
    // A very long line is shown around the place only.
    let window = style.width - 8
    let from = range.start.column > window ? range.start.column - window / 2 : 1
    let shown = line.dropFirst(from - 1).prefix(window)
    let text =
      (from > 1 ? "…" : "") + String(String.UnicodeScalarView(shown.dropFirst(from > 1 ? 1 : 0))).printable
      + (from - 1 + shown.count < line.count ? "…" : "")
    let number = String(range.start.line)
    let gutter = String(repeating: " ", count: max(0, 4 - number.count)) + number
    let before = String(repeating: " ", count: max(0, range.start.column - from))
    let length = max(1, min(last, from + shown.count) - range.start.column)
    let marks = "^" + String(repeating: "~", count: length - 1)
    return "\(gutter) | \(text)\n     | \(before)\(style.paint(marks, .green))\n"
  }
}

extension Diagnostic.Severity {
  fileprivate var colour: TextStyle.Paint {
    switch self {
    case .error: .red
    case .warning: .yellow
    case .note: .cyan
    }
  }
}
