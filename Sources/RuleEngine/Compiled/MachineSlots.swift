/// What rules say about one slot together (section 4, clauses 7 and 8), as in the reference's `SlotRules`.
extension PlanMachine {
  /// Combines what rules say; a slot about which none says anything is as it rests.
  @inline(__always)
  func combineTouched(_ index: Int, _ decision: CompiledDecision) {
    var slot = firstTouched[index]
    while slot >= 0 {
      combine(Int(slot), of: decision)
      slot = nextTouched[slot]
    }
  }

  /// The results of every way in which the rules that may apply do or do not, and what they come to.
  private func combine(_ index: Int, of decision: CompiledDecision) {
    let slot = tables.slots[index]
    values.fill(slot.at, count: slot.words, with: 0)
    let combined: SlotFlags
    if slot.words == 1, !slot.hasOverrides {
      combined = combineInOneWord(index, slot, decision)
    } else if slot.hasOverrides {
      combined = combineWithOverrides(index, slot, decision)
    } else {
      combined = combineFreely(index, slot, decision)
    }
    combinedFlags[index] = combined
    var outcome = combined.intersection(.conflict)
    if combined.contains(.ruledOut) { outcome.insert(.out) }
    if combined.contains(.none) {
      if slot.isMember {
        outcome.insert(.out)
      } else if slot.otherwise >= 0 {
        values[Int(slot.at) + Int(slot.otherwise) >> 6] |= 1 << UInt64(slot.otherwise & 63)
      } else {
        outcome.insert(.gap)
      }
    }
    flags[index] = outcome
  }

  /// Where no rule overrides another and all values lie in one word: what rules say is its lower bits, and that they rule out
  /// its highest.
  @inline(__always)
  private func combineInOneWord(_ index: Int, _ slot: CompiledSlot, _ decision: CompiledDecision) -> SlotFlags {
    var said: UInt64 = 0
    var sure: UInt64 = 0
    var effect = firstEffect[index]
    while effect >= 0 {
      let own = tables.effects[effect]
      said |= own.bit
      sure |= ruleTruths[own.rule] == .yes ? own.bit : 0
      effect = nextEffect[effect]
    }
    var combined: SlotFlags = sure == 0 ? .none : []
    if said & CompiledEffect.ruledOut != 0 { combined.insert(.ruledOut) }
    if decision.combine == .one, said & (said &- 1) != 0 { combined.insert(.conflict) }
    var possible = said & ~CompiledEffect.ruledOut
    if sure & CompiledEffect.ruledOut != 0 {
      possible = 0
    } else if sure != 0 {
      switch decision.combine {
      case .one: possible = sure & (sure &- 1) == 0 ? sure : 0
      case .highest: possible &= ~0 &<< UInt64(63 &- sure.leadingZeroBitCount)
      case .lowest: possible &= sure ^ (sure &- 1)
      case .all, .preferred: break
      }
    }
    values[slot.at] = possible
    return combined
  }

  /// Where no rule overrides another, what surely counts decides what else can be.
  private func combineFreely(_ index: Int, _ slot: CompiledSlot, _ decision: CompiledDecision) -> SlotFlags {
    var combined: SlotFlags = .none
    var isSurelyOut = false
    var surest: Int32 = -1
    var isTorn = false
    var effect = firstEffect[index]
    while effect >= 0 {
      let own = tables.effects[effect]
      let isSure = ruleTruths[own.rule] == .yes
      if isSure { combined.remove(.none) }
      if own.value < 0 {
        combined.insert(.ruledOut)
        if isSure { isSurelyOut = true }
      } else {
        values[Int(slot.at) + Int(own.value) >> 6] |= 1 << UInt64(own.value & 63)
        if isSure, surest != own.value {
          isTorn = surest >= 0
          surest = surest < 0 || decision.combine.prefers(own.value, to: surest) ? own.value : surest
        }
      }
      effect = nextEffect[effect]
    }
    if decision.combine == .one, hasSeveralValues(slot) || combined.contains(.ruledOut) && slotHasValues(index) {
      combined.insert(.conflict)
    }
    if isSurelyOut || isTorn && decision.combine == .one {
      keep(1..<1, of: slot)
    } else if surest >= 0 {
      switch decision.combine {
      case .one: keep(surest..<(surest + 1), of: slot)
      case .highest: keep(surest..<(slot.words * 64), of: slot)
      case .lowest: keep(0..<(surest + 1), of: slot)
      case .all, .preferred: break
      }
    }
    return combined
  }

