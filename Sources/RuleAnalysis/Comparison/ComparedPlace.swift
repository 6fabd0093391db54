import RuleEngine

/// A decision, or one member or item of it, in two rulebooks.
struct ComparedPlace: Sendable {
  /// Where it stands in one rulebook.
  struct Side: Sendable {
    let decision: Int
    /// `nil` for a decision as a whole; also where the rulebook has no such member.
    let slot: Int?
  }

  /// `level`, or `services.peer_support`.
  let name: String
  let label: LocalizedText
  let base: Side
  let head: Side
  /// `nil` for a decision as a whole.
  let member: String?
  /// Whether it is an item or member that a person gets or does not get; not so an option of a preferred choice.
  let isGiven: Bool
  /// The options of both, first those of the base; empty for numbers.
  let options: [String]
  private let baseOptions: [String]
  private let headOptions: [String]
  private let isOrdered: Bool
  private let combine: Decision.Combine

  /// Every place that both rulebooks decide, in the order of the plan. Decisions that cannot be compared are left out; that they
  /// cannot is said by ``DeclaredChange``.
  static func all(_ base: Program, _ head: Program) -> [ComparedPlace] {
    let shown = base.presentation.decisions
    let order = shown + base.decisions.indices.filter { !shown.contains($0) }
    return order.flatMap { index -> [ComparedPlace] in
      let decision = base.decisions[index]
      guard let other = head.decision(named: base.variables[decision.variable].name),
        decision.isComparable(with: head.decisions[other], base, head)
      else { return [] }
      var places: [ComparedPlace] = []
      if !decision.hasMembers { places.append(ComparedPlace(base, index, head, other, member: nil)) }
      if decision.hasMembers || decision.combine == .preferred {
        let members = decision.slots.indices.compactMap { base.member(index, $0) }
        let added = head.decisions[other].slots.indices.compactMap { head.member(other, $0) }
        for member in members + added.filter({ !members.contains($0) })
        where base.item(member, of: index).isComparable(with: head.item(member, of: other)) {
          places.append(ComparedPlace(base, index, head, other, member: member))
        }
      }
      return places
    }
  }

  private init(_ base: Program, _ decision: Int, _ head: Program, _ other: Int, member: String?) {
    let one = base.decisions[decision]
    let two = head.decisions[other]
    let variable = base.variables[one.variable]
    self.member = member
    combine = one.combine
    isGiven = one.hasMembers
    self.base = Side(decision: decision, slot: member.flatMap { base.slot($0, of: decision) })
    self.head = Side(decision: other, slot: member.flatMap { head.slot($0, of: other) })
    name = variable.name + (member.map { ".\($0)" } ?? "")
    var label = variable.label
    if let member {
      let (program, owner) = self.base.slot != nil ? (base, one) : (head, two)
      let names = program.variables[owner.variable].domain.names
      if let place = names.firstIndex(of: member) { label = program.variables[owner.variable].optionLabels[place] }
    }
    self.label = label
    func domain(_ program: Program, _ side: Side) -> Domain? {
      let decision = program.decisions[side.decision]
      guard member != nil else { return program.variables[decision.variable].domain }
      return side.slot.flatMap { decision.slots[$0].variable }.map { program.variables[$0].domain }
    }
    let domains = [domain(base, self.base), domain(head, self.head)]
    baseOptions = domains[0]?.names ?? []
    headOptions = domains[1]?.names ?? []
    options = baseOptions + headOptions.filter { [baseOptions] in !baseOptions.contains($0) }
    isOrdered = domains.contains { domain in
      if case .options(_, let isOrdered)? = domain { isOrdered } else { domain?.interval != nil }
    }
  }

  /// A value of the head as one of the base: the place of its option among ``options``.
  func common(_ value: Value) -> Value {
    guard case .option(let option) = value, headOptions.indices.contains(option) else { return value }
    return .option(options.firstIndex(of: headOptions[option]) ?? option)
  }

