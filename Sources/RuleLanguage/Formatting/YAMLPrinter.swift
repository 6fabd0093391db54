import SourceText

/// Writes a YAML file anew: two spaces for each level, one line for what stands in braces and brackets, no needless quotes.
///
/// It works on the text of the file at the places of its nodes, since nothing that writes YAML keeps comments. What the
/// author chose stays: blocks or braces, the lines of long texts, the order of everything, and one blank line where there
/// was at least one. Braces and brackets that do not fit into a line become a block.
struct YAMLPrinter {
  /// The most columns of a line, if that can be had by turning braces into blocks.
  static let width = 120

  /// Where a value is written.
  private struct Place {
    /// The beginning of the line: indent and `key:`, or `-`; empty for the root.
    var opening: String
    /// Where the key begins in the file; behind a dash, the value.
    var key: SourcePosition
    /// The column of the key or dash that is written.
    var indent: Int
    /// The column of comments that are written above.
    var margin: Int
    /// The column of the block in the file that holds it, counted from 0.
    var holder: Int
    /// Whether it stood in braces.
    var isInBraces: Bool
    /// Where the next thing begins in the file.
    var limit: SourcePosition

    var isItem: Bool { opening.hasSuffix("-") }
  }

  private let source: YAMLSource
  /// Those that are not written yet, in order.
  private var comments: ArraySlice<YAMLComment>
  private var lines: [String] = []
  /// The last line of the file that was written, so that the blank line before the next is kept, once.
  private var lastLine = 0
  /// Whether the line just written opens a block; no blank line follows it.
  private var hasOpened = true

  /// The whole text of a file, of which `root` is what was read.
  static func text(of root: YAMLNode, in file: SourceFile) -> String {
    var printer = YAMLPrinter(root, in: file)
    let end = SourcePosition(line: file.lineCount + 1, column: 1)
    printer.writeComments(before: printer.source.firstStart(of: root), indent: 0)
    printer.write(
      root,
      Place(
        opening: "", key: root.range.start, indent: -2, margin: 0, holder: 0, isInBraces: false, limit: end))
    printer.writeComments(before: end, indent: 0)
    return printer.lines.joined(separator: "\n") + "\n"
  }

  private init(_ root: YAMLNode, in file: SourceFile) {
    source = YAMLSource(file)
    comments = root.comments(in: file).filter { !$0.isOfBlockText }[...]
  }

  // MARK: Lines and comments

  private mutating func write(_ line: String, from number: Int) {
    if number > lastLine, number > 1, source.isBlank(number - 1), !hasOpened { lines.append("") }
    lines.append(line)
    lastLine = max(lastLine, number)
    hasOpened = false
  }

  private mutating func writeComments(before limit: SourcePosition, indent: Int, behind end: SourcePosition? = nil) {
    for comment in take(before: limit, behind: end) {
      write(spaces(indent) + comment.text, from: comment.position.line)
    }
  }

  /// Takes the comments before a place; if `end` is given, only those behind it on its line.
  private mutating func take(before limit: SourcePosition, behind end: SourcePosition? = nil) -> [YAMLComment] {
    let candidates = comments.prefix { $0.position < limit }
    guard let end else {
      comments = comments.dropFirst(candidates.count)
      return Array(candidates)
    }
    let isTaken = { (comment: YAMLComment) in
      comment.isBehind && comment.position.line == end.line && end <= comment.position
    }
    let taken = candidates.filter(isTaken)
    if !taken.isEmpty {
      comments = (candidates.filter { !isTaken($0) } + comments.dropFirst(candidates.count))[...]
    }
    return taken
  }

  /// The comment behind what ends here, as the end of its line.
  private mutating func remark(behind end: SourcePosition) -> String {
    let next = SourcePosition(line: end.line + 1, column: 1)
    return take(before: next, behind: end).map { "  \($0.text)" }.joined()
  }