  /// Leaves of the values of a slot only some that stand beside each other.
  @inline(__always)
  private func keep(_ kept: Range<Int32>, of slot: CompiledSlot) {
    if slot.words == 1 { return values[slot.at] &= kept.word(0) }
    for word in 0..<slot.words { values[slot.at + word] &= kept.word(word) }
  }

  @inline(__always)
  private func hasSeveralValues(_ slot: CompiledSlot) -> Bool {
    if slot.words == 1 { return values[slot.at] & (values[slot.at] &- 1) != 0 }
    var hasOne = false
    for word in slot.at..<(slot.at + slot.words) where values[word] != 0 {
      if hasOne || values[word] & (values[word] &- 1) != 0 { return true }
      hasOne = true
    }
    return false
  }

  /// The closed form of clause 8.
  private func combineWithOverrides(_ index: Int, _ slot: CompiledSlot, _ decision: CompiledDecision) -> SlotFlags {
    var combined: SlotFlags = .none
    var count = 0
    var effect = firstEffect[index]
    while effect >= 0 {
      let own = tables.effects[effect]
      if ruleTruths[own.rule] == .yes { combined.remove(.none) }
      var isDefeated = false
      for overrider in own.overriders.indices
      where ruleTruths[tables.effects[tables.overriders[overrider]].rule] == .yes { isDefeated = true }
      if !isDefeated {
        live[count] = effect
        count += 1
      }
      effect = nextEffect[effect]
    }
    for winner in 0..<count {
      let winner = live[winner]
      let value = tables.effects[winner].value
      if value < 0 {
        if combined.contains(.ruledOut) { continue }
      } else if values[Int(slot.at) + Int(value) >> 6] & (1 << UInt64(value & 63)) != 0 {
        continue
      }
      guard canWin(winner, value, count, decision.combine) else { continue }
      if value < 0 {
        combined.insert(.ruledOut)
      } else {
        values[Int(slot.at) + Int(value) >> 6] |= 1 << UInt64(value & 63)
      }
    }
    if decision.combine == .one, clashes(count) { combined.insert(.conflict) }
    return combined
  }

  /// Whether each rule that surely counts and spoils the value is overridden by one that may apply.
  private func canWin(_ winner: Int32, _ value: Int32, _ count: Int, _ combine: CompiledDecision.Combine) -> Bool {
    for spoiler in 0..<count {
      let spoiler = live[spoiler]
      guard ruleTruths[tables.effects[spoiler].rule] == .yes,
        combine.spoils(tables.effects[spoiler].value, value)
      else { continue }
      var isRescued = false
      for rescuer in tables.effects[spoiler].overriders.indices where !isRescued {
        let rescuer = tables.overriders[rescuer]
        isRescued =
          ruleTruths[tables.effects[rescuer].rule] == .unknown
          && !combine.spoils(tables.effects[rescuer].value, value) && isLive(rescuer)
          && !tables.overrides(rescuer, winner)
      }
      if !isRescued { return false }
    }
    return true
  }

  private func clashes(_ count: Int) -> Bool {
    for first in 0..<count {
      for second in 0..<first
      where tables.effects[live[first]].value != tables.effects[live[second]].value
        && !tables.overrides(live[first], live[second]) && !tables.overrides(live[second], live[first])
      { return true }
    }
    return false
  }
}

extension CompiledDecision.Combine {
  /// Whether the first value keeps the second from being the result where both count; -1 rules out.
  func spoils(_ first: Int32, _ second: Int32) -> Bool {
    if second < 0 { return false }
    if first < 0 { return true }
    return switch self {
    case .one: first != second
    case .highest: first > second
    case .lowest: first < second
    case .all, .preferred: false
    }
  }
}

extension CompiledTables {
  /// Whether the first effect overrides the second.
  func overrides(_ first: Int32, _ second: Int32) -> Bool {
    let range = effects[second].overriders
    var low = Int(range.start)
    var high = Int(range.end)
    while low < high {
      let middle = (low + high) >> 1
      if overriders[middle] == first { return true }
      if overriders[middle] < first { low = middle + 1 } else { high = middle }
    }
    return false
  }
}

extension Range<Int32> {
  /// The bits of one word of 64 that lie in the range.
  @inline(__always)
  fileprivate func word(_ word: Int32) -> UInt64 {
    let from = Swift.max(lowerBound &- word &* 64, 0)
    let to = Swift.min(upperBound &- word &* 64, 64)
    return from < to ? (~0 &<< UInt64(from)) & (~0 &>> UInt64(64 &- to)) : 0
  }
}
