/// Says of a decision what a clinician selected, beside what is recommended.
struct SelectedValueReader {
  let wording: Wording

  func selected(_ index: Int) -> [SelectedValue] {
    let evaluation = wording.evaluation
    let decision = evaluation.program.decisions[index]
    let slots: [Int?] = decision.hasMembers ? Array(decision.slots.indices) : [nil]
    var found: [SelectedValue] = []
    for slot in slots {
      guard let selection = evaluation.intake.selection(for: index, slot: slot, in: evaluation.program) else {
        continue
      }
      found.append(value(selection, index, slot))
    }
    return found
  }

  private func value(_ selection: Selection, _ index: Int, _ slotIndex: Int?) -> SelectedValue {
    let evaluation = wording.evaluation
    let program = evaluation.program
    let decision = program.decisions[index]
    let slot = slotIndex.map { decision.slots[$0] } ?? Slot(member: nil, variable: nil, effects: [])
    let outcomes = slotIndex.map { evaluation.slotOutcomes[index][$0] } ?? evaluation.decisionOutcomes[index]
    let chosen = selection.value.map(Evaluation.Outcome.value) ?? .out
    let domain = program.variables[slot.variable ?? decision.variable].domain
    return SelectedValue(
      name: program.selectableName(index, slot: slotIndex),
      value: selection.value.map { domain.text(of: $0) } ?? "no",
      label: slot.member.map { wording.option($0, of: decision.variable) } ?? wording.label(of: decision.variable),
      words: wording.outcome(chosen, in: decision, slot: slot),
      recommended: outcomes.isSettled
        ? outcomes.map { wording.outcome($0, in: decision, slot: slot) }.joined()
        : wording.summary(outcomes, in: decision, slot: slot),
      differs: outcomes != [chosen],
      isBelow: domain.isOrdered && isBelow(chosen, outcomes),
      isSetAside: evaluation.guardTruths[index] == .no,
      because: selection.because, note: selection.note, by: selection.by)
  }

  /// Below every recommended value, or out where something surely is in.
  private func isBelow(_ chosen: Evaluation.Outcome, _ outcomes: Set<Evaluation.Outcome>) -> Bool {
    var recommended: [Value] = []
    for outcome in outcomes { if case .value(let value) = outcome { recommended.append(value) } }
    guard let lowest = recommended.min(), case .value(let value) = chosen else { return false }
    return value < lowest
  }
}

extension DecisionPlan {
  /// What stands for a decision with one value: what was selected, else what is settled; `nil` while neither is.
  public var standingLabel: String? {
    if let selected = selected.first(where: { !$0.isSetAside }), !hasMembers { return selected.words }
    return status == .settled || status == .settledRegardless ? values.first?.label : nil
  }
}

extension Evaluation {
  /// Whether each slot that is not settled was selected, and at least one was.
  func isDecidedBySelection(_ index: Int) -> Bool {
    guard !intake.selections.isEmpty, guardTruths[index] == .yes else { return false }
    let decision = program.decisions[index]
    guard decision.hasMembers else { return isSelected(index, slot: nil) }
    let slots = decision.slots.indices
    return slots.contains { isSelected(index, slot: $0) }
      && slots.allSatisfy { isSelected(index, slot: $0) || slotOutcomes[index][$0].isWhole }
  }
}

extension Set<Evaluation.Outcome> {
  /// Whether there is one outcome, and nothing is wrong with it.
  fileprivate var isWhole: Bool { isSettled && isDisjoint(with: [.gap, .conflict]) }
}

extension Domain {
  /// A value as it is written in an intake; `yes` for a member that is in.
  package func text(of value: Value) -> String {
    switch value {
    case .option(let option): names.indices.contains(option) ? names[option] : ""
    case .number(let number): text(of: number)
    case .included: "yes"
    }
  }

  /// A number, or a day, as it is written in an intake.
  package func text(of number: Number) -> String {
    if case .dates = self { return number.whole.map { CalendarDate(days: $0).description } ?? number.description }
    return number.description
  }

  fileprivate var isOrdered: Bool {
    switch self {
    case .options(_, let isOrdered): isOrdered
    case .numbers, .dates: true
    case .members: false
    }
  }
}
