package import RuleEngine

/// A decision that a clinician can select a value for, and what such a value can be.
package struct Selectable: Sendable {
  /// A member of a set or an item of a menu.
  package struct Member: Sendable {
    package var name: String
    /// What an item's amount can be; `nil` for a member of a set, which is in or out.
    package var amount: Domain?
    /// It takes what the others leave, so that only they can be selected.
    package var fills: Bool
  }

  package var domain: Domain
  /// `nil` for a decision with one value.
  package var members: [Member]?

  /// Every decision of a program by its name, with the phase.
  package static func all(in program: Program) -> [String: Selectable] {
    var found: [String: Selectable] = [:]
    for decision in program.decisions {
      let variable = program.variables[decision.variable]
      var members: [Member] = []
      for slot in decision.slots where decision.hasMembers {
        guard let member = slot.member else { continue }
        members.append(
          Member(
            name: variable.domain.names[member], amount: slot.variable.map { program.variables[$0].domain },
            fills: slot.fill != nil))
      }
      found[variable.name] = Selectable(domain: variable.domain, members: decision.hasMembers ? members : nil)
    }
    return found
  }

  /// The same of a rulebook that is checked but not lowered, for its cases.
  static func all(in decisions: [CheckedDecision]) -> [String: Selectable] {
    var found: [String: Selectable] = [:]
    for decision in decisions {
      let members: [Member]? =
        switch decision.kind {
        case .choice, .number, .preferred: nil
        case .set: decision.domain.names.map { Member(name: $0, amount: nil, fills: false) }
        case .menu: decision.items.map { Member(name: $0.name, amount: $0.domain, fills: $0.fills != nil) }
        }
      let names = decision.isPhased ? Program.phases.map { "\(decision.name).\($0)" } : [decision.name]
      for name in names { found[name] = Selectable(domain: decision.domain, members: members) }
    }
    return found
  }
}
