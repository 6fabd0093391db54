import RuleEngine

/// Looks for an intake for which a mutant gives another plan: the intakes of the cases with a few answers changed to what lies
/// at a border, complete and in part.
///
/// It proves nothing: that it finds no difference does not mean that there is none. What it finds is always the same.
struct DifferenceSearch: Sendable {
  static let attempts = 250

  private let program: Program
  private let seeds: [Intake]
  /// For each fact, answers at the borders of what is asked about it.
  private let borders: [Int: [Answer]]

  init(_ program: Program, seeds: [Intake]) {
    self.program = program
    self.seeds = seeds.isEmpty ? [Intake()] : seeds
    borders = BorderAnswers(program).byFact
  }

  func difference(between changed: Program, _ mutant: Mutant) -> Intake? {
    var chance = Chance(seed: UInt64(truncatingIfNeeded: program.rules.count &* 31 &+ 7))
    let near = Array(program.facts(behind: mutant.variables(of: program))).sorted().filter { borders[$0] != nil }
    guard !near.isEmpty else { return nil }
    var lesser: Intake?
    for attempt in 0..<Self.attempts {
      var intake = seeds[attempt < seeds.count ? attempt : chance.below(seeds.count)]
      // The first round changes one answer, later ones a few.
      for _ in 0..<(attempt < seeds.count ? 1 : 1 + chance.below(4)) {
        let fact = near[chance.below(near.count)]
        let answers = borders[fact] ?? []
        // Now and then nothing is answered, so that plans in part are compared, too.
        intake.answers[program.variables[fact].name] =
          chance.below(12) == 0 ? nil : answers[chance.below(answers.count)]
      }
      let before = Evaluator.evaluate(program, intake)
      guard mutant.canShow(in: before, asksForNeeds: false), before.contradictions.isEmpty else { continue }
      let after = Evaluator.evaluate(changed, intake)
      guard let expectation = Expectation.telling(before, after) else { continue }
      // A case that names a value says more than one that is content with a plan being open.
      if !expectation.isAboutKnowing { return intake }
      lesser = lesser ?? intake
    }
    return lesser
  }
}
