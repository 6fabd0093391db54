/// The reference evaluator: what a rulebook says about an intake, clause by clause (section 4 of the design).
///
/// What it promises is stated and tested in `Tests/RuleEngineTests/PromiseTests.swift`: sound, monotone, total, needed, and
/// that order never matters. It reads nothing but its arguments.
public struct Evaluator: Valuation {
  public let program: Program
  let intake: Intake
  /// Values to suppose for facts, by their places, instead of what the intake holds.
  let supposed: [Int: PossibleValues.Values]
  public private(set) var values: [PossibleValues]
  /// Clause 5: whether each rule applies.
  public private(set) var ruleTruths: [Truth]
  var combined: [[Set<CombinedResult>]]
  var slotOutcomes: [[Set<Evaluation.Outcome>]]
  /// Clause 9: the same with what was selected, for whatever reads it.
  var slotsRead: [[Set<Evaluation.Outcome>]]
  var decisionOutcomes: [Set<Evaluation.Outcome>]
  var guardTruths: [Truth]

  /// Evaluates every variable, rule and decision.
  ///
  /// ```swift
  /// let evaluation = Evaluator.evaluate(program, Intake(answers: ["work.can_change": .option(0)]))
  /// evaluation.isSettled(0)
  /// ```
  public static func evaluate(
    _ program: Program, _ intake: Intake, supposing supposed: [Int: PossibleValues.Values] = [:]
  ) -> Evaluation {
    var evaluator = Evaluator(program: program, intake: intake, supposed: supposed)
    for step in program.evaluationOrder {
      switch step {
      case .variable(let variable): evaluator.evaluate(variable: variable)
      case .rule(let rule): evaluator.ruleTruths[rule] = evaluator.truth(of: program.rules[rule].condition)
      }
    }
    return Evaluation(
      program: program, intake: intake, values: evaluator.values,
      ruleTruths: evaluator.ruleTruths, combined: evaluator.combined,
      slotOutcomes: evaluator.slotOutcomes, decisionOutcomes: evaluator.decisionOutcomes,
      guardTruths: evaluator.guardTruths)
  }

  private init(program: Program, intake: Intake, supposed: [Int: PossibleValues.Values]) {
    self.program = program
    self.intake = intake
    self.supposed = supposed
    values = program.variables.map { PossibleValues(all: $0.domain) }
    ruleTruths = program.rules.map { _ in .unknown }
    combined = program.decisions.map { _ in [] }
    slotOutcomes = program.decisions.map { _ in [] }
    slotsRead = slotOutcomes
    decisionOutcomes = program.decisions.map { _ in [] }
    guardTruths = program.decisions.map { _ in .yes }
  }

  private mutating func evaluate(variable: Int) {
    switch program.variables[variable].kind {
    case .fact(let fact):
      let guardTruth = fact.appliesWhen.map(truth(of:)) ?? .yes
      values[variable] = recorded(variable).guarded(by: guardTruth)
    case .derived(let derivation):
      values[variable] = possibleValues(of: derivation, domain: program.variables[variable].domain)
    case .decision(let decision):
      evaluate(decision: decision)
    case .item:
      break  // together with its decision
    }
  }

  /// Clauses 1 and 2: {v} when known, the whole domain when not.
  private func recorded(_ variable: Int) -> PossibleValues {
    let domain = program.variables[variable].domain
    if let supposed = supposed[variable] { return PossibleValues(values: supposed) }
    switch intake.answers[program.variables[variable].name] {
    case .option(let option): return PossibleValues(values: .options([option]))
    case .number(let number): return PossibleValues(values: .interval(Interval(number)))
    case .members(let members): return PossibleValues(values: .members(members.map(\.truth)))
    case .declined, .doesNotKnow, nil: return PossibleValues(all: domain)
    }
  }

  public func answer(of variable: Int) -> Answer? {
    // A supposed value is a value, and so neither declined nor unknown to the person.
    supposed[variable] == nil ? intake.answers[program.variables[variable].name] : .number(.zero)
  }

  /// Expectations stand in no rule, so none is asked for while an evaluation is under way.
  public func truth(ofOutcome test: Condition.OutcomeTest, of decision: Int) -> Truth { .unknown }

  /// Clauses 6 to 9.
  private mutating func evaluate(decision index: Int) {
    let decision = program.decisions[index]
    guardTruths[index] = decision.appliesWhen.map(truth(of:)) ?? .yes
    combined[index] = decision.slots.map { slot in
      SlotRules(effects: slot.effects, truths: slot.effects.map { ruleTruths[$0.rule] }, combine: decision.combine)
        .results()
    }
    var outcomes = decision.slots.indices.map { slot in
      Set(combined[index][slot].map { outcome(of: $0, in: decision, slot: decision.slots[slot]) })
    }
    var read = outcomes.indices.map { selected(index, slot: $0) ?? outcomes[$0] }
    for slot in decision.slots.indices {
      guard let fill = decision.slots[slot].fill else { continue }
      outcomes[slot] = filled(fill, read)
      read[slot] = selected(index, slot: slot) ?? outcomes[slot]
    }
    slotOutcomes[index] = outcomes.map { guarded($0, by: guardTruths[index]) }
    slotsRead[index] = read.map { guarded($0, by: guardTruths[index]) }
    guard !decision.hasMembers else { return readBack(decision, index, slotsRead[index]) }
    let own = decision.combine == .preferred ? preferred(decision, combined[index]) : outcomes[0]
    decisionOutcomes[index] = guarded(own, by: guardTruths[index])
    readBack(decision, index, [guarded(selected(index, slot: nil) ?? own, by: guardTruths[index])])
  }

