import RuleEngine

/// Rules, overrides and options that have an effect on nobody.
///
/// Samples show most effects; the solver is asked about the rest.
struct Effects {
  let session: ProofSession
  let progress: ProofProgress
  private(set) var findings: [Finding] = []
  /// Complete intakes of which each showed something that none before it did.
  private(set) var telling: [Intake] = []
  private var program: Program { session.program }
  private var declining: Declining
  /// How many random samples in a row may show nothing new before others are tried.
  private static let samplesInVain = 20
  private static let mostSamples = 200
  /// How often each goal is aimed at before the solver is asked.
  private static let mostAttempts = 12

  init(_ session: ProofSession, _ declining: Declining, _ progress: @escaping ProofProgress) {
    self.session = session
    self.declining = declining
    self.progress = progress
  }

  /// - Parameter seeds: intakes that the rulebook's author holds to be telling.
  mutating func run(seeds: [Intake]) throws(SolverFailure) {
    let goals = Goals(session).all
    progress("what has an effect, by samples")
    var open = sampled(goals, seeds: seeds)
    let total = open.count
    while let goal = open.first {
      progress("what has an effect, \(total - open.count) of \(total)")
      open.removeFirst()
      let formula = goals[goal].formula()
      switch try session.ask(formula, "is it not so that \(goals[goal].finding().message)?") {
      case .never:
        let model = try declining.model { Goals($0).all[goal].formula() }
        if let model, goals[goal].isShown(effects(of: model)) { continue }
        findings.append(goals[goal].finding())
      case .gaveUp(let reason):
        let finding = goals[goal].finding()
        findings.append(.notProved("whether \(finding.message)", finding.subject, reason))
      case .possible(let model):
        let effects = effects(of: model.intake)
        guard goals[goal].isShown(effects) else {
          findings.append(.disagreement(goals[goal].finding().subject, "an effect", model.intake))
          continue
        }
        telling.append(model.intake)
        // The same intake may show others.
        open.removeAll { goals[$0].isShown(effects) }
      }
    }
  }

  private func effects(of intake: Intake) -> EvaluationEffects {
    EvaluationEffects(Evaluator.evaluate(program, intake))
  }

  /// The goals that no sample shows.
  private mutating func sampled(_ goals: [Goal], seeds: [Intake]) -> [Int] {
    let quick = QuickEvaluator(program)
    var open = Array(goals.indices)
    var sampler = Sampler(program)
    var chance = Chance(seed: 2)
    var steering = Steering(program, seed: 4)
    var telling: [Intake] = []
    func note(_ intake: Intake) -> Bool {
      guard let shown = quick.effects(of: intake), open.contains(where: { goals[$0].isShown(shown) }) else {
        return false
      }
      // What counts is what the reference evaluator says.
      let effects = effects(of: intake)
      let before = open.count
      open.removeAll { goals[$0].isShown(effects) }
      if open.count < before { telling.append(intake) }
      return open.count < before
    }
    for seed in [Intake()] + seeds {
      for base in [sampler.calm(), sampler.next()] {
        _ = note(steering.completed(seed, like: base))
      }
    }
    var inVain = 0
    for _ in 0..<Self.mostSamples where !open.isEmpty && inVain < Self.samplesInVain {
      inVain = note(sampler.next()) ? 0 : inVain + 1
    }
    for _ in 0..<Self.mostAttempts {
      for goal in open where open.contains(goal) {
        guard let aim = chance.pick(goals[goal].aims) else { continue }
        let base = chance.below(4) == 0 ? nil : chance.pick(telling)
        _ = note(steering.steered(base ?? sampler.calm(), toward: aim))
      }
    }
    self.telling = telling
    return open
  }
}
