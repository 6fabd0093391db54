import Cores
import SourceText

/// Reads a long file in as many stretches as the machine has cores, all at once.
///
/// A file is cut before an element of a section, and each stretch but the first begins with the section's name written once
/// more:
///
/// ```
/// rules:                     rules:
///   one: {…}                   two: {…}
/// ```
///
/// Whether a cut was right shows afterwards: every stretch must be a map without anything wrong, and the elements on both
/// sides of the cut must stand in the same section, at the same depth. Else the file is read in one piece, as short files are;
/// so what is found and said never depends on how many cores there are.
enum YAMLStretches {
  /// Where a file is cut.
  private struct Cut {
    /// The first line behind it.
    var line: Int
    var section: String
    var sectionLine: Int
    /// The column of the elements.
    var column: Int
  }

  /// The root of a file in which nothing is wrong; `nil` if it should be read in one piece.
  static func read(_ file: SourceFile, shortest: Int) -> YAMLNode? {
    let count = min(coreCount, file.text.utf8.count / shortest)
    guard count > 1 else { return nil }
    return file.text.utf8.withContiguousStorageIfAvailable { read(file, $0, count: count) } ?? nil
  }

  private static func read(_ file: SourceFile, _ bytes: UnsafeBufferPointer<UInt8>, count: Int) -> YAMLNode? {
    let cuts = (1..<count).compactMap { cut(file, bytes, near: file.lineCount * $0 / count) }
    guard cuts.count == count - 1, zip(cuts, cuts.dropFirst()).allSatisfy({ $0.line < $1.line }) else { return nil }
    func start(_ line: Int) -> Int { file.bytes(ofLine: line)?.lowerBound ?? bytes.count }
    var texts: [YAMLText] = []
    for index in 0..<count {
      let first = index == 0 ? 0 : start(cuts[index - 1].line)
      let end = index == count - 1 ? bytes.count : start(cuts[index].line)
      let name = index == 0 ? "" : "\(cuts[index - 1].section):\n"
      let firstLine = index == 0 ? 1 : cuts[index - 1].line - 1
      texts.append(YAMLText(Array(name.utf8) + bytes[first..<end], of: file, firstLine: firstLine))
    }
    var roots = inParallel(texts) { text -> YAMLNode? in
      var pass = YAMLPass(file: file, text: text)
      guard let root = try? pass.document(), pass.diagnostics.isEmpty else { return nil }
      return root
    }
    guard var root = roots[0].take() else { return nil }
    for (cut, place) in zip(cuts, 1...) {
      guard let next = roots[place].take(), let joined = join(root, next, at: cut) else { return nil }
      root = joined
    }
    return root
  }

  /// A place near a line, before an element of a section that is a block.
  private static func cut(_ file: SourceFile, _ bytes: UnsafeBufferPointer<UInt8>, near line: Int) -> Cut? {
    func indent(_ number: Int) -> Int? {
      guard let line = file.bytes(ofLine: number) else { return nil }
      let indent = line.prefix { bytes[$0] == UInt8(ascii: " ") }.count
      guard indent < line.count, bytes[line.lowerBound + indent] != UInt8(ascii: "#") else { return nil }
      return indent
    }
    var start = line
    while start > 0, indent(start) != 0 { start -= 1 }
    let name = file.line(start)
    guard start > 0, name.utf8.last == UInt8(ascii: ":"), name.utf8.dropLast().allSatisfy(\.isSmallLetter) else {
      return nil
    }
    guard let first = (start + 1...max(start + 1, line)).first(where: { indent($0) != nil }),
      let depth = indent(first), depth > 0
    else { return nil }
    var place = max(line, first + 1)
    while place <= file.lineCount {
      switch indent(place) {
      case depth: return Cut(line: place, section: String(name.dropLast()), sectionLine: start, column: depth + 1)
      case 0: return nil
      default: place += 1
      }
    }
    return nil
  }

  /// Two stretches as one, if the first ends in the section in which the second begins.
  private static func join(_ root: consuming YAMLNode, _ next: YAMLNode, at cut: Cut) -> YAMLNode? {
    let range = root.range.moved(from: root.range.start, to: next.range.end)
    guard var sections = root.takeEntries(), case .map(let more) = next.content, var last = sections.popLast(),
      last.key.value == cut.section, last.key.range.start.line == cut.sectionLine, let first = more.first,
      var elements = last.value.takeEntries(), case .map(let others) = first.value.content,
      elements.first?.key.range.start.column == cut.column, others.first?.key.range.start.column == cut.column,
      others.first?.key.range.start.line == cut.line
    else { return nil }
    elements += others
    sections.append(last)
    sections += more.dropFirst()
    guard !KeyPlaces.areTwiceIn(elements), !KeyPlaces.areTwiceIn(sections) else { return nil }
    last.value = YAMLNode(
      .map(elements), last.value.range.moved(from: last.value.range.start, to: first.value.range.end))
    sections[sections.count - more.count] = last
    return YAMLNode(.map(sections), range)
  }
}

extension YAMLNode {
  /// The entries of a map, which is left without them; so that nobody else holds them, and adding to them copies none.
  fileprivate mutating func takeEntries() -> [YAMLEntry]? {
    guard case .map(let entries) = content else { return nil }
    content = .broken
    return entries
  }
}
