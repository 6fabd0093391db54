/// Boxes and arrows, bars and words as SVG. The size of a text is estimated, so that a picture is the same on every machine.
struct SVGDrawing {
  /// What a box stands for, shown by its colour.
  enum Kind: String {
    case decision
    case chosen
    case fact
  }

  /// What a bar stands for, shown by its colour.
  enum Measure: String {
    case share
    case rest
  }

  /// How words that stand by themselves are set.
  enum Words: String {
    case heading
    case remark
    /// Ends at its place.
    case label
    case figure
    /// Ends at its place.
    case aside
    case note
  }

  struct Box {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var left: (Double, Double) { (x, y + height / 2) }
    var right: (Double, Double) { (x + width, y + height / 2) }
  }

  static let lineHeight = 17.0
  static let padding = 10.0
  private var shapes: [String] = []
  private var lines: [String] = []
  private var usesCharts = false
  private(set) var width = 0.0
  private(set) var height = 0.0

  /// How wide a text in the font of the boxes is at the most.
  static func width(of text: String) -> Double {
    text.reduce(0) { $0 + ("iljtf.,:;()[]' |".contains($1) ? 4.2 : $1.isUppercase || "mw".contains($1) ? 9.2 : 7) }
  }

  /// The text in lines no wider than `width`.
  static func wrapped(_ text: String, width limit: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : "\(line) \(word)"
      if !line.isEmpty, width(of: longer) > limit {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// Draws a box with a title, if it has one, and lines below it.
  mutating func box(
    _ kind: Kind, at place: (x: Double, y: Double), width: Double, title: [String] = [], lines text: [String]
  ) -> Box {
    let all = title.count + text.count
    let box = Box(x: place.x, y: place.y, width: width, height: Double(all) * Self.lineHeight + Self.padding * 1.2)
    shapes.append(
      #"<rect class="\#(kind.rawValue)" x="\#(short(box.x))" y="\#(short(box.y))" width="\#(short(box.width))" "#
        + #"height="\#(short(box.height))" rx="6"/>"#)
    for (row, words) in (title + text).enumerated() {
      let y = box.y + Self.padding * 0.6 + Double(row) * Self.lineHeight + 12.5
      let style = row < title.count ? #" class="title""# : ""
      shapes.append(
        #"<text x="\#(short(box.x + Self.padding))" y="\#(short(y))"\#(style)>\#(HTMLText.escape(words))</text>"#)
    }
    reach(box.x + box.width, box.y + box.height)
    return box
  }

  /// Draws a curve through points, with an arrow at its end. It lies below all boxes.
  mutating func arrow(through points: [(Double, Double)]) {
    guard let first = points.first else { return }
    var path = "M\(short(first.0)) \(short(first.1))"
    for (from, to) in zip(points, points.dropFirst()) {
      let middle = (from.0 + to.0) / 2
      path += " C\(short(middle)) \(short(from.1)) \(short(middle)) \(short(to.1)) \(short(to.0)) \(short(to.1))"
      reach(to.0, to.1)
    }
    lines.append(#"<path d="\#(path)" marker-end="url(#tip)"/>"#)
  }

  // MARK: Charts

  mutating func bar(_ measure: Measure, at place: (x: Double, y: Double), width: Double, height: Double) {
    usesCharts = true
    shapes.append(
      #"<rect class="\#(measure.rawValue)" x="\#(short(place.x))" y="\#(short(place.y))" width="\#(short(width))" "#
        + #"height="\#(short(height))"/>"#)
    reach(place.x + width, place.y + height)
  }

  mutating func words(_ text: String, at place: (x: Double, y: Double), _ words: Words) {
    usesCharts = true
    shapes.append(
      #"<text class="\#(words.rawValue)" x="\#(short(place.x))" y="\#(short(place.y))">\#(HTMLText.escape(text))</text>"#
    )
  }

  /// A straight line without an arrow.
  mutating func line(from: (x: Double, y: Double), to: (x: Double, y: Double)) {
    lines.append(#"<path d="M\#(short(from.x)) \#(short(from.y)) L\#(short(to.x)) \#(short(to.y))"/>"#)
  }

  /// What a chart needs beside the styles of boxes. Bars and words keep a contrast of at least 4.5 to white.
  private static let chartStyles = """
    text.heading { font-size: 26px; font-weight: bold; }
    text.remark { font-size: 15px; fill: #44525f; }
    text.label { font-size: 16px; text-anchor: end; }
    text.figure { font-size: 16px; font-weight: bold; }
    text.aside { font-size: 14px; text-anchor: end; fill: #44525f; }
    text.note { font-size: 12.5px; fill: #44525f; }
    rect.share { fill: #1f5a94; }
    rect.rest { fill: #6b7784; }

    """

  /// Makes room up to a place.
  mutating func reach(_ x: Double, _ y: Double) {
    width = max(width, x)
    height = max(height, y)
  }

  /// - Parameter alternative: what the picture shows, for who cannot see it.
  func text(alternative: String) -> String {
    let size = (short(width + 12), short(height + 12))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(size.0)" height="\(size.1)" viewBox="0 0 \(size.0) \(size.1)" role="img" aria-label="\(HTMLText.escape(alternative))">
      <style>
      text { font: 13px "Helvetica Neue", Arial, sans-serif; fill: #1c2733; }
      text.title { font-weight: bold; }
      rect { stroke-width: 1.2; }
      rect.decision { fill: #e8f0fb; stroke: #38618c; }
      rect.chosen { fill: #fdf1d6; stroke: #a06a00; }
      rect.fact { fill: #f4f5f3; stroke: #7d8a80; }
      path { fill: none; stroke: #7a8794; stroke-width: 1.3; }
      \(usesCharts ? Self.chartStyles : "")</style>
      <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" style="fill: #7a8794; stroke: none"/></marker></defs>
      <rect width="100%" height="100%" style="fill: #ffffff; stroke: none"/>
      \(lines.joined(separator: "\n"))
      \(shapes.joined(separator: "\n"))
      </svg>

      """
  }

  /// One digit behind the point, and none where it is zero.
  private func short(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
