import RuleEngine
import RuleLanguage
import TestSupport
import Testing

@testable import RuleAnalysis

/// The symbolic evaluation, at the values of one intake, must say what the reference evaluator says of that intake.
///
/// `HANDRAIL_RULEBOOKS=5000 swift test --filter SymbolicEvaluationTests` runs longer.
struct SymbolicEvaluationTests {
  static let intakesEach = 12

  @Test(arguments: [SymbolicIntake.Scope.complete, .partial])
  func agrees(scope: SymbolicIntake.Scope) throws {
    var comparisons = 0
    for seed in 0..<Longer.rulebooks(150) {
      let program = try RandomProgram.make(seed: seed)
      var generator = SeededGenerator(seed: seed &+ 7_000)
      let model = SymbolicModel(program, scope: scope)
      for number in 0..<Self.intakesEach {
        let unanswered = scope == .complete ? 0 : number * 9
        var intake = RandomIntake.make(program, unanswered: unanswered, using: &generator)
        if scope == .complete, intake.answers["assessed_on"] == nil {
          intake.answers["assessed_on"] = .number(Number(20_400))
        }
        comparisons += try expectSame(model, intake, "seed \(seed), intake \(number)")
      }
    }
    #expect(comparisons > 100_000)
  }

  /// The shipped rulebook uses dates, parameters, totals and fills as they are written in earnest.
  @Test(arguments: [SymbolicIntake.Scope.complete, .partial])
  func agreesOnTheShippedRulebook(scope: SymbolicIntake.Scope) throws {
    let program = try #require(Rulebook.load("\(Corpus.repository)/Rules").program)
    let model = SymbolicModel(program, scope: scope)
    var generator = SeededGenerator(seed: 3)
    for number in 0..<30 {
      let unanswered = scope == .complete ? 0 : number * 3
      let intake = RandomIntake.make(program, unanswered: unanswered, using: &generator)
      _ = try expectSame(model, intake, "intake \(number)")
    }
  }

  /// Compares every rule, slot and decision; gives the number of comparisons.
  private func expectSame(_ model: SymbolicModel, _ intake: Intake, _ comment: String) throws -> Int {
    let program = model.program
    let evaluation = Evaluator.evaluate(program, intake)
    let values = model.assignment(of: intake).values(in: model.bank)
    for fact in model.bank.facts { #expect(values[fact.place] == 1, "\(comment): \(fact)") }
    func truth(_ symbolic: SymbolicTruth) -> Truth {
      values[symbolic.must.place] == 1 ? .yes : values[symbolic.may.place] == 1 ? .unknown : .no
    }
    for rule in program.rules.indices {
      #expect(
        truth(model.evaluation.ruleTruths[rule]) == evaluation.ruleTruths[rule], "\(comment): \(program.rules[rule].id)"
      )
    }
    var count = program.rules.count
    for index in program.decisions.indices {
      let name = program.variables[program.decisions[index].variable].name
      #expect(truth(model.evaluation.guardTruths[index]) == evaluation.guardTruths[index], "\(comment): \(name)")
      for slot in program.decisions[index].slots.indices {
        let found = outcomes(model.evaluation.slotOutcomes[index][slot], values, model)
        #expect(found == evaluation.slotOutcomes[index][slot], "\(comment): \(name) \(slot)")
      }
      if let own = model.evaluation.decisionOutcomes[index] {
        #expect(outcomes(own, values, model) == evaluation.decisionOutcomes[index], "\(comment): \(name)")
      }
      let settled = values[model.evaluation.isSettled(index).place] == 1
      #expect(settled == evaluation.isSettled(index), "\(comment): \(name)")
      count += 3 + program.decisions[index].slots.count
    }
    return count
  }

  private func outcomes(
    _ symbolic: SymbolicOutcomes, _ values: [Int128], _ model: SymbolicModel
  ) -> Set<Evaluation.Outcome> {
    func holds(_ term: Term) -> Bool { values[term.place] == 1 }
    var result: Set<Evaluation.Outcome> = []
    for (value, term) in symbolic.values where holds(term) { result.insert(.value(value)) }
    if holds(symbolic.out) { result.insert(.out) }
    if holds(symbolic.gap) { result.insert(.gap) }
    if holds(symbolic.conflict) { result.insert(.conflict) }
    if holds(symbolic.notApplicable) { result.insert(.notApplicable) }
    if let between = symbolic.between, holds(between.isPossible) {
      let interval = Interval(
        model.scale.number(values[between.lower.place]), model.scale.number(values[between.upper.place]))
      result.insert(interval.single.map { .value(.number($0)) } ?? .between(interval))
    }
    return result
  }
}
