import SourceText

/// Cases and properties.
extension RulebookParser {
  mutating func aCase(_ entry: YAMLEntry) {
    let what = "the case `\(entry.key.value)`"
    let allowed = ["because", "expect", "given", "needs", "not_because", "why"]
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
    func rules(_ key: String) -> [Spanned<String>] {
      fields.node(key)?.words(what: "a list of rules", &diagnostics) ?? []
    }
    let hasExpectation =
      fields.has("expect") || fields.has("because") || fields.has("not_because") || fields.has("needs")
    if !hasExpectation {
      diagnostics.append(
        Diagnostic(.missingKey, "\(what) expects nothing; write `expect:`, `because:` or `needs:`", at: entry.key.range)
      )
    }
    rulebook.cases.append(
      ParsedCase(
        id: entry.key, why: fields.node("why")?.text(what: "a text", &diagnostics), from: from, given: given,
        expect: fields.node("expect").map { ConditionParser.parse($0, &diagnostics) }, because: rules("because"),
        notBecause: rules("not_because"), needs: fields.node("needs")?.words(what: "a list of facts", &diagnostics)))
  }

  mutating func property(_ entry: YAMLEntry) {
    let what = "the property `\(entry.key.value)`"
    let allowed = ["decisions", "expect", "independent_of", "monotone", "when", "why"]
    guard let fields = MapFields(entry.value, what: what, at: entry.key.range, allowed: allowed, &diagnostics) else {
      return
    }
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
        id: entry.key, why: fields.node("why")?.text(what: "a text", &diagnostics),
        when: fields.node("when").map { ConditionParser.parse($0, &diagnostics) },
        expect: fields.node("expect").map { ConditionParser.parse($0, &diagnostics) },
        independentOf: names("independent_of"), monotone: names("monotone"), decisions: names("decisions")))
  }
}
