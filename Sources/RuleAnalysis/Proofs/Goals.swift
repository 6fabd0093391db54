import RuleEngine

/// Everything in a rulebook that must have an effect on somebody.
struct Goals {
  private let session: ProofSession
  private var program: Program { session.program }
  private var bank: TermBank { session.bank }
  private var evaluation: SymbolicEvaluation { session.evaluation }

  init(_ session: ProofSession) {
    self.session = session
  }

  /// Rules first, then overrides and options.
  var all: [Goal] { rules + overrides + options }

  // MARK: Rules

  /// The slots each rule speaks about: the decision, the slot in it, the effect in that.
  private var effectsByRule: [Int: [(decision: Int, slot: Int, effect: Int)]] {
    var result: [Int: [(decision: Int, slot: Int, effect: Int)]] = [:]
    for (index, decision) in program.decisions.enumerated() {
      for (slot, content) in decision.slots.enumerated() {
        for (effect, rule) in content.effects.map(\.rule).enumerated() {
          result[rule, default: []].append((index, slot, effect))
        }
      }
    }
    return result
  }

  private var rules: [Goal] {
    let effects = effectsByRule
    let asked = Set(
      program.conditions.flatMap(\.subtree).compactMap { part -> Int? in
        if case .applies(let rule) = part { rule } else { nil }
      })
    var goals: [Goal] = []
    for (id, copies) in Dictionary(grouping: program.rules.indices, by: { program.rules[$0].baseID }).sorted(by: {
      $0.key < $1.key
    }) {
      // A rule that an overlay disabled is meant to apply to nobody.
      guard copies.contains(where: { program.rules[$0].disabled == nil }) else { continue }
      goals.append(
        Goal(
          isShown: { !$0.applied.isDisjoint(with: copies) },
          aims: copies.map { [program.rules[$0].condition] },
          formula: { bank.any(copies.map { evaluation.ruleTruths[$0].must }) },
          finding: {
            Finding(
              .ruleNeverApplies, .rule(id), "the rule `\(id)` applies to nobody",
              advice: "its conditions exclude each other, or what is above them; change `when` or delete the rule")
          }))
      let all = copies.flatMap { effects[$0] ?? [] }
      guard !all.isEmpty else { continue }
      goals.append(
        Goal(
          isShown: { !$0.won.isDisjoint(with: copies) },
          aims: all.flatMap(aims),
          formula: { bank.any(all.map(wins)) },
          finding: {
            Finding(
              .ruleNeverWins, .rule(id),
              "the rule `\(id)` never decides anything: whenever it applies, others decide instead",
              related: beaters(of: all),
              advice: "narrow the others, or delete this rule")
          }))
      guard asked.isDisjoint(with: copies) else { continue }
      goals.append(
        Goal(
          isShown: { !$0.decisive.isDisjoint(with: copies) },
          aims: all.flatMap(aims),
          formula: { bank.any(all.map(isDecisive)) },
          finding: {
            Finding(
              .redundantRule, .rule(id), "without the rule `\(id)` every plan would be the same; it only adds a reason",
              related: beaters(of: all).map { ($0.subject, "says the same, or more") })
          }))
    }
    return goals
  }

  /// Whether the effect counts and is all that its slot can come to.
  private func wins(_ place: (decision: Int, slot: Int, effect: Int)) -> Term {
    let slot = evaluation.slots[place.decision][place.slot]
    let effect = program.decisions[place.decision].slots[place.slot].effects[place.effect]
    let result: Term
    var others = [slot.none, slot.conflict]
    switch effect.verdict {
    case .ruleOut:
      result = slot.ruledOut
      others += slot.recommended.map(\.term)
    case .recommend(let value):
      result = slot.recommended.first { $0.value == value }?.term ?? .no
      others += slot.recommended.filter { $0.value != value }.map(\.term) + [slot.ruledOut]
    }
    // Of complete intakes nothing else is possible.
    let isAll: Term = session.scope == .complete ? .yes : bank.not(bank.any(others))
    return bank.all(
      slot.live[place.effect], evaluation.ruleTruths[effect.rule].must, result, isAll,
      evaluation.guardTruths[place.decision].must)
  }

  /// Whether the slot would come out otherwise without the effect.
  private func isDecisive(_ place: (decision: Int, slot: Int, effect: Int)) -> Term {
    let decision = program.decisions[place.decision]
    let slot = decision.slots[place.slot]
    let (effects, _) = slot.effects.removing(place.effect)
    return bank.all(differs(place, with: effects), evaluation.ruleTruths[slot.effects[place.effect].rule].must)
  }

  private func differs(_ place: (decision: Int, slot: Int, effect: Int), with effects: [Slot.Effect]) -> Term {
    let decision = program.decisions[place.decision]
    let slot = decision.slots[place.slot]
    let combined = SymbolicSlot(
      effects, truths: effects.map { evaluation.ruleTruths[$0.rule] }, combine: decision.combine, bank: bank)
    let without = evaluation.outcomes(combined, of: slot, in: decision)
    let with = evaluation.outcomes(evaluation.slots[place.decision][place.slot], of: slot, in: decision)
    let now = evaluation.slots[place.decision][place.slot].ruledOut
    let isFreed = decision.standsOtherwise(slot) ? bank.not(bank.same(combined.ruledOut, now)) : .no
    return bank.all(
      bank.any(with.differs(from: without, bank), isFreed), evaluation.guardTruths[place.decision].must)
  }

