/// Reads what was found for one person after another.
extension LaneMachine {
  /// Turns the outcomes, so that those of each person stand together; to be done once before ``PlanMachine/take(_:lane:)``.
  package func turnOutcomes() {
    for block in stride(from: 0, to: program.outcomeCount, by: 64) { outcomes.transpose(block, into: rows, at: block) }
  }

  /// The statuses of one plan and of its decisions, as they were read.
  package func read(_ found: inout PlanStatuses, lane: Int) {
    let bit: UInt64 = 1 << UInt64(lane)
    for decision in 0..<tables.decisions.count {
      let own = statuses.decisions[decision]
      found.decisions[decision] =
        own.settled & bit != 0
        ? .settled
        : own.notApplicable & bit != 0
          ? .notApplicable
          : own.regardless & bit != 0
            ? .settledRegardless
            : own.assumed & bit != 0
              ? .assumed : own.conflict & bit != 0 ? .conflict : own.gap & bit != 0 ? .gap : .open
    }
    found.plan =
      statuses.conflict.value & bit != 0
      ? .conflict
      : statuses.gap.value & bit != 0
        ? .gap
        : statuses.open.value & bit != 0
          ? .open
          : statuses.provisional.value & bit != 0
            ? .provisional : statuses.unknownFacts.value & bit != 0 ? .finalRegardless : .final
  }
}

extension PlanMachine {
  /// Takes over all that was found for one person, as if the plan had been worked out here.
  package func takeWhole(_ found: borrowing LaneMachine, lane: Int) {
    begin(.rules)
    take(found, lane: lane)
    for word in 0..<cells.count {
      let first = Int(found.program.cellAt[word])
      var own: UInt64 = 0
      for cell in first..<Int(found.program.cellAt[word + 1]) {
        own |= (found.cells[cell] &>> UInt64(truncatingIfNeeded: lane) & 1) &<< UInt64(truncatingIfNeeded: cell - first)
      }
      cells[word] = own
    }
    for number in 0..<bounds.count { bounds[number] = found.bounds[number * found.lanes + lane] }
    let bit: UInt64 = 1 << UInt64(lane)
    for rule in 0..<ruleTruths.count {
      let truth = found.ruleTruths[rule]
      if truth.may & bit != 0 { note(Int32(rule), truth.sure & bit != 0 ? .yes : .unknown) }
    }
  }

  /// Takes over what came out for one person: the outcomes of all slots, and nothing of the rules and facts behind them. That
  /// is enough to write a plan.
  package func take(_ found: borrowing LaneMachine, lane: Int) {
    for slot in 0..<tables.slots.count {
      let place = found.program.slots[slot]
      let own = tables.slots[slot]
      let row = Int(place.flags) & ~63
      let word = found.rows[row + lane] &>> UInt64(truncatingIfNeeded: place.flags & 63)
      flags[slot] = SlotFlags(rawValue: UInt8(truncatingIfNeeded: word & 31))
      if Int(place.values) & ~63 == row {
        values[own.at] = word &>> 5 & ((1 &<< UInt64(truncatingIfNeeded: place.valueCount)) &- 1)
      } else {
        for part in 0..<Int(own.words) {
          let at = Int(place.values) + part * 64
          let count = Int(place.valueCount) - part * 64
          values[Int(own.at) + part] = count > 0 ? found.rows[at + lane] & .lanes(min(count, 64)) : 0
        }
      }
      if flags[slot].contains(.amount) { amounts[slot] = found.amounts[Int(place.fill) * found.lanes + lane] }
    }
    for decision in 0..<tables.decisions.count {
      let own = found.guardTruths[decision]
      let bit: UInt64 = 1 << UInt64(lane)
      guardTruths[decision] = own.sure & bit != 0 ? .yes : own.may & bit != 0 ? .unknown : .no
    }
  }
}
