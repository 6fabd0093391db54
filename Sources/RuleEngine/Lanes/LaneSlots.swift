/// What rules say about one slot together (section 4, clauses 7 and 8), as in ``PlanMachine``.
extension LaneMachine {
  /// The results of every way in which the rules that may apply do or do not, and what they come to.
  func combine(_ index: Int, of decision: CompiledDecision) {
    let slot = tables.slots[index]
    let place = slotPlaces[index]
    for value in place.allValues { outcomes[value] = 0 }
    outcomes[place.notApplicable] = 0
    outcomes[place.amount] = 0
    let result =
      slot.hasOverrides
      ? combineWithOverrides(slot, place, decision.combine) : combineFreely(slot, place, decision.combine)
    combined[index] = Combined(none: result.none, ruledOut: result.ruledOut)
    outcomes[place.conflict] = result.conflict
    outcomes[place.out] = result.ruledOut | (slot.isMember ? result.none : 0)
    let isGap = !slot.isMember && slot.otherwise < 0
    outcomes[place.gap] = isGap ? result.none : 0
    if !slot.isMember, slot.otherwise >= 0 { outcomes[place.value(slot.otherwise)] |= result.none }
  }

  private typealias Result = (none: UInt64, ruledOut: UInt64, conflict: UInt64)

  /// Where no rule overrides another, what surely counts decides what else can be.
  private func combineFreely(
    _ slot: CompiledSlot, _ place: LaneSlot, _ combine: CompiledDecision.Combine
  ) -> Result {
    var ruledOut: UInt64 = 0
    var surelyOut: UInt64 = 0
    var surely: UInt64 = 0
    var isSaid = false
    for effect in slot.effects.indices {
      let effect = tables.effects[effect]
      let truth = ruleTruths[effect.rule]
      if truth.may == 0 { continue }
      surely |= truth.sure
      if effect.value < 0 {
        ruledOut |= truth.may
        surelyOut |= truth.sure
      } else {
        if !isSaid { clearSureValues(place) }
        isSaid = true
        outcomes[place.value(effect.value)] |= truth.may
        sureValues[effect.value] |= truth.sure
      }
    }
    var conflict: UInt64 = 0
    guard isSaid else { return (~surely, ruledOut, 0) }
    if combine == .one {
      var said = LaneCounter()
      var sure = LaneCounter()
      said.add(ruledOut)
      for value in 0..<Int(place.valueCount) {
        said.add(outcomes[Int(place.values) + value])
        sure.add(sureValues[value])
      }
      conflict = said.twice
      for value in 0..<Int(place.valueCount) {
        outcomes[Int(place.values) + value] &= ~sure.once | sure.exactlyOnce & sureValues[value]
      }
    } else if combine == .highest {
      var higher: UInt64 = 0
      for value in stride(from: Int(place.valueCount) - 1, through: 0, by: -1) {
        outcomes[Int(place.values) + value] &= ~higher
        higher |= sureValues[value]
      }
    } else if combine == .lowest {
      var lower: UInt64 = 0
      for value in 0..<Int(place.valueCount) {
        outcomes[Int(place.values) + value] &= ~lower
        lower |= sureValues[value]
      }
    }
    if surelyOut != 0 { for value in place.allValues { outcomes[value] &= ~surelyOut } }
    return (~surely, ruledOut, conflict)
  }

  private func clearSureValues(_ place: LaneSlot) {
    for value in 0..<Int(place.valueCount) { sureValues[value] = 0 }
  }

  /// The closed form of clause 8.
  private func combineWithOverrides(
    _ slot: CompiledSlot, _ place: LaneSlot, _ combine: CompiledDecision.Combine
  ) -> Result {
    var surely: UInt64 = 0
    for effect in slot.effects.indices {
      let own = tables.effects[effect]
      surely |= ruleTruths[own.rule].sure
      var defeated: UInt64 = 0
      for overrider in own.overriders.indices {
        defeated |= ruleTruths[tables.effects[tables.overriders[overrider]].rule].sure
      }
      live[effect] = ruleTruths[own.rule].may & ~defeated
    }
    var ruledOut: UInt64 = 0
    for winner in slot.effects.indices where live[winner] != 0 {
      let value = tables.effects[winner].value
      let wins = canWin(Int32(winner), value, slot, combine)
      if value < 0 { ruledOut |= wins } else { outcomes[place.value(value)] |= wins }
    }
    return (~surely, ruledOut, combine == .one ? clashes(slot) : 0)
  }

  /// The lanes in which each rule that surely counts and spoils the value is overridden by one that may apply.
  private func canWin(
    _ winner: Int32, _ value: Int32, _ slot: CompiledSlot, _ combine: CompiledDecision.Combine
  ) -> UInt64 {
    var wins = live[winner]
    for spoiler in slot.effects.indices {
      let own = tables.effects[spoiler]
      let spoiled = wins & live[spoiler] & ruleTruths[own.rule].sure
      guard spoiled != 0, combine.spoils(own.value, value) else { continue }
      var rescued: UInt64 = 0
      for rescuer in own.overriders.indices {
        let rescuer = tables.overriders[rescuer]
        let other = tables.effects[rescuer]
        let may = ruleTruths[other.rule].open & live[rescuer]
        guard may & spoiled != 0, !combine.spoils(other.value, value), !tables.overrides(rescuer, winner) else {
          continue
        }
        rescued |= may
      }
      wins &= ~spoiled | rescued
    }
    return wins
  }

  private func clashes(_ slot: CompiledSlot) -> UInt64 {
    var clashes: UInt64 = 0
    for first in slot.effects.indices where live[first] != 0 {
      for second in Int(slot.effects.start)..<first {
        let both = live[first] & live[second]
        guard both & ~clashes != 0, tables.effects[first].value != tables.effects[second].value,
          !tables.overrides(Int32(first), Int32(second)), !tables.overrides(Int32(second), Int32(first))
        else { continue }
        clashes |= both
      }
    }
    return clashes
  }
}
