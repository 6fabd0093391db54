import SourceText

/// Rules, tables of rules, impossible intakes, and sources.
extension RulebookParser {
  private static let ruleKeys = [
    "because", "overrides", "recommend", "reviewed_by", "review_by", "rule_out", "sources", "when",
  ]

  mutating func rule(_ entry: YAMLEntry) {
    let before = diagnostics.count
    guard
      let fields = MapFields(
        entry.value, what: "the rule", named: entry.key.value, at: entry.key.range, allowed: Self.ruleKeys,
        &diagnostics)
    else {
      let broken = ParsedRule(
        id: entry.key, when: nil, effects: [], because: nil, sources: nil, overrides: [], reviewedBy: nil,
        reviewBy: nil, isBroken: true)
      rulebook.rules.append(Shared(broken))
      return
    }
    let when = fields.required("when", &diagnostics).map { ConditionParser.parse($0, &diagnostics) }
    let effects = effects(fields, "recommend", isRuleOut: false) + effects(fields, "rule_out", isRuleOut: true)
    let isSilent =
      effects.isEmpty
      && ["recommend", "rule_out"].allSatisfy { key in
        guard case .map(let entries)? = fields.node(key)?.content else { return !fields.isWritten(key) }
        return entries.isEmpty
      }
    if isSilent {
      diagnostics.append(
        Diagnostic(
          .missingKey, "\(fields.what) says nothing; write `recommend:` or `rule_out:`", at: entry.key.range))
    }
    let rule = ParsedRule(
      id: entry.key, when: when, effects: effects,
      because: fields.required("because", &diagnostics).flatMap { because($0) },
      sources: sources(fields, isRequired: true), overrides: overrides(fields),
      reviewedBy: fields.node("reviewed_by")?.freeText(what: "a name", &diagnostics),
      reviewBy: fields.node("review_by")?.word(what: "a date", &diagnostics),
      isBroken: diagnostics.count > before)
    rulebook.rules.append(Shared(rule))
  }

  private mutating func effects(_ fields: MapFields, _ key: String, isRuleOut: Bool) -> [ParsedEffect] {
    guard let entries = fields.node(key)?.entries(what: "`\(key)`", &diagnostics) else { return [] }
    return entries.filter { !$0.value.isBroken }.map {
      ParsedEffect(target: $0.key, value: $0.value, isRuleOut: isRuleOut)
    }
  }

  /// One reason, or one for each decision; the key `otherwise` holds the reason for the rest.
  private mutating func because(_ node: YAMLNode) -> ParsedBecause? {
    guard case .map(let entries) = node.content, !entries.allSatisfy({ $0.key.value.isLanguageCode }) else {
      return node.text(what: "a reason", &diagnostics).map { ParsedBecause(general: $0, byDecision: []) }
    }
    var because = ParsedBecause(general: nil, byDecision: [])
    for entry in node.entries(what: "`because`", &diagnostics) ?? [] {
      guard let text = entry.value.text(what: "a reason", &diagnostics) else { continue }
      if entry.key.value == "otherwise" {
        because.general = text
      } else {
        because.byDecision.append((entry.key, text))
      }
    }
    return because
  }

  private mutating func overrides(_ fields: MapFields) -> [ParsedOverride] {
    guard let node = fields.node("overrides") else { return [] }
    guard case .map = node.content else {
      return (node.words(what: "a list of rules", &diagnostics) ?? []).map { ParsedOverride(rule: $0, decisions: nil) }
    }
    return (node.entries(what: "`overrides`", &diagnostics) ?? []).map { entry in
      ParsedOverride(rule: entry.key, decisions: entry.value.words(what: "a decision", &diagnostics))
    }
  }

  mutating func table(_ entry: YAMLEntry) {
    let what = "the table `\(entry.key.value)`"
    let before = diagnostics.count
    let allowed = ["because", "columns", "overrides", "reviewed_by", "review_by", "rows", "sources"]
    guard let fields = MapFields(entry.value, what: what, at: entry.key.range, allowed: allowed, &diagnostics) else {
      rulebook.hasUnreadableParts = true
      return
    }
    let columns = fields.required("columns", &diagnostics).flatMap {
      MapFields(
        $0, what: "`columns`", at: fields.key("columns") ?? entry.key.range,
        allowed: ["recommend", "rule_out", "when"],
        &diagnostics)
    }
    func names(_ key: String) -> [Spanned<String>] {
      columns?.node(key)?.words(what: "a list of names", &diagnostics) ?? []
    }
    var rows: [ParsedTable.Row] = []
    for row in fields.required("rows", &diagnostics)?.entries(what: "the rows of \(what)", &diagnostics) ?? [] {
      guard row.key.value[...].isPlainName else {
        diagnostics.append(.badName(row.key, what: "a row"))
        continue
      }
      var cells = row.value
      var reason: ParsedBecause?
      if case .map(let entries) = cells.content, let own = entries.first(where: { $0.key.value == "because" }) {
        reason = because(own.value)
        cells = YAMLNode(.map(entries.filter { $0.key.value != "because" }), cells.range)
      }
      rows.append(ParsedTable.Row(name: row.key, cells: cells, because: reason))
    }
    let hasReasons = !rows.isEmpty && rows.allSatisfy { $0.because != nil }
    let becauseNode = hasReasons ? fields.node("because") : fields.required("because", &diagnostics)
    rulebook.tables.append(
      ParsedTable(
        id: entry.key, when: names("when"), recommend: names("recommend"), ruleOut: names("rule_out"),
        because: becauseNode.flatMap { because($0) }, sources: sources(fields, isRequired: true),
        overrides: overrides(fields), reviewedBy: fields.node("reviewed_by")?.freeText(what: "a name", &diagnostics),
        reviewBy: fields.node("review_by")?.word(what: "a date", &diagnostics), rows: rows,
        isBroken: diagnostics.count > before))
  }

  mutating func impossibility(_ entry: YAMLEntry) {
    let what = "the impossible intake `\(entry.key.value)`"
    guard
      let fields = MapFields(entry.value, what: what, at: entry.key.range, allowed: ["because", "when"], &diagnostics)
    else { return }
    rulebook.impossibilities.append(
      ParsedImpossibility(
        id: entry.key, when: fields.required("when", &diagnostics).map { ConditionParser.parse($0, &diagnostics) },
        because: fields.required("because", &diagnostics)?.text(what: "a reason", &diagnostics)))
  }

  mutating func source(_ entry: YAMLEntry) {
    let allowed = ["confirmed", "kind", "publisher", "title", "where", "year"]
    guard
      let fields = MapFields(
        entry.value, what: "the source `\(entry.key.value)`", at: entry.key.range, allowed: allowed, &diagnostics)
    else {
      rulebook.sources.append(
        ParsedSource(
          id: entry.key, title: nil, publisher: nil, year: nil, place: nil, kind: nil, isConfirmed: nil))
      return
    }
    rulebook.sources.append(
      ParsedSource(
        id: entry.key,
        title: fields.required("title", &diagnostics)?.freeText(what: "a title", &diagnostics),
        publisher: fields.node("publisher")?.freeText(what: "a text", &diagnostics),
        year: fields.node("year")?.word(what: "a year", &diagnostics),
        place: fields.node("where")?.freeText(what: "a text", &diagnostics),
        kind: fields.required("kind", &diagnostics)?.word(what: "a kind of source", &diagnostics),
        isConfirmed: fields.required("confirmed", &diagnostics)?.yesOrNo(what: "`confirmed`", &diagnostics)))
  }
}
