import RuleEngine

/// Something that must be possible, such as that a rule applies to somebody; where it is not, that is a finding.
struct Goal {
  /// Whether an evaluation of a complete intake shows that it is possible.
  let isShown: (EvaluationEffects) -> Bool
  /// Conditions under which it is likely; each list is a way of its own.
  let aims: [[Condition]]
  /// The formula that must be possible. Made only if no sample showed it.
  let formula: () -> Term
  let finding: () -> Finding
}

/// What an evaluation of a complete intake shows about the effects of rules.
struct EvaluationEffects {
  /// That an option of a decision is chosen, both by their places.
  struct Choice: Hashable {
    var decision: Int
    var option: Int
  }

  private let ruleTruths: [Truth]
  private(set) var applied: Set<Int> = []
  private(set) var won: Set<Int> = []
  /// Rules without which some slot would come out otherwise.
  private(set) var decisive: Set<Int> = []
  /// Links of overrides without which some slot would come out otherwise.
  private(set) var effectiveLinks: Set<OverrideLink> = []
  private(set) var chosen: Set<Choice> = []

  init(_ evaluation: Evaluation) {
    self.init(
      evaluation.program, ruleTruths: evaluation.ruleTruths, guardTruths: evaluation.guardTruths,
      slotOutcomes: { evaluation.slotOutcomes[$0][$1] }, decisionOutcomes: { evaluation.decisionOutcomes[$0] })
  }

  init(
    _ program: Program, ruleTruths: [Truth], guardTruths: [Truth],
    slotOutcomes: (Int, Int) -> Set<Evaluation.Outcome>, decisionOutcomes: (Int) -> Set<Evaluation.Outcome>
  ) {
    self.ruleTruths = ruleTruths
    applied = Set(program.rules.indices.filter { ruleTruths[$0] == .yes })
    for (index, decision) in program.decisions.enumerated() where guardTruths[index] == .yes {
      for slot in decision.slots { note(slot, decision) }
      if decision.hasMembers {
        for slot in decision.slots.indices {
          let outcomes = slotOutcomes(index, slot)
          guard outcomes.count == 1, outcomes.isDisjoint(with: [.out, .conflict, .notApplicable]) else { continue }
          chosen.insert(Choice(decision: index, option: slot))
        }
      } else if case .value(.option(let option))? = decisionOutcomes(index).only {
        chosen.insert(Choice(decision: index, option: option))
      }
    }
  }

  private mutating func note(_ slot: Slot, _ decision: Decision) {
    let combine = decision.combine
    let truths = slot.effects.map { ruleTruths[$0.rule] }
    guard truths.contains(.yes) else { return }
    let rules = SlotRules(effects: slot.effects, truths: truths, combine: combine)
    let result = rules.results()
    let outcomes = decision.outcomes(result, of: slot)
    for effect in slot.effects.indices where truths[effect] == .yes {
      let rule = slot.effects[effect].rule
      if rules.isLive(effect), result == [.verdict(slot.effects[effect].verdict)] { won.insert(rule) }
      let without = slot.effects.rules(truths, combine, without: effect)
      if decision.outcomes(without.results(), of: slot) != outcomes { decisive.insert(rule) }
      for target in slot.effects.indices where slot.effects[target].directlyOverriddenBy.contains(effect) {
        guard truths[target] == .yes else { continue }
        let unlinked = SlotRules(
          effects: slot.effects.removingLink(from: effect, to: target), truths: truths, combine: combine)
        if decision.outcomes(unlinked.results(), of: slot) != outcomes {
          effectiveLinks.insert(OverrideLink(from: rule, to: slot.effects[target].rule))
        }
      }
    }
  }
}

/// That one rule names another in its `overrides`.
struct OverrideLink: Hashable {
  /// The place of the rule that overrides.
  var from: Int
  /// The place of the rule that is overridden.
  var to: Int
}

extension Decision {
  /// What results of a slot come to in the plan, where only what stands there counts and not why.
  fileprivate func outcomes(_ results: Set<CombinedResult>, of slot: Slot) -> Set<CombinedResult> {
    Set(
      results.map { result in
        switch result {
        case .none where slot.member == nil: otherwise.map { .verdict(.recommend($0.value)) } ?? .none
        // An option that stands otherwise is there unless it is ruled out; any other one is out either way.
        case .verdict(.ruleOut) where !standsOtherwise(slot): .none
        default: result
        }
      })
  }

  /// Whether the slot is the option that stands where no rule recommends anything.
  func standsOtherwise(_ slot: Slot) -> Bool {
    guard combine == .preferred, let otherwise, case .option(let option) = otherwise.value else { return false }
    return slot.member == option
  }
}

extension [Slot.Effect] {
  /// The rules of a slot without one of them.
  fileprivate func rules(_ truths: [Truth], _ combine: Decision.Combine, without effect: Int) -> SlotRules {
    let isLink = !self[effect].directlyOverriddenBy.isEmpty && contains { $0.directlyOverriddenBy.contains(effect) }
    guard isLink else {
      // No chain leads through it, so it is as if it did not apply, which is found out much faster.
      var others = truths
      others[effect] = .no
      return SlotRules(effects: self, truths: others, combine: combine)
    }
    let (effects, kept) = removing(effect)
    return SlotRules(effects: effects, truths: kept.map { truths[$0] }, combine: combine)
  }

  /// The effects without one, with the chains that do not lead through it, and where they stood before.
  func removing(_ effect: Int) -> (effects: [Slot.Effect], kept: [Int]) {
    let kept = indices.filter { $0 != effect }
    var numbers: [Int: Int] = [:]
    for (new, old) in kept.enumerated() { numbers[old] = new }
    var effects = kept.map { self[$0] }
    for index in effects.indices {
      effects[index].directlyOverriddenBy = effects[index].directlyOverriddenBy.compactMap { numbers[$0] }
    }
    effects.closeOverrides()
    return (effects, kept)
  }

  /// The effects without one link of an override.
  func removingLink(from: Int, to: Int) -> [Slot.Effect] {
    var effects = self
    effects[to].directlyOverriddenBy.removeAll { $0 == from }
    effects.closeOverrides()
    return effects
  }
}

extension Set {
  /// The one element, if there is just one.
  fileprivate var only: Element? { count == 1 ? first : nil }
}
