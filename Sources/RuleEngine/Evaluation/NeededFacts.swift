/// The facts that keep a decision open (section 4, clause 10).
public struct NeededFacts: Sendable, Equatable {
  /// Not asked, and worth asking now. Places of facts, ascending.
  public var now: Set<Int> = []
  /// To be asked if they turn out to apply; the facts of their guards come first.
  public var later: Set<Int> = []
  /// Needed, but the person declined or does not know: not asked again.
  public var unanswerable: Set<Int> = []

  public var isEmpty: Bool { now.isEmpty && later.isEmpty && unanswerable.isEmpty }
}

extension Evaluation {
  /// The facts needed to settle the open decisions among `decisions`.
  public func neededFacts(for decisions: some Sequence<Int>) -> NeededFacts {
    var collector = NeededFactsCollector(evaluation: self)
    for decision in decisions { collector.collect(decision: decision) }
    collector.needed.later.subtract(collector.needed.now)
    return collector.needed
  }
}

/// Walks from open decisions down to facts; only unknown parts of unknown wholes count.
private struct NeededFactsCollector {
  let evaluation: Evaluation
  var needed = NeededFacts()
  private var visited: Set<Int> = []
  private var visitedRules: Set<Int> = []

  init(evaluation: Evaluation) {
    self.evaluation = evaluation
  }

  mutating func collect(decision index: Int) {
    let decision = evaluation.program.decisions[index]
    guard !evaluation.isSettled(index), visited.insert(decision.variable).inserted else { return }
    if let condition = decision.appliesWhen { collect(condition) }
    guard evaluation.guardTruths[index] != .no else { return }
    for slot in openSlots(of: decision, index) { collect(slot, of: decision) }
  }

  /// One item of a menu, without the others.
  private mutating func collect(item slot: Int, of index: Int) {
    let decision = evaluation.program.decisions[index]
    guard !evaluation.slotOutcomes[index][slot].isSettled, let variable = decision.slots[slot].variable,
      visited.insert(variable).inserted
    else { return }
    if let condition = decision.appliesWhen { collect(condition) }
    guard evaluation.guardTruths[index] != .no else { return }
    collect(decision.slots[slot], of: decision)
    for other in decision.slots[slot].fill?.less ?? [] { collect(item: other, of: index) }
  }

  private mutating func collect(_ slot: Slot, of decision: Decision) {
    let rules = SlotRules(
      effects: slot.effects, truths: slot.effects.map { evaluation.ruleTruths[$0.rule] }, combine: decision.combine)
    for effect in slot.effects.indices
    where rules.truths[effect] == .unknown && rules.isLive(effect) && !rules.isIdle(effect) {
      collect(rule: slot.effects[effect].rule)
    }
    // The other items that count are open slots themselves, if anything about them is.
    if let fill = slot.fill { collect(variable: fill.variable) }
  }

  /// The slots that more knowledge could settle. Of a preferred choice, an option behind one that is surely in cannot
  /// matter.
  private func openSlots(of decision: Decision, _ index: Int) -> [Slot] {
    guard decision.combine == .preferred else {
      return decision.slots.indices.filter { !evaluation.slotOutcomes[index][$0].isSettled }.map { decision.slots[$0] }
    }
    var open: [Slot] = []
    for option in decision.preference {
      let results = evaluation.combined[index][option]
      let isIn = CombinedResult.verdict(.recommend(.included))
      if results == [isIn] { break }
      // Between not recommended and ruled out there is a difference for the one option that stands otherwise.
      let matters = results.contains(isIn) || decision.otherwise?.value == .option(option)
      if results.count > 1, matters { open.append(decision.slots[option]) }
    }
    return open
  }

  private mutating func collect(rule: Int) {
    if visitedRules.insert(rule).inserted { collect(evaluation.program.rules[rule].condition) }
  }

  private mutating func collect(_ condition: Condition) {
    guard evaluation.truth(of: condition) == .unknown else { return }
    switch condition {
    case .always, .outcome: break
    case .test(let variable, let matcher):
      collect(
        variable: variable, recordedOnly: matcher.test == .declined || matcher.test == .doesNotKnow,
        members: matcher.members)
      let changes = matcher.parameters.contains { evaluation.program.parameters[$0].values.count > 1 }
      if matcher.isRelative || changes { collect(variable: evaluation.program.assessmentDay) }
    case .applies(let rule): collect(rule: rule)
    case .all, .any, .not, .atLeast: for part in condition.parts { collect(part) }
    }
  }

  /// - Parameters:
  ///   - recordedOnly: whether the condition asks how the fact was recorded, which only asking it can tell.
  ///   - members: the members of a set that matter; `nil` if all do.
  private mutating func collect(variable index: Int, recordedOnly: Bool = false, members: [Int]? = nil) {
    let variable = evaluation.program.variables[index]
    let possible = evaluation.values[index]
    switch variable.kind {
    case .fact(let fact):
      guard !possible.isSettled || recordedOnly else { return }
      let answer = evaluation.intake.answers[variable.name]
      let canBeAsked = answer.map { $0.canBeAsked(members) } ?? true
      if possible.mayNotApply, let condition = fact.appliesWhen {
        if visited.insert(index).inserted { collect(condition) }
        if canBeAsked { needed.later.insert(index) }
      } else if canBeAsked {
        needed.now.insert(index)
      }
      if !canBeAsked, answer?.isComplete(members) == false { needed.unanswerable.insert(index) }
    case .derived(let derivation):
      guard !possible.isSettled, visited.insert(index).inserted else { return }
      for source in derivation.sources where !evaluation.values[source].isSettled { collect(variable: source) }
      for condition in derivation.conditions { collect(condition) }
      if case .total(let decision, _) = derivation { collect(decision: decision) }
    case .decision(let decision) where evaluation.isSelected(decision, slot: nil): collect(guardOf: decision)
    case .decision(let decision): collect(decision: decision)
    case .item(let decision, let slot) where evaluation.isSelected(decision, slot: slot): collect(guardOf: decision)
    case .item(let decision, let slot): collect(item: slot, of: decision)
    }
  }

  /// What was selected is read as selected; only whether the decision applies can be unknown.
  private mutating func collect(guardOf decision: Int) {
    if let condition = evaluation.program.decisions[decision].appliesWhen { collect(condition) }
  }
}

extension Answer {
  private func relevant(_ wanted: [Int]?, of members: [Member]) -> [Member] {
    wanted?.map { members[$0] } ?? members
  }

  /// Whether something about the fact that matters was never asked.
  fileprivate func canBeAsked(_ wanted: [Int]?) -> Bool {
    if case .members(let members) = self { relevant(wanted, of: members).contains(.notAsked) } else { false }
  }

  /// Whether it says all there is to say about what matters.
  fileprivate func isComplete(_ wanted: [Int]?) -> Bool {
    if case .members(let members) = self {
      relevant(wanted, of: members).allSatisfy { $0.truth != .unknown }
    } else {
      isValue
    }
  }
}

extension Matcher {
  /// The members it asks about; `nil` if all matter, or if it asks about no members.
  fileprivate var members: [Int]? {
    switch test {
    case .includesAny(let members), .includesAll(let members), .includesNone(let members): members
    case .options, .ranges, .empty, .exactly, .declined, .doesNotKnow: nil
    }
  }
}
