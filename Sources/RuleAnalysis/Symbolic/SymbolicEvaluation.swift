import RuleEngine

/// What a rulebook says about every intake at once: the reference evaluator with formulas in the place of what is known.
///
/// It follows `Evaluator` step by step and must agree with it always, which `SymbolicEvaluationTests` compares.
struct SymbolicEvaluation {
  private(set) var program: Program
  private(set) var intake: SymbolicIntake
  let scale: NumberScale
  let bank: TermBank
  /// For each variable, what it can be.
  private(set) var values: [SymbolicValues]
  /// For each rule, whether it applies.
  private(set) var ruleTruths: [SymbolicTruth]
  /// For each decision, whether it applies.
  private(set) var guardTruths: [SymbolicTruth]
  /// For each decision and slot, how its rules can combine.
  private(set) var slots: [[SymbolicSlot]]
  /// For each decision that has one value, how it can come out; `nil` for sets and menus.
  private(set) var decisionOutcomes: [SymbolicOutcomes?]
  /// For each decision and slot, how it can come out.
  private(set) var slotOutcomes: [[SymbolicOutcomes]]
  /// For sums of which only one item is looked at, by their places: the item, and what the others come to.
  private var loosened: [Int: LoosenedSum] = [:]

  init(_ program: Program, _ intake: SymbolicIntake, scale: NumberScale, bank: TermBank) {
    self.init(unevaluated: program, intake, scale: scale, bank: bank)
    for step in program.evaluationOrder { evaluate(step) }
  }

  /// Before the first step, for who goes step by step and puts something else in the place of what a step found.
  init(unevaluated program: Program, _ intake: SymbolicIntake, scale: NumberScale, bank: TermBank) {
    self.program = program
    self.intake = intake
    self.scale = scale
    self.bank = bank
    values = program.variables.map { _ in .notApplicable }
    ruleTruths = program.rules.map { _ in .no }
    guardTruths = program.decisions.map { _ in .yes }
    slots = program.decisions.map { _ in [] }
    decisionOutcomes = program.decisions.map { _ in nil }
    slotOutcomes = program.decisions.map { _ in [] }
  }

  /// The same with other answers to some facts; only what follows from these is gone through again.
  func changing(_ answers: [Int: SymbolicIntake.Answer], _ dependencies: Dependencies) -> SymbolicEvaluation {
    var result = self
    result.intake.answers.merge(answers) { _, new in new }
    result.evaluate(dependencies.following(from: Set(answers.keys)))
    return result
  }

  /// The same with something else in the place of what was found for a derived fact.
  func changing(_ variable: Int, to found: SymbolicValues, _ dependencies: Dependencies) -> SymbolicEvaluation {
    var result = self
    result.replace(variable, with: found)
    result.evaluate(dependencies.following(from: [variable]).subtracting([variable]))
    return result
  }

  /// The same, before any step is gone through again, with some sums loosened.
  func loosening(_ sums: [Int: LoosenedSum]) -> SymbolicEvaluation {
    var result = self
    result.loosened = sums
    return result
  }

  /// The same, before any step is gone through again, of another rulebook that has every variable, rule and slot in its place.
  func retold(by program: Program) -> SymbolicEvaluation {
    var result = self
    result.program = program
    return result
  }

  /// Takes over everything that another evaluation found for a variable, or a rule.
  mutating func take(_ step: Program.Step, from other: SymbolicEvaluation) {
    switch step {
    case .rule(let rule): ruleTruths[rule] = other.ruleTruths[rule]
    case .variable(let index):
      values[index] = other.values[index]
      guard case .decision(let decision) = program.variables[index].kind else { return }
      guardTruths[decision] = other.guardTruths[decision]
      slots[decision] = other.slots[decision]
      slotOutcomes[decision] = other.slotOutcomes[decision]
      decisionOutcomes[decision] = other.decisionOutcomes[decision]
      for item in program.decisions[decision].slots.compactMap(\.variable) { values[item] = other.values[item] }
    }
  }

  /// Goes through some places of variables, and of rules behind them, again.
  private mutating func evaluate(_ places: Set<Int>) {
    for step in program.evaluationOrder {
      switch step {
      case .variable(let variable) where places.contains(variable): evaluate(step)
      case .rule(let rule) where places.contains(program.variables.count + rule): evaluate(step)
      default: break
      }
    }
  }

  mutating func evaluate(_ step: Program.Step) {
    switch step {
    case .rule(let rule): ruleTruths[rule] = truth(of: program.rules[rule].condition)
    case .variable(let index):
      switch program.variables[index].kind {
      case .fact(let fact):
        values[index] = bank.guarded(recorded(index), by: fact.appliesWhen.map(truth(of:)) ?? .yes)
      case .derived(let derivation):
        values[index] =
          loosened[index].map(sum(_:)) ?? derived(derivation, domain: program.variables[index].domain)
      case .decision(let decision): evaluate(decision: decision)
      case .item: break
      }
    }
  }

