/// What decisions can come out as (section 4, clauses 6 to 9), as in ``PlanMachine``.
extension LaneMachine {
  func decide(_ index: Int) {
    let decision = tables.decisions[index]
    let guardTruth = decision.condition < 0 ? .yes : truth(at: Int(decision.condition))
    guardTruths[index] = guardTruth
    for slot in decision.slots.indices { combine(slot, of: decision) }
    for place in decision.fills.indices { fill(Int(tables.references[place])) }
    if decision.shape == .preferred { prefer(decision) }
    if guardTruth.sure != ~0 {
      for slot in decision.slots.indices { limit(slot: slot, by: guardTruth) }
      if decision.shape == .preferred { limit(slot: Int(decision.own), by: guardTruth) }
    }
    if decision.shape == .members {
      readBackMembers(decision, guardTruth)
    } else {
      readBack(Int(decision.variable), from: Int(decision.own))
    }
  }

  private func limit(slot index: Int, by truth: LaneTruth) {
    let place = slotPlaces[index]
    for outcome in place.all { outcomes[outcome] &= truth.may }
    outcomes[place.notApplicable] = ~truth.sure
  }

  // MARK: Preferred choices

  private func prefer(_ decision: CompiledDecision) {
    let own = slotPlaces[decision.own]
    for outcome in own.all { outcomes[outcome] = 0 }
    // The lanes in which no option that is preferred to the next is in for sure.
    var left: UInt64 = ~0
    for place in decision.preference.indices {
      let option = tables.references[place]
      let slot = Int(decision.slots.start + option)
      let isPossible = hasValues(slot)
      outcomes[own.value(option)] |= left & isPossible
      let rest = combined[slot]
      left &= ~(isPossible & ~rest.none & ~rest.ruledOut & ~outcomes[slotPlaces[slot].conflict])
    }
    guard decision.otherwise >= 0 else { return outcomes[own.gap] |= left }
    let rest = combined[decision.slots.start + decision.otherwise]
    outcomes[own.value(decision.otherwise)] |= left & rest.none
    outcomes[own.gap] |= left & rest.ruledOut
  }

  /// The lanes in which some value is possible for a slot.
  func hasValues(_ index: Int) -> UInt64 { slotPlaces[index].allValues.reduce(0) { $0 | outcomes[$1] } }

  // MARK: Amounts

  /// What is left of a derived number when the others that count are taken away.
  private func fill(_ index: Int) {
    let slot = tables.slots[index]
    let place = slotPlaces[index]
    let whole = Int(slot.fill)
    let cannotApply = cannotApply(whole)
    let mayNotApply = mayNotApply(whole)
    others.fill(with: .zero)
    for other in slot.less.indices {
      let some = readAmounts(of: Int(tables.references[other]))
      for lane in 0..<laneCount where some >> UInt64(lane) & 1 != 0 {
        others[lane] = others[lane] + numbers[lane]
      }
    }
    for value in place.allValues { outcomes[value] = 0 }
    var (out, conflict, amount, single) = (cannotApply | mayNotApply, UInt64(0), UInt64(0), UInt64(0))
    let wholes = bounds(Int(tables.places[whole].number))
    let amountAt = Int(place.fill) * lanes
    for lane in 0..<laneCount where cannotApply >> UInt64(lane) & 1 == 0 {
      let rest = wholes[lane] - others[lane]
      let bit: UInt64 = 1 << UInt64(lane)
      if rest.lower < 0 { conflict |= bit }
      if rest.lower <= 0, rest.upper >= 0 { out |= bit }
      if rest.upper > 0 {
        let own = Bounds(lower: max(0, rest.lower), upper: rest.upper)
        amounts[amountAt + lane] = own
        amount |= bit
        if own.lower == own.upper { single |= bit }
      }
    }
    outcomes[place.out] = out
    outcomes[place.gap] = 0
    outcomes[place.conflict] = conflict
    outcomes[place.notApplicable] = 0
    outcomes[place.amount] = amount
    singleAmounts[place.fill] = single
  }

