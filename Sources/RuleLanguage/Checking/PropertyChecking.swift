import RuleEngine
import SourceText

/// What must hold for every possible intake.
extension RulebookChecker {
  mutating func checkProperties() {
    var places: [String: SourceRange] = [:]
    for property in parsed.properties {
      if let first = places[property.id.value] {
        diagnostics.append(.duplicateName(property.id, what: "property", first: first))
        continue
      }
      places[property.id.value] = property.id.range
      let context = ConditionChecker.Context(what: "the property `\(property.id.value)`", isExpectation: true)
      checked.properties.append(
        CheckedProperty(
          id: property.id.value, why: property.why.map(TextChecker.localized),
          when: property.when.map { condition($0, context) } ?? .always,
          expect: property.expect.map { condition($0, context) },
          independentOf: facts(property.independentOf, isScore: false),
          monotone: facts(property.monotone, isScore: true),
          decisions: decisions(property), place: property.id.range))
    }
    checked.properties.sort { $0.id < $1.id }
  }

  /// The facts and derived facts that are named; a beginning of names stands for all that begin so.
  private mutating func facts(_ words: [Spanned<String>], isScore: Bool) -> [String] {
    words.flatMap { word -> [String] in
      use(word.value)
      if let symbol = symbols[word.value] {
        if symbol.isDecision || symbol.readsDecisions {
          diagnostics.append(.propertyReadsDecision(word))
          return []
        }
        if isScore, case .members? = symbol.domain { diagnostics.append(.notMonotone(word)) }
        if isScore, case .options(_, isOrdered: false)? = symbol.domain { diagnostics.append(.notMonotone(word)) }
        return [word.value]
      }
      let below =
        symbols.isPrefix(word.value) ? checked.facts.map(\.name).filter { $0.hasPrefix("\(word.value).") } : []
      if below.isEmpty, !parsed.hasUnreadableParts {
        let known = symbols.names.filter { symbols[$0].map { !$0.isDecision } ?? false }
        diagnostics.append(.unknownName(word, what: "fact or derived fact", candidates: known))
      }
      return below
    }
  }

  private mutating func decisions(_ property: ParsedProperty) -> [String] {
    if property.independentOf.isEmpty, property.monotone.isEmpty, let word = property.decisions.first {
      diagnostics.append(.decisionsWithoutComparison(word, property.id.value))
    }
    return property.decisions.compactMap { word in
      guard case .decision? = symbols[word.value]?.kind else {
        if !parsed.hasUnreadableParts {
          diagnostics.append(.unknownName(word, what: "decision", candidates: decisions.keys.sorted()))
        }
        return nil
      }
      return word.value
    }
  }
}
