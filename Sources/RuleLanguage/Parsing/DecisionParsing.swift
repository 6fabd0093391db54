import SourceText

/// Decisions and the catalogues of menus.
extension RulebookParser {
  mutating func decision(_ entry: YAMLEntry) {
    let what = "the decision `\(entry.key.value)`"
    let allowed = [
      "applies_when", "combine", "label", "of", "options", "ordered", "otherwise", "per", "prefer", "range", "type",
      "unit",
    ]
    guard let fields = MapFields(entry.value, what: what, at: entry.key.range, allowed: allowed, &diagnostics) else {
      rulebook.decisions.append(
        ParsedDecision(
          name: entry.key, label: nil, type: nil, combine: nil, options: ParsedOptions(options: nil, ordered: nil),
          range: nil, unit: nil, catalogue: nil, prefer: nil, appliesWhen: nil, otherwise: nil, isPerPhase: false,
          hasBrokenDomain: true))
      return
    }
    var isPerPhase = false
    if let per = fields.node("per")?.word(what: "`phase`", &diagnostics) {
      isPerPhase = per.value == "phase"
      if !isPerPhase {
        diagnostics.append(.invalidValue(per, what: "something a plan is divided by", expected: ["phase"]))
      }
    }
    var prefer: [Spanned<String>]?
    if let node = fields.node("prefer") {
      if case .list = node.content {
        prefer = node.words(what: "an option", &diagnostics)
      } else {
        diagnostics.append(.unexpectedShape(node, expected: "a list of options, the preferred first,"))
      }
    }
    let options = options(fields)
    let range = fields.node("range")?.word(what: "a range such as `1 to 7`", &diagnostics)
    let catalogue = fields.node("of")?.word(what: "a catalogue", &diagnostics)
    rulebook.decisions.append(
      ParsedDecision(
        name: entry.key,
        label: fields.node("label")?.text(what: "a label", &diagnostics),
        type: fields.required("type", &diagnostics)?.word(what: "a type", &diagnostics),
        combine: fields.required("combine", &diagnostics)?.word(what: "a way to combine", &diagnostics),
        options: options, range: range,
        unit: fields.node("unit")?.word(what: "a unit", &diagnostics),
        catalogue: catalogue,
        prefer: prefer,
        appliesWhen: fields.node("applies_when").map { ConditionParser.parse($0, &diagnostics) },
        otherwise: fields.node("otherwise").flatMap { otherwise($0, fields.key("otherwise") ?? entry.key.range) },
        isPerPhase: isPerPhase,
        hasBrokenDomain: fields.isWritten("range") && range == nil || fields.isWritten("of") && catalogue == nil
          || fields.isWritten("prefer") && prefer == nil || fields.isBroken(options)))
  }

  private mutating func otherwise(_ node: YAMLNode, _ place: SourceRange) -> ParsedDecision.Otherwise? {
    guard
      let fields = MapFields(
        node, what: "`otherwise`", at: place, allowed: ["because", "sources", "value"], &diagnostics),
      let value = fields.required("value", &diagnostics)
    else { return nil }
    return ParsedDecision.Otherwise(
      value: value, because: fields.required("because", &diagnostics)?.text(what: "a reason", &diagnostics),
      sources: sources(fields, isRequired: false), range: place)
  }

  mutating func catalogue(_ entry: YAMLEntry) {
    guard let entries = entry.value.entries(what: "the catalogue `\(entry.key.value)`", &diagnostics) else { return }
    let defaults = entries.first { $0.key.value == "every_item" }.flatMap { item($0) }
    var items: [ParsedItem] = []
    for each in entries where each.key.value != "every_item" {
      guard each.key.value[...].isPlainName else {
        diagnostics.append(.badName(each.key, what: "an item of a catalogue"))
        continue
      }
      guard var item = item(each) else { continue }
      if let defaults {
        item.unit = item.unit ?? (item.options.ordered == nil ? defaults.unit : nil)
        item.range = item.range ?? (item.options.ordered == nil ? defaults.range : nil)
        if item.unit == nil, item.options.ordered == nil, item.options.options == nil {
          item.options = defaults.options
        }
        item.countsTowardHours = item.countsTowardHours ?? defaults.countsTowardHours
        item.kind = item.kind ?? defaults.kind
        item.givenBy = item.givenBy ?? defaults.givenBy
        item.sources = item.sources ?? defaults.sources
      }
      items.append(item)
    }
    rulebook.catalogues.append(ParsedCatalogue(name: entry.key, items: items))
  }

  private mutating func item(_ entry: YAMLEntry) -> ParsedItem? {
    let allowed = [
      "counts_toward_hours", "fills", "given_by", "help", "kind", "label", "options", "ordered", "range", "sources",
      "unit",
    ]
    guard
      let fields = MapFields(
        entry.value, what: "the item `\(entry.key.value)`", at: entry.key.range, allowed: allowed, &diagnostics)
    else { return nil }
    let kind = fields.node("kind")?.word(what: "`core` or `enhanced`", &diagnostics)
    if let kind, !["core", "enhanced"].contains(kind.value) {
      diagnostics.append(.invalidValue(kind, what: "a kind of service", expected: ["core", "enhanced"]))
    }
    return ParsedItem(
      name: entry.key,
      label: fields.node("label")?.text(what: "a label", &diagnostics),
      unit: fields.node("unit")?.word(what: "a unit", &diagnostics),
      range: fields.node("range")?.word(what: "a range", &diagnostics),
      options: options(fields),
      countsTowardHours: fields.node("counts_toward_hours")?.yesOrNo(what: "`counts_toward_hours`", &diagnostics),
      kind: kind,
      givenBy: fields.node("given_by")?.freeText(what: "a text", &diagnostics),
      fills: fields.node("fills")?.word(what: "a derived fact", &diagnostics),
      help: fields.node("help")?.text(what: "a text", &diagnostics),
      sources: sources(fields, isRequired: false))
  }
}
