import RuleEngine
import SourceText

/// Finds negated matchers on what may not apply, where its guard does not stand beside: clinicians read them both ways, and
/// the plans differ.
struct AmbiguousNotCheck {
  let symbols: SymbolTable
  let words: MatcherWords

  func check(_ condition: CheckedCondition, beside known: [CheckedCondition] = [], _ diagnostics: inout [Diagnostic]) {
    switch condition {
    case .all(let parts):
      let beside = known + parts.flatMap(conjuncts)
      for part in parts { check(part, beside: beside, &diagnostics) }
    case .test(let name, let matcher, let range):
      guard matcher.isNegative, let symbol = symbols[name] else { return }
      let missing = symbol.applicability.filter { !isImplied($0, by: known) }
      guard !missing.isEmpty else { return }
      diagnostics.append(
        .ambiguousNot(
          name, range: range, guardText: missing.map(words.text(of:)).joined(separator: ", "),
          matcherText: words.text(of: matcher, on: name),
          positiveText: words.text(of: matcher.positive, on: name)))
    default:
      for part in condition.parts { check(part, beside: known, &diagnostics) }
    }
  }

  private func conjuncts(_ condition: CheckedCondition) -> [CheckedCondition] {
    if case .all(let parts) = condition { parts.flatMap(conjuncts) } else { [condition] }
  }

  private func isImplied(_ guardPart: CheckedCondition, by known: [CheckedCondition]) -> Bool {
    switch guardPart {
    case .always: return true
    case .all(let parts): return parts.allSatisfy { isImplied($0, by: known) }
    case .any(let parts):
      return parts.contains { isImplied($0, by: known) } || known.contains { $0.isSame(as: guardPart) }
    case .test(let name, let wanted, _):
      return known.contains { part in
        if case .test(name, let matcher, _) = part { matcher.implies(wanted) } else { false }
      }
    default: return known.contains { $0.isSame(as: guardPart) }
    }
  }
}

extension Matcher {
  /// Whether it says what something is not.
  var isNegative: Bool {
    if case .includesNone = test { true } else { isNegated }
  }

  /// The matcher whose negation this is.
  var positive: Matcher {
    if case .includesNone(let members) = test { return Matcher(.includesAny(members)) }
    return Matcher(test)
  }

  /// Whether everything it holds for, `other` holds for too; only what is plain to see.
  func implies(_ other: Matcher) -> Bool {
    if self == other { return true }
    guard !isNegated, !other.isNegated else { return false }
    switch (test, other.test) {
    case (.options(let few), .options(let many)): return Set(few).isSubset(of: many)
    case (.includesAll(let many), .includesAll(let few)), (.exactly(let many), .includesAll(let few)):
      return Set(few).isSubset(of: many)
    case (.includesAll(let members), .includesAny(let wanted)), (.exactly(let members), .includesAny(let wanted)):
      return !Set(members).isDisjoint(with: wanted)
    case (.includesAny(let few), .includesAny(let many)): return Set(few).isSubset(of: many)
    case (.exactly(let members), .empty): return members.isEmpty
    default: return false
    }
  }
}

extension CheckedCondition {
  /// Whether a matcher in it says what something is not.
  var saysWhatIsNot: Bool {
    switch self {
    case .test(_, let matcher, _): matcher.isNegative
    case .all(let parts), .any(let parts), .atLeast(_, let parts): parts.contains(where: \.saysWhatIsNot)
    case .not(let part): part.saysWhatIsNot
    default: false
    }
  }

  /// Whether it says the same, wherever it stands.
  func isSame(as other: CheckedCondition) -> Bool {
    switch (self, other) {
    case (.always, .always): return true
    case (.test(let name, let matcher, _), .test(let otherName, let otherMatcher, _)):
      return name == otherName && matcher == otherMatcher
    case (.applies(let rule), .applies(let otherRule)): return rule == otherRule
    case (.atLeast(let count, _), .atLeast(let otherCount, _)) where count != otherCount: return false
    case (.all, .all), (.any, .any), (.not, .not), (.atLeast, .atLeast):
      return parts.count == other.parts.count && zip(parts, other.parts).allSatisfy { $0.isSame(as: $1) }
    default: return false
    }
  }
}
