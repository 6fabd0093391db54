/// How far a plan is settled (section 4, clauses 10 to 13), as in the reference's `PlanBuilder` and `DecisionPlanBuilder`.
extension PlanMachine {
  /// Whether a slot has one outcome.
  @inline(__always)
  func slotIsSettled(_ index: Int) -> Bool {
    let slot = tables.slots[index]
    let own = UInt64(flags[index].rawValue)
    // One bit in all is set.
    var all = own
    if slot.words == 1 {
      if own != 0, values[slot.at] != 0 { return false }
      all |= values[slot.at]
    } else {
      for word in slot.at..<(slot.at + slot.words) {
        if all != 0, values[word] != 0 { return false }
        all |= values[word]
      }
    }
    guard all != 0, all & (all &- 1) == 0 else { return false }
    return own != UInt64(SlotFlags.amount.rawValue) || amounts[index].lower == amounts[index].upper
  }

  /// Whether each slot of the decision has one outcome.
  package func isSettled(decision index: Int) -> Bool {
    let decision = tables.decisions[index]
    if decision.own >= 0 { return slotIsSettled(Int(decision.own)) }
    guard guardTruths[index] != .yes else { return membersAreSettled(index, decision) }
    for slot in decision.slots.indices where !slotIsSettled(slot) { return false }
    return true
  }

  /// The same of a set or menu that applies: only what rules speak about, and what fills, can be open.
  private func membersAreSettled(_ index: Int, _ decision: CompiledDecision) -> Bool {
    var slot = firstTouched[index]
    while slot >= 0 {
      if !slotIsSettled(Int(slot)) { return false }
      slot = nextTouched[slot]
    }
    for place in decision.fills.indices where !slotIsSettled(Int(tables.references[place])) { return false }
    return true
  }

  /// The outcomes of these slots make up a decision.
  private func outcomeSlots(_ decision: CompiledDecision) -> Range<Int> {
    decision.own >= 0 ? Int(decision.own)..<(Int(decision.own) + 1) : decision.slots.indices
  }

  private func isOnly(_ flag: SlotFlags, _ index: Int) -> Bool {
    flags[index] == flag && slotIsSettled(index)
  }

  /// How the decision came out, or `nil` while it is open; with `regardless`, whether something it could depend on is
  /// unknown.
  func plainStatus(of index: Int) -> DecisionPlan.Status? {
    let decision = tables.decisions[index]
    if decision.shape == .members, !decision.slots.isEmpty {
      switch guardTruths[index] {
      case .no: return .notApplicable
      case .unknown: return nil
      default: return membersStatus(index, decision)
      }
    }
    var isSettled = true
    var applies = false
    var hasGap = false
    for slot in outcomeSlots(decision) {
      if isOnly(.conflict, slot) { return .conflict }
      if isOnly(.gap, slot) { hasGap = true }
      if !slotIsSettled(slot) { isSettled = false }
      if !isOnly(.notApplicable, slot) { applies = true }
    }
    if hasGap { return .gap }
    if !isSettled { return nil }
    if !applies, !outcomeSlots(decision).isEmpty { return .notApplicable }
    return dependsOnUnknown(index) ? .settledRegardless : .settled
  }

  /// How a set or menu that applies came out.
  private func membersStatus(_ index: Int, _ decision: CompiledDecision) -> DecisionPlan.Status? {
    var isSettled = true
    var slot = firstTouched[index]
    while slot >= 0 {
      if isOnly(.conflict, Int(slot)) { return .conflict }
      if !slotIsSettled(Int(slot)) { isSettled = false }
      slot = nextTouched[slot]
    }
    for place in decision.fills.indices {
      let fill = Int(tables.references[place])
      if isOnly(.conflict, fill) { return .conflict }
      if !slotIsSettled(fill) { isSettled = false }
    }
    if !isSettled { return nil }
    return dependsOnUnknown(index) ? .settledRegardless : .settled
  }

  private func dependsOnUnknown(_ index: Int) -> Bool {
    if guardTruths[index] == .unknown { return true }
    var slot = firstTouched[index]
    while slot >= 0 {
      var effect = firstEffect[slot]
      while effect >= 0 {
        if ruleTruths[tables.effects[effect].rule] == .unknown { return true }
        effect = nextEffect[effect]
      }
      slot = nextTouched[slot]
    }
    return false
  }

  /// Whether some slot came out or may come out as a gap or a conflict.
  private func isBroken(_ index: Int) -> Bool {
    let decision = tables.decisions[index]
    for slot in decision.slots.indices where !flags[slot].isDisjoint(with: [.gap, .conflict]) { return true }
    return decision.own >= 0 && !flags[decision.own].isDisjoint(with: [.gap, .conflict])
  }

