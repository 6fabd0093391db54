package import RuleEngine

/// Random selections for a program.
package enum RandomSelections {
  /// - Parameter chance: the percentage of decisions, members and items that are selected.
  package static func make(
    _ program: Program, chance: Int, using generator: inout SeededGenerator
  ) -> [String: Selection] {
    var selections: [String: Selection] = [:]
    for (index, decision) in program.decisions.enumerated() {
      guard decision.hasMembers else {
        guard generator.chance(chance) else { continue }
        selections[program.selectableName(index, slot: nil)] = Selection(
          value(program.variables[decision.variable].domain, using: &generator))
        continue
      }
      for slot in decision.slots.indices where decision.slots[slot].fill == nil && generator.chance(chance) {
        let item = decision.slots[slot].variable.map { program.variables[$0].domain }
        let chosen = item.map { value($0, using: &generator) } ?? .included
        selections[program.selectableName(index, slot: slot)] = Selection(generator.chance(40) ? nil : chosen)
      }
    }
    return selections
  }

  private static func value(_ domain: Domain, using generator: inout SeededGenerator) -> Value {
    guard let interval = domain.interval else { return .option(generator.below(max(1, domain.names.count))) }
    let lower = interval.lower.whole ?? 0
    return .number(Number(lower + generator.below(max(1, (interval.upper.whole ?? lower) - lower + 1))))
  }
}
