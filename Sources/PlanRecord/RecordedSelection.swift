public import RuleEngine

/// What a clinician selected for a decision, a member of a set or an item of a menu, who and when, and what was selected
/// before.
public struct RecordedSelection: Sendable, Codable, Equatable {
  public struct Earlier: Sendable, Codable, Equatable {
    public var value: String?
    public var because: Selection.Reason?
    public var note: String?
    public var at: Moment
    public var by: Author
  }

  /// `track`, `focus.step_down`, `services.intensive.peer_support`.
  public var decision: String
  /// As in an intake: an option, a number, `yes` or `no`. `nil` where the selection was withdrawn.
  public var value: String?
  public var because: Selection.Reason?
  public var note: String?
  public var at: Moment
  public var by: Author
  /// What was selected before, the earliest first.
  public var earlier: [Earlier]
}

extension Program {
  /// What can stand for a selectable name: the domain of its value, and whether `no` takes it out.
  ///
  /// - Returns: `nil` if the rulebook has no such decision, member or item.
  func selectable(named name: String) -> (domain: Domain, isMember: Bool)? {
    for index in decisions.indices {
      let decision = variables[decisions[index].variable]
      guard decisions[index].hasMembers else {
        if decision.name == name { return (decision.domain, false) }
        continue
      }
      for slot in decisions[index].slots.indices where selectableName(index, slot: slot) == name {
        return (decisions[index].slots[slot].variable.map { variables[$0].domain } ?? .yesNo, true)
      }
    }
    return nil
  }

  /// A selection in the words of an intake; `nil` if the rulebook has no such decision.
  func text(of selection: Selection, for name: String) -> String? {
    guard let selectable = selectable(named: name) else { return nil }
    return selection.value.map { selectable.domain.text(of: $0) } ?? "no"
  }
}

extension RecordedSelection {
  /// The selection it stands for; `nil` if the rulebook, as it is now, cannot take it.
  func selection(in program: Program) -> Selection? {
    guard let value, let selectable = program.selectable(named: decision) else { return nil }
    func made(_ value: Value?) -> Selection { Selection(value, because: because, note: note, by: by.text) }
    if selectable.isMember, value == "no" { return made(nil) }
    switch RecordedValue.text(value).answer(in: selectable.domain) {
    case .option(let option):
      return made(selectable.domain == .yesNo && selectable.isMember ? .included : .option(option))
    case .number(let number): return made(.number(number))
    default: return nil
    }
  }
}

extension Author {
  /// `J. Kim, LCSW`.
  public var text: String { role.isEmpty ? name : "\(name), \(role)" }
}
