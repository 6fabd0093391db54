import RuleEngine

/// What a query says of each plan, as expressions over the last step: the same words as in a table of `handrail batch`, and
/// `NULL` where a decision has no settled value.
struct QueryColumns {
  let program: Program
  let dialect: QueryDialect
  let evaluation: SymbolicEvaluation
  let statuses: SymbolicStatuses
  let contradictions: [(contradiction: Contradiction, term: Term)]
  let hasUnknownFacts: Term

  init(
    _ evaluation: SymbolicEvaluation, assumed: SymbolicEvaluation, dialect: QueryDialect
  ) {
    program = evaluation.program
    self.dialect = dialect
    self.evaluation = evaluation
    statuses = SymbolicStatuses(evaluation, assumed: assumed)
    contradictions = statuses.contradictions().filter { $0.term != .no }
    hasUnknownFacts = statuses.hasUnknownFacts()
  }

  /// The decisions of which these columns need the status.
  static func decisions(of columns: [QueryColumn], _ program: Program) -> [Int] {
    var found: Set<Int> = []
    for column in columns {
      switch column {
      case .status, .noValue: return Array(program.decisions.indices)
      case .decisionStatus(let decision): found.insert(decision)
      case .value, .possible, .member: break
      }
    }
    return found.sorted()
  }

  /// Every term that these columns read.
  func terms(of columns: [QueryColumn]) -> [Term] {
    var terms = contradictions.map(\.term)
    for decision in Self.decisions(of: columns, program) {
      let status = statuses.decisions[decision]
      terms += [
        status.conflict, status.gap, status.notApplicable, status.assumed, isOpen(decision), status.dependsOnUnknown,
      ]
    }
    for column in columns {
      switch column {
      case .status: terms.append(hasUnknownFacts)
      case .noValue, .decisionStatus: break
      case .value(let decision):
        terms.append(statuses.decisions[decision].isSettled)
        if let hasList = hasList(decision) { terms.append(hasList) }
        for outcomes in evaluation.outcomes(of: decision) { terms += read(outcomes) }
      case .possible(let decision): for outcomes in evaluation.outcomes(of: decision) { terms += read(outcomes) }
      case .member(let decision, let slot):
        terms.append(evaluation.slotOutcomes[decision][slot].hasOneOutcome(evaluation.bank))
        terms += read(evaluation.slotOutcomes[decision][slot])
      }
    }
    return terms
  }

  private func read(_ outcomes: SymbolicOutcomes) -> [Term] {
    outcomes.all + (outcomes.between.map { [$0.lower, $0.upper] } ?? [])
  }

  private func isOpen(_ decision: Int) -> Term { evaluation.bank.not(statuses.decisions[decision].isSettled) }

  /// Whether a set or menu that is settled applies and has no conflict; `nil` for a decision with one value, which has none
  /// then.
  private func hasList(_ decision: Int) -> Term? {
    guard program.decisions[decision].hasMembers else { return nil }
    let bank = evaluation.bank
    return bank.not(
      bank.any(
        evaluation.outcomes(of: decision).first?.notApplicable ?? .no, statuses.decisions[decision].conflict))
  }

  // MARK: Statuses

  /// The name of the column that holds the status of a decision before the last step.
  func statusName(_ decision: Int) -> String { "s\(decision)" }

  func status(_ decision: Int, _ stages: QueryStages) -> String {
    let status = statuses.decisions[decision]
    let cases: [(Term, DecisionPlan.Status)] = [
      (status.conflict, .conflict), (status.gap, .gap), (status.notApplicable, .notApplicable),
      (status.assumed, .assumed), (isOpen(decision), .open),
      (status.dependsOnUnknown, .settledRegardless),
    ]
    var branches = ""
    for (term, status) in cases where term != .no {
      if term == .yes {
        return branches.isEmpty ? dialect.text(status.rawValue) : "CASE\(branches) ELSE '\(status.rawValue)' END"
      }
      branches += " WHEN \(stages.text(term)) THEN '\(status.rawValue)'"
    }
    let last = DecisionPlan.Status.settled.rawValue
    return branches.isEmpty ? "'\(last)'" : "CASE\(branches) ELSE '\(last)' END"
  }

