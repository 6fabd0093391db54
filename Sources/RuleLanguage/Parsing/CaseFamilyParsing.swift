import SourceText

/// A family of cases: one case, written once for all rows of a small table.
///
/// ```yaml
/// each:
///   columns: {given: [person.age], expect: [population]}
///   rows:
///     last_day_of_youth: [17, adolescent]
///     first_day_as_adult: [18, adult]
/// ```
extension RulebookParser {
  /// - Parameters:
  ///   - written: what stands beside `each`, and holds for every row.
  ///   - expects: whether that expects something.
  mutating func family(of written: ParsedCase, _ each: YAMLNode, expects: Bool) {
    let what = "the case `\(written.id.value)`"
    guard
      let fields = MapFields(each, what: "`each`", at: written.id.range, allowed: ["columns", "rows"], &diagnostics),
      let columnNode = fields.required("columns", &diagnostics),
      let columns = MapFields(
        columnNode, what: "`columns`", at: columnNode.range, allowed: ["expect", "given"], &diagnostics),
      let rows = fields.required("rows", &diagnostics)?.entries(what: "the rows of \(what)", &diagnostics)
    else { return }
    let family = CaseFamily(
      written: written, given: columns.node("given")?.words(what: "a list of facts", &diagnostics) ?? [],
      expect: columns.node("expect")?.words(what: "a list of names", &diagnostics) ?? [])
    if family.columns.isEmpty || rows.isEmpty {
      diagnostics.append(
        .familyIsEmpty(written.id, lacks: family.columns.isEmpty ? "columns" : "rows"))
    }
    for (index, column) in family.columns.enumerated() {
      if let first = family.group(of: index).first(where: { $0.value == column.value }) {
        diagnostics.append(.standsTwice(column, what: "column", first: first.range))
        return
      }
    }
    for row in rows { self.row(row, of: family, expects: expects) }
  }

  private mutating func row(_ row: YAMLEntry, of family: CaseFamily, expects: Bool) {
    guard row.key.value[...].isPlainName else {
      diagnostics.append(.badName(row.key, what: "a row"))
      return
    }
    var one = family.written
    one.id = Spanned("\(one.id.value)[\(row.key.value)]", row.key.range)
    var expects = expects
    var cells: [(column: Int, node: YAMLNode)] = []
    switch row.value.content {
    case .broken: return
    case .list(let nodes):
      guard nodes.count == family.columns.count else {
        diagnostics.append(.tableCells(row.key, found: nodes.count, expected: family.columns.count))
        return
      }
      cells = nodes.enumerated().map { ($0, $1) }
    case .map:
      let names = family.columns.map(\.value)
      // A column may be called like a key of a case; then it is the column.
      let own = ["because", "needs", "not_because", "why"].filter { !names.contains($0) }
      guard
        let fields = MapFields(
          row.value, what: "the row `\(row.key.value)`", at: row.key.range, allowed: names + own, &diagnostics)
      else { return }
      cells = names.indices.compactMap { index in fields.node(names[index]).map { (index, $0) } }
      if own.contains("because") { one.because += rules("because", fields) }
      if own.contains("not_because") { one.notBecause += rules("not_because", fields) }
      if own.contains("needs") { one.needs = needs(fields) ?? one.needs }
      if own.contains("why") { one.why = fields.node("why")?.text(what: "a text", &diagnostics) ?? one.why }
      expects = expects || own.contains { $0 != "why" && fields.has($0) }
    case .scalar:
      diagnostics.append(.unexpectedShape(row.value, expected: "a list of cells, or a map of columns and cells"))
      return
    }
    var tests: [ParsedCondition] = []
    for (index, node) in cells where node.scalar?.value.text != "any" && !node.isBroken {
      let column = family.columns[index]
      if index < family.given.count {
        one.givenInRow.append(YAMLEntry(key: column, value: node))
      } else {
        tests.append(.test(column, node))
      }
    }
    if !tests.isEmpty { one.expect = .all([one.expect].compactMap(\.self) + tests) }
    if !expects, tests.isEmpty {
      diagnostics.append(.expectsNothing("the row `\(row.key.value)`", at: row.key.range))
    }
    rulebook.cases.append(one)
  }
}

/// What a family of cases says for all rows, and the columns of its table.
private struct CaseFamily {
  var written: ParsedCase
  var given: [Spanned<String>]
  var expect: [Spanned<String>]
  var columns: [Spanned<String>] { given + expect }

  /// The columns of the same kind before this one.
  func group(of index: Int) -> ArraySlice<Spanned<String>> {
    columns[(index < given.count ? 0 : given.count)..<index]
  }
}
