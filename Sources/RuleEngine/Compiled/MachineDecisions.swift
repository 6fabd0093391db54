/// What decisions can come out as (section 4, clauses 6 to 9), as in the reference's `Evaluator` and `SlotRules`.
extension PlanMachine {
  func decide(_ index: Int) {
    let decision = tables.decisions[index]
    let guardTruth = decision.condition < 0 ? .yes : truth(at: Int(decision.condition))
    guardTruths[index] = guardTruth
    if decision.shape == .members, guardTruth == .yes { return decideMembers(index, decision) }
    combineTouched(index, decision)
    for place in decision.fills.indices { fill(Int(tables.references[place])) }
    if decision.shape == .preferred { prefer(decision) }
    if guardTruth != .yes {
      for slot in decision.slots.indices { guardSlot(slot, by: guardTruth) }
      if decision.shape == .preferred { guardSlot(Int(decision.own), by: guardTruth) }
    }
    readBack(decision, guardTruth)
  }

  /// A set or menu that applies: members of which no rule says anything are out already.
  private func decideMembers(_ index: Int, _ decision: CompiledDecision) {
    combineTouched(index, decision)
    for place in decision.fills.indices { fill(Int(tables.references[place])) }
    var slot = firstTouched[index]
    while slot >= 0 {
      readBack(Int(slot), of: decision, mayNotApply: 0)
      slot = nextTouched[slot]
    }
    for place in decision.fills.indices { readBack(Int(tables.references[place]), of: decision, mayNotApply: 0) }
  }

  private func guardSlot(_ index: Int, by guardTruth: CompiledTruth) {
    if guardTruth == .unknown {
      flags[index].insert(.notApplicable)
    } else {
      let slot = tables.slots[index]
      values.fill(slot.at, count: slot.words, with: 0)
      flags[index] = .notApplicable
    }
  }

  package func applies(_ decision: Int) -> Bool { guardTruths[decision] == .yes }

  // MARK: Preferred choices

  private func prefer(_ decision: CompiledDecision) {
    let own = tables.slots[decision.own]
    values.fill(own.at, count: own.words, with: 0)
    flags[decision.own] = []
    for place in decision.preference.indices {
      let option = tables.references[place]
      let slot = Int(decision.slots.start + option)
      guard values[tables.slots[slot].at] != 0 else { continue }
      values[Int(own.at) + Int(option) >> 6] |= 1 << UInt64(option & 63)
      if combinedFlags[slot].isEmpty { return }
    }
    guard decision.otherwise >= 0 else {
      flags[decision.own].insert(.gap)
      return
    }
    let combined = combinedFlags[decision.slots.start + decision.otherwise]
    if combined.contains(.none) {
      values[Int(own.at) + Int(decision.otherwise) >> 6] |= 1 << UInt64(decision.otherwise & 63)
    }
    if combined.contains(.ruledOut) { flags[decision.own].insert(.gap) }
  }

  // MARK: Amounts

  /// What is left of a derived number when the others that count are taken away.
  private func fill(_ index: Int) {
    let slot = tables.slots[index]
    values.fill(slot.at, count: slot.words, with: 0)
    let whole = Int(slot.fill)
    guard !cannotApply(whole) else {
      flags[index] = .out
      return
    }
    var others = Bounds.zero
    for other in slot.less.indices { others = others + amount(of: Int(tables.references[other])) }
    let rest = bounds[tables.places[whole].number] - others
    var outcome: SlotFlags = mayNotApply(whole) ? .out : []
    if rest.lower < 0 { outcome.insert(.conflict) }
    if rest.lower <= 0, rest.upper >= 0 { outcome.insert(.out) }
    if rest.upper > 0 {
      outcome.insert(.amount)
      amounts[index] = Bounds(lower: max(0, rest.lower), upper: rest.upper)
    }
    flags[index] = outcome
  }

  /// From the lowest to the highest amount that is possible; what is out adds nothing.
  func amount(of index: Int) -> Bounds {
    var result = numbers(of: index)
    if flags[index].contains(.out) { result = result?.union(.zero) ?? .zero }
    return result ?? .zero
  }

  /// From the lowest to the highest number among the values that are possible.
  private func numbers(of index: Int) -> Bounds? {
    let slot = tables.slots[index]
    if flags[index].contains(.amount) { return amounts[index] }
    guard !slot.numbers.isEmpty else { return nil }
    var result: Bounds?
    for word in 0..<Int(slot.words) {
      let own = values[Int(slot.at) + word]
      guard own != 0 else { continue }
      let first = Int(slot.numbers.start) + word << 6
      let lowest = tables.numbers[first + own.trailingZeroBitCount]
      let highest = tables.numbers[first + 63 - own.leadingZeroBitCount]
      result = Bounds(lower: result?.lower ?? lowest, upper: highest)
    }
    return result
  }

  // MARK: Reading back

  /// Later matchers read outcomes as possible values; nothing is built on a gap or a conflict.
  private func readBack(_ decision: CompiledDecision, _ guardTruth: CompiledTruth) {
    let variable = Int(decision.variable)
    guard guardTruth != .no else {
      setNotApplicable(variable)
      for slot in decision.slots.indices {
        let item = Int(tables.slots[slot].item)
        if item >= 0 { setNotApplicable(item) }
      }
      return
    }
    guard decision.shape == .members else { return set(variable, to: Int(decision.own)) }
    let mayNotApply = guardTruth == .unknown ? SignalLayout.Member.notApplicable : 0
    for slot in decision.slots.indices { readBack(slot, of: decision, mayNotApply: mayNotApply) }
  }

  /// One member of a set, or item of a menu.
  private func readBack(_ index: Int, of decision: CompiledDecision, mayNotApply: UInt64) {
    let member = Int(tables.places[decision.variable].at) + index - Int(decision.slots.start)
    let rest = flags[index].subtracting(.notApplicable)
    if rest == .out, !slotHasValues(index) {
      cells[member] = SignalLayout.Member.out | mayNotApply
    } else {
      let isCertain = rest.isDisjoint(with: [.out, .conflict])
      cells[member] = (isCertain ? SignalLayout.Member.isIn : SignalLayout.Member.open) | mayNotApply
    }
    let item = Int(tables.slots[index].item)
    if item >= 0 { set(item, to: index) }
  }

  /// Whether some value is possible for a slot.
  @inline(__always)
  func slotHasValues(_ index: Int) -> Bool {
    let slot = tables.slots[index]
    if slot.words == 1 { return values[slot.at] != 0 }
    for word in slot.at..<(slot.at + slot.words) where values[word] != 0 { return true }
    return false
  }

  /// What a variable can be, from the outcomes of a slot.
  private func set(_ variable: Int, to index: Int) {
    let place = tables.places[variable]
    let mayNotApply = !flags[index].isDisjoint(with: [.notApplicable, .out])
    if !flags[index].isDisjoint(with: [.gap, .conflict]) {
      setToDomain(variable)
      if mayNotApply { setMayNotApply(variable) }
    } else if place.number >= 0 {
      guard let numbers = numbers(of: index) else { return setNotApplicable(variable) }
      set(variable, to: numbers, mayNotApply: mayNotApply)
    } else {
      guard slotHasValues(index) else { return setNotApplicable(variable) }
      let slot = tables.slots[index]
      for word in 0..<Int(place.words) {
        cells[Int(place.at) + word] = word < slot.words ? values[Int(slot.at) + word] : 0
      }
      if mayNotApply { setMayNotApply(variable) }
    }
  }
}
