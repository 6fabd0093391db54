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
    let asked = program.variables.indices.filter { place in
      guard let fact = program.variables[place].fact, !fact.isRecordOnly else { return false }
      return !exempt.contains(place) && place != program.assessmentDay
    }
    // Of facts that stand in for each other, all matter or none.
    for alike in session.dependencies.alike(asked) {
      let following = session.dependencies.following(from: [alike[0]])
      // What nothing reads is told without a proof.
      guard following.count > 1 else { continue }
      if isShown(alike[0], following, samples, quick, &chance, &steering) { continue }
      if try !matters(alike[0]) { findings += alike.map(finding) }
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

  private func finding(_ fact: Int) -> Finding {
    let name = program.variables[fact].name
    return Finding(
      .factNeverMatters, .variable(name), "no answer to `\(name)` ever changes a plan",
      advice: "use it in a rule, mark it `record_only: yes`, or do not ask")
  }

  /// Whether some answer matters, or nobody can tell, which is noted.
  private mutating func matters(_ fact: Int) throws(SolverFailure) -> Bool {
    let name = program.variables[fact].name
    let finding = finding(fact)
    progress("whether \(name) matters")
    switch try session.ask(Self.matters(fact, session), "does \(name) matter?") {
    case .never:
      // Among those who decline, the reference evaluator can only be asked about one half of the pair.
      switch try session.askWhoDeclines({ Self.matters(fact, $0) }) {
      case .never: return false
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
    return true
  }

  /// Whether two answers to the fact lead to different plans, all else equal.
  private static func matters(_ fact: Int, _ session: ProofSession) -> Term {
    let second = session.evaluation.changing([fact: session.second(fact)], session.dependencies)
    return session.bank.all(second.isPossible, second.differs(from: session.evaluation))
  }
}
