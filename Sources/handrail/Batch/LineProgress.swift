/// Tells a person at a terminal how far the lines of an input have come.
struct LineProgress {
  let isShown: Bool
  let size: Int?
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let firstLine: Int

  init(isShown: Bool, size: Int?, firstLine: Int = 1) {
    self.isShown = isShown
    self.size = size
    self.firstLine = firstLine
    start = clock.now
  }

  /// - Parameters:
  ///   - line: the number of the next line.
  ///   - offset: where it begins.
  func show(line: Int, offset: Int, bad: Int) {
    guard isShown else { return }
    let seconds = (clock.now - start) / .seconds(1)
    var text = "\r\u{1B}[K\(line - 1) lines"
    if let size, size > 0 { text += ", \(Int(Double(offset) * 100 / Double(size)))%" }
    if seconds > 0 { text += ", \(Int(Double(line - firstLine) / seconds)) a second" }
    if bad > 0 { text += ", \(bad) bad" }
    Console.report(text)
  }

  func clear() {
    if isShown { Console.report("\r\u{1B}[K") }
  }
}
