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
  /// How many random samples in a row may show nothing new before others are tried.
  private static let samplesInVain = 20
  private static let mostSamples = 200
  /// How often each goal is aimed at before the solver is asked.
  private static let mostAttempts = 30
  /// About so many goals the solver is asked at once.
  private static let mostAtOnce = 12
  /// For each sample that was worth a closer look, and each intake that the solver found, the rules that apply.
  private var applied: [Set<Int>] = []
  /// How many rules that make another one idle are named.
  private static let mostRelated = 5
  /// For each name of a rule, its copies for phases and rows.
  private let copies: [String: [Int]]

  init(_ session: ProofSession, _ progress: @escaping ProofProgress) {
    self.session = session
    self.progress = progress
    copies = Dictionary(grouping: session.program.rules.indices) { session.program.rules[$0].baseID }
  }

  /// - Parameter seeds: intakes that the rulebook's author holds to be telling.
  mutating func run(seeds: [Intake]) throws(SolverFailure) {
    let goals = Goals(session).all
    progress("what has an effect, by samples")
    var open = sampled(goals, seeds: seeds)
    let total = open.count
    // Several goals share most of what they are made of, and one answer may settle them all.
    var groups = stride(from: 0, to: total, by: Self.mostAtOnce).reversed().map {
      Array(open[$0..<min(total, $0 + Self.mostAtOnce)])
    }
    var known: [Int: Term] = [:]
    while let group = groups.popLast()?.filter(open.contains) {
      guard let first = group.first else { continue }
      progress("what has an effect, \(total - open.count) of \(total)")
      for goal in group where known[goal] == nil { known[goal] = goals[goal].formula() }
      let formulas = group.compactMap { known[$0] }
      let others = group.count == 1 ? "" : ", or of \(group.count - 1) more?"
      switch try session.ask(
        session.bank.any(formulas), "is it not so that \(goals[first].finding().message)?\(others)")
      {
      case .never:
        open.removeAll(where: group.contains)
        for goal in group {
          let finding = goals[goal].finding()
          switch try session.askWhoDeclines({ Goals($0).all[goal].formula() }) {
          case .never: findings.append(sharpened(finding))
          case .gaveUp(let reason):
            findings.append(.notProved("whether \(finding.message)", finding.subject, reason))
          case .possible(let model) where !goals[goal].isShown(effects(of: model.intake)):
            findings.append(.disagreement(finding.subject, "an effect", model.intake))
          case .possible: continue
          }
        }
      case .gaveUp where group.count > 1: groups += group.reversed().map { [$0] }
      case .gaveUp(let reason):
        open.removeAll(where: group.contains)
        let finding = goals[first].finding()
        findings.append(.notProved("whether \(finding.message)", finding.subject, reason))
      case .possible(let model):
        let effects = effects(of: model.intake)
        for (goal, formula) in zip(group, formulas) where model.holds(formula) && !goals[goal].isShown(effects) {
          findings.append(.disagreement(goals[goal].finding().subject, "an effect", model.intake))
          open.removeAll { $0 == goal }
        }
        telling.append(model.intake)
        applied.append(effects.applied)
        // The same intake may show others.
        open.removeAll { goals[$0].isShown(effects) }
        groups.append(group)
      }
    }
  }

  /// Of the rules that may make another one idle, those that apply in most samples in which it applies.
  private func sharpened(_ finding: Finding) -> Finding {
    guard case .rule(let id) = finding.subject, !finding.related.isEmpty else { return finding }
    let own = copies[id] ?? []
    let samples = applied.filter { !$0.isDisjoint(with: own) }
    let counted = finding.related.map { related in
      let others = copies[related.subject.name] ?? []
      return (related, count: samples.count { !$0.isDisjoint(with: others) })
    }
    let most = counted.map(\.count).max() ?? 0
    var finding = finding
    finding.related = Array(counted.filter { $0.count == most }.map(\.0).prefix(Self.mostRelated))
    return finding
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
      applied.append(effects.applied)
      return open.count < before
    }
    for (number, seed) in ([Intake()] + seeds).enumerated() {
      _ = note(steering.completed(seed, like: number % 2 == 0 ? sampler.calm() : sampler.next()))
    }
    var inVain = 0
    for _ in 0..<Self.mostSamples where !open.isEmpty && inVain < Self.samplesInVain {
      inVain = note(sampler.next()) ? 0 : inVain + 1
    }
    for _ in 0..<Self.mostAttempts {
      let before = open.count
      for goal in open where open.contains(goal) {
        guard let aim = chance.pick(goals[goal].aims) else { continue }
        let base = chance.below(4) == 0 ? nil : chance.pick(telling)
        _ = note(steering.steered(base ?? sampler.calm(), toward: aim))
      }
      // Where hardly any more are shown, the solver finds out faster about the rest.
      if open.count * 20 > before * 19 { break }
    }
    self.telling = telling
    return open
  }
}
