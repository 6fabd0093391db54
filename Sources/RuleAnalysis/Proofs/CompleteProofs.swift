import RuleEngine

/// What is proved over complete intakes: no gap, no conflict, and nothing in the rulebook that has no effect.
struct CompleteProofs {
  let session: ProofSession
  private let progress: Prover.Progress
  private var program: Program { session.program }
  private var bank: TermBank { session.bank }
  private var evaluation: SymbolicEvaluation { session.evaluation }
  private var witnesses: WitnessMinimizer {
    WitnessMinimizer(program: program, dependencies: session.dependencies)
  }
  private(set) var findings: [Finding] = []
  /// The goals over intakes in which some facts are declined, once they are needed.
  private var silent: (session: ProofSession, goals: [Goal])?
  /// How many samples in a row may show nothing new before the solver is asked instead.
  private static let samplesInVain = 20
  private static let mostSamples = 100
  /// How many disagreements of one decision are shown.
  private static let mostConflicts = 20

  init(_ session: ProofSession, _ progress: Prover.Progress) {
    self.session = session
    self.progress = progress
  }

  mutating func run() throws(SolverFailure) {
    try findGaps()
    try findConflicts()
    try reach(Goals(session).all)
  }

  // MARK: Gaps

  private mutating func findGaps() throws(SolverFailure) {
    var seen: Set<String> = []
    for (index, decision) in program.decisions.enumerated() where !decision.hasMembers {
      guard let outcomes = evaluation.decisionOutcomes[index], !seen.contains(decision.family) else { continue }
      let name = program.variables[decision.variable].name
      progress.step("gaps of \(name)")
      switch try session.ask(outcomes.isSurely(\.gap, bank), "gap: \(name)") {
      case .never: break
      case .gaveUp(let reason): findings.append(.notProved("that `\(name)` has no gap", .variable(name), reason))
      case .possible(let model):
        seen.insert(decision.family)
        let shows = { [program] (intake: Intake) in
          Evaluator.evaluate(program, intake).decisionOutcomes[index] == [.gap]
        }
        guard shows(model.intake) else {
          findings.append(.disagreement(.variable(name), "a gap of `\(name)`", model.intake))
          continue
        }
        let (why, advice) =
          decision.otherwise == nil
          ? ("and it has no `otherwise`", "or give `\(decision.family)` an `otherwise`")
          : ("and its `otherwise` is ruled out", "or let the `otherwise` stand")
        findings.append(
          Finding(
            .gap, .variable(name), "some people get no value for `\(name)`: no rule covers them, \(why)",
            witness: witness(model.intake, [decision.variable], shows),
            advice: "write a rule that covers them, \(advice)"))
      }
    }
  }

  private func witness(_ intake: Intake, _ subjects: [Int], _ shows: (Intake) -> Bool) -> Finding.Witness {
    let smallest = witnesses.minimized(intake, about: subjects, shows)
    return Finding.Witness(intake: smallest, outcomes: witnesses.outcomes(smallest, about: subjects))
  }

  // MARK: Conflicts

  private mutating func findConflicts() throws(SolverFailure) {
    var seen: Set<[String]> = []
    for (index, decision) in program.decisions.enumerated() {
      for slot in decision.slots.indices {
        if decision.combine == .one {
          try findDisagreements(index, slot, &seen)
        } else if decision.slots[slot].fill != nil {
          try findOverfull(index, slot)
        }
      }
    }
  }

  /// Two rules that recommend different values to somebody, and neither overrides the other.
  private mutating func findDisagreements(
    _ index: Int, _ slot: Int, _ seen: inout Set<[String]>
  ) throws(SolverFailure) {
    let decision = program.decisions[index]
    let effects = decision.slots[slot].effects
    let name = program.variables[decision.variable].name
    let live = evaluation.slots[index][slot].live
    var known: [Term] = []
    let conflict = bank.all(evaluation.slots[index][slot].conflict, evaluation.guardTruths[index].must)
    progress.step("conflicts of \(name)")
    while known.count < Self.mostConflicts {
      let open = bank.all([conflict] + known.map(bank.not))
      switch try session.ask(open, "conflict: \(name)") {
      case .never: return
      case .gaveUp(let reason):
        findings.append(.notProved("that no rules disagree about `\(name)`", .variable(name), reason))
        return
      case .possible(let model):
        let evaluated = Evaluator.evaluate(program, model.intake)
        let rules = SlotRules(
          effects: effects, truths: effects.map { evaluated.ruleTruths[$0.rule] }, combine: decision.combine)
        let pair = effects.indices.lazy.flatMap { first in effects.indices.lazy.map { (first, $0) } }.first {
          let (first, second) = $0
          return first < second && effects[first].verdict != effects[second].verdict && rules.isLive(first)
            && rules.isLive(second) && !effects[second].overriddenBy.contains(first)
            && !effects[first].overriddenBy.contains(second) && !known.contains(bank.all(live[first], live[second]))
        }
        guard let (first, second) = pair, evaluated.slotOutcomes[index][slot].contains(.conflict) else {
          findings.append(.disagreement(.variable(name), "a conflict about `\(name)`", model.intake))
          return
        }
        known.append(bank.all(live[first], live[second]))
        let ids = [effects[first], effects[second]].map { program.rules[$0.rule].baseID }
        guard seen.insert([decision.family] + ids).inserted else { continue }
        let both = [effects[first].rule, effects[second].rule]
        let shows = { [program] (intake: Intake) in
          let evaluation = Evaluator.evaluate(program, intake)
          return evaluation.slotOutcomes[index][slot] == [.conflict]
            && both.allSatisfy { evaluation.ruleTruths[$0] == .yes }
        }
        findings.append(
          Finding(
            .conflict, .rule(ids[0]),
            "`\(ids[0])` and `\(ids[1])` can both apply, and recommend different values for `\(name)`",
            related: [(.rule(ids[1]), "the other rule")],
            witness: witness(model.intake, [decision.variable], shows),
            advice: "let one override the other, or narrow one `when`"))
      }
    }
  }