  /// Leaves in ``numbers`` the lowest and highest amounts that are possible; what is out adds nothing.
  ///
  /// - Returns: the lanes of which this was done; in the others nothing is added.
  func readAmounts(of index: Int) -> UInt64 {
    let some = readNumbers(of: index)
    (some & outcomes[slotPlaces[index].out]).forEachLane { numbers[$0] = numbers[$0].union(.zero) }
    return some
  }

  /// Leaves in ``numbers`` the lowest and highest of the numbers that are possible for a slot.
  ///
  /// - Returns: the lanes in which there are any.
  func readNumbers(of index: Int) -> UInt64 {
    let slot = tables.slots[index]
    let place = slotPlaces[index]
    let filled = outcomes[place.amount]
    filled.forEachLane { numbers[$0] = amounts[Int(place.fill) * lanes + $0] }
    guard !slot.numbers.isEmpty else { return filled }
    var found = filled
    for value in 0..<Int(place.valueCount) {
      let own = outcomes[Int(place.values) + value] & ~filled
      if own == 0 { continue }
      let number = tables.numbers[Int(slot.numbers.start) + value]
      (own & ~found).forEachLane { numbers[$0] = Bounds(lower: number, upper: number) }
      (own & found).forEachLane { numbers[$0].upper = number }
      found |= own
    }
    return found
  }

  // MARK: Reading back

  /// Later matchers read outcomes as possible values; nothing is built on a gap or a conflict.
  private func readBack(_ variable: Int, from index: Int) {
    let place = tables.places[variable]
    let slot = slotPlaces[index]
    let broken = outcomes[slot.gap] | outcomes[slot.conflict]
    let mayNotApply = outcomes[slot.notApplicable] | outcomes[slot.out]
    let first = cells(of: place).lowerBound
    clear(place)
    if place.number >= 0 {
      let some = readNumbers(of: index) & ~broken
      singleNumbers[place.number] = 0
      let whole = tables.initialBounds[place.number]
      let active = UInt64.lanes(laneCount)
      (some & active).forEachLane { set(place, lane: $0, to: numbers[$0]) }
      (broken & active).forEachLane { set(place, lane: $0, to: whole) }
      cells[notApplicableCell(place)] = mayNotApply | ~broken & ~some
      return
    }
    var some: UInt64 = 0
    for value in 0..<Int(slot.valueCount) {
      let own = outcomes[Int(slot.values) + value] & ~broken
      some |= own
      cells[first + value] = own
    }
    if broken != 0 {
      for option in 0..<Int(place.cells)
      where tables.initialCells[Int(place.at) + option >> 6] >> UInt64(option & 63) & 1 != 0 {
        cells[first + option] |= broken
      }
    }
    cells[notApplicableCell(place)] = mayNotApply | ~broken & ~some
  }

  private func readBackMembers(_ decision: CompiledDecision, _ guardTruth: LaneTruth) {
    let first = cells(of: tables.places[decision.variable]).lowerBound
    for index in decision.slots.indices {
      let slot = slotPlaces[index]
      let out = outcomes[slot.out]
      let isOnlyOut =
        out & ~(outcomes[slot.gap] | outcomes[slot.conflict] | outcomes[slot.amount]) & ~hasValues(index)
      let at = first + (index - Int(decision.slots.start)) * 3
      cells[at] = (out | outcomes[slot.conflict]) & guardTruth.may
      cells[at + 1] = ~isOnlyOut & guardTruth.may
      cells[at + 2] = ~guardTruth.sure
      let item = Int(tables.slots[index].item)
      if item >= 0, program.isRead[item] { readBack(item, from: index) }
    }
    // What nothing can be in has one word, too, which tells whether it applies.
    if decision.slots.isEmpty {
      (cells[first], cells[first + 1], cells[first + 2]) = (guardTruth.may, guardTruth.may, ~guardTruth.sure)
    }
  }
}
