import RuleEngine
import SourceText

/// Resolves the names of conditions and gives their matchers a type.
struct ConditionChecker {
  /// Where a condition stands, and so what it may read.
  struct Context {
    /// For messages: `the rule`.
    var what: String
    /// The name of that, if it is not in the words yet.
    var name: String?
    var mayReadDecisions = true
    /// Whether a phased name without a phase means "the same phase".
    var mayOmitPhase = false
    /// Whether it may ask how a decision as a whole came out.
    var isExpectation = false
    /// Whether names that resolve to nothing may stand in a part that could not be read.
    var isForgiving = false

    /// Where it stands, in words, which are seldom asked for.
    var words: String { name.map { "\(what) `\($0)`" } ?? what }
  }

  let symbols: SymbolTable
  let values: ValueReader

  func check(
    _ parsed: ParsedCondition, _ context: Context, _ known: inout KnownReadings<Matcher>,
    _ diagnostics: inout [Diagnostic]
  ) -> CheckedCondition {
    switch parsed {
    case .always, .broken: return .always
    case .test(let name, let node): return test(name, node, context, &known, &diagnostics)
    case .all(let parts): return .all(parts.map { check($0, context, &known, &diagnostics) })
    case .any(let parts): return .any(parts.map { check($0, context, &known, &diagnostics) })
    case .not(let part): return .not(check(part, context, &known, &diagnostics))
    case .atLeast(let count, let parts): return .atLeast(count, parts.map { check($0, context, &known, &diagnostics) })
    }
  }

  private func test(
    _ name: Spanned<String>, _ node: YAMLNode, _ context: Context, _ known: inout KnownReadings<Matcher>,
    _ diagnostics: inout [Diagnostic]
  ) -> CheckedCondition {
    if !context.isExpectation, let matcher = known.reading(of: node, on: name.value) {
      return .test(name.value, matcher, name.range.moved(from: name.range.start, to: node.range.end))
    }
    if case .map(let entries) = node.content, isNested(name.value, entries) {
      return .all(
        entries.map { entry in
          test(Spanned("\(name.value).\(entry.key.value)", entry.key.range), entry.value, context, &known, &diagnostics)
        })
    }
    if let symbol = symbols[name.value] {
      return test(symbol, name, node, context, &known, &diagnostics)
    }
    if context.isExpectation, name.value == "plan" {
      let words = Condition.OutcomeTest.ofPlans.map(\.rawValue)
      if let word = node.scalar?.value.text, words.contains(word), let test = Condition.OutcomeTest(rawValue: word) {
        return .plan(test)
      }
      diagnostics.append(.planMisfit(node, words))
      return .always
    }
    if symbols.rules[name.value] != nil {
      guard node.scalar?.value.text == "applies" else {
        diagnostics.append(
          Diagnostic(.matcherMisfit, "`\(name.value)` is a rule; write `\(name.value): applies`", at: node.range))
        return .always
      }
      let rows = symbols.rows[name.value]
      return rows.map { .any($0.map { .applies(rule: $0) }) } ?? .applies(rule: name.value)
    }
    if !context.isForgiving {
      let candidates = name.value.contains("-") ? symbols.rules.keys.sorted() : symbols.names
      diagnostics.append(.unknownName(name, what: "fact, derived fact, decision or rule", candidates: candidates))
    }
    return .always
  }

  /// Nesting and dots are the same: `last_stay: {ended: completed}`.
  private func isNested(_ name: String, _ entries: [YAMLEntry]) -> Bool {
    if symbols[name] == nil { return symbols.isPrefix(name) }
    return entries.contains { symbols["\(name).\($0.key.value)"] != nil }
  }

  private func test(
    _ symbol: Symbol, _ name: Spanned<String>, _ node: YAMLNode, _ context: Context,
    _ known: inout KnownReadings<Matcher>, _ diagnostics: inout [Diagnostic]
  ) -> CheckedCondition {
    if case .fact(isRecordOnly: true) = symbol.kind {
      diagnostics.append(.readsRecordOnly(name, in: context.words))
      return .always
    }
    if !context.mayReadDecisions, symbol.isDecision || symbol.readsDecisions {
      diagnostics.append(.readsDecision(name, in: context.words))
      return .always
    }
    if symbol.isPhased, !context.mayOmitPhase {
      diagnostics.append(.whichPhase(name, example: symbol.name(in: Program.phases[0]), in: context.words))
      return .always
    }
    if context.isExpectation, let word = node.scalar?.value.text, !(symbol.domain?.names.contains(word) ?? false) {
      if word == "unknown" { return .unknown(name.value) }
      if case .decision = symbol.kind,
        let test = Condition.OutcomeTest.ofDecisions.first(where: { $0.rawValue == word })
      {
        return .outcome(decision: name.value, test)
      }
    }
    guard let domain = symbol.domain else { return .always }
    let reader = MatcherReader(values: values, symbol: symbol, domain: domain)
    guard let matcher = reader.matcher(node, &diagnostics) else { return .always }
    // Of these it does not count where they stand.
    if !symbol.isDecision, !symbol.readsDecisions, !symbol.isPhased { known.note(matcher, of: node, on: name.value) }
    let range = name.range.moved(from: name.range.start, to: node.range.end)
    return .test(name.value, matcher, range)
  }
}