  /// The status of the plan, over the statuses of its decisions.
  private func planStatus(_ stages: QueryStages) -> String {
    func some(_ status: DecisionPlan.Status) -> String {
      program.decisions.indices.map { "\(statusName($0)) = '\(status.rawValue)'" }.joined(separator: " OR ")
    }
    let final =
      "CASE WHEN \(stages.text(hasUnknownFacts)) THEN '\(Plan.Status.finalRegardless.rawValue)'"
      + " ELSE '\(Plan.Status.final.rawValue)' END"
    guard !program.decisions.isEmpty else { return final }
    return "CASE WHEN \(some(.conflict)) THEN '\(Plan.Status.conflict.rawValue)'"
      + " WHEN \(some(.gap)) THEN '\(Plan.Status.gap.rawValue)'"
      + " WHEN \(some(.open)) THEN '\(Plan.Status.open.rawValue)'"
      + " WHEN \(some(.assumed)) THEN '\(Plan.Status.provisional.rawValue)' ELSE \(final) END"
  }

  private func noValue() -> String {
    let texts = program.presentation.decisions.map { decision in
      let name = program.variables[program.decisions[decision].variable].name
      return
        "CASE WHEN \(statusName(decision)) NOT LIKE 'settled%' THEN CONCAT('\(name)=', \(statusName(decision))) END"
    }
    return texts.isEmpty ? "''" : dialect.joined(texts, by: ";")
  }

  // MARK: Errors

  /// What is wrong with an intake as a whole, in the words of the query.
  func contradictions(_ stages: QueryStages) -> [String] {
    contradictions.map { contradiction, term in
      let word =
        switch contradiction {
        case .totalDisagrees(_, let entered): program.variables[entered].name
        case .impossible(let index): "impossible:\(program.impossibilities[index].id)"
        case .noParameterInForce: program.variables[program.assessmentDay].name
        }
      return "CASE WHEN \(stages.text(term)) THEN '\(word)' END"
    }
  }

  // MARK: Values

  func text(_ column: QueryColumn, _ stages: QueryStages) -> String {
    switch column {
    case .status: return planStatus(stages)
    case .noValue: return noValue()
    case .decisionStatus(let decision): return statusName(decision)
    case .value(let decision): return value(of: decision, stages)
    case .possible(let decision): return possible(decision, stages)
    case .member(let decision, let slot):
      let outcomes = evaluation.slotOutcomes[decision][slot]
      let isSettled = stages.text(outcomes.hasOneOutcome(evaluation.bank))
      let branches =
        value(outcomes, domain(decision, slot: slot), "yes", stages)
        + (outcomes.out == .no ? [] : ["WHEN \(stages.text(outcomes.out)) THEN 'no'"])
      return "CASE WHEN \(isSettled) THEN \(choice(branches)) END"
    }
  }

  private func domain(_ decision: Int, slot: Int) -> Domain {
    let own = program.decisions[decision].slots[slot].variable ?? program.decisions[decision].variable
    return program.variables[own].domain
  }

  /// The first branch that holds; else `NULL`.
  private func choice(_ branches: [String]) -> String {
    branches.isEmpty
      ? "CAST(NULL AS \(dialect.textType))" : "CASE \(branches.joined(separator: " ")) END"
  }

  private func word(_ value: Value, _ domain: Domain, _ included: String) -> String {
    switch value {
    case .option(let option): domain.names[option]
    case .number(let number): number.description
    case .included: included
    }
  }

  /// For each value and amount that is possible, a branch with its words.
  private func value(
    _ outcomes: SymbolicOutcomes, _ domain: Domain, _ included: String, before: String = "", _ stages: QueryStages
  ) -> [String] {
    var branches = outcomes.values.filter { $0.term != .no }.map { value, term in
      "WHEN \(stages.text(term)) THEN '\(before)\(word(value, domain, included))'"
    }
    if let between = outcomes.between {
      let amount = number(stages.text(between.lower))
      let text = before.isEmpty ? amount : "CONCAT('\(before)', \(amount))"
      branches.append("WHEN \(stages.text(between.isPossible)) THEN \(text)")
    }
    return branches
  }

