/// Which rules decided something, as in the reference's `Plan.decidingRules`.
extension PlanMachine {
  /// Calls `body` with each rule that won a value of the decision, or ruled one out; more than once if it did so for several
  /// of its slots.
  ///
  /// - Parameters:
  ///   - shown: the machine whose values the plan shows: this one, or the one for what is assumed.
  ///   - isAssumed: whether `shown` is that one.
  package func forEachDecider(
    of index: Int, shown: borrowing PlanMachine, isAssumed: Bool, _ body: (_ rule: Int) -> Void
  ) {
    shown.forEachWinner(of: index, body)
    guard guardTruths[index] != .no else { return }
    let decision = tables.decisions[index]
    var next = firstTouched[index]
    while next >= 0 {
      let slot = Int(next)
      next = nextTouched[slot]
      guard tables.slots[slot].isMember else { continue }
      let option = slot - Int(decision.slots.start)
      if decision.shape == .members {
        guard flags[slot] == .out, slotIsSettled(slot) else { continue }
      } else {
        let isShown = shown.isOnlyValue(option, ofSlot: Int(decision.own))
        let isPossible = !isAssumed && hasValue(option, slot: Int(decision.own))
        guard !isShown, !isPossible else { continue }
      }
      forEachCounting(slot) { effect in
        if tables.effects[effect].value < 0 { body(Int(tables.effects[effect].rule)) }
      }
    }
  }

  /// The rules that apply, by their places.
  package func forEachApplyingRule(_ body: (_ rule: Int) -> Void) {
    for index in 0..<touchedCount.value where ruleTruths[touchedRules[index]] == .yes { body(Int(touchedRules[index])) }
  }

  /// The rules behind the values that the plan holds.
  private func forEachWinner(of index: Int, _ body: (_ rule: Int) -> Void) {
    let decision = tables.decisions[index]
    guard decision.shape == .members else {
      let own = Int(decision.own)
      guard flags[own].isEmpty, slotIsSettled(own) else { return }
      var slot = Int(decision.slots.start)
      if decision.shape == .preferred { slot += onlyValue(ofSlot: own) }
      return forEachWinner(inSlot: slot, decision) { effect in
        if decision.shape != .preferred || tables.effects[effect].value >= 0 { body(Int(tables.effects[effect].rule)) }
      }
    }
    var next = firstTouched[index]
    while next >= 0 {
      let slot = Int(next)
      next = nextTouched[slot]
      guard tables.slots[slot].fill < 0 else { continue }
      guard slotHasValues(slot) || !flags[slot].isDisjoint(with: [.gap, .conflict]) else { continue }
      forEachWinner(inSlot: slot, decision) { body(Int(tables.effects[$0].rule)) }
    }
  }

  /// The effects that count and that nothing that counts beats.
  private func forEachWinner(inSlot slot: Int, _ decision: CompiledDecision, _ body: (_ effect: Int32) -> Void) {
    forEachCounting(slot) { effect in
      var isBeaten = false
      forEachCounting(slot) { other in
        if decision.combine.spoils(tables.effects[other].value, tables.effects[effect].value) { isBeaten = true }
      }
      if !isBeaten { body(effect) }
    }
  }

  /// The effects that count for sure: their rule applies, and no rule that overrides it does.
  private func forEachCounting(_ slot: Int, _ body: (_ effect: Int32) -> Void) {
    var effect = firstEffect[slot]
    while effect >= 0 {
      if ruleTruths[tables.effects[effect].rule] == .yes, isLive(effect) { body(effect) }
      effect = nextEffect[effect]
    }
  }

  /// Whether an effect can count: its rule applies or may apply, and no rule that overrides it applies.
  func isLive(_ effect: Int32) -> Bool {
    let own = tables.effects[effect]
    guard ruleTruths[own.rule] != .no else { return false }
    for overrider in own.overriders.indices
    where ruleTruths[tables.effects[tables.overriders[overrider]].rule] == .yes { return false }
    return true
  }

  /// Of a slot that is settled with a value, its place.
  private func onlyValue(ofSlot slot: Int) -> Int {
    var word = 0
    while values[Int(tables.slots[slot].at) + word] == 0 { word += 1 }
    return word << 6 + values[Int(tables.slots[slot].at) + word].trailingZeroBitCount
  }

  private func isOnlyValue(_ value: Int, ofSlot slot: Int) -> Bool {
    flags[slot].isEmpty && slotIsSettled(slot) && hasValue(value, slot: slot)
  }
}
