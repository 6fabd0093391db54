extension Program {
  /// What a selection for a slot is called: the decision, or `decision.member` for a set or menu.
  package func selectableName(_ decision: Int, slot: Int?) -> String {
    let name = variables[decisions[decision].variable].name
    guard decisions[decision].hasMembers, let slot, let member = decisions[decision].slots[slot].member else {
      return name
    }
    return "\(name).\(variables[decisions[decision].variable].domain.names[member])"
  }
}

extension Intake {
  /// What was selected for a slot of a decision, or, where it has one value, for the decision.
  package func selection(for decision: Int, slot: Int?, in program: Program) -> Selection? {
    selections.isEmpty ? nil : selections[program.selectableName(decision, slot: slot)]
  }
}
