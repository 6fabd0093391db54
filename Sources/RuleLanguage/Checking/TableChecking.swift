import RuleEngine
import SourceText

/// Tables: each row is a rule.
extension RulebookChecker {
  mutating func rows(of table: ParsedTable) -> [Shared<ParsedRule>] {
    let columns = table.when + table.recommend + table.ruleOut
    if columns.isEmpty, !table.isBroken {
      diagnostics.append(Diagnostic(.tableShape, "the table `\(table.id.value)` has no columns", at: table.id.range))
    }
    var unknown: Set<Int> = []
    for (index, column) in columns.enumerated() {
      if let first = columns[start(of: index, in: table)..<index].first(where: { $0.value == column.value }) {
        diagnostics.append(.standsTwice(column, what: "column", first: first.range))
        unknown.insert(index)
      } else if symbols[column.value] == nil, !symbols.isPrefix(column.value), symbols.rules[column.value] == nil {
        unknown.insert(index)
        if !parsed.hasUnreadableParts {
          let isTest = index < table.when.count
          diagnostics.append(
            .unknownName(
              column, what: isTest ? "fact, derived fact or decision" : "decision",
              candidates: isTest ? symbols.names : decisions.keys.sorted()))
        }
      }
    }
    return table.rows.compactMap { row in
      var cells: [(column: Int, node: YAMLNode)] = []
      switch row.cells.content {
      case .list(let nodes):
        guard nodes.count == columns.count else {
          diagnostics.append(.tableCells(row.name, found: nodes.count, expected: columns.count))
          return nil
        }
        cells = nodes.enumerated().map { ($0, $1) }
      case .map(let entries):
        for entry in entries {
          guard let column = columns.firstIndex(where: { $0.value == entry.key.value }) else {
            diagnostics.append(
              .unknownKey(entry.key, in: "the table `\(table.id.value)`", expected: columns.map(\.value) + ["because"]))
            continue
          }
          cells.append((column, entry.value))
        }
      default:
        diagnostics.append(.unexpectedShape(row.cells, expected: "a list of cells, or a map of columns and cells"))
        return nil
      }
      cells.removeAll { $0.node.isBlank || $0.node.scalar?.value.text == "any" }
      var tests: [ParsedCondition] = []
      var effects: [ParsedEffect] = []
      for (column, node) in cells where !node.isBroken && !unknown.contains(column) {
        let name = Spanned(columns[column].value, node.range)
        if column < table.when.count {
          tests.append(.test(name, node))
        } else {
          effects.append(
            ParsedEffect(
              target: name, value: node, isRuleOut: column >= table.when.count + table.recommend.count))
        }
      }
      let rule = ParsedRule(
        id: Spanned("\(table.id.value)[\(row.name.value)]", row.name.range), row: row.name.value,
        when: tests.isEmpty ? .always : .all(tests), effects: effects, because: row.because ?? table.because,
        sources: table.sources, overrides: table.overrides, reviewedBy: table.reviewedBy, reviewBy: table.reviewBy,
        isBroken: table.isBroken)
      return Shared(rule)
    }
  }

  /// The first column of the group (`when`, `recommend` or `rule_out`) in which a column stands.
  private func start(of column: Int, in table: ParsedTable) -> Int {
    let ends = [table.when.count, table.when.count + table.recommend.count]
    return ends.last { column >= $0 } ?? 0
  }
}
