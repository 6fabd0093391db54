import RuleEngine
import SourceText

/// Overrides: that they name rules, can take effect, and lead in no circle.
extension RulebookChecker {
  mutating func checkOverrides(_ written: [Shared<ParsedRule>]) {
    guard written.contains(where: { !$0.overrides.isEmpty }) else { return }
    let rules = Dictionary(checked.rules.map { ($0.id, $0.value) }) { first, _ in first }
    for own in written {
      guard let rule = rules[own.id.value] else { continue }
      for override in own.overrides {
        let targets = symbols.rows[override.rule.value] ?? [override.rule.value]
        guard symbols.rules[override.rule.value] != nil else {
          if !parsed.hasUnreadableParts {
            diagnostics.append(.unknownName(override.rule, what: "rule", candidates: symbols.rules.keys.sorted()))
          }
          continue
        }
        for decision in override.decisions ?? []
        where decisions[symbols[decision.value]?.family ?? decision.value] == nil {
          diagnostics.append(.unknownName(decision, what: "decision", candidates: decisions.keys.sorted()))
        }
        let named = override.decisions.map { Set($0.map(\.value)) }
        let canWork = targets.contains { target in
          rules[target].map { target != own.id.value && rule.sharesSlot(with: $0, among: named) } ?? true
        }
        if !canWork, !own.isBroken {
          let shared = Set(rule.effects.map(\.decision)).intersection(
            targets.compactMap { rules[$0] }.flatMap(\.effects).map(\.decision))
          diagnostics.append(.overrideWithoutEffect(override.rule, by: own.id.value, sharedDecision: shared.min()))
        }
      }
    }
    findOverrideCycles(rules)
  }

  private mutating func findOverrideCycles(_ rules: [String: CheckedRule]) {
    var reported: Set<Set<String>> = []
    let overriding = checked.rules.map(\.value).filter { !$0.overrides.isEmpty }
    for decision in Set(overriding.flatMap(\.effects).map(\.decision)).sorted() {
      var edges: [String: [String]] = [:]
      for rule in overriding {
        edges[rule.id] = rule.overrides.filter { override in
          override.rule != rule.id
            && rules[override.rule].map { rule.sharesSlot(with: $0, among: override.decisions, in: decision) } ?? false
        }.map(\.rule).sorted()
      }
      for cycle in Cycles.find(in: edges) where reported.insert(Set(cycle)).inserted {
        diagnostics.append(.overrideCycle(cycle, at: symbols.rules[cycle[0]] ?? .start(of: "")))
      }
    }
  }
}

extension CheckedRule {
  /// Whether both speak about some slot, among the decisions for which the override was declared.
  func sharesSlot(with other: CheckedRule, among decisions: Set<String>?, in decision: String? = nil) -> Bool {
    effects.contains { mine in
      guard decision == nil || decision == mine.decision else { return false }
      if let decisions, !decisions.contains(mine.decision),
        !decisions.contains("\(mine.decision).\(mine.phase ?? "")")
      {
        return false
      }
      return other.effects.contains { theirs in
        theirs.decision == mine.decision && theirs.member == mine.member
          && (theirs.phase == nil || mine.phase == nil || theirs.phase == mine.phase)
      }
    }
  }
}
