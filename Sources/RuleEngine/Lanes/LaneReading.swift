/// Reads what was found for one person after another.
extension LaneMachine {
  /// The statuses of one plan and of its decisions, as they were read.
  package func read(_ found: inout PlanStatuses, lane: Int) {
    let bit: UInt64 = 1 << UInt64(lane)
    for decision in 0..<tables.decisions.count {
      found.decisions[decision] = statuses.decisions[decision].status(in: bit)
    }
    found.plan = statuses.plan(in: bit)
  }
}

/// What came out for the person in one lane.
package struct LanePlan: PlanOutcomes {
  private let machine: LaneMachine
  private let lane: UInt64

  package init(_ machine: LaneMachine, lane: Int) {
    self.machine = machine
    self.lane = UInt64(truncatingIfNeeded: lane)
  }

  @inline(__always)
  private func isSet(_ lanes: UInt64) -> Bool { lanes &>> lane & 1 != 0 }

  package func applies(_ decision: Int) -> Bool { isSet(machine.guardTruths[decision].sure) }

  package func result(of decision: Int) -> PlanMachine.Result {
    result(ofSlot: Int(machine.tables.decisions[decision].own))
  }

  package func result(of decision: Int, slot: Int) -> PlanMachine.Result {
    result(ofSlot: Int(machine.tables.decisions[decision].slots.start) + slot)
  }

  private func result(ofSlot index: Int) -> PlanMachine.Result {
    guard isSet(machine.settledSlots[index]) else { return .open }
    let place = machine.slotPlaces[index]
    for value in place.allValues where isSet(machine.outcomes[value]) { return .value(value - Int(place.values)) }
    if isSet(machine.outcomes[place.out]) { return .out }
    if isSet(machine.outcomes[place.notApplicable]) { return .notApplicable }
    if isSet(machine.outcomes[place.amount]) { return .amount(Number(scaled: amount(place).lower)) }
    return isSet(machine.outcomes[place.gap]) ? .gap : .conflict
  }

  private func amount(_ place: LaneSlot) -> Bounds { machine.amounts[Int(place.fill) * machine.lanes + Int(lane)] }

  package func forEachSlotNotOut(of decision: Int, _ body: (_ slot: Int, PlanMachine.Result) -> Void) {
    let slots = machine.tables.decisions[decision].slots
    for slot in slots.indices where isSet(machine.notOut[slot]) {
      body(slot - Int(slots.start), result(ofSlot: slot))
    }
  }

  package func outcomes(of decision: Int) -> Set<Evaluation.Outcome> {
    let own = machine.tables.decisions[decision]
    return own.own < 0 ? [] : outcomes(ofSlot: Int(own.own))
  }

  package func outcomes(of decision: Int, slot: Int) -> Set<Evaluation.Outcome> {
    outcomes(ofSlot: Int(machine.tables.decisions[decision].slots.start) + slot)
  }

  private func outcomes(ofSlot index: Int) -> Set<Evaluation.Outcome> {
    let flags = flags(index)
    return machine.tables.outcomes(
      of: machine.tables.slots[index], flags, amount: flags.contains(.amount) ? amount(machine.slotPlaces[index]) : nil,
      values(index))
  }

  private func flags(_ index: Int) -> SlotFlags {
    var flags: SlotFlags = []
    for flag in 0..<LaneSlot.flagCount where isSet(machine.outcomes[machine.slotPlaces[index].out + flag]) {
      flags.formUnion(SlotFlags(rawValue: 1 << UInt8(flag)))
    }
    return flags
  }

  private func values(_ index: Int) -> [Int] {
    let place = machine.slotPlaces[index]
    return place.allValues.filter { isSet(machine.outcomes[$0]) }.map { $0 - Int(place.values) }
  }

  /// Whether each slot of a decision has one outcome.
  package func isSettled(decision index: Int) -> Bool { isSet(machine.isSettled(decision: index)) }

  /// Whether a rule applies.
  package func truth(ofRule rule: Int) -> Truth { truth(machine.ruleTruths[rule]) }

  private func truth(_ found: LaneTruth) -> Truth { isSet(found.sure) ? .yes : isSet(found.may) ? .unknown : .no }

  /// What a variable can be; `nil` for an amount that nothing asks for.
  package func possibleValues(of variable: Int) -> PossibleValues? {
    if case .item = machine.program.compiled.program.variables[variable].kind, !machine.program.isRead[variable] {
      return nil
    }
    guard !isSet(machine.cannotApply(variable)) else { return .notApplicable }
    let place = machine.tables.places[variable]
    let first = machine.cells(of: place).lowerBound
    let values: PossibleValues.Values
    switch place.kind {
    case .number: values = .interval(machine.bounds(Int(place.number))[Int(lane)].interval)
    case .options: values = .options(Set((0..<Int(place.cells)).filter { isSet(machine.cells[first + $0]) }))
    case .members:
      let names = machine.program.compiled.program.variables[variable].domain.names
      values = .members(
        names.indices.map { member in
          let (out, isIn) = (machine.cells[first + member * 3], machine.cells[first + member * 3 + 1])
          return truth(LaneTruth(may: isIn, sure: isIn & ~out))
        })
    }
    return PossibleValues(values: values, mayNotApply: isSet(machine.mayNotApply(variable)))
  }
}