  /// Clause 9: what a clinician selected for a slot, or for a decision with one value.
  private func selected(_ decision: Int, slot: Int?) -> Set<Evaluation.Outcome>? {
    guard let selection = intake.selection(for: decision, slot: slot, in: program) else { return nil }
    return [selection.value.map(Evaluation.Outcome.value) ?? .out]
  }

  /// Clause 7: what stands where rules agree, disagree or say nothing.
  private func outcome(of result: CombinedResult, in decision: Decision, slot: Slot) -> Evaluation.Outcome {
    switch result {
    case .verdict(.recommend(let value)): .value(value)
    case .verdict(.ruleOut): .out
    case .conflict: .conflict
    case .none: slot.member != nil ? .out : decision.otherwise.map { .value($0.value) } ?? .gap
    }
  }

  /// Clause 8: the first of the preferred options that is in.
  private func preferred(_ decision: Decision, _ combined: [Set<CombinedResult>]) -> Set<Evaluation.Outcome> {
    let isIn = CombinedResult.verdict(.recommend(.included))
    var outcomes: Set<Evaluation.Outcome> = []
    for option in decision.preference {
      let results = combined[option]
      if results.contains(isIn) { outcomes.insert(.value(.option(option))) }
      if results == [isIn] { return outcomes }
    }
    guard let otherwise = decision.otherwise, case .option(let option) = otherwise.value else {
      return outcomes.union([.gap])
    }
    if combined[option].contains(.none) { outcomes.insert(.value(otherwise.value)) }
    if combined[option].contains(.verdict(.ruleOut)) { outcomes.insert(.gap) }
    return outcomes
  }

  /// What is left of a derived number when the others that count are taken away. Less than nothing is a conflict; nothing
  /// means that the item is out.
  private func filled(_ fill: Slot.Fill, _ outcomes: [Set<Evaluation.Outcome>]) -> Set<Evaluation.Outcome> {
    guard let whole = values[fill.variable].interval else { return [.out] }
    let rest = whole - fill.less.map { amount(of: outcomes[$0]) }.reduce(Interval(.zero), +)
    var result: Set<Evaluation.Outcome> = values[fill.variable].mayNotApply ? [.out] : []
    if rest.lower < .zero { result.insert(.conflict) }
    if rest.lower <= .zero, rest.upper >= .zero { result.insert(.out) }
    if rest.upper > .zero {
      let amount = Interval(max(.zero, rest.lower), rest.upper)
      result.insert(amount.single.map { .value(.number($0)) } ?? .between(amount))
    }
    return result
  }

  /// From the lowest to the highest amount that the outcomes allow; what is out adds nothing.
  func amount(of outcomes: Set<Evaluation.Outcome>) -> Interval {
    let amounts: [Interval] = outcomes.compactMap { outcome in
      switch outcome {
      case .value(.number(let number)): Interval(number)
      case .between(let interval): interval
      case .out: Interval(.zero)
      default: nil
      }
    }
    return amounts.dropFirst().reduce(amounts.first ?? Interval(.zero)) { $0.union($1) }
  }

  /// Clause 9: a decision that does not apply has that one outcome; one that may not, one outcome more.
  private func guarded(_ outcomes: Set<Evaluation.Outcome>, by truth: Truth) -> Set<Evaluation.Outcome> {
    switch truth {
    case .yes: outcomes
    case .no: [.notApplicable]
    case .unknown: outcomes.union([.notApplicable])
    }
  }

  /// Clause 9: later matchers read outcomes, or what was selected, as possible values; nothing is built on a gap or a
  /// conflict.
  private mutating func readBack(_ decision: Decision, _ index: Int, _ read: [Set<Evaluation.Outcome>]) {
    guard decision.hasMembers else {
      values[decision.variable] = possible(read[0], program.variables[decision.variable].domain)
      return
    }
    for (slot, outcomes) in zip(decision.slots, read) {
      if let item = slot.variable { values[item] = possible(outcomes, program.variables[item].domain) }
    }
    let members: [Truth] = read.map { outcomes in
      let rest = outcomes.subtracting([.notApplicable])
      if rest == [.out] { return .no }
      return rest.isDisjoint(with: [.out, .conflict]) ? .yes : .unknown
    }
    values[decision.variable] = PossibleValues(values: .members(members)).guarded(by: guardTruths[index])
  }

  private func possible(_ outcomes: Set<Evaluation.Outcome>, _ domain: Domain) -> PossibleValues {
    let mayNotApply = outcomes.contains(.notApplicable) || outcomes.contains(.out)
    var options: Set<Int> = []
    var interval: Interval?
    for outcome in outcomes {
      switch outcome {
      case .value(.option(let option)): options.insert(option)
      case .value(.number(let number)): interval = interval.map { $0.union(Interval(number)) } ?? Interval(number)
      case .between(let between): interval = interval.map { $0.union(between) } ?? between
      case .gap, .conflict: return PossibleValues(values: PossibleValues(all: domain).values, mayNotApply: mayNotApply)
      case .value(.included), .out, .notApplicable: break
      }
    }
    if let interval { return PossibleValues(values: .interval(interval), mayNotApply: mayNotApply) }
    return options.isEmpty ? .notApplicable : PossibleValues(values: .options(options), mayNotApply: mayNotApply)
  }
}