  private func recorded(_ index: Int) -> SymbolicValues {
    guard let answer = intake.answers[index] else { return .notApplicable }
    let values: SymbolicValues.Values
    switch answer.value {
    case .options(let options): values = .options(options.map { bank.any($0, bank.not(answer.isKnown)) })
    case .number(let number):
      let whole = interval(program.variables[index].domain)
      values = .interval(
        lower: bank.choose(answer.isKnown, number, whole.lower),
        upper: bank.choose(answer.isKnown, number, whole.upper),
        isSingle: bank.any(answer.isKnown, bank.isEqual(whole.lower, whole.upper)))
    case .members(let members):
      values = .members(
        members.map { SymbolicTruth(must: bank.all($0.isKnown, $0.isIn), may: bank.any(bank.not($0.isKnown), $0.isIn)) }
      )
    }
    return SymbolicValues(values: values, cannotApply: .no, mayNotApply: .no)
  }

  /// The whole interval of a domain of numbers or dates.
  func interval(_ domain: Domain) -> (lower: Term, upper: Term) {
    guard let whole = domain.interval else { return (bank.whole(0), bank.whole(0)) }
    return (bank.whole(scale.ceiling(whole.lower)), bank.whole(scale.floor(whole.upper)))
  }

  /// Puts equal formulas in the place of what was found for a variable.
  mutating func replace(_ variable: Int, with found: SymbolicValues) { values[variable] = found }

  /// The same for slots of a decision, by their places, and for its one value.
  mutating func replace(_ decision: Int, slots: [Int: SymbolicOutcomes], value: SymbolicOutcomes?) {
    for (slot, outcomes) in slots { slotOutcomes[decision][slot] = outcomes }
    if let value { decisionOutcomes[decision] = value }
    readBack(program.decisions[decision], decision)
  }

  // MARK: Decisions

  private mutating func evaluate(decision index: Int) {
    let decision = program.decisions[index]
    let guardTruth = decision.appliesWhen.map(truth(of:)) ?? .yes
    guardTruths[index] = guardTruth
    let combined = decision.slots.map { slot in
      SymbolicSlot(
        slot.effects, truths: slot.effects.map { ruleTruths[$0.rule] }, combine: decision.combine, bank: bank)
    }
    slots[index] = combined
    var outcomes = zip(decision.slots, combined).map { self.outcomes($1, of: $0, in: decision) }
    for slot in decision.slots.indices {
      if let fill = decision.slots[slot].fill { outcomes[slot] = filled(fill, outcomes) }
    }
    slotOutcomes[index] = outcomes.map { $0.guarded(by: guardTruth, bank) }
    if !decision.hasMembers {
      let own = decision.combine == .preferred ? preferred(decision, combined) : outcomes[0]
      decisionOutcomes[index] = own.guarded(by: guardTruth, bank)
    }
    readBack(decision, index)
  }

  /// How one slot comes out, given how its rules combine.
  func outcomes(_ combined: SymbolicSlot, of slot: Slot, in decision: Decision) -> SymbolicOutcomes {
    var outcomes = SymbolicOutcomes(values: combined.recommended, conflict: combined.conflict)
    outcomes.out = combined.ruledOut
    if slot.member != nil {
      outcomes.out = bank.any(outcomes.out, combined.none)
    } else if let otherwise = decision.otherwise {
      outcomes.add(otherwise.value, if: combined.none, bank)
    } else {
      outcomes.gap = combined.none
    }
    return outcomes
  }

  /// How a preferred choice comes out, given how the rules of each option combine.
  func preferred(_ decision: Decision, _ combined: [SymbolicSlot]) -> SymbolicOutcomes {
    var outcomes = SymbolicOutcomes()
    var noneSurely = Term.yes
    for option in decision.preference {
      let slot = combined[option]
      let isIn = slot.recommended.first?.term ?? .no
      outcomes.add(.option(option), if: bank.all(isIn, noneSurely), bank)
      let isSurelyIn = bank.all(isIn, bank.not(slot.none), bank.not(slot.ruledOut))
      noneSurely = bank.all(noneSurely, bank.not(isSurelyIn))
    }
    guard let otherwise = decision.otherwise, case .option(let option) = otherwise.value else {
      outcomes.gap = noneSurely
      return outcomes
    }
    outcomes.add(otherwise.value, if: bank.all(noneSurely, combined[option].none), bank)
    outcomes.gap = bank.all(noneSurely, combined[option].ruledOut)
    return outcomes
  }

