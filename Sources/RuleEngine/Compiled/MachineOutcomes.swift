/// What was found, in the words of the reference evaluator.
extension PlanMachine {
  /// The outcomes of a slot, by its place in ``CompiledProgram``'s own numbering.
  func outcomes(ofSlot index: Int, in decision: CompiledDecision) -> Set<Evaluation.Outcome> {
    let slot = tables.slots[index]
    var outcomes: Set<Evaluation.Outcome> = []
    let flags = flags[index]
    if flags.contains(.out) { outcomes.insert(.out) }
    if flags.contains(.gap) { outcomes.insert(.gap) }
    if flags.contains(.conflict) { outcomes.insert(.conflict) }
    if flags.contains(.notApplicable) { outcomes.insert(.notApplicable) }
    if flags.contains(.amount) {
      let amount = amounts[index].interval
      outcomes.insert(amount.single.map { .value(.number($0)) } ?? .between(amount))
    }
    for value in 0..<Int(slot.words) * 64 where hasValue(value, slot: index) {
      if !slot.numbers.isEmpty {
        outcomes.insert(.value(.number(Number(scaled: tables.numbers[Int(slot.numbers.start) + value]))))
      } else if slot.isMember, slot.item < 0 {
        outcomes.insert(.value(.included))
      } else {
        outcomes.insert(.value(.option(value)))
      }
    }
    return outcomes
  }

  func hasValue(_ value: Int, slot: Int) -> Bool {
    values[Int(tables.slots[slot].at) + value >> 6] & (1 << UInt64(value & 63)) != 0
  }

  /// The outcomes of a slot of a decision, both by their places in the ``Program``.
  package func outcomes(of decision: Int, slot: Int) -> Set<Evaluation.Outcome> {
    let own = tables.decisions[decision]
    return outcomes(ofSlot: Int(own.slots.start) + slot, in: own)
  }

  /// The outcomes of a decision with one value; none for a set or menu.
  package func outcomes(of decision: Int) -> Set<Evaluation.Outcome> {
    let own = tables.decisions[decision]
    return own.own < 0 ? [] : outcomes(ofSlot: Int(own.own), in: own)
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

  /// Whether a rule applies.
  package func truth(ofRule rule: Int) -> Truth { Truth(ruleTruths[rule]) }
}
