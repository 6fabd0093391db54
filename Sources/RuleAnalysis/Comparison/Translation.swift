import RuleEngine

/// Carries answers and outcomes of one rulebook over to another, by name and never by place.
struct Translation {
  let from: Program
  let to: Program

  /// The intake with the answers that the other rulebook asks for, too; `nil` if it cannot hold one of them: an option that it
  /// does not have, or a number outside of its bounds. Selections stay behind: what rules recommend is compared.
  func intake(_ intake: Intake) -> Intake? {
    var result = Intake()
    for (name, answer) in intake.answers {
      guard let source = from.variable(named: name), let target = to.variable(named: name),
        from.variables[source].fact != nil, to.variables[target].fact != nil
      else { continue }
      guard let found = self.answer(answer, from.variables[source].domain, to.variables[target].domain) else {
        return nil
      }
      result.answers[name] = found
    }
    return result
  }

  private func answer(_ answer: Answer, _ domain: Domain, _ other: Domain) -> Answer? {
    guard answer.isValue, domain != other else { return answer }
    switch (answer, other) {
    case (.option(let option), .options(let names, _)):
      return names.firstIndex(of: domain.names[option]).map { .option($0) }
    case (.number(let number), .numbers(let numbers)):
      return numbers.interval.contains(number) && (!numbers.isWhole || number.isWhole) ? answer : nil
    case (.number(let number), .dates(let whole)): return whole.contains(number) ? answer : nil
    case (.members(let members), .members(let names)):
      let byName = Dictionary(zip(domain.names, members)) { first, _ in first }
      let missing = domain.names.filter { !names.contains($0) }
      guard !missing.contains(where: { byName[$0] == .yes }) else { return nil }
      // In a list, what is not named is not chosen.
      let isList = members.allSatisfy { $0 == .yes || $0 == .no }
      return .members(names.map { byName[$0] ?? (isList ? .no : .notAsked) })
    default: return nil
    }
  }
}

/// A decision, or one member or item of it, in two rulebooks.
struct ComparedPlace {
  /// Where it stands in one rulebook.
  struct Side {
    let decision: Int
    /// `nil` for a decision as a whole; also where the rulebook has no such member.
    let slot: Int?
  }

  /// `level`, or `services.peer_support`.
  let name: String
  let label: LocalizedText
  let base: Side
  let head: Side
  let member: String?
  let combine: Decision.Combine
  let isMenu: Bool
  /// The options of both, first those of the base; empty for numbers.
  let options: [String]
  private let baseOptions: [String]
  private let headOptions: [String]
  private let isOrdered: Bool

  /// Every place that both rulebooks decide, in the order of the plan.
  static func all(_ base: Program, _ head: Program) -> [ComparedPlace] {
    let shown = base.presentation.decisions
    let order = shown + base.decisions.indices.filter { !shown.contains($0) }
    return order.flatMap { index -> [ComparedPlace] in
      let decision = base.decisions[index]
      guard let other = head.decision(named: base.variables[decision.variable].name),
        head.decisions[other].hasSameKind(as: decision, head, base)
      else { return [] }
      var places: [ComparedPlace] = []
      if !decision.hasMembers { places.append(ComparedPlace(base, index, head, other, member: nil)) }
      if decision.hasMembers || decision.combine == .preferred {
        let members = decision.slots.indices.compactMap { base.member(index, $0) }
        let added = head.decisions[other].slots.indices.compactMap { head.member(other, $0) }
        for member in members + added.filter({ !members.contains($0) }) {
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
    isMenu = one.isMenu
    func slot(_ program: Program, _ index: Int) -> Int? {
      program.decisions[index].slots.indices.first { program.member(index, $0) == member }
    }
    self.base = Side(decision: decision, slot: member == nil ? nil : slot(base, decision))
    self.head = Side(decision: other, slot: member == nil ? nil : slot(head, other))
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
    isOrdered =
      domains.contains { if case .options(_, let isOrdered)? = $0 { isOrdered } else { false } }
      || domains.contains { $0?.interval != nil }
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

  func base(_ evaluation: Evaluation) -> Set<Evaluation.Outcome> { outcomes(evaluation, base) }

  func head(_ evaluation: Evaluation) -> Set<Evaluation.Outcome> {
    Set(
      outcomes(evaluation, head).map { outcome in
        if case .value(let value) = outcome { .value(common(value)) } else { outcome }
      })
  }

  private func outcomes(_ evaluation: Evaluation, _ side: Side) -> Set<Evaluation.Outcome> {
    guard member != nil else { return evaluation.decisionOutcomes[side.decision] }
    if let slot = side.slot { return evaluation.slotOutcomes[side.decision][slot] }
    switch evaluation.guardTruths[side.decision] {
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
  fileprivate func member(_ decision: Int, _ slot: Int) -> String? {
    decisions[decision].slots[slot].member.map { variables[decisions[decision].variable].domain.names[$0] }
  }
}

extension Decision {
  /// Whether its outcomes can be compared with those of another: options with options, numbers with numbers.
  func hasSameKind(as other: Decision, _ own: Program, _ program: Program) -> Bool {
    func kind(_ decision: Decision, _ program: Program) -> [Int] {
      let kinds = ([decision.variable] + decision.slots.compactMap(\.variable)).map { variable in
        switch program.variables[variable].domain {
        case .options: 0
        case .numbers: 1
        case .dates: 2
        case .members: 3
        }
      }
      return [decision.hasMembers ? 1 : 0, decision.combine == .preferred ? 1 : 0, kinds[0]]
    }
    return kind(self, own) == kind(other, program)
  }
}
