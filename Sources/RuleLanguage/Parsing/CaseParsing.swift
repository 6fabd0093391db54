import SourceText

/// Cases and properties.
extension RulebookParser {
  mutating func aCase(_ entry: YAMLEntry) {
    let what = "the case `\(entry.key.value)`"
    let allowed = ["because", "each", "exactly", "expect", "given", "needs", "not_because", "why"]
    guard let fields = MapFields(entry.value, what: what, at: entry.key.range, allowed: allowed, &diagnostics) else {
      return
    }
    var given: [YAMLEntry] = []
    var from: Spanned<String>?
    if let node = fields.required("given", &diagnostics) {
      if case .map(let entries) = node.content {
        given = entries.filter { $0.key.value != "from" }
        from = entries.first { $0.key.value == "from" }?.value.word(what: "the name of an intake file", &diagnostics)
      } else if !node.isBlank {
        diagnostics.append(.unexpectedShape(node, expected: "a map of answers"))
      }
    }
    if fields.has("expect"), let exactly = fields.key("exactly") {
      diagnostics.append(.expectsTwice(what, at: exactly))
    }
    let isExact = fields.has("exactly")
    let written = ParsedCase(
      id: entry.key, why: fields.node("why")?.text(what: "a text", &diagnostics), from: from, given: given,
      expect: fields.node(isExact ? "exactly" : "expect").map { ConditionParser.parse($0, &diagnostics) },
      isExact: isExact, because: rules("because", fields), notBecause: rules("not_because", fields),
      needs: needs(fields))
    let expects = ["because", "exactly", "expect", "needs", "not_because"].contains(where: fields.has)
    if fields.has("each") {
      if let each = fields.node("each") { family(of: written, each, expects: expects) }
      return
    }
    if !expects { diagnostics.append(.expectsNothing(what, at: entry.key.range)) }
    rulebook.cases.append(written)
  }

  mutating func rules(_ key: String, _ fields: MapFields) -> [Spanned<String>] {
    fields.node(key)?.words(what: "a list of rules", &diagnostics) ?? []
  }

  mutating func needs(_ fields: MapFields) -> [Spanned<String>]? {
    fields.node("needs")?.words(what: "a list of facts", &diagnostics)
  }

  mutating func property(_ entry: YAMLEntry) {
    let what = "the property `\(entry.key.value)`"
    let allowed = ["because", "decisions", "expect", "independent_of", "monotone", "when", "why"]
    guard let fields = MapFields(entry.value, what: what, at: entry.key.range, allowed: allowed, &diagnostics) else {
      return
    }
    _ = fields.node("why")?.text(what: "a text", &diagnostics)
    _ = fields.node("because")?.text(what: "a text", &diagnostics)
    func names(_ key: String) -> [Spanned<String>] {
      fields.node(key)?.words(what: "a list of names", &diagnostics) ?? []
    }
    if !["expect", "independent_of", "monotone"].contains(where: fields.has) {
      diagnostics.append(
        Diagnostic(
          .missingKey, "\(what) says nothing; write `expect:`, `independent_of:` or `monotone:`", at: entry.key.range))
    }
    rulebook.properties.append(
      ParsedProperty(
        id: entry.key, when: fields.node("when").map { ConditionParser.parse($0, &diagnostics) },
        expect: fields.node("expect").map { ConditionParser.parse($0, &diagnostics) },
        independentOf: names("independent_of"), monotone: names("monotone"), decisions: names("decisions")))
  }
}
