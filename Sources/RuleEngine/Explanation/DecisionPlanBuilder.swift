/// Explains one decision of an evaluation.
struct DecisionPlanBuilder {
  let wording: Wording
  /// The evaluation with every assumption taken as an answer, if there are any.
  let assumed: Wording?

  func decisionPlan(_ index: Int) -> DecisionPlan {
    let evaluation = wording.evaluation
    let decision = evaluation.program.decisions[index]
    let isSettled = evaluation.isSettled(index)
    let isAssumed = !isSettled && assumed?.evaluation.isSettled(index) == true
    let shown = isAssumed ? assumed ?? wording : wording
    let standings = RuleStandings(shown, decision: index)
    let needed = evaluation.neededFacts(for: [index])
    return DecisionPlan(
      name: evaluation.program.variables[decision.variable].name,
      family: decision.family,
      phase: decision.phase,
      label: shown.label(of: decision.variable),
      status: status(index, shown.evaluation, isSettled: isSettled, isAssumed: isAssumed),
      values: values(index, shown, standings),
      possible: isSettled || isAssumed || decision.hasMembers ? [] : possible(index),
      summary: isSettled || isAssumed || decision.hasMembers
        ? "" : wording.summary(evaluation.decisionOutcomes[index], in: decision, slot: decision.slots[0]),
      alsoPossible: alsoPossible(index, shown),
      lost: lost(index, shown, standings),
      notChosen: notChosen(index, shown, standings),
      needed: (needed.now.union(needed.later)).sorted().map { evaluation.program.variables[$0].name },
      hasMembers: decision.hasMembers,
      isMenu: decision.isMenu)
  }

  private func status(
    _ index: Int, _ evaluation: Evaluation, isSettled: Bool, isAssumed: Bool
  ) -> DecisionPlan.Status {
    let outcomes =
      evaluation.program.decisions[index].hasMembers
      ? evaluation.slotOutcomes[index] : [evaluation.decisionOutcomes[index]]
    if outcomes.contains([.conflict]) { return .conflict }
    if outcomes.contains([.gap]) { return .gap }
    guard isSettled || isAssumed else { return .open }
    if !outcomes.isEmpty, outcomes.allSatisfy({ $0 == [.notApplicable] }) { return .notApplicable }
    if isAssumed { return .assumed }
    return evaluation.dependsOnUnknown(index) ? .settledRegardless : .settled
  }

  /// What the plan holds: the settled value, or each member and item that is or may be in.
  private func values(_ index: Int, _ wording: Wording, _ standings: RuleStandings) -> [ChosenValue] {
    let evaluation = wording.evaluation
    let decision = evaluation.program.decisions[index]
    if decision.hasMembers {
      return decision.slots.indices.compactMap { member(index, $0, wording, standings) }
        .sorted { ($0.isSettled ? 0 : 1) < ($1.isSettled ? 0 : 1) }
    }
    guard evaluation.decisionOutcomes[index].count == 1,
      case .value(let value)? = evaluation.decisionOutcomes[index].first
    else { return [] }
    let slot = decision.combine == .preferred ? option(of: value) : 0
    var winners = standings.winners(in: slot)
    if decision.combine == .preferred {
      winners.removeAll { decision.slots[slot].effects[$0].verdict == .ruleOut }
    }
    let domain = evaluation.program.variables[decision.variable].domain
    let name: String
    switch value {
    case .option(let option): name = domain.names[option]
    case .number(let number): name = number.description
    case .included: name = ""
    }
    return [
      ChosenValue(
        name: name, label: wording.value(value, in: decision, slot: decision.slots[slot]), amount: nil, possible: [],
        summary: "", isCertain: true, isSettled: true, reasons: reasons(winners, decision, slot, wording))
    ]
  }

  private func option(of value: Value) -> Int {
    if case .option(let option) = value { option } else { 0 }
  }

  private func member(_ index: Int, _ slotIndex: Int, _ wording: Wording, _ standings: RuleStandings) -> ChosenValue? {
    let evaluation = wording.evaluation
    let decision = evaluation.program.decisions[index]
    let slot = decision.slots[slotIndex]
    let outcomes = evaluation.slotOutcomes[index][slotIndex]
    guard outcomes != [.out], outcomes != [.notApplicable] else { return nil }
    let member = slot.member ?? slotIndex
    var amount: String?
    if outcomes.count == 1, case .value(let value)? = outcomes.first, value != .included {
      amount = wording.value(value, in: decision, slot: slot)
    }
    let isSettled = outcomes.count == 1
    return ChosenValue(
      name: evaluation.program.variables[decision.variable].domain.names[member],
      label: wording.option(member, of: decision.variable), amount: amount,
      possible: isSettled && outcomes != [.conflict]
        ? [] : outcomes.sorted().map { wording.outcome($0, in: decision, slot: slot) },
      summary: wording.summary(outcomes, in: decision, slot: slot),
      isCertain: outcomes.isDisjoint(with: [.out, .notApplicable, .conflict]),
      isSettled: isSettled,
      reasons: slot.fill.map { [fillReason($0, decision, wording)] }
        ?? reasons(standings.winners(in: slotIndex), decision, slotIndex, wording),
      givenBy: slot.item?.givenBy, kind: slot.item?.kind, countsTowardHours: slot.item?.countsTowardHours)
  }

