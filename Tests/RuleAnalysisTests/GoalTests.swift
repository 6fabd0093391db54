import RuleEngine
import TestSupport
import Testing

@testable import RuleAnalysis

/// What must have an effect: the formulas for the solver say the same as the evaluator does, for any intake.
struct GoalTests {
  @Test(arguments: [SymbolicIntake.Scope.complete, .partial])
  func formulasAgreeWithEvaluations(_ scope: SymbolicIntake.Scope) throws {
    var shown = 0
    var compared = 0
    for seed in 0..<Longer.rulebooks(25) {
      let program = try RandomProgram.make(seed: seed)
      let session = try ProofSession(program, scope: scope, searches: true, keepsTranscript: false)
      let goals = Goals(session).all
      let formulas = goals.map { $0.formula() }
      let model = SymbolicModel(program, scope: scope)
      var generator = SeededGenerator(seed: seed &+ 70_000)
      for number in 0..<40 {
        let unanswered = scope == .complete ? 0 : number % 5 * 20
        let intake = RandomIntake.make(program, unanswered: unanswered, using: &generator)
        let evaluation = Evaluator.evaluate(program, intake)
        if scope == .complete, !isComplete(intake, program) { continue }
        let values = model.assignment(of: intake).values(in: session.bank)
        let effects = EvaluationEffects(evaluation)
        for (goal, formula) in zip(goals, formulas) {
          let isShown = goal.isShown(effects)
          #expect(
            (values[formula.place] != 0) == isShown, "seed \(seed), intake \(number): \(goal.finding().message)")
          compared += 1
          if isShown { shown += 1 }
        }
      }
    }
    // Both must be there, or nothing was tried.
    #expect(shown > compared / 50 && shown < compared, "\(shown) of \(compared)")
  }

  private func isComplete(_ intake: Intake, _ program: Program) -> Bool {
    program.variables.filter { $0.fact != nil }.allSatisfy { variable in
      switch intake.answers[variable.name] {
      case .option, .number: true
      case .members(let members): members.allSatisfy { $0.truth != .unknown }
      default: false
      }
    }
  }
}
