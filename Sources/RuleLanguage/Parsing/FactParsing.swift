import SourceText

/// Facts, derived facts, and parameters.
extension RulebookParser {
  mutating func fact(_ entry: YAMLEntry) {
    let what = "the fact `\(entry.key.value)`"
    let allowed = [
      "applies_when", "ask", "assume", "changeable", "help", "label", "options", "ordered", "range", "record_only",
      "sources", "type", "unit", "why",
    ]
    let fields = MapFields(entry.value, what: what, at: entry.key.range, allowed: allowed, &diagnostics)
    guard let fields else {
      rulebook.facts.append(.unreadable(entry.key))
      return
    }
    let options = options(fields)
    let range = fields.node("range")?.word(what: "a range such as `0 to 10`", &diagnostics)
    rulebook.facts.append(
      ParsedFact(
        name: entry.key,
        type: fields.required("type", &diagnostics)?.word(what: "a type", &diagnostics),
        ask: fields.required("ask", &diagnostics)?.text(what: "a question", &diagnostics),
        label: fields.node("label")?.text(what: "a label", &diagnostics),
        help: fields.node("help")?.text(what: "a text", &diagnostics),
        why: fields.node("why")?.text(what: "a text", &diagnostics),
        options: options, range: range,
        unit: fields.node("unit")?.word(what: "a unit", &diagnostics),
        appliesWhen: fields.node("applies_when").map { ConditionParser.parse($0, &diagnostics) },
        assume: fields.node("assume"),
        isRecordOnly: fields.node("record_only")?.yesOrNo(what: "`record_only`", &diagnostics) ?? false,
        isChangeable: fields.node("changeable")?.yesOrNo(what: "`changeable`", &diagnostics) ?? false,
        sources: sources(fields, isRequired: false),
        hasBrokenDomain: fields.isWritten("range") && range == nil || fields.isBroken(options)))
  }

  private static let operations = [
    "bands", "count", "days", "difference", "highest", "lowest", "points", "product", "sum", "total", "when",
  ]

  mutating func derived(_ entry: YAMLEntry) {
    let what = "the derived fact `\(entry.key.value)`"
    let allowed = Self.operations + ["as", "label", "or_entered_as", "sources"]
    guard let fields = MapFields(entry.value, what: what, at: entry.key.range, allowed: allowed.sorted(), &diagnostics)
    else {
      rulebook.derived.append(ParsedDerived(name: entry.key, label: nil, operation: nil, sources: nil))
      return
    }
    let found = Self.operations.filter(fields.has)
    if found.isEmpty {
      diagnostics.append(.zeroOperations(of: entry.key, expected: Self.operations))
    } else if found.count > 1, let range = fields.key(found[1]) {
      diagnostics.append(
        Diagnostic(
          .unknownKey, "\(what) has both `\(found[0])` and `\(found[1])`; a derived fact follows in one way", at: range)
      )
    }
    let operation = found.first.flatMap { name in fields.node(name).flatMap { self.operation(name, $0, fields) } }
    for extra in ["as", "or_entered_as"] where !found.isEmpty && fields.has(extra) {
      let takes = extra == "as" ? ["bands", "points"] : ["sum"]
      if !takes.contains(found[0]), let range = fields.key(extra) {
        diagnostics.append(
          Diagnostic(.unknownKey, "`\(extra)` belongs to \(expectedList(takes)), not to `\(found[0])`", at: range))
      }
    }
    rulebook.derived.append(
      ParsedDerived(
        name: entry.key, label: fields.node("label")?.text(what: "a label", &diagnostics), operation: operation,
        sources: sources(fields, isRequired: false)))
  }

