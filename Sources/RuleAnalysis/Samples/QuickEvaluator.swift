import RuleEngine

/// Works out many complete intakes quickly, to find those that are worth a closer look with the reference evaluator.
final class QuickEvaluator {
  private let program: Program
  private let intake: CompiledIntake
  private var machine: PlanMachine

  init(_ program: Program) {
    self.program = program
    let compiled = CompiledProgram(program)
    intake = CompiledIntake(compiled)
    machine = PlanMachine(compiled)
  }

  /// What the intake shows; `nil` where its answers cannot all be right.
  func effects(of answers: Intake) -> EvaluationEffects? {
    guard run(answers) else { return nil }
    return EvaluationEffects(
      program, ruleTruths: program.rules.indices.map { machine.truth(ofRule: $0) },
      guardTruths: program.decisions.indices.map { machine.truth(ofGuard: $0) },
      slotOutcomes: { machine.outcomes(of: $0, slot: $1) }, decisionOutcomes: { machine.outcomes(of: $0) })
  }

  /// How every slot of these decisions comes out; `nil` where the answers cannot all be right.
  func outcomes(of answers: Intake, in decisions: [Int]) -> [PlanMachine.Result]? {
    guard run(answers) else { return nil }
    return decisions.flatMap { decision in
      program.decisions[decision].slots.indices.map { machine.result(of: decision, slot: $0) }
    }
  }

  private func run(_ answers: Intake) -> Bool {
    intake.read(answers)
    machine.run(intake)
    return !machine.contradictsItself()
  }
}
