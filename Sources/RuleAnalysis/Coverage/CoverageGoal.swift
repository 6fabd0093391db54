public import RuleEngine

/// One thing that cases can reach: a rule that applies, a clause that does not hold, an option that is chosen.
public struct CoverageGoal: Sendable {
  /// The element it belongs to, by its place in the program.
  public enum Element: Hashable, Sendable {
    case rule(Int)
    /// The guard of a fact or a decision, a derived fact, or the options of a decision.
    case variable(Int)
    case parameter(Int)
  }

  public enum Subject: Sendable {
    case rule
    /// What the rule says about a slot.
    case effect(decision: Int, slot: Int, effect: Int)
    case clause(Condition)
    /// An option, a member or an item, by its place in the decision's domain.
    case option(decision: Int, Int)
  }

  public let figure: CoverageFigure
  public let element: Element
  public let subject: Subject

  // MARK: What there is to reach

  /// Everything there is to reach, rules first, each with all that is about it.
  static func all(of program: Program) -> [CoverageGoal] {
    var goals = ruleGoals(program)
    for (index, variable) in program.variables.enumerated() {
      let conditions: [Condition] =
        switch variable.kind {
        case .fact(let fact): [fact.appliesWhen].compactMap(\.self)
        case .derived(let derivation): derivation.conditions
        case .decision(let decision): [program.decisions[decision].appliesWhen].compactMap(\.self)
        case .item: []
        }
      goals += conditions.flatMap { clauseGoals($0, .variable(index)) }
      if case .decision(let decision) = variable.kind { goals += optionGoals(program, decision, .variable(index)) }
    }
    return goals
  }

  private static func ruleGoals(_ program: Program) -> [CoverageGoal] {
    var effects: [[CoverageGoal]] = program.rules.map { _ in [] }
    for (index, decision) in program.decisions.enumerated() {
      for (slotIndex, slot) in decision.slots.enumerated() {
        for (effectIndex, effect) in slot.effects.enumerated() {
          let subject = Subject.effect(decision: index, slot: slotIndex, effect: effectIndex)
          effects[effect.rule].append(
            CoverageGoal(figure: .rulesWon, element: .rule(effect.rule), subject: subject))
          if !effect.overriddenBy.isEmpty {
            effects[effect.rule].append(
              CoverageGoal(figure: .rulesDefeated, element: .rule(effect.rule), subject: subject))
          }
        }
      }
    }
    return program.rules.indices.flatMap { rule in
      [CoverageGoal(figure: .rulesApplied, element: .rule(rule), subject: .rule)] + effects[rule]
        + clauseGoals(program.rules[rule].condition, .rule(rule))
    }
  }

  /// Each leaf, and each whole of several parts. A negation says nothing that its part does not say.
  private static func clauseGoals(_ condition: Condition, _ element: Element) -> [CoverageGoal] {
    condition.subtree.flatMap { clause -> [CoverageGoal] in
      let isClause =
        switch clause {
        case .always, .not: false
        case .all, .any, .atLeast: clause.parts.count > 1
        default: true
        }
      guard isClause else { return [] }
      return [CoverageFigure.clausesTrue, .clausesFalse, .clausesUnknown].map {
        CoverageGoal(figure: $0, element: element, subject: .clause(clause))
      }
    }
  }

  /// The options that a rule recommends, that stand otherwise, or that fill what is left.
  private static func optionGoals(_ program: Program, _ index: Int, _ element: Element) -> [CoverageGoal] {
    let decision = program.decisions[index]
    let names = program.variables[decision.variable].domain.names
    return names.indices.filter { option in
      if decision.otherwise?.value == .option(option) { return true }
      let isByMember = decision.slots[0].member != nil
      let slot = decision.slots[isByMember ? option : 0]
      if slot.fill != nil { return true }
      return slot.effects.contains { effect in
        guard case .recommend(let value) = effect.verdict else { return false }
        return isByMember || value == .option(option)
      }
    }.map { CoverageGoal(figure: .optionsChosen, element: element, subject: .option(decision: index, $0)) }
  }

  // MARK: Whether it is reached

  func isReached(by evaluation: Evaluation) -> Bool {
    switch (figure, subject) {
    case (.rulesApplied, _):
      if case .rule(let rule) = element { evaluation.ruleTruths[rule] == .yes } else { false }
    case (.rulesWon, .effect(let decision, let slot, let effect)):
      CoverageGoal.hasWon(evaluation, decision, slot, effect)
    case (.rulesDefeated, .effect(let decision, let slot, let effect)):
      CoverageGoal.isDefeated(evaluation, decision, slot, effect)
    case (.clausesTrue, .clause(let clause)): evaluation.truth(of: clause) == .yes
    case (.clausesFalse, .clause(let clause)): evaluation.truth(of: clause) == .no
    case (.clausesUnknown, .clause(let clause)): evaluation.truth(of: clause) == .unknown
    case (.optionsChosen, .option(let decision, let option)):
      CoverageGoal.isChosen(evaluation, decision, option)
    default: false
    }
  }

  /// Whether the rule applies, no rule that counts beats it, and its slot is settled in a decision that applies. Of a
  /// preferred choice only the option that is chosen was won.
  private static func hasWon(_ evaluation: Evaluation, _ index: Int, _ slotIndex: Int, _ effect: Int) -> Bool {
    let decision = evaluation.program.decisions[index]
    let slot = decision.slots[slotIndex]
    guard evaluation.guardTruths[index] == .yes, evaluation.slotOutcomes[index][slotIndex].count == 1 else {
      return false
    }
    let verdict = slot.effects[effect].verdict
    if decision.combine == .preferred, verdict != .ruleOut,
      evaluation.decisionOutcomes[index] != [.value(.option(slotIndex))]
    {
      return false
    }
    let rules = SlotRules(
      effects: slot.effects, truths: slot.effects.map { evaluation.ruleTruths[$0.rule] }, combine: decision.combine)
    guard rules.truths[effect] == .yes, rules.isLive(effect) else { return false }
    return !rules.live.contains { rules.truths[$0] == .yes && rules.spoils(rules.effects[$0].verdict, verdict) }
  }

  private static func isDefeated(_ evaluation: Evaluation, _ index: Int, _ slot: Int, _ effect: Int) -> Bool {
    let effects = evaluation.program.decisions[index].slots[slot].effects
    return evaluation.guardTruths[index] == .yes && evaluation.ruleTruths[effects[effect].rule] == .yes
      && effects[effect].overriddenBy.contains { evaluation.ruleTruths[effects[$0].rule] == .yes }
  }

  private static func isChosen(_ evaluation: Evaluation, _ index: Int, _ option: Int) -> Bool {
    guard evaluation.program.decisions[index].hasMembers else {
      return evaluation.decisionOutcomes[index] == [.value(.option(option))]
    }
    return evaluation.slotOutcomes[index][option].allSatisfy { outcome in
      switch outcome {
      case .value, .between: true
      case .out, .gap, .conflict, .notApplicable: false
      }
    }
  }
}