  /// What is left of a derived number when the others that count are taken away.
  private func filled(_ fill: Slot.Fill, _ outcomes: [SymbolicOutcomes]) -> SymbolicOutcomes {
    var result = SymbolicOutcomes()
    let whole = values[fill.variable]
    guard case .interval(let lower, let upper, _) = whole.values else {
      result.out = .yes
      return result
    }
    let taken = fill.less.map { amount(of: outcomes[$0]) }
    let least = bank.difference(lower, bank.sum(taken.map(\.upper)))
    let most = bank.difference(upper, bank.sum(taken.map(\.lower)))
    let zero = bank.whole(0)
    let applies = bank.not(whole.cannotApply)
    result.conflict = bank.all(applies, bank.isLess(least, zero))
    result.out = bank.any(
      whole.cannotApply, whole.mayNotApply, bank.all(bank.isAtMost(least, zero), bank.isAtMost(zero, most)))
    result.between = SymbolicOutcomes.Between(
      lower: bank.greater(zero, least), upper: most, isPossible: bank.all(applies, bank.isLess(zero, most)))
    return result
  }

  /// From the lowest to the highest amount that the outcomes allow; what is out adds nothing.
  func amount(of outcomes: SymbolicOutcomes) -> (lower: Term, upper: Term) {
    var amounts: [(number: Term, isPossible: Term)] = outcomes.values.compactMap { value, term in
      if case .number(let number) = value { (bank.whole(scale.floor(number)), term) } else { nil }
    }
    var lower = bank.whole(0)
    var upper = lower
    amounts.append((bank.whole(0), outcomes.out))
    amounts.sort { bank.bounds(of: $0.number).lowerBound < bank.bounds(of: $1.number).lowerBound }
    for (number, isPossible) in amounts.reversed() { lower = bank.choose(isPossible, number, lower) }
    for (number, isPossible) in amounts { upper = bank.choose(isPossible, number, upper) }
    guard let between = outcomes.between else { return (lower, upper) }
    let hasOther = bank.any(amounts.map(\.isPossible))
    let least = bank.choose(hasOther, bank.lesser(lower, between.lower), between.lower)
    let most = bank.choose(hasOther, bank.greater(upper, between.upper), between.upper)
    return (bank.choose(between.isPossible, least, lower), bank.choose(between.isPossible, most, upper))
  }

  /// Later conditions read outcomes as possible values; nothing is built on a gap or a conflict.
  private mutating func readBack(_ decision: Decision, _ index: Int) {
    let truth = guardTruths[index]
    let cannotApply = bank.not(truth.may)
    if decision.hasMembers {
      let members = slotOutcomes[index].map { outcomes in
        SymbolicTruth(
          must: bank.not(bank.any(outcomes.out, outcomes.conflict)),
          may: bank.any(outcomes.anyValue(bank), outcomes.conflict))
      }
      values[decision.variable] = SymbolicValues(
        values: .members(members), cannotApply: cannotApply, mayNotApply: bank.not(truth.must))
      for (slot, outcomes) in zip(decision.slots, slotOutcomes[index]) {
        if let item = slot.variable { values[item] = possible(outcomes, program.variables[item].domain, cannotApply) }
      }
    } else if let outcomes = decisionOutcomes[index] {
      values[decision.variable] = possible(outcomes, program.variables[decision.variable].domain, cannotApply)
    }
  }

  private func possible(_ outcomes: SymbolicOutcomes, _ domain: Domain, _ guardIsFalse: Term) -> SymbolicValues {
    let isBroken = bank.any(outcomes.gap, outcomes.conflict)
    let mayNotApply = bank.any(outcomes.notApplicable, outcomes.out)
    let cannotApply = bank.any(guardIsFalse, bank.not(bank.any(isBroken, outcomes.anyValue(bank))))
    let values: SymbolicValues.Values
    switch domain {
    case .options(let names, _):
      values = .options(names.indices.map { bank.any(outcomes.possibility(of: .option($0)), isBroken) })
    case .numbers, .dates:
      // What is out is no number here, unlike in a total.
      var inside = outcomes
      inside.out = .no
      let (lower, upper) = amount(of: inside)
      let whole = interval(domain)
      let least = bank.choose(isBroken, whole.lower, lower)
      let most = bank.choose(isBroken, whole.upper, upper)
      values = .interval(lower: least, upper: most, isSingle: bank.isEqual(least, most))
    case .members: values = .none
    }
    return SymbolicValues(values: values, cannotApply: cannotApply, mayNotApply: bank.any(mayNotApply, cannotApply))
  }
}
