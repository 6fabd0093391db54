import RuleEngine

/// Facts of which no answer ever changes a plan.
struct IdleFacts {
  let session: ProofSession
  let progress: ProofProgress
  private(set) var findings: [Finding] = []
  private var program: Program { session.program }
  /// How many complete intakes are tried with other answers before the solver is asked.
  private static let mostAttempts = 200

  init(_ session: ProofSession, _ progress: @escaping ProofProgress) {
    self.session = session
    self.progress = progress
  }

  /// - Parameter samples: complete intakes that are likely to tell.
  mutating func run(samples: [Intake]) throws(SolverFailure) {
    let quick = QuickEvaluator(program)
    let exempt = program.enteredTotals.union(program.recordedFacts)
    var chance = Chance(seed: 3)
    var steering = Steering(program, seed: 5)
    let samples = samples + [Sampler(program).calm()]
    for fact in program.variables.indices where !exempt.contains(fact) && fact != program.assessmentDay {
      guard let declared = program.variables[fact].fact, !declared.isRecordOnly else { continue }
      let following = session.dependencies.following(from: [fact])
      // What nothing reads is told without a proof.
      guard following.count > 1 else { continue }
      if isShown(fact, following, samples, quick, &chance, &steering) { continue }
      try prove(fact)
    }
  }

  /// Whether another answer to the fact changes the plan of a sample, which was brought near to where the fact is read.
  private func isShown(
    _ fact: Int, _ following: Set<Int>, _ samples: [Intake], _ quick: QuickEvaluator,
    _ chance: inout Chance, _ steering: inout Steering
  ) -> Bool {
    let name = program.variables[fact].name
    let places = program.decisions.indices.filter { following.contains(program.decisions[$0].variable) }.flatMap {
      decision in
      program.decisions[decision].slots.indices.map { QuickEvaluator.Place(decision: decision, slot: $0) }
    }
    let applies = program.variables[fact].fact?.appliesWhen.map { [$0] } ?? []
    let readers = session.dependencies.readers(of: fact)
    for attempt in 0..<Self.mostAttempts {
      guard let sample = attempt % 2 == 0 ? samples.last : chance.pick(samples) else { return false }
      let aim = attempt % 4 == 1 ? [] : chance.pick(readers) ?? []
      let intake = steering.steered(sample, toward: aim + applies)
      guard let now = intake.answers[name], let outcomes = quick.results(of: intake, at: places) else { continue }
      for other in others(program.variables[fact].domain, now) {
        guard let result = quick.results(answering: fact, other, at: places), result != outcomes else { continue }
        var changed = intake
        changed.answers[name] = other
        if !comeOutAlike(intake, changed) { return true }
      }
    }
    return false
  }

  private func comeOutAlike(_ one: Intake, _ other: Intake) -> Bool {
    let (first, second) = (Evaluator.evaluate(program, one), Evaluator.evaluate(program, other))
    return first.slotOutcomes == second.slotOutcomes && first.decisionOutcomes == second.decisionOutcomes
  }

  private func others(_ domain: Domain, _ now: Answer) -> [Answer] {
    switch (domain, now) {
    case (.options(let names, _), _): return names.indices.map { .option($0) }.filter { $0 != now }
    case (.members, .members(let members)):
      return members.indices.map { index in
        var changed = members
        changed[index] = members[index] == .yes ? .no : .yes
        return .members(changed)
      }
    case (.numbers, _), (.dates, _):
      guard let whole = domain.interval, case .number(let number) = now else { return [] }
      let near = [-1, 1, -2, 2].map { number + Number($0) }.filter { whole.contains($0) }
      return ([whole.lower, whole.upper] + near).map { .number($0) }.filter { $0 != now }
    default: return []
    }
  }

  private mutating func prove(_ fact: Int) throws(SolverFailure) {
    let name = program.variables[fact].name
    progress("whether \(name) matters")
    let finding = Finding(
      .factNeverMatters, .variable(name), "no answer to `\(name)` ever changes a plan",
      advice: "use it in a rule, mark it `record_only: yes`, or do not ask")
    switch try session.ask(Self.matters(fact, session), "does \(name) matter?") {
    case .never:
      // Among those who decline, the reference evaluator can only be asked about one half of the pair.
      switch try session.askWhoDeclines({ Self.matters(fact, $0) }) {
      case .never: findings.append(finding)
      case .gaveUp(let reason): findings.append(.notProved("whether \(finding.message)", finding.subject, reason))
      case .possible: break
      }
    case .gaveUp(let reason): findings.append(.notProved("whether \(finding.message)", finding.subject, reason))
    case .possible(let model):
      let other = session.intake(model, changing: [fact: session.second(fact)])
      if comeOutAlike(model.intake, other) {
        findings.append(.disagreement(finding.subject, "an effect", model.intake))
      }
    }
  }

  /// Whether two answers to the fact lead to different plans, all else equal.
  private static func matters(_ fact: Int, _ session: ProofSession) -> Term {
    let second = session.evaluation.changing([fact: session.second(fact)], session.dependencies)
    return session.bank.all(second.isPossible, second.differs(from: session.evaluation))
  }
}
