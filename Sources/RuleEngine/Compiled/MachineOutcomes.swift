/// What was found, in the words of the reference evaluator.
extension PlanMachine: PlanOutcomes {
  /// The outcomes of a slot, by its place in ``CompiledProgram``'s own numbering.
  private func outcomes(ofSlot index: Int) -> Set<Evaluation.Outcome> {
    let slot = tables.slots[index]
    let amount = flags[index].contains(.amount) ? amounts[index] : nil
    let values = (0..<Int(slot.words) * 64).filter { hasValue($0, slot: index) }
    return tables.outcomes(of: slot, flags[index], amount: amount, values)
  }

  func hasValue(_ value: Int, slot: Int) -> Bool {
    values[Int(tables.slots[slot].at) + value >> 6] & (1 << UInt64(value & 63)) != 0
  }

  package func outcomes(of decision: Int, slot: Int) -> Set<Evaluation.Outcome> {
    let own = tables.decisions[decision]
    return outcomes(ofSlot: Int(own.slots.start) + slot)
  }

  package func outcomes(of decision: Int) -> Set<Evaluation.Outcome> {
    let own = tables.decisions[decision]
    return own.own < 0 ? [] : outcomes(ofSlot: Int(own.own))
  }

  /// What a variable can be.
  package func possibleValues(of variable: Int) -> PossibleValues {
    guard !cannotApply(variable) else { return .notApplicable }
    let place = tables.places[variable]
    let mayNotApply = mayNotApply(variable)
    switch place.kind {
    case .number:
      return PossibleValues(values: .interval(bounds[place.number].interval), mayNotApply: mayNotApply)
    case .options:
      let options = (0..<Int(place.cells)).filter { isPossible(variable, option: $0) }
      return PossibleValues(values: .options(Set(options)), mayNotApply: mayNotApply)
    case .members:
      let count = program.program.variables[variable].domain.names.count
      let members = (0..<count).map { member -> Truth in
        switch cells[Int(place.at) + member] & SignalLayout.Member.open {
        case SignalLayout.Member.out: .no
        case SignalLayout.Member.isIn: .yes
        default: .unknown
        }
      }
      return PossibleValues(values: .members(members), mayNotApply: mayNotApply)
    }
  }

  /// Whether a variable applies: yes, no, or not known.
  package func applicability(of variable: Int) -> Truth {
    cannotApply(variable) ? .no : mayNotApply(variable) ? .unknown : .yes
  }

  /// Whether a rule applies.
  package func truth(ofRule rule: Int) -> Truth { Truth(ruleTruths[rule]) }

  /// Whether a decision applies.
  package func truth(ofGuard decision: Int) -> Truth { Truth(guardTruths[decision]) }

  /// What a slot came out as, in few words.
  package enum Result: Equatable {
    /// One of the values of the slot, by its place in ``CompiledProgram/values(of:slot:)``.
    case value(Int)
    /// An amount that fills what the others leave.
    case amount(Number)
    case out
    case gap
    case conflict
    case notApplicable
    /// More than one thing is possible.
    case open
  }

  package func result(of decision: Int, slot: Int) -> Result {
    result(ofSlot: Int(tables.decisions[decision].slots.start) + slot)
  }

  package func result(of decision: Int) -> Result {
    result(ofSlot: Int(tables.decisions[decision].own))
  }

  private func result(ofSlot index: Int) -> Result {
    guard slotIsSettled(index) else { return .open }
    switch flags[index] {
    case .out: return .out
    case .gap: return .gap
    case .conflict: return .conflict
    case .notApplicable: return .notApplicable
    case .amount: return .amount(Number(scaled: amounts[index].lower))
    default: break
    }
    let slot = tables.slots[index]
    var word = 0
    while values[Int(slot.at) + word] == 0 { word += 1 }
    return .value(word << 6 + values[Int(slot.at) + word].trailingZeroBitCount)
  }

  package func forEachSlotNotOut(of decision: Int, _ body: (_ slot: Int, Result) -> Void) {
    let slots = tables.decisions[decision].slots
    for slot in slots.indices where flags[slot] != .out || slotHasValues(slot) {
      body(slot - Int(slots.start), result(ofSlot: slot))
    }
  }

  /// Whether a member or item is in for sure, though its amount may be open.
  package func isCertain(_ decision: Int, slot: Int) -> Bool {
    let index = Int(tables.decisions[decision].slots.start) + slot
    return flags[index].isDisjoint(with: [.out, .conflict, .notApplicable])
  }
}

extension CompiledTables {
  /// The outcomes of a slot, of which some values are possible, by their places.
  func outcomes(of slot: CompiledSlot, _ flags: SlotFlags, amount: Bounds?, _ values: [Int]) -> Set<Evaluation.Outcome>
  {
    var outcomes: Set<Evaluation.Outcome> = []
    if flags.contains(.out) { outcomes.insert(.out) }
    if flags.contains(.gap) { outcomes.insert(.gap) }
    if flags.contains(.conflict) { outcomes.insert(.conflict) }
    if flags.contains(.notApplicable) { outcomes.insert(.notApplicable) }
    if let amount = amount?.interval {
      outcomes.insert(amount.single.map { .value(.number($0)) } ?? .between(amount))
    }
    for value in values {
      if !slot.numbers.isEmpty {
        outcomes.insert(.value(.number(Number(scaled: numbers[Int(slot.numbers.start) + value]))))
      } else if slot.isMember, slot.item < 0 {
        outcomes.insert(.value(.included))
      } else {
        outcomes.insert(.value(.option(value)))
      }
    }
    return outcomes
  }
}

extension CompiledProgram {
  /// The values that can come out of a slot, ascending; for the decision as a whole, without a slot.
  package func values(of decision: Int, slot: Int?) -> [Value] {
    let own = tables.decisions[decision]
    let index = slot.map { Int(own.slots.start) + $0 } ?? Int(own.own)
    let slot = tables.slots[index]
    if !slot.numbers.isEmpty {
      return slot.numbers.indices.map { .number(Number(scaled: tables.numbers[$0])) }
    }
    if slot.isMember, slot.item < 0 { return [.included] }
    let variable = slot.item >= 0 ? Int(slot.item) : Int(own.variable)
    return program.variables[variable].domain.names.indices.map { .option($0) }
  }
}