  private mutating func operation(_ name: String, _ node: YAMLNode, _ fields: MapFields) -> ParsedDerived.Operation? {
    let place = fields.key(name) ?? fields.place
    func pair(_ keys: [String], _ what: String) -> (Spanned<String>, Spanned<String>)? {
      guard let inner = MapFields(node, what: what, at: place, allowed: keys, &diagnostics),
        let first = inner.required(keys[0], &diagnostics)?.word(what: "a name", &diagnostics),
        let second = inner.required(keys[1], &diagnostics)?.word(what: "a name", &diagnostics)
      else { return nil }
      return (first, second)
    }
    switch name {
    case "sum", "highest", "lowest", "product":
      guard case .list = node.content, let items = node.words(what: "a name", &diagnostics), !items.isEmpty else {
        diagnostics.append(.unexpectedShape(node, expected: "a list of names"))
        return nil
      }
      switch name {
      case "sum":
        let entered = fields.node("or_entered_as")?.word(what: "a fact", &diagnostics)
        return .sum(items, enteredAs: entered)
      case "highest": return .highest(items)
      case "lowest": return .lowest(items)
      default:
        guard items.count == 2 else {
          diagnostics.append(.unexpectedShape(node, expected: "a list of two decisions"))
          return nil
        }
        return .product(items[0], items[1])
      }
    case "difference": return pair(["of", "less"], "`difference`").map { .difference(of: $0, less: $1) }
    case "days": return pair(["from", "to"], "`days`").map { .days(from: $0, to: $1) }
    case "count": return .count(ConditionParser.list(node, &diagnostics))
    case "when": return .holds(ConditionParser.parse(node, &diagnostics))
    case "points", "bands":
      guard let of = node.word(what: "a name", &diagnostics),
        let table = fields.required("as", &diagnostics)?.entries(what: "`as`", &diagnostics)
      else { return nil }
      let rows = table.compactMap { row in row.value.word(what: "a value", &diagnostics).map { (row.key, $0) } }
      return name == "points" ? .points(of: of, as: rows) : .bands(of: of, as: rows)
    default: return total(node, place)
    }
  }

  private mutating func total(_ node: YAMLNode, _ place: SourceRange) -> ParsedDerived.Operation? {
    if let word = node.scalar, !word.value.isBlank {
      return .total(of: word.map(\.text), unit: nil, onlyCounted: false)
    }
    guard let fields = MapFields(node, what: "`total`", at: place, allowed: ["counted", "of", "unit"], &diagnostics),
      let of = fields.required("of", &diagnostics)?.word(what: "a menu", &diagnostics)
    else { return nil }
    return .total(
      of: of, unit: fields.node("unit")?.word(what: "a unit", &diagnostics),
      onlyCounted: fields.node("counted")?.yesOrNo(what: "`counted`", &diagnostics) ?? false)
  }

  mutating func parameter(_ entry: YAMLEntry) {
    let what = "the parameter `\(entry.key.value)`"
    let before = diagnostics.count
    guard
      let fields = MapFields(
        entry.value, what: what, at: entry.key.range, allowed: ["label", "sources", "unit", "values"], &diagnostics)
    else { return }
    var values: [ParsedParameter.DatedValue] = []
    if let node = fields.required("values", &diagnostics) {
      if case .list(let items) = node.content {
        for item in items {
          guard
            let dated = MapFields(
              item, what: "a value of \(what)", at: item.range, allowed: ["from", "value"], &diagnostics),
            let from = dated.required("from", &diagnostics)?.word(what: "a date", &diagnostics),
            let value = dated.required("value", &diagnostics)?.word(what: "a value", &diagnostics)
          else { continue }
          values.append(ParsedParameter.DatedValue(from: from, value: value))
        }
      } else if !node.isBroken {
        diagnostics.append(.unexpectedShape(node, expected: "a list such as `[{from: 2024-01-01, value: 9}]`"))
      }
    }
    rulebook.parameters.append(
      ParsedParameter(
        name: entry.key, label: fields.node("label")?.text(what: "a label", &diagnostics),
        unit: fields.node("unit")?.word(what: "a unit", &diagnostics), values: values,
        isBroken: diagnostics.count > before, sources: sources(fields, isRequired: true)))
  }
}

extension ParsedFact {
  /// A fact that is there, but of which nothing could be read.
  fileprivate static func unreadable(_ name: Spanned<String>) -> ParsedFact {
    ParsedFact(
      name: name, type: nil, ask: nil, label: nil, help: nil, why: nil,
      options: ParsedOptions(options: nil, ordered: nil), range: nil, unit: nil, appliesWhen: nil, assume: nil,
      isRecordOnly: false, isChangeable: false, sources: nil, hasBrokenDomain: true)
  }
}
