import RuleEngine

/// Something that a step of the head found, written otherwise than in the base: whether it can differ, and how it takes over the
/// base's terms if not.
struct StepDifference {
  let name: String
  /// Whether it differs.
  let formula: Term
  /// Whether a sample shows that it does.
  let isShown: (PairPool.Sample) -> Bool
  let takeOver: (inout SymbolicEvaluation) -> Void

  /// What can be taken over at a variable of the head that was just evaluated: only what has the same names in both.
  static func all(
    at index: Int, _ base: SymbolicEvaluation, _ head: SymbolicEvaluation, _ bank: TermBank
  ) -> [StepDifference] {
    let variable = head.program.variables[index]
    guard let other = base.program.variable(named: variable.name) else { return [] }
    let counterpart = base.program.variables[other]
    guard variable.domain.isKind(of: counterpart.domain), variable.domain.names == counterpart.domain.names else {
      return []
    }
    switch (counterpart.kind, variable.kind) {
    case (.fact, .fact):
      let formula = head.values[index].appliesUnlike(base.values[other], bank)
      guard formula != .no else { return [] }
      return [
        StepDifference(
          name: variable.name, formula: formula,
          isShown: { $0.before.values[other].hasUnlikeGuard($0.after.values[index]) },
          takeOver: { evaluation in
            var values = evaluation.values[index]
            (values.cannotApply, values.mayNotApply) = (base.values[other].cannotApply, base.values[other].mayNotApply)
            evaluation.replace(index, with: values)
          })
      ]
    case (.derived, .derived):
      let formula = head.values[index].differs(from: base.values[other], bank)
      guard formula != .no else { return [] }
      return [
        StepDifference(
          name: variable.name, formula: formula, isShown: { $0.before.values[other] != $0.after.values[index] },
          takeOver: { $0.replace(index, with: base.values[other]) })
      ]
    case (.decision(let one), .decision(let two)): return decision(one, two, base, head, bank)
    default: return []
    }
  }

  private static func decision(
    _ one: Int, _ two: Int, _ base: SymbolicEvaluation, _ head: SymbolicEvaluation, _ bank: TermBank
  ) -> [StepDifference] {
    let (before, after) = (base.program.decisions[one], head.program.decisions[two])
    let name = base.program.variables[before.variable].name
    guard before.isComparable(with: after, base.program, head.program) else { return [] }
    var found: [StepDifference] = []
    if let old = base.decisionOutcomes[one], let new = head.decisionOutcomes[two] {
      let formula = new.differs(from: old, bank)
      if formula != .no {
        found.append(
          StepDifference(
            name: name, formula: formula,
            isShown: { $0.before.decisionOutcomes[one] != $0.after.decisionOutcomes[two] },
            takeOver: { $0.replace(two, slots: [:], value: old) }))
      }
    }
    guard before.hasMembers || before.combine == .preferred else { return found }
    for slot in after.slots.indices {
      guard let member = head.program.member(two, slot), let place = base.program.slot(member, of: one),
        base.program.item(member, of: one)?.names == head.program.item(member, of: two)?.names
      else { continue }
      let (old, new) = (base.slotOutcomes[one][place], head.slotOutcomes[two][slot])
      let formula = new.differs(from: old, bank)
      // An amount that fills can be the same number in other words, which only a place compares.
      guard formula != .no, (old.between == nil) == (new.between == nil) else { continue }
      found.append(
        StepDifference(
          name: "\(name).\(member)", formula: formula,
          isShown: { $0.before.slotOutcomes[one][place] != $0.after.slotOutcomes[two][slot] },
          takeOver: { $0.replace(two, slots: [slot: old], value: nil) }))
    }
    return found
  }
}

extension PossibleValues {
  fileprivate func hasUnlikeGuard(_ other: PossibleValues) -> Bool {
    cannotApply != other.cannotApply || mayNotApply != other.mayNotApply
  }
}

extension SymbolicValues {
  /// Whether it differs in anything that a reader can tell.
  fileprivate func differs(from other: SymbolicValues, _ bank: TermBank) -> Term {
    func unlike(_ one: Term, _ two: Term) -> Term { bank.not(bank.same(one, two)) }
    let parts: [Term]
    switch (values, other.values) {
    case (.none, .none): parts = []
    case (.options(let one), .options(let two)):
      guard one.count == two.count else { return .yes }
      parts = zip(one, two).map { unlike($0, $1) }
    case (.interval(let lower, let upper, let isSingle), .interval(let least, let most, let isOne)):
      parts = [
        bank.not(bank.isEqual(lower, least)), bank.not(bank.isEqual(upper, most)), unlike(isSingle, isOne),
      ]
    case (.members(let one), .members(let two)):
      guard one.count == two.count else { return .yes }
      parts = zip(one, two).flatMap { [unlike($0.must, $1.must), unlike($0.may, $1.may)] }
    default: return .yes
    }
    return bank.any(appliesUnlike(other, bank), bank.all(bank.not(cannotApply), bank.any(parts)))
  }
}