  /// Services that count and together need more than is scheduled.
  private mutating func findOverfull(_ index: Int, _ slot: Int) throws(SolverFailure) {
    guard let item = program.decisions[index].slots[slot].variable else { return }
    let name = program.variables[item].name
    progress.step("conflicts of \(name)")
    switch try session.ask(evaluation.slotOutcomes[index][slot].isSurely(\.conflict, bank), "conflict: \(name)") {
    case .never: break
    case .gaveUp(let reason):
      findings.append(.notProved("that the other items leave room for `\(name)`", .variable(name), reason))
    case .possible(let model):
      let shows = { [program] (intake: Intake) in
        Evaluator.evaluate(program, intake).slotOutcomes[index][slot] == [.conflict]
      }
      guard shows(model.intake) else {
        findings.append(.disagreement(.variable(name), "a conflict about `\(name)`", model.intake))
        return
      }
      let fill = program.decisions[index].slots[slot].fill!
      let whole = program.variables[fill.variable].name
      findings.append(
        Finding(
          .conflict, .variable(name),
          "the items that count can need more than `\(whole)`, so that less than nothing is left for `\(name)`",
          witness: witness(model.intake, [item, fill.variable], shows),
          advice: "recommend less of the other items there, or more of `\(whole)`"))
    }
  }

  // MARK: What has no effect

  /// Looks for an intake for each goal: first among samples, then with the solver, whose every answer may show several.
  private mutating func reach(_ goals: [Goal]) throws(SolverFailure) {
    var open = Array(goals.indices)
    var sampler = Sampler(program)
    var inVain = 0
    progress.step("what has an effect, by samples")
    for _ in 0..<Self.mostSamples where !open.isEmpty && inVain < Self.samplesInVain {
      let evaluation = Evaluator.evaluate(program, sampler.next())
      guard evaluation.isPossible else { continue }
      let effects = EvaluationEffects(evaluation)
      let before = open.count
      open.removeAll { goals[$0].isShown(effects) }
      inVain = open.count < before ? 0 : inVain + 1
    }
    let total = open.count
    while let goal = open.first {
      progress.step("what has an effect, \(total - open.count) of \(total)")
      open.removeFirst()
      let formula = goals[goal].formula()
      switch try session.ask(formula, "is it not so that \(goals[goal].finding().message)?") {
      case .never:
        if try isPossibleForSilence(goal) { continue }
        findings.append(goals[goal].finding())
      case .gaveUp(let reason):
        let finding = goals[goal].finding()
        findings.append(.notProved("whether \(finding.message)", finding.subject, reason))
      case .possible(let model):
        let effects = EvaluationEffects(Evaluator.evaluate(program, model.intake))
        guard goals[goal].confirms?(model) ?? goals[goal].isShown(effects) else {
          findings.append(.disagreement(goals[goal].finding().subject, "an effect", model.intake))
          continue
        }
        // The same intake may show others.
        open.removeAll { goals[$0].isShown(effects) }
      }
    }
  }
}

extension CompleteProofs {
  /// Whether the goal is reached by people who decline to answer, where rules ask for that.
  private mutating func isPossibleForSilence(_ goal: Int) throws(SolverFailure) -> Bool {
    guard !program.recordedFacts.isEmpty else { return false }
    if silent == nil {
      let session = try ProofSession(program, scope: .recorded, keepsTranscript: false)
      silent = (session, Goals(session).all)
    }
    guard let (session, goals) = silent else { return false }
    guard case .possible(let model) = try session.ask(goals[goal].formula(), "among those who decline") else {
      return false
    }
    let effects = EvaluationEffects(Evaluator.evaluate(program, model.intake))
    return goals[goal].confirms?(model) ?? goals[goal].isShown(effects)
  }
}

extension Evaluation {
  /// Whether no contradiction stands in the intake.
  var isPossible: Bool {
    program.impossibilities.allSatisfy { truth(of: $0.condition) != .yes }
  }

  /// Whether every decision has the same outcomes in both.
  func comesOutLike(_ other: Evaluation) -> Bool {
    slotOutcomes == other.slotOutcomes && decisionOutcomes == other.decisionOutcomes
  }
}

extension Rule {
  /// The id without the phase: of `taper[continuing]`, `taper`.
  var baseID: String {
    for phase in Program.phases where id.hasSuffix("[\(phase)]") { return String(id.dropLast(phase.count + 2)) }
    return id
  }
}

extension Finding {
  static func notProved(_ what: String, _ subject: Subject, _ reason: String) -> Finding {
    Finding(
      .notProved, subject, "it could not be proved \(what): the solver gave up \(reason)",
      advice: "simplify the conditions; until then nothing is known about this")
  }

  /// What the solver found the evaluator does not confirm.
  static func disagreement(_ subject: Subject, _ what: String, _ intake: Intake) -> Finding {
    Finding(
      .solverDisagrees, subject,
      "the solver finds \(what) that the evaluator does not confirm: a defect of Handrail, please report it",
      witness: Witness(intake: intake))
  }
}
