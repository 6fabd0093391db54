import SourceText

/// A comment of a YAML file, with its place.
struct YAMLComment: Equatable {
  /// From the `#` to the end of the line, without blanks at the end.
  var text: String
  var position: SourcePosition
  /// Whether something else stands before it on its line.
  var isBehind: Bool
  /// Whether it stands behind the sign of a block text: `because: >  # as agreed`.
  var isOfBlockText: Bool
}

extension YAMLNode {
  /// The comments of the file of which this is the root: every `#` that stands in no key and in no value.
  func comments(in file: SourceFile) -> [YAMLComment] {
    var covered: [SourceRange] = []
    collectScalars(&covered)
    covered.sort()
    var found: [YAMLComment] = []
    var next = covered[...]
    for (index, line) in file.lines.enumerated() {
      let number = index + 1
      let scalars = Array(line.unicodeScalars)
      var column = 1
      while column <= scalars.count {
        let here = SourcePosition(line: number, column: column)
        while let range = next.first, range.end <= here { next.removeFirst() }
        if let range = next.first, range.start <= here {
          // Inside a scalar: go on behind it, or with the next line.
          if range.start == here, let comment = commentOfBlockText(scalars, here) { found.append(comment) }
          column = range.end.line == number ? range.end.column : scalars.count + 1
        } else if scalars[column - 1] == "#" {
          let isBehind = scalars[..<(column - 1)].contains { $0 != " " && $0 != "\t" }
          let text = String(String.UnicodeScalarView(scalars[(column - 1)...])).trimmingBlanks
          found.append(YAMLComment(text: text, position: here, isBehind: isBehind, isOfBlockText: false))
          break
        } else {
          column += 1
        }
      }
    }
    return found
  }

  private func commentOfBlockText(_ line: [Unicode.Scalar], _ start: SourcePosition) -> YAMLComment? {
    guard line[start.column - 1] == "|" || line[start.column - 1] == ">",
      let sign = line[(start.column - 1)...].firstIndex(of: "#")
    else { return nil }
    return YAMLComment(
      text: String(String.UnicodeScalarView(line[sign...])).trimmingBlanks,
      position: SourcePosition(line: start.line, column: sign + 1), isBehind: true, isOfBlockText: true)
  }

  private func collectScalars(_ ranges: inout [SourceRange]) {
    switch content {
    case .broken: break
    case .scalar: if range.start != range.end { ranges.append(range) }
    case .list(let items): for item in items { item.collectScalars(&ranges) }
    case .map(let entries):
      for entry in entries {
        ranges.append(entry.key.range)
        entry.value.collectScalars(&ranges)
      }
    }
  }
}