  private func fillReason(_ fill: Slot.Fill, _ decision: Decision, _ wording: Wording) -> Reason {
    // The same words in every phase, so that a rendering can say them once.
    let label = wording.label(of: fill.variable)
    let suffix = decision.phase.map { ", \($0) phase" } ?? ""
    let whole = label.hasSuffix(suffix) ? String(label.dropLast(suffix.count)) : label
    return Reason(
      rule: nil, text: "What the other services leave of the whole (\(whole)).", strength: nil, isConfirmed: true,
      sources: [], evidence: [])
  }

  private func reasons(_ effects: [Int], _ decision: Decision, _ slot: Int, _ wording: Wording) -> [Reason] {
    let program = wording.evaluation.program
    let evidence = EvidenceReader(wording)
    let reasons = effects.map { effect in
      let rule = program.rules[decision.slots[slot].effects[effect].rule]
      return reason(
        rule: rule.id, template: rule.reason(for: decision), sources: rule.sources, wording,
        evidence: evidence.evidence(of: rule.condition))
    }
    if reasons.isEmpty, let otherwise = decision.otherwise, decision.slots[slot].member == nil || !decision.hasMembers {
      return [reason(rule: nil, template: otherwise.because, sources: otherwise.sources, wording, evidence: [])]
    }
    return reasons.sorted { ($0.strength ?? .judgment, $0.rule ?? "") < ($1.strength ?? .judgment, $1.rule ?? "") }
  }

  private func reason(
    rule: String?, template: Template?, sources: [Int], _ wording: Wording, evidence: [Evidence]
  ) -> Reason {
    let cited = sources.map { wording.evaluation.program.sources[$0] }
    let strength = cited.map(\.kind).min()
    return Reason(
      rule: rule, text: template.map(wording.text) ?? "", strength: strength,
      isConfirmed: cited.contains { $0.isConfirmed }, sources: cited.map(\.id), evidence: evidence)
  }

  private func possible(_ index: Int) -> [String] {
    let decision = wording.evaluation.program.decisions[index]
    return wording.evaluation.decisionOutcomes[index].sorted().map {
      wording.outcome($0, in: decision, slot: Slot(member: nil, variable: nil, effects: []))
    }
  }

  private func alsoPossible(_ index: Int, _ wording: Wording) -> [String] {
    let evaluation = wording.evaluation
    let decision = evaluation.program.decisions[index]
    guard decision.combine == .preferred, evaluation.guardTruths[index] == .yes else { return [] }
    let isIn = CombinedResult.verdict(.recommend(.included))
    return decision.preference.filter { option in
      evaluation.combined[index][option] == [isIn] && evaluation.decisionOutcomes[index] != [.value(.option(option))]
    }.map { wording.option($0, of: decision.variable) }
  }

  private func lost(_ index: Int, _ wording: Wording, _ standings: RuleStandings) -> [RuleStanding] {
    let evaluation = wording.evaluation
    let decision = evaluation.program.decisions[index]
    guard evaluation.guardTruths[index] != .no else { return [] }
    return decision.slots.indices.flatMap { slot in
      decision.slots[slot].effects.indices
        .filter { evaluation.ruleTruths[decision.slots[slot].effects[$0].rule] == .yes }
        .map { standings.standing(of: $0, in: slot) }
        .filter { $0.standing != .won }
    }
    .sorted { ($0.rule, $0.recommends) < ($1.rule, $1.recommends) }
  }

  private func notChosen(_ index: Int, _ wording: Wording, _ standings: RuleStandings) -> [NotChosen] {
    let evaluation = wording.evaluation
    let decision = evaluation.program.decisions[index]
    let domain = evaluation.program.variables[decision.variable].domain
    guard evaluation.guardTruths[index] != .no else { return [] }
    return domain.names.indices.compactMap { option in
      if decision.hasMembers {
        guard evaluation.slotOutcomes[index][option] == [.out] else { return nil }
      } else {
        guard !evaluation.decisionOutcomes[index].contains(.value(.option(option))) else { return nil }
      }
      return NotChosen(
        option: domain.names[option], label: wording.option(option, of: decision.variable),
        ruledOutBy: standings.rulersOut(of: option), nearest: standings.whyNot(.option(option)).first)
    }
  }
}

extension Evaluation {
  /// Whether a rule or guard of the decision is undecided, so that it is settled whatever the answer.
  fileprivate func dependsOnUnknown(_ index: Int) -> Bool {
    guardTruths[index] == .unknown
      || program.decisions[index].slots.contains { slot in
        slot.effects.contains { ruleTruths[$0.rule] == .unknown }
      }
  }
}