  /// Whether a fact that applies or may apply is not known, and its being unknown counts.
  package func hasUnknownFacts() -> Bool {
    let status = program.status
    for fact in status.facts where !isSettled(fact) {
      if status.alwaysCounts[fact] { return true }
      var isSpared = fact == dayVariable
      var isRead = false
      for sum in status.sums {
        if isSettled(sum.variable) {
          if sum.spared.contains(fact) { isSpared = true }
        } else if sum.reads.contains(fact) {
          isRead = true
        }
      }
      if isRead || !isSpared { return true }
    }
    return false
  }

  /// Whether the answers, taken together, are an error: a total that its items cannot add up to, an impossible intake, or a
  /// day on which a parameter had no value yet. What is wrong says the reader of intakes.
  package func contradictsItself() -> Bool {
    for condition in program.impossibilities where truth(at: Int(condition)) == .yes { return true }
    let days = assessmentDays
    if days.lower == days.upper, days.lower < program.status.firstDay.scaled { return true }
    for step in program.enteredSums { if totalDisagrees(tables.steps[step]) { return true } }
    return false
  }

  private func totalDisagrees(_ step: CompiledStep) -> Bool {
    guard case .sum(_, let items, let enteredAs) = step, !cannotApply(Int(enteredAs)), !mayNotApply(Int(enteredAs))
    else {
      return false
    }
    let total = bounds[tables.places[enteredAs].number]
    guard total.lower == total.upper, let sum = sum(of: items) else { return false }
    return total.lower < sum.bounds.lower || total.lower > sum.bounds.upper
  }
}

/// The statuses of a plan and of its decisions.
package struct PlanStatuses {
  package var plan: Plan.Status = .open
  /// By the places of decisions.
  package var decisions: [DecisionPlan.Status]

  package init(_ program: CompiledProgram) {
    decisions = program.program.decisions.map { _ in .open }
  }
}

extension PlanMachine {
  /// The statuses of the plan just worked out, with `assumed` as the machine for what is assumed while it is open.
  ///
  /// - Parameter scratch: room for the answers together with what is assumed.
  package func read(
    _ statuses: inout PlanStatuses, _ intake: borrowing CompiledIntake, assumed: borrowing PlanMachine,
    scratch: borrowing CompiledIntake
  ) {
    var isOpen = false
    for decision in statuses.decisions.indices {
      let status = plainStatus(of: decision)
      statuses.decisions[decision] = status ?? .open
      if status == nil { isOpen = true }
    }
    if isOpen, takeAssumptions(intake, into: scratch) {
      assumed.run(scratch, extent)
      for decision in statuses.decisions.indices where !isSettled(decision: decision) {
        guard assumed.isSettled(decision: decision), !assumed.isBroken(decision) else { continue }
        let status = assumed.plainStatus(of: decision)
        statuses.decisions[decision] = status == .notApplicable ? .notApplicable : .assumed
      }
    }
    var found: Plan.Status = .final
    for status in statuses.decisions {
      switch status {
      case .conflict: found = .conflict
      case .gap: if found != .conflict { found = .gap }
      case .open: if found != .conflict, found != .gap { found = .open }
      case .assumed: if found == .final { found = .provisional }
      case .settled, .settledRegardless, .notApplicable: break
      }
    }
    statuses.plan = found == .final && hasUnknownFacts() ? .finalRegardless : found
  }

  /// Whether the plan shows of a decision what it comes out as if what is assumed holds.
  package func isAssumed(_ decision: Int, _ statuses: PlanStatuses) -> Bool {
    guard !isSettled(decision: decision) else { return false }
    return statuses.decisions[decision] == .assumed || statuses.decisions[decision] == .notApplicable
  }

  /// Takes every assumption as an answer, but for what was asked; whether there is one to take.
  private func takeAssumptions(_ intake: borrowing CompiledIntake, into scratch: borrowing CompiledIntake) -> Bool {
    var isAny = false
    for (fact, answer) in program.status.assumable where !isSettled(fact) && !cannotApply(fact) {
      switch intake.mark(of: fact) {
      case .declined, .doesNotKnow: continue
      case .notAsked:
        if !isAny { scratch.copy(intake) }
        isAny = true
        scratch.set(fact, answer)
      case .value:
        guard case .members(let members) = answer else { continue }
        for (member, assumed) in members.enumerated() where !intake.isAsked(fact, member: member) {
          if !isAny { scratch.copy(intake) }
          isAny = true
          scratch.set(fact, member: member, assumed)
        }
      }
    }
    return isAny
  }
}