  /// Other rules of the same slots that may stand above a rule.
  private func beaters(
    of places: [(decision: Int, slot: Int, effect: Int)]
  ) -> [(subject: Finding.Subject, message: String)] {
    var found: Set<String> = []
    for place in places {
      let decision = program.decisions[place.decision]
      let effects = decision.slots[place.slot].effects
      let own = effects[place.effect]
      let rules = SlotRules(effects: effects, truths: effects.map { _ in .unknown }, combine: decision.combine)
      for other in effects.indices where other != place.effect {
        let isAbove =
          own.overriddenBy.contains(other) || effects[other].verdict == own.verdict
          || (decision.combine != .one && rules.spoils(effects[other].verdict, own.verdict))
        if isAbove { found.insert(program.rules[effects[other].rule].baseID) }
      }
    }
    let own = Set(
      places.map { program.rules[program.decisions[$0.decision].slots[$0.slot].effects[$0.effect].rule].baseID })
    return found.subtracting(own).sorted().map { (.rule($0), "may stand above it") }
  }

  // MARK: Overrides

  private var overrides: [Goal] {
    var links: [[String]: [(place: (decision: Int, slot: Int, effect: Int), target: Int, link: OverrideLink)]] = [:]
    for (index, decision) in program.decisions.enumerated() {
      for (slot, content) in decision.slots.enumerated() {
        for (target, effect) in content.effects.enumerated() {
          for from in effect.directlyOverriddenBy {
            let link = OverrideLink(from: content.effects[from].rule, to: effect.rule)
            let key = [program.rules[link.from].baseID, program.rules[link.to].baseID]
            links[key, default: []].append(((index, slot, from), target, link))
          }
        }
      }
    }
    return links.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, all in
      Goal(
        isShown: { shown in all.contains { shown.effectiveLinks.contains($0.link) } },
        aims: all.map { place, _, link in
          let rules = [link.to, link.from].map { program.rules[$0].condition }
          return applies(place.decision) + rules
        },
        formula: {
          bank.any(
            all.map { place, target, _ in
              let effects = program.decisions[place.decision].slots[place.slot].effects
              return bank.all(
                differs(place, with: effects.removingLink(from: place.effect, to: target)),
                evaluation.ruleTruths[effects[place.effect].rule].must,
                evaluation.ruleTruths[effects[target].rule].must)
            })
        },
        finding: {
          Finding(
            .uselessOverride, .rule(key[0]), "that `\(key[0])` overrides `\(key[1])` changes no plan",
            related: [(.rule(key[1]), "is overridden in vain")],
            advice: "the two never apply together, or the result is the same; delete the override")
        })
    }
  }

  // MARK: Options

  private var options: [Goal] {
    var places: [String: [(decision: Int, option: Int)]] = [:]
    for (index, decision) in program.decisions.enumerated() {
      for (option, name) in program.variables[decision.variable].domain.names.enumerated() {
        places["\(decision.family)\n\(name)", default: []].append((index, option))
      }
    }
    return places.sorted { $0.key < $1.key }.map { key, all in
      let names = key.split(separator: "\n").map(String.init)
      return Goal(
        isShown: { shown in
          all.contains { shown.chosen.contains(EvaluationEffects.Choice(decision: $0.decision, option: $0.option)) }
        },
        aims: all.flatMap { aims($0.option, of: $0.decision) },
        formula: { bank.any(all.map { isChosen($0.option, of: $0.decision) }) },
        finding: {
          Finding(
            .optionNeverChosen, .variable(names[0]), "nobody ever gets `\(names[1])` of `\(names[0])`",
            advice: "write a rule that recommends it to somebody, or take the option away")
        })
    }
  }

  private func isChosen(_ option: Int, of index: Int) -> Term {
    let hasMembers = program.decisions[index].hasMembers
    let outcomes = hasMembers ? evaluation.slotOutcomes[index][option] : evaluation.decisionOutcomes[index]!
    let isPossible = hasMembers ? outcomes.anyValue(bank) : outcomes.possibility(of: .option(option))
    return bank.all(
      isPossible, bank.atMostOne(outcomes.all), evaluation.guardTruths[index].must)
  }

  private func aims(_ option: Int, of index: Int) -> [[Condition]] {
    let decision = program.decisions[index]
    let isMember = decision.hasMembers || decision.combine == .preferred
    let effects = isMember ? decision.slots[option].effects : decision.slots[0].effects
    let fitting = effects.filter { effect in
      if case .recommend(let value) = effect.verdict { isMember || value == .option(option) } else { false }
    }
    let others = effects.filter { effect in !fitting.contains { $0.rule == effect.rule } }
    let without = others.map { Condition.not(program.rules[$0.rule].condition) }
    guard !fitting.isEmpty else { return [applies(index) + without] }
    return fitting.flatMap { effect in
      let alone = applies(index) + [program.rules[effect.rule].condition]
      return [alone, without + alone]
    }
  }

  // MARK: Aims

  private func applies(_ decision: Int) -> [Condition] {
    program.decisions[decision].appliesWhen.map { [$0] } ?? []
  }

  /// That the rule applies, with the other rules of its slot as they come, and without them.
  private func aims(_ place: (decision: Int, slot: Int, effect: Int)) -> [[Condition]] {
    let effects = program.decisions[place.decision].slots[place.slot].effects
    let own = effects[place.effect].rule
    let alone = applies(place.decision) + [program.rules[own].condition]
    let others = effects.map(\.rule).filter { $0 != own }.map { Condition.not(program.rules[$0].condition) }
    return [alone, others + alone]
  }
}
