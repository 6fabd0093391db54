/// Explains one decision of an evaluation.
struct DecisionPlanBuilder {
  let wording: Wording
  /// The evaluation with every assumption taken as an answer, if there are any.
  let assumed: Wording?

  func decisionPlan(_ index: Int) -> DecisionPlan {
    let evaluation = wording.evaluation
    let decision = evaluation.program.decisions[index]
    let isSettled = evaluation.isSettled(index)
    let isAssumed =
      !isSettled && assumed.map { $0.evaluation.isSettled(index) && !$0.evaluation.isBroken(index) } ?? false
    let shown = isAssumed ? assumed ?? wording : wording
    let standings = RuleStandings(shown, decision: index)
    // What stands against an option is told as it is, whatever is assumed.
    let actual = isAssumed ? RuleStandings(wording, decision: index) : standings
    let values = values(index, shown, standings)
    let needed = evaluation.neededFacts(for: [index])
    return DecisionPlan(
      name: evaluation.program.variables[decision.variable].name,
      family: decision.family,
      phase: decision.phase,
      label: shown.label(of: decision.variable),
      familyLabel: decision.label.text(in: shown.language),
      status: status(index, shown.evaluation, isSettled: isSettled, isAssumed: isAssumed),
      values: values,
      selected: SelectedValueReader(wording: wording).selected(index),
      isDecidedBySelection: evaluation.isDecidedBySelection(index),
      possible: isSettled || isAssumed || decision.hasMembers ? [] : possible(index),
      summary: isSettled || isAssumed || decision.hasMembers
        ? "" : wording.summary(evaluation.decisionOutcomes[index], in: decision, slot: decision.slots[0]),
      alsoPossible: alsoPossible(index, shown),
      lost: lost(index, wording, actual),
      notChosen: notChosen(index, wording, actual, values: values, isAssumed: isAssumed),
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
      // Settled ones first; the earlier deadline before the later.
      return decision.slots.indices
        .map {
          ($0, evaluation.slotOutcomes[index][$0].isSettled ? 0 : 1, lowestOption(evaluation.slotOutcomes[index][$0]))
        }
        .sorted { ($0.1, $0.2 ?? Int.max, $0.0) < ($1.1, $1.2 ?? Int.max, $1.0) }
        .compactMap { member(index, $0.0, wording, standings) }
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
        summary: "", lowest: nil, isCertain: true, isSettled: true, reasons: reasons(winners, decision, slot, wording))
    ]
  }

  private func lowestOption(_ outcomes: Set<Evaluation.Outcome>) -> Int? {
    outcomes.compactMap { if case .value(.option(let option)) = $0 { option } else { nil } }.min()
  }

  private func option(of value: Value) -> Int {
    if case .option(let option) = value { option } else { 0 }
  }

  private func member(_ index: Int, _ slotIndex: Int, _ wording: Wording, _ standings: RuleStandings) -> ChosenValue? {
    let evaluation = wording.evaluation
    let decision = evaluation.program.decisions[index]
    let slot = decision.slots[slotIndex]
    let outcomes = evaluation.slotOutcomes[index][slotIndex]
    guard !outcomes.isSubset(of: [.out, .notApplicable]) else { return nil }
    let member = slot.member ?? slotIndex
    var amount: String?
    if outcomes.count == 1, case .value(let value)? = outcomes.first, value != .included {
      amount = wording.value(value, in: decision, slot: slot)
    }
    let isSettled = outcomes.isSettled
    return ChosenValue(
      name: evaluation.program.variables[decision.variable].domain.names[member],
      label: wording.option(member, of: decision.variable), amount: amount,
      possible: isSettled && outcomes != [.conflict]
        ? [] : outcomes.sorted().map { wording.outcome($0, in: decision, slot: slot) },
      summary: wording.summary(outcomes, in: decision, slot: slot),
      lowest: slot.variable.flatMap { variable in
        lowestOption(outcomes).map { wording.option($0, of: variable) }
      },
      isCertain: outcomes.isDisjoint(with: [.out, .notApplicable, .conflict]),
      isSettled: isSettled,
      reasons: slot.fill.map { _ in [fillReason(slot, wording)] }
        ?? reasons(standings.winners(in: slotIndex), decision, slotIndex, wording),
      givenBy: slot.item?.givenBy, kind: slot.item?.kind, countsTowardHours: slot.item?.countsTowardHours)
  }

  /// The catalogue's own words on an item that fills what the others leave.
  private func fillReason(_ slot: Slot, _ wording: Wording) -> PlanReason {
    let text = slot.item?.help?.text(in: wording.language) ?? "It fills the time that the other services leave."
    return PlanReason(rule: nil, text: text, strength: nil, isConfirmed: true, sources: [], evidence: [])
  }

  private func reasons(_ effects: [Int], _ decision: Decision, _ slot: Int, _ wording: Wording) -> [PlanReason] {
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
  ) -> PlanReason {
    let cited = sources.map { wording.evaluation.program.sources[$0] }
    let strength = cited.map(\.kind).min()
    return PlanReason(
      rule: rule, text: template.map(wording.text) ?? "", strength: strength,
      isConfirmed: cited.contains { $0.kind == strength && $0.isConfirmed }, sources: cited.map(\.id),
      evidence: evidence)
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

  private func notChosen(
    _ index: Int, _ wording: Wording, _ standings: RuleStandings, values: [ChosenValue], isAssumed: Bool
  ) -> [NotChosen] {
    let evaluation = wording.evaluation
    let decision = evaluation.program.decisions[index]
    let domain = evaluation.program.variables[decision.variable].domain
    guard evaluation.guardTruths[index] != .no else { return [] }
    return domain.names.indices.compactMap { option in
      if decision.hasMembers {
        guard evaluation.slotOutcomes[index][option] == [.out] else { return nil }
      } else {
        let isShown = values.contains { $0.name == domain.names[option] }
        let isPossible = !isAssumed && evaluation.decisionOutcomes[index].contains(.value(.option(option)))
        guard !isShown, !isPossible else { return nil }
      }
      return NotChosen(
        option: domain.names[option], label: wording.option(option, of: decision.variable),
        ruledOutBy: standings.rulersOut(of: option), nearest: standings.whyNot(.option(option)).first)
    }
  }
}

extension Evaluation {
  /// Whether some slot came out as a gap or a conflict.
  fileprivate func isBroken(_ index: Int) -> Bool {
    !slotOutcomes[index].reduce(decisionOutcomes[index]) { $0.union($1) }.isDisjoint(with: [.gap, .conflict])
  }

  /// Whether a rule or guard of the decision is undecided, so that it is settled whatever the answer.
  fileprivate func dependsOnUnknown(_ index: Int) -> Bool {
    guardTruths[index] == .unknown
      || program.decisions[index].slots.contains { slot in
        slot.effects.contains { ruleTruths[$0.rule] == .unknown }
      }
  }
}