  private func value(of index: Int, _ stages: QueryStages) -> String {
    let decision = program.decisions[index]
    let isSettled = stages.text(statuses.decisions[index].isSettled)
    guard decision.hasMembers else {
      let outcomes = evaluation.decisionOutcomes[index]!
      let branches = value(outcomes, program.variables[decision.variable].domain, "yes", stages)
      return "CASE WHEN \(isSettled) THEN \(choice(branches)) END"
    }
    let names = program.variables[decision.variable].domain.names
    let parts = decision.slots.indices.compactMap { slot -> String? in
      let name = names[decision.slots[slot].member ?? slot]
      let outcomes = evaluation.slotOutcomes[index][slot]
      let before = decision.isMenu ? "\(name)=" : ""
      let branches = value(
        outcomes, domain(index, slot: slot), decision.isMenu ? "" : name, before: before, stages)
      return branches.isEmpty ? nil : choice(branches)
    }
    let hasList = stages.text(hasList(index) ?? .yes)
    let list = parts.isEmpty ? "''" : "COALESCE(\(dialect.joined(parts, by: ";")), '')"
    return "CASE WHEN \(isSettled) AND \(hasList) THEN \(list) END"
  }

  /// All outcomes, in their order; of a set or menu, those of each member that may be in.
  private func possible(_ index: Int, _ stages: QueryStages) -> String {
    let decision = program.decisions[index]
    let domain = program.variables[decision.variable].domain
    let parts: [String]
    if decision.hasMembers {
      parts = decision.slots.indices.flatMap { slot -> [String] in
        let name = domain.names[decision.slots[slot].member ?? slot]
        return words(
          evaluation.slotOutcomes[index][slot], self.domain(index, slot: slot), before: "\(name)=", included: name,
          isMember: true, stages)
      }
    } else {
      parts = words(
        evaluation.decisionOutcomes[index]!, domain, before: "", included: "in", isMember: false, stages)
    }
    return parts.isEmpty ? "''" : "COALESCE(\(dialect.joined(parts, by: ";")), '')"
  }

  /// For each outcome, its words if it is possible, else `NULL`. A member that is in is its name alone, and one that is out
  /// is nothing.
  private func words(
    _ outcomes: SymbolicOutcomes, _ domain: Domain, before: String, included: String, isMember: Bool,
    _ stages: QueryStages
  ) -> [String] {
    func when(_ term: Term, _ text: String) -> [String] {
      term == .no ? [] : ["CASE WHEN \(stages.text(term)) THEN \(text) END"]
    }
    var parts = outcomes.values.flatMap { value, term in
      when(term, value == .included ? "'\(included)'" : "'\(before)\(word(value, domain, included))'")
    }
    if let between = outcomes.between {
      let lower = number(stages.text(between.lower))
      let upper = number(stages.text(between.upper))
      let same = "\(stages.text(between.lower)) = \(stages.text(between.upper))"
      parts += when(
        between.isPossible,
        "CONCAT('\(before)', \(lower), CASE WHEN \(same) THEN '' ELSE CONCAT(' to ', \(upper)) END)")
    }
    if !isMember { parts += when(outcomes.out, "'out'") }
    parts += when(outcomes.gap, "'\(before)gap'") + when(outcomes.conflict, "'\(before)conflict'")
    if !isMember { parts += when(outcomes.notApplicable, "'not_applicable'") }
    return parts
  }

  /// The text of an amount that is counted out, which is never negative: `90`, `4.5`.
  private func number(_ text: String) -> String {
    let perOne = evaluation.scale.perOne
    guard perOne > 1 else { return "CAST(\(text) AS \(dialect.textType))" }
    let digits = String(perOne).count - 1
    let whole = "CAST(\(dialect.quotient(text, "\(perOne)")) AS \(dialect.textType))"
    let rest = "LPAD(CAST(\(text) % \(perOne) AS \(dialect.textType)), \(digits), '0')"
    return
      "CASE WHEN \(text) % \(perOne) = 0 THEN \(whole) ELSE CONCAT(\(whole), '.', TRIM(TRAILING '0' FROM \(rest))) END"
  }
}
