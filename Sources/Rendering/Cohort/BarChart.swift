import RuleAnalysis

/// Bars on a page of the form of a slide (16:9), taller only where the bars would not fit.
struct BarChart {
  struct Bar {
    var label: String
    var cell: CohortCell
    /// Whether it stands for people who get nothing.
    var isMuted: Bool
    /// An average amount, which stands at the right.
    var average: String?
  }

  var title: String
  /// What else there is to say, below the title.
  var remark: String
  /// Who was counted, by which rules.
  var footer: String
  var bars: [Bar]
  /// Everybody: the length of the scale.
  var whole: Int

  private static let width = 960.0
  private static let height = 540.0
  private static let margin = 36.0
  private static let labelWidth = 330.0
  private static let figureWidth = 150.0
  private static let averageWidth = 190.0

  func svg(alternative: String) -> String {
    var drawing = SVGDrawing()
    var y = Self.margin
    for line in Self.lines(title, width: 888, size: 28, most: 3) {
      drawing.words(line, at: (Self.margin, y + 24), .heading)
      y += 34
    }
    for line in Self.lines(remark, width: 888, size: 15, most: 3) {
      drawing.words(line, at: (Self.margin, y + 12), .remark)
      y += 20
    }
    let notes = Self.lines(footer, width: 888, size: 12.5, most: 4)
    let foot = Double(notes.count) * 17 + 14
    y += 12
    let labels = bars.map { Self.lines($0.label, width: Self.labelWidth - 24, size: 16, most: 2) }
    let tallest = labels.contains { $0.count > 1 } ? 40.0 : 26.0
    let room = (Self.height - Self.margin - foot - y) / Double(max(1, bars.count))
    let pitch = min(58, max(tallest, room))
    let left = Self.margin + Self.labelWidth
    let averages = bars.contains { $0.average != nil } ? Self.averageWidth : 0
    let length = Self.width - Self.margin - Self.figureWidth - averages - left
    let top = y
    for (bar, lines) in zip(bars, labels) {
      let middle = y + pitch / 2
      for (index, line) in lines.enumerated() {
        let offset = (Double(index) - Double(lines.count - 1) / 2) * 18
        drawing.words(line, at: (left - 12, middle + offset + 5.5), .label)
      }
      let thickness = min(30, pitch * 0.66)
      if let count = bar.cell.count, count > 0 {
        let share = whole == 0 ? 0 : Double(count) / Double(whole)
        drawing.bar(
          bar.isMuted ? .rest : .share, at: (left, middle - thickness / 2), width: max(2, length * share),
          height: thickness)
        drawing.words(
          "\(CohortWords.count(count)) · \(CohortWords.percent(count, of: whole))",
          at: (left + max(2, length * share) + 10, middle + 5.5), .figure)
      } else {
        drawing.words(CohortWords.count(bar.cell), at: (left + 10, middle + 5.5), .figure)
      }
      if let average = bar.average {
        drawing.words("⌀ \(average)", at: (Self.width - Self.margin, middle + 5), .aside)
      }
      y += pitch
    }
    drawing.line(from: (left, top), to: (left, y))
    y = max(y + 10, Self.height - Self.margin - foot + 14)
    for note in notes {
      y += 17
      drawing.words(note, at: (Self.margin, y), .note)
    }
    drawing.reach(Self.width - 12, max(Self.height - 12, y + 14))
    return drawing.text(alternative: alternative)
  }

  // MARK: Words

  /// A text in lines that fit, with an ellipsis where something is left out.
  private static func lines(_ text: String, width: Double, size: Double, most: Int) -> [String] {
    var lines = SVGDrawing.wrapped(text, width: width * 13 / size).flatMap { pieces(of: $0, width: width, size: size) }
    guard lines.count > most else { return lines }
    lines = Array(lines.prefix(most))
    while self.width(of: lines[most - 1] + " …", size: size) > width { lines[most - 1].removeLast() }
    lines[most - 1] += " …"
    return lines
  }

  /// A line whose words are too long is cut inside a word.
  private static func pieces(of line: String, width: Double, size: Double) -> [String] {
    var pieces = [""]
    for character in line {
      if self.width(of: pieces[pieces.count - 1] + String(character), size: size) > width { pieces.append("") }
      pieces[pieces.count - 1].append(character)
    }
    return pieces
  }

  /// The widest letters are wider than those of boxes are taken to be, where words have more room.
  private static func width(of text: String, size: Double) -> Double {
    let wide = text.reduce(0.0) { $0 + ("WMm@%…—".contains($1) ? 3.8 : 0) }
    return (SVGDrawing.width(of: text) + wide) * size / 13
  }
}
