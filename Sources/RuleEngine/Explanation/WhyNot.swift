/// Why an option is not the plan's: which rules would have chosen it, which clause blocked each, and what ruled it out,
/// outranked or overrode it.
public struct WhyNot: Sendable, Encodable {
  public enum Status: String, Sendable, Encodable {
    case chosen
    case alsoPossible = "also_possible"
    case open
    case notChosen = "not_chosen"
    case notApplicable = "not_applicable"
  }

  public struct RulingOut: Sendable, Encodable {
    public var id: String
    public var because: String
  }

  /// What can be wrong with the question.
  public enum Problem: Error, Equatable {
    case noDecision(String, candidates: [String])
    case noOption(String, decision: String, candidates: [String])
  }

  public var decision: String
  public var decisionLabel: String
  public var option: String
  public var optionLabel: String
  public var status: Status
  public var ruledOutBy: [RulingOut]
  /// Whether it stands where no rule recommends anything.
  public var isOtherwise: Bool
  /// The rules that decide instead, where it would stand if none did.
  public var decidedBy: [String]
  /// Where the decision does not apply: what would have to be otherwise for it to apply.
  public var guardBlockedBy: [BlockingClause]
  /// Every rule that would have chosen it, the nearest first.
  public var rules: [RuleStanding]
  /// What was chosen instead, in words; `nil` while it is open.
  public var chosen: String?

  /// - Parameters:
  ///   - decision: its name, with the phase if it has phases; or an item of a menu, such as `first_steps.first_session`.
  ///   - option: an option, member or item; of a number, the number; of an item, the amount.
  /// - Throws: ``Problem`` if the rulebook has no such decision or option.
  public init(
    _ program: Program, _ intake: Intake, decision: String, option: String, language: String = "en"
  ) throws(Problem) {
    var item: Int?
    let index: Int
    let variable = program.variable(named: decision)
    switch variable.map({ program.variables[$0].kind }) {
    case .decision(let place): index = place
    case .item(let place, let slot):
      index = place
      item = slot
    default: throw .noDecision(decision, candidates: program.decisions.map { program.variables[$0.variable].name })
    }
    let asked = variable ?? 0
    let evaluation = Evaluator.evaluate(program, intake)
    let wording = Wording(evaluation, language: language)
    let standings = RuleStandings(wording, decision: index)
    let value = try WhyNot.value(option, in: program.variables[asked].domain, of: decision)
    self.decision = decision
    decisionLabel = wording.label(of: asked)
    self.option = option
    optionLabel =
      switch value {
      case .option(let place): wording.option(place, of: asked)
      case .number(let number): wording.number(number, in: program.variables[asked].domain)
      case .included: option
      }
    status = WhyNot.status(evaluation, index, value, item: item)
    rules = standings.whyNot(value, item: item)
    ruledOutBy = []
    if let slot = item ?? value.place {
      ruledOutBy = standings.rulersOut(of: slot).map { id in
        let rule = program.rules.first { $0.id == id }
        let because = rule?.reason(for: program.decisions[index]).map(wording.text) ?? ""
        return RulingOut(id: id, because: because)
      }
    }
    let entry = program.decisions[index]
    isOtherwise = item == nil && entry.otherwise?.value == value
    decidedBy = []
    if isOtherwise, status == .notChosen, !entry.hasMembers {
      let slot = entry.combine == .preferred ? evaluation.decisionOutcomes[index].first?.place : 0
      decidedBy =
        slot.map { slot in
          standings.winners(in: slot).map { program.rules[entry.slots[slot].effects[$0].rule].id }
        } ?? []
    }
    guardBlockedBy = []
    if status == .notApplicable, let condition = entry.appliesWhen {
      guardBlockedBy = NearestClauses(wording).distance(of: condition).clauses
    }
    chosen = WhyNot.chosen(evaluation, index, item: item, wording)
  }

  private static func value(_ option: String, in domain: Domain, of decision: String) throws(Problem) -> Value {
    if case .numbers(let numbers) = domain {
      guard let number = Number(option), numbers.interval.contains(number) else {
        throw .noOption(
          option, decision: decision, candidates: ["\(numbers.interval.lower) to \(numbers.interval.upper)"])
      }
      return .number(number)
    }
    guard let place = domain.names.firstIndex(of: option) else {
      throw .noOption(option, decision: decision, candidates: domain.names)
    }
    return .option(place)
  }

  private static func status(_ evaluation: Evaluation, _ index: Int, _ value: Value, item: Int?) -> Status {
    let decision = evaluation.program.decisions[index]
    guard evaluation.guardTruths[index] != .no else { return .notApplicable }
    if let item {
      let outcomes = evaluation.slotOutcomes[index][item]
      if outcomes == [.value(value)] { return .chosen }
      return outcomes.contains(.value(value)) ? .open : .notChosen
    }
    if decision.hasMembers, let slot = value.place {
      let outcomes = evaluation.slotOutcomes[index][slot]
      if outcomes == [.out] { return .notChosen }
      return outcomes.contains(.out) || outcomes.contains(.notApplicable) ? .open : .chosen
    }
    let outcomes = evaluation.decisionOutcomes[index]
    if outcomes == [.value(value)] { return .chosen }
    if outcomes.contains(.value(value)) { return .open }
    if decision.combine == .preferred, let option = value.place,
      evaluation.combined[index][option] == [.verdict(.recommend(.included))]
    {
      return .alsoPossible
    }
    return .notChosen
  }

  private static func chosen(_ evaluation: Evaluation, _ index: Int, item: Int?, _ wording: Wording) -> String? {
    let decision = evaluation.program.decisions[index]
    if let item {
      let outcomes = evaluation.slotOutcomes[index][item]
      guard outcomes.isSettled, let only = outcomes.first else { return nil }
      return wording.outcome(only, in: decision, slot: decision.slots[item])
    }
    guard !decision.hasMembers, evaluation.isSettled(index) else { return nil }
    return wording.outcomes(of: decision.variable)
  }
}

extension Value {
  /// The place of an option or member.
  fileprivate var place: Int? {
    if case .option(let place) = self { place } else { nil }
  }
}

extension Evaluation.Outcome {
  /// The place of an option.
  fileprivate var place: Int? {
    if case .value(let value) = self { value.place } else { nil }
  }
}