  private func holdsComment(_ range: SourceRange) -> Bool {
    comments.first { range.start < $0.position }.map { $0.position < range.end } ?? false
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  // MARK: Nodes

  /// Writes a node behind its key or dash.
  private mutating func write(_ node: YAMLNode, _ place: Place) {
    let end = node.range.end
    // In braces, a comment that may have cut a text stays behind it; any other goes above what it stood behind.
    let keepsRemark = !place.isInBraces || node.scalar?.value.comment != nil
    if !keepsRemark, place.limit.line > end.line {
      writeComments(before: place.limit, indent: place.margin, behind: end)
    }
    let start = source.firstStart(of: node)
    if case .scalar(let scalar) = node.content, scalar.isBlank {
      return write(place.opening + (keepsRemark ? remark(behind: place.key) : ""), from: place.key.line)
    }
    let hasRemark = keepsRemark && comments.first { end <= $0.position }?.position.line == end.line
    if let text = onOneLine(node, isInBraces: false, hasRemark: hasRemark), fits(text, node, behind: place.opening) {
      writeComments(before: start, indent: place.margin)
      if node.isEmptyCollection { writeComments(before: end, indent: place.margin) }
      let remark = keepsRemark ? remark(behind: end) : ""
      write(place.opening + gap(place) + text + remark, from: place.key.line)
      lastLine = max(lastLine, end.line)
    } else if case .scalar(let scalar) = node.content {
      writeComments(before: start, indent: place.margin)
      let text =
        scalar.isBlock
        ? source.blockText(node, indent: place.indent + 2, holder: place.holder)
        : source.flowText(node, indent: place.indent + 2)
      write(place.opening + gap(place) + text[0], from: place.key.line)
      lines += text.dropFirst()
      if keepsRemark, !scalar.isBlock { lines[lines.count - 1] += remark(behind: end) }
      lastLine = max(lastLine, end.line)
    } else {
      writeBlock(node, place, start: start)
    }
  }

  private func gap(_ place: Place) -> String { place.opening.isEmpty ? "" : " " }

  private func fits(_ text: String, _ node: YAMLNode, behind opening: String) -> Bool {
    node.scalar != nil || node.isEmptyCollection || opening.count + 1 + text.count <= Self.width
      // A text with a comma became a key without a value. That is a mistake to be seen where it was made.
      || holdsBareKey(node)
  }

  private func holdsBareKey(_ node: YAMLNode) -> Bool {
    switch node.content {
    case .scalar, .broken: false
    case .list(let items): items.contains { holdsBareKey($0) }
    case .map(let entries):
      entries.contains { entry in
        holdsBareKey(entry.value) || entry.value.isBlank && !source.hasColon(behind: entry.key.range)
      }
    }
  }

  /// Writes a map or a list as a block.
  private mutating func writeBlock(_ node: YAMLNode, _ place: Place, start: SourcePosition) {
    let isBraces = source.isInBraces(node)
    if isBraces, node.range.start.line == node.range.end.line {
      writeComments(before: place.limit, indent: place.margin, behind: node.range.end)
    }
    if place.isItem {
      writeComments(before: start, indent: place.margin)
    } else if !place.opening.isEmpty {
      let remarks = take(before: start, behind: place.key).map { "  \($0.text)" }
      write(place.opening + remarks.joined(), from: place.key.line)
      hasOpened = true
    }
    var parts: [(opening: String, key: SourcePosition, value: YAMLNode)] = []
    switch node.content {
    case .map(let entries):
      for entry in entries {
        parts.append((keyText(entry.key, isInBraces: false) + ":", entry.key.range.start, entry.value))
      }
    case .list(let items): for item in items { parts.append(("-", source.firstStart(of: item), item)) }
    case .scalar, .broken: break
    }
    let indent = place.indent + 2
    for (number, part) in parts.enumerated() {
      let isBehindDash = number == 0 && place.isItem
      if !isBehindDash { writeComments(before: part.key, indent: indent) }
      let end = isBraces ? node.range.end : place.limit
      write(
        part.value,
        Place(
          opening: (isBehindDash ? place.opening + " " : spaces(indent)) + part.opening, key: part.key,
          indent: indent, margin: isBehindDash ? place.margin : indent, holder: node.range.start.column - 1,
          isInBraces: isBraces, limit: number + 1 < parts.count ? parts[number + 1].key : end))
    }
    if isBraces { return writeComments(before: node.range.end, indent: indent) }
    // Comments at the end that are indented like the block belong to it.
    while let comment = comments.first, !comment.isBehind, comment.position < place.limit,
      comment.position.column >= node.range.start.column,
      place.isItem || place.opening.isEmpty || comment.position.column > place.key.column
    {
      comments.removeFirst()
      write(spaces(indent) + comment.text, from: comment.position.line)
    }
  }

  // MARK: Texts on one line

  /// The node on one line, in braces if it is a map or a list; `nil` if it does not stand on one or holds a comment.
  ///
  /// - Parameter hasRemark: whether a comment follows; behind a text without quotes it would seem to cut it.
  private func onOneLine(_ node: YAMLNode, isInBraces: Bool, hasRemark: Bool) -> String? {
    switch node.content {
    case .broken: return nil
    case .scalar(let scalar):
      guard !scalar.isBlock, node.range.start.line == node.range.end.line else { return nil }
      let isBare = scalar.isQuoted && !hasRemark && scalar.text.needsNoQuotes(inBraces: isInBraces)
      return isBare ? scalar.text : source.text(node.range)
    case .list(let items):
      guard isInBraces || source.isInBraces(node), items.isEmpty || !holdsComment(node.range) else { return nil }
      var parts: [String] = []
      for item in items {
        guard let text = onOneLine(item, isInBraces: true, hasRemark: false) else { return nil }
        parts.append(text)
      }
      return "[" + parts.joined(separator: ", ") + "]"
    case .map(let entries):
      guard isInBraces || source.isInBraces(node), entries.isEmpty || !holdsComment(node.range) else { return nil }
      var parts: [String] = []
      for entry in entries {
        guard let text = onOneLine(entry.value, isInBraces: true, hasRemark: false) else { return nil }
        let colon = entry.value.isBlank && !source.hasColon(behind: entry.key.range) ? "" : ": "
        parts.append(keyText(entry.key, isInBraces: true) + colon + text)
      }
      return "{" + parts.joined(separator: ", ") + "}"
    }
  }

  private func keyText(_ key: Spanned<String>, isInBraces: Bool) -> String {
    let text = source.text(key.range)
    let isQuoted = text.hasPrefix("\"") || text.hasPrefix("'")
    return isQuoted && key.value.needsNoQuotes(inBraces: isInBraces) ? key.value : text
  }
}

extension YAMLNode {
  fileprivate var isEmptyCollection: Bool {
    switch content {
    case .map(let entries): entries.isEmpty
    case .list(let items): items.isEmpty
    case .scalar, .broken: false
    }
  }
}

extension String {
  /// Whether the text reads the same without quotes. Where it is not plain to see, the quotes stay.
  ///
  /// - Parameter inBraces: whether it stands in braces or brackets, where more signs have a meaning.
  fileprivate func needsNoQuotes(inBraces: Bool) -> Bool {
    let signs = unicodeScalars
    guard let first = signs.first, let last = signs.last, !["null", "~", "<<"].contains(self) else { return false }
    guard first.properties.isAlphabetic || ("0"..."9").contains(first) || "<$¿".unicodeScalars.contains(first),
      last != " ", last != ":"
    else { return false }
    guard
      signs.allSatisfy({ sign in
        let isInvisible = [0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(sign.value)
        return (0x20..<0x7F).contains(sign.value) || sign.value > 0xA0 && !isInvisible
      })
    else { return false }
    if contains(": ") || contains(" #") { return false }
    return !inBraces || !signs.contains { ",[]{}:".unicodeScalars.contains($0) }
  }
}