  /// Whether one value, of common ones, is less than another: a lower level, a later deadline. Of options in no order, nothing.
  func isLess(_ one: Value, than other: Value) -> Bool {
    guard isOrdered, one != other, let isBelow = isBelow(one, other) else { return false }
    return combine == .lowest ? !isBelow : isBelow
  }

  private func isBelow(_ one: Value, _ other: Value) -> Bool? {
    guard case .option(let first) = one, case .option(let second) = other else { return one < other }
    for names in [baseOptions, headOptions] {
      if let low = names.firstIndex(of: options[first]), let high = names.firstIndex(of: options[second]) {
        return low < high
      }
    }
    return nil
  }

  // MARK: What comes out

  func base(_ plan: some PlanReading) -> Set<Evaluation.Outcome> { outcomes(plan, base) }

  func head(_ plan: some PlanReading) -> Set<Evaluation.Outcome> {
    Set(
      outcomes(plan, head).map { outcome in
        if case .value(let value) = outcome { .value(common(value)) } else { outcome }
      })
  }

  private func outcomes(_ plan: some PlanReading, _ side: Side) -> Set<Evaluation.Outcome> {
    guard member != nil else { return plan.outcomes(of: side.decision) }
    if let slot = side.slot { return plan.outcomes(of: side.decision, slot: slot) }
    // What a rulebook does not have is not in the plan.
    switch plan.truth(ofGuard: side.decision) {
    case .yes: return [.out]
    case .no: return [.notApplicable]
    case .unknown: return [.out, .notApplicable]
    }
  }

  func base(_ evaluation: SymbolicEvaluation) -> SymbolicOutcomes { outcomes(evaluation, base) }

  func head(_ evaluation: SymbolicEvaluation) -> SymbolicOutcomes {
    var found = outcomes(evaluation, head)
    found.values = found.values.map { (common($0.value), $0.term) }.sorted { $0.value < $1.value }
    return found
  }

  private func outcomes(_ evaluation: SymbolicEvaluation, _ side: Side) -> SymbolicOutcomes {
    guard member != nil else { return evaluation.decisionOutcomes[side.decision] ?? SymbolicOutcomes() }
    if let slot = side.slot { return evaluation.slotOutcomes[side.decision][slot] }
    var outcomes = SymbolicOutcomes()
    outcomes.out = .yes
    return outcomes.guarded(by: evaluation.guardTruths[side.decision], evaluation.bank)
  }
}

extension Program {
  func decision(named name: String) -> Int? {
    guard let variable = variable(named: name), case .decision(let index) = variables[variable].kind else { return nil }
    return index
  }

  /// What the slot of a set, menu or preferred choice is called.
  func member(_ decision: Int, _ slot: Int) -> String? {
    decisions[decision].slots[slot].member.map { variables[decisions[decision].variable].domain.names[$0] }
  }

  func slot(_ member: String, of decision: Int) -> Int? {
    decisions[decision].slots.indices.first { self.member(decision, $0) == member }
  }

  /// The domain of an item's amounts; `nil` for what has none, or is not there.
  func item(_ member: String, of decision: Int) -> Domain? {
    slot(member, of: decision).flatMap { decisions[decision].slots[$0].variable }.map { variables[$0].domain }
  }
}

extension Decision {
  /// Whether its outcomes can be compared with those of another: one value with one value, options with options, amounts with
  /// amounts of the same unit.
  func isComparable(with other: Decision, _ own: Program, _ program: Program) -> Bool {
    hasMembers == other.hasMembers && isMenu == other.isMenu
      && (combine == .preferred) == (other.combine == .preferred)
      && own.variables[variable].domain.isComparable(with: program.variables[other.variable].domain)
  }
}

extension Domain {
  fileprivate func isComparable(with other: Domain) -> Bool {
    if case .numbers(let one) = self, case .numbers(let two) = other { return one.unit == two.unit }
    return isKind(of: other)
  }
}

extension Domain? {
  /// The same of the amounts of an item that only one of them may have.
  func isComparable(with other: Domain?) -> Bool {
    guard let self, let other else { return true }
    return self.isComparable(with: other)
  }
}
