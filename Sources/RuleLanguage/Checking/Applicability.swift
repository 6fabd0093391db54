import RuleEngine
import SourceText

/// When derived facts apply.
extension RulebookChecker {
  /// Whether a variable may not apply, before any condition is read.
  func mayNotApply(_ name: String) -> Bool {
    guard let operation = parsedDerived[name]?.operation else { return !unguardedFacts.contains(name) }
    switch operation {
    case .holds, .count: return false
    case .bands(let of, _), .points(let of, _): return mayNotApply(of.value)
    case .sum(let items, _), .highest(let items), .lowest(let items): return items.allSatisfy { mayNotApply($0.value) }
    case .difference(let first, let second), .days(let first, let second):
      return mayNotApply(first.value) || mayNotApply(second.value)
    case .product, .total: return true
    }
  }

  /// What must hold for a variable to apply; empty if it always does.
  mutating func applicability(of name: String) -> [CheckedCondition] {
    guard let derived = derivedByName[name] else { return symbols[name]?.applicability ?? [] }
    if let known = applicabilities[name] { return known }
    let result: [CheckedCondition]
    switch derived.derivation {
    case .bands(let of, _), .points(let of, _): result = applicability(of: of)
    case .difference(let first, let second), .days(let first, let second), .product(let first, let second):
      result = distinct(applicability(of: first) + applicability(of: second))
    case .sum(let items, _), .highest(let items), .lowest(let items):
      var all: [[CheckedCondition]] = []
      for item in items { all.append(applicability(of: item)) }
      if all.contains(where: \.isEmpty) {
        result = []
      } else {
        let first = all[0]
        let isShared = all.allSatisfy { $0.count == first.count && zip($0, first).allSatisfy { $0.isSame(as: $1) } }
        result = isShared ? first : [.any(all.map { .all($0) })]
      }
    case .count, .holds, .total: result = []
    }
    applicabilities[name] = result
    return result
  }

  private func distinct(_ conditions: [CheckedCondition]) -> [CheckedCondition] {
    var result: [CheckedCondition] = []
    for condition in conditions where !result.contains(where: { $0.isSame(as: condition) }) { result.append(condition) }
    return result
  }
}
