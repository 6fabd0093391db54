import Cores
import RuleEngine

/// Decisions and what rules say about each of their slots.
extension Lowering {
  func loweredDecisions(_ rules: [RuleCopy]) -> [Decision] {
    let parts = inParallel(Stretches.of(rules.count)) { effectsBySlot(of: rules, $0) }
    let bySlot = parts.dropFirst().reduce(into: parts.first ?? [:]) { $0.merge($1, uniquingKeysWith: +) }
    var result: [(name: String, decision: Decision)] = []
    for decision in checked.decisions {
      for phase in Self.phases(decision.isPhased) {
        let name = [decision.name, phase].compactMap(\.self).joined(separator: ".")
        result.append((name, lowered(decision, phase, name, bySlot, rules)))
      }
    }
    return result.sorted { $0.name < $1.name }.map(\.decision)
  }

  /// What some of the rules say about each slot, in their order.
  private func effectsBySlot(of rules: [RuleCopy], _ stretch: Range<Int>) -> [SlotName: [Slot.Effect]] {
    var bySlot: [SlotName: [Slot.Effect]] = [:]
    let phased = Set(checked.decisions.filter(\.isPhased).map(\.name))
    for index in stretch {
      let copy = rules[index]
      for effect in checked.rules[copy.number].effects {
        for phase in Self.phases(phased.contains(effect.decision)) {
          guard effect.phase == nil || effect.phase == phase, copy.phase == nil || copy.phase == phase else { continue }
          bySlot[SlotName(decision: effect.decision, phase: phase, member: effect.member), default: []].append(
            Slot.Effect(rule: index, verdict: effect.verdict))
        }
      }
    }
    return bySlot
  }

  private struct SlotName: Hashable {
    var decision: String
    var phase: String?
    var member: String?
  }

  private func lowered(
    _ decision: CheckedDecision, _ phase: String?, _ name: String,
    _ bySlot: [SlotName: [Slot.Effect]], _ rules: [RuleCopy]
  ) -> Decision {
    func effects(_ member: String?) -> [Slot.Effect] {
      // They stand in the order of the rules.
      let all = bySlot[SlotName(decision: decision.name, phase: phase, member: member)] ?? []
      return overridden(all, decision.name, phase, rules)
    }
    var slots: [Slot] = []
    switch decision.kind {
    case .choice, .number: slots = [Slot(member: nil, variable: nil, effects: effects(nil))]
    case .preferred, .set:
      slots = decision.domain.names.enumerated().map { Slot(member: $0, variable: nil, effects: effects($1)) }
    case .menu:
      slots = decision.items.enumerated().map { index, item in
        Slot(
          member: index, variable: numbers["\(name).\(item.name)"], effects: effects(item.name),
          fill: fill(item, decision, phase), item: item.item)
      }
    }
    let otherwise = decision.otherwise.flatMap { otherwise -> Decision.Otherwise? in
      guard let value = otherwise.values[phase ?? ""] ?? otherwise.values[""] else { return nil }
      return Decision.Otherwise(
        value: value, because: template(otherwise.because, in: phase), sources: otherwise.sources)
    }
    return Decision(
      variable: numbers[name] ?? 0, family: decision.name, phase: phase, label: decision.label,
      combine: decision.combine,
      isMenu: decision.kind == .menu, preference: decision.preference,
      appliesWhen: decision.appliesWhen.map { condition($0, in: phase) }, otherwise: otherwise, slots: slots)
  }

  private func fill(_ item: CheckedItem, _ decision: CheckedDecision, _ phase: String?) -> Slot.Fill? {
    guard let variable = item.fills.flatMap({ number(of: $0, in: phase) }) else { return nil }
    let less = decision.items.indices.filter {
      decision.items[$0].item.countsTowardHours && decision.items[$0].name != item.name
    }
    return Slot.Fill(variable: variable, less: less)
  }

  /// Section 4, clause 6: who overrides whom in one slot, through any chain of rules that all speak about it.
  private func overridden(
    _ effects: [Slot.Effect], _ decision: String, _ phase: String?, _ rules: [RuleCopy]
  ) -> [Slot.Effect] {
    func rule(_ effect: Slot.Effect) -> CheckedRule { checked.rules[rules[effect.rule].number].value }
    guard effects.contains(where: { !checked.rules[rules[$0.rule].number].overrides.isEmpty }) else { return effects }
    var places: [String: Int] = [:]
    for (index, effect) in effects.enumerated() { places[rule(effect).id] = index }
    var direct: [[Int]] = effects.map { _ in [] }
    for (index, effect) in effects.enumerated() {
      for override in rule(effect).overrides {
        let counts =
          override.decisions.map { $0.contains(decision) || $0.contains("\(decision).\(phase ?? "")") } ?? true
        if counts, let target = places[override.rule], target != index { direct[target].append(index) }
      }
    }
    guard direct.contains(where: { !$0.isEmpty }) else { return effects }
    var result = effects
    for index in effects.indices { result[index].directlyOverriddenBy = Set(direct[index]).sorted() }
    result.closeOverrides()
    return result
  }
}
