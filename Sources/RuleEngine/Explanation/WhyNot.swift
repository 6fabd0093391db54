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
  /// Every rule that would have chosen it, the nearest first.
  public var rules: [RuleStanding]
  /// What was chosen instead, in words; `nil` while it is open.
  public var chosen: String?

  /// - Parameters:
  ///   - decision: its name, with the phase if it has phases.
  ///   - option: an option, member or item; of a number, the number.
  /// - Throws: ``Problem`` if the rulebook has no such decision or option.
  public init(
    _ program: Program, _ intake: Intake, decision: String, option: String, language: String = "en"
  ) throws(Problem) {
    let names = program.decisions.map { program.variables[$0.variable].name }
    guard let index = names.firstIndex(of: decision) else {
      throw .noDecision(decision, candidates: names)
    }
    let evaluation = Evaluator.evaluate(program, intake)
    let wording = Wording(evaluation, language: language)
    let standings = RuleStandings(wording, decision: index)
    let entry = program.decisions[index]
    let domain = program.variables[entry.variable].domain
    let value: Value
    if case .numbers(let numbers) = domain {
      guard let number = Number(option), numbers.interval.contains(number) else {
        throw .noOption(
          option, decision: decision, candidates: ["\(numbers.interval.lower) to \(numbers.interval.upper)"])
      }
      value = .number(number)
    } else {
      guard let place = domain.names.firstIndex(of: option) else {
        throw .noOption(option, decision: decision, candidates: domain.names)
      }
      value = .option(place)
    }
    self.decision = decision
    decisionLabel = wording.label(of: entry.variable)
    self.option = option
    optionLabel =
      if case .option(let place) = value { wording.option(place, of: entry.variable) } else { option }
    status = WhyNot.status(evaluation, index, value)
    rules = standings.whyNot(value)
    ruledOutBy = []
    if case .option(let place) = value {
      ruledOutBy = standings.rulersOut(of: place).map { id in
        let because = program.rules.first { $0.id == id }?.reason(for: entry).map(wording.text) ?? ""
        return RulingOut(id: id, because: because)
      }
    }
    chosen = WhyNot.chosenValue(evaluation, index, wording)
  }

  private static func status(_ evaluation: Evaluation, _ index: Int, _ value: Value) -> Status {
    let decision = evaluation.program.decisions[index]
    guard evaluation.guardTruths[index] != .no else { return .notApplicable }
    if decision.hasMembers, case .option(let slot) = value {
      let outcomes = evaluation.slotOutcomes[index][slot]
      if outcomes == [.out] { return .notChosen }
      return outcomes.contains(.out) || outcomes.contains(.notApplicable) ? .open : .chosen
    }
    let outcomes = evaluation.decisionOutcomes[index]
    if outcomes == [.value(value)] { return .chosen }
    if outcomes.contains(.value(value)) { return .open }
    if decision.combine == .preferred, case .option(let option) = value,
      evaluation.combined[index][option] == [.verdict(.recommend(.included))]
    {
      return .alsoPossible
    }
    return .notChosen
  }

  private static func chosenValue(_ evaluation: Evaluation, _ index: Int, _ wording: Wording) -> String? {
    let decision = evaluation.program.decisions[index]
    guard !decision.hasMembers, evaluation.isSettled(index) else { return nil }
    return wording.outcomes(of: decision.variable)
  }
}
