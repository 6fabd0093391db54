/// Finds the facts that keep decisions open (section 4, clause 10), as the reference's `NeededFacts`.
///
/// It walks down from open slots to facts over compiled conditions, in memory that it keeps from plan to plan. It is not
/// shared between threads; each has its own.
package struct OpenQuestions: ~Copyable {
  /// How a fact is needed.
  package struct Need: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Not asked, and worth asking.
    package static let now = Need(rawValue: 1)
    /// To be asked if it turns out to apply.
    package static let later = Need(rawValue: 2)
    /// The person declined, or does not know.
    package static let unanswerable = Need(rawValue: 4)
  }

  /// What a variable follows from.
  private enum Origin {
    /// With the place of the condition under which the fact applies; -1 for always.
    case fact(condition: Int32)
    /// With the decision whose amounts it adds up; -1 for none.
    case derived(sources: [Int], conditions: [Int32], totalOf: Int)
    case decision(Int)
    case item(decision: Int, slot: Int)
  }

  /// What a word of the signals tells about.
  private struct Signal {
    var variable: Int32
    /// The member of a set; -1 where the word tells of the whole.
    var member: Int32 = -1
    var isHowRecorded = false
  }

  private let tables: CompiledTables
  private let origins: [Origin]
  private let signals: [Signal]
  /// For each variable and each rule, the walk in which it was last met.
  private var metVariables: [Int]
  private var metRules: [Int]
  private var walk = 0
  private var needs: [Need]
  /// The facts found in this walk.
  private var found: [Int] = []

  package init(_ program: CompiledProgram) {
    let tables = program.tables
    self.tables = tables
    let variables = program.program.variables
    var conditions: [[Int32]] = variables.map { _ in [] }
    for step in 0..<tables.steps.count {
      switch tables.steps[step] {
      case .guarded(let variables, let condition):
        for place in variables.indices { conditions[Int(tables.references[place])] = [condition] }
      case .holds(let variable, let condition): conditions[Int(variable)] = [condition]
      case .count(let variable, let places):
        conditions[Int(variable)] = places.indices.map { tables.references[$0] }
      default: break
      }
    }
    var origins: [Origin] = []
    for (index, variable) in variables.enumerated() {
      switch variable.kind {
      case .fact: origins.append(.fact(condition: conditions[index].first ?? -1))
      case .decision(let decision): origins.append(.decision(decision))
      case .item(let decision, let slot): origins.append(.item(decision: decision, slot: slot))
      case .derived(let derivation):
        var totalOf = -1
        if case .total(let decision, _) = derivation { totalOf = decision }
        origins.append(.derived(sources: derivation.sources, conditions: conditions[index], totalOf: totalOf))
      }
    }
    self.origins = origins
    var signals = Array(repeating: Signal(variable: -1), count: tables.initialCells.count)
    for variable in variables.indices {
      let place = tables.places[variable]
      for word in 0..<Int(place.words) {
        let member = place.kind == .members ? Int32(word) : -1
        signals[Int(place.at) + word] = Signal(variable: Int32(variable), member: member)
      }
      if place.recordedAt >= 0 {
        signals[Int(place.recordedAt)] = Signal(variable: Int32(variable), isHowRecorded: true)
      }
    }
    self.signals = signals
    metVariables = Array(repeating: 0, count: variables.count)
    metRules = Array(repeating: 0, count: program.program.rules.count)
    needs = Array(repeating: [], count: variables.count)
  }

  /// Calls `body` with each fact that is needed to settle a decision of the plan that the machine worked out last.
  package mutating func forEachNeeded(
    for decision: Int, _ machine: borrowing PlanMachine, _ intake: borrowing CompiledIntake,
    _ body: (_ fact: Int, _ need: Need) -> Void
  ) {
    walk += 1
    collect(decision: decision, machine, intake)
    for fact in found {
      var need = needs[fact]
      needs[fact] = []
      if need.contains(.now) { need = .now }
      body(fact, need)
    }
    found.removeAll(keepingCapacity: true)
  }

  /// Whether a variable is met for the first time in this walk.
  private mutating func meets(_ variable: Int) -> Bool {
    guard metVariables[variable] != walk else { return false }
    metVariables[variable] = walk
    return true
  }

  private mutating func note(_ fact: Int, _ need: Need) {
    if needs[fact].isEmpty { found.append(fact) }
    needs[fact].insert(need)
  }

  // MARK: Decisions

  private mutating func collect(
    decision index: Int, _ machine: borrowing PlanMachine, _ intake: borrowing CompiledIntake
  ) {
    let decision = tables.decisions[index]
    guard !machine.isSettled(decision: index), meets(Int(decision.variable)) else { return }
    if decision.condition >= 0 { collect(condition: Int(decision.condition), machine, intake) }
    guard machine.guardTruths[index] != .no else { return }
    guard decision.shape == .preferred else {
      // Where no rule speaks and nothing fills, there is nothing to ask.
      var slot = machine.firstTouched[index]
      while slot >= 0 {
        if !machine.slotIsSettled(Int(slot)) { collect(slot: Int(slot), decision, machine, intake) }
        slot = machine.nextTouched[slot]
      }
      for place in decision.fills.indices {
        let fill = Int(tables.references[place])
        if !machine.slotIsSettled(fill) { collect(slot: fill, decision, machine, intake) }
      }
      return
    }
    for place in decision.preference.indices {
      let option = tables.references[place]
      let slot = Int(decision.slots.start + option)
      let canBeIn = machine.slotHasValues(slot)
      let others = machine.combinedFlags[slot]
      if canBeIn, others.isEmpty { break }
      // Between not recommended and ruled out there is a difference for the one option that stands otherwise.
      let results = others.rawValue.nonzeroBitCount + (canBeIn ? 1 : 0)
      if results > 1, canBeIn || decision.otherwise == option { collect(slot: slot, decision, machine, intake) }
    }
  }

  /// One item of a menu, without the others.
  private mutating func collect(
    item slot: Int, of index: Int, _ machine: borrowing PlanMachine, _ intake: borrowing CompiledIntake
  ) {
    let decision = tables.decisions[index]
    let item = Int(tables.slots[slot].item)
    guard !machine.slotIsSettled(slot), item >= 0, meets(item) else { return }
    if decision.condition >= 0 { collect(condition: Int(decision.condition), machine, intake) }
    guard machine.guardTruths[index] != .no else { return }
    collect(slot: slot, decision, machine, intake)
    guard tables.slots[slot].fill >= 0 else { return }
    for other in tables.slots[slot].less.indices {
      collect(item: Int(tables.references[other]), of: index, machine, intake)
    }
  }

  private mutating func collect(
    slot: Int, _ decision: CompiledDecision, _ machine: borrowing PlanMachine, _ intake: borrowing CompiledIntake
  ) {
    var effect = machine.firstEffect[slot]
    while effect >= 0 {
      let rule = Int(tables.effects[effect].rule)
      if machine.ruleTruths[rule] == .unknown, machine.isLive(effect), !machine.isIdle(effect, decision.combine) {
        collect(rule: rule, machine, intake)
      }
      effect = machine.nextEffect[effect]
    }
    let fill = Int(tables.slots[slot].fill)
    if fill >= 0 { collect(variable: fill, machine, intake) }
  }

  private mutating func collect(rule: Int, _ machine: borrowing PlanMachine, _ intake: borrowing CompiledIntake) {
    guard metRules[rule] != walk else { return }
    metRules[rule] = walk
    collect(condition: Int(tables.ruleConditions[rule]), machine, intake)
  }

  // MARK: Conditions and what they read

  /// Only unknown parts of unknown wholes count.
  private mutating func collect(
    condition place: Int, _ machine: borrowing PlanMachine, _ intake: borrowing CompiledIntake
  ) {
    guard machine.truth(at: place) == .unknown else { return }
    let node = tables.nodes[place]
    switch node.operation {
    case .constant: break
    case .test, .wideTest:
      let signal = signals[Int(node.first)]
      collect(
        variable: Int(signal.variable), member: Int(signal.member), isHowRecorded: signal.isHowRecorded, machine, intake
      )
    case .dynamic:
      let test = tables.dynamics[node.first]
      collect(variable: Int(test.variable), machine, intake)
      if test.dayMatters { collect(variable: machine.dayVariable, machine, intake) }
    case .applies: collect(rule: Int(node.first), machine, intake)
    case .all, .any, .atLeast:
      var part = place + 1
      while part < Int(node.end) {
        collect(condition: part, machine, intake)
        part = Int(tables.nodes[part].end)
      }
    }
  }

  private mutating func collect(
    variable: Int, member: Int = -1, isHowRecorded: Bool = false, _ machine: borrowing PlanMachine,
    _ intake: borrowing CompiledIntake
  ) {
    switch origins[variable] {
    case .fact(let condition):
      guard !machine.isSettled(variable) || isHowRecorded else { return }
      let (canBeAsked, isComplete) = asked(variable, member: member, intake)
      if condition >= 0, machine.mayNotApply(variable) {
        if meets(variable) { collect(condition: Int(condition), machine, intake) }
        if canBeAsked { note(variable, .later) }
      } else if canBeAsked {
        note(variable, .now)
      }
      if !canBeAsked, !isComplete { note(variable, .unanswerable) }
    case .derived(let sources, let conditions, let totalOf):
      guard !machine.isSettled(variable), meets(variable) else { return }
      for source in sources where !machine.isSettled(source) { collect(variable: source, machine, intake) }
      for condition in conditions { collect(condition: Int(condition), machine, intake) }
      if totalOf >= 0 { collect(decision: totalOf, machine, intake) }
    case .decision(let decision): collect(decision: decision, machine, intake)
    case .item(let decision, let slot):
      collect(item: Int(tables.decisions[decision].slots.start) + slot, of: decision, machine, intake)
    }
  }

  /// Whether something of the fact that matters was never asked, and whether all of it is known.
  private func asked(
    _ fact: Int, member: Int, _ intake: borrowing CompiledIntake
  ) -> (canBeAsked: Bool, isComplete: Bool) {
    switch intake.mark(of: fact) {
    case .notAsked: return (true, false)
    case .declined, .doesNotKnow: return (false, false)
    case .value: break
    }
    let place = tables.places[fact]
    guard place.kind == .members else { return (false, true) }
    var isComplete = true
    for each in member >= 0 ? member..<(member + 1) : 0..<Int(place.words) {
      switch intake.mark(of: fact, member: each) {
      case .notAsked: return (true, false)
      case .declined, .doesNotKnow: isComplete = false
      case .value: break
      }
    }
    return (false, isComplete)
  }
}

extension PlanMachine {
  /// Whether knowing more about a live rule that may apply cannot matter (section 4, clause 10).
  fileprivate func isIdle(_ effect: Int32, _ combine: CompiledDecision.Combine) -> Bool {
    let own = tables.effects[effect]
    var other = firstEffect[own.slot]
    var isSpared = false
    while other >= 0 {
      if isLive(other) {
        if tables.overrides(effect, other) { return false }
        let theirs = tables.effects[other]
        let beats =
          theirs.value == own.value || (combine != .one && combine.spoils(theirs.value, own.value))
        if !isSpared, ruleTruths[theirs.rule] == .yes, beats { isSpared = !isOverriddenByLive(other) }
      }
      other = nextEffect[other]
    }
    return isSpared
  }

  private func isOverriddenByLive(_ effect: Int32) -> Bool {
    for overrider in tables.effects[effect].overriders.indices where isLive(tables.overriders[overrider]) {
      return true
    }
    return false
  }
}
