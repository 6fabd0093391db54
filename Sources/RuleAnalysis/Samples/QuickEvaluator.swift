import RuleEngine

/// Works out many intakes quickly: to find those that are worth a closer look with the reference evaluator, or to count them.
final class QuickEvaluator {
  /// A slot of a decision, or without one the decision as a whole.
  struct Place: Equatable {
    var decision: Int
    var slot: Int?
  }

  private let intake: CompiledIntake
  private var machine: PlanMachine

  private var program: Program { machine.program.program }

  convenience init(_ program: Program) { self.init(CompiledProgram(program)) }

  init(_ program: CompiledProgram) {
    intake = CompiledIntake(program)
    machine = PlanMachine(program)
  }

  /// What the intake shows; `nil` where its answers cannot all be right.
  func effects(of answers: Intake) -> EvaluationEffects? {
    guard run(answers) else { return nil }
    return EvaluationEffects(
      program, ruleTruths: program.rules.indices.map { machine.truth(ofRule: $0) },
      guardTruths: program.decisions.indices.map { machine.truth(ofGuard: $0) },
      slotOutcomes: { machine.outcomes(of: $0, slot: $1) }, decisionOutcomes: { machine.outcomes(of: $0) })
  }

  /// How these places come out, each a slot of a decision or without one the decision as a whole; `nil` where the answers
  /// cannot all be right.
  func results(of answers: Intake, at places: [Place]) -> [PlanMachine.Result]? {
    run(answers) ? results(at: places) : nil
  }

  /// The same after one answer more, or another one, to a fact of the intake that was worked out last.
  func results(answering fact: Int, _ answer: Answer, at places: [Place]) -> [PlanMachine.Result]? {
    intake.set(fact, answer)
    machine.run(intake)
    return isPossible ? results(at: places) : nil
  }

  private func results(at places: [Place]) -> [PlanMachine.Result] {
    places.map { place in
      place.slot.map { machine.result(of: place.decision, slot: $0) } ?? machine.result(of: place.decision)
    }
  }

  /// What a place can come out as; `nil` where the answers cannot all be right.
  func outcomes(of answers: Intake, at place: Place) -> Set<Evaluation.Outcome>? {
    guard run(answers) else { return nil }
    return place.slot.map { machine.outcomes(of: place.decision, slot: $0) } ?? machine.outcomes(of: place.decision)
  }

  /// Works out an intake, which can then be read as a ``PlanReading`` until the next one.
  func read(_ answers: Intake) {
    intake.read(answers)
    machine.run(intake)
  }

  private func run(_ answers: Intake) -> Bool {
    read(answers)
    return isPossible
  }
}

extension QuickEvaluator: PlanReading {
  var isPossible: Bool { !machine.contradictsItself() }
  func outcomes(of decision: Int) -> Set<Evaluation.Outcome> { machine.outcomes(of: decision) }
  func outcomes(of decision: Int, slot: Int) -> Set<Evaluation.Outcome> { machine.outcomes(of: decision, slot: slot) }
  func truth(ofRule rule: Int) -> Truth { machine.truth(ofRule: rule) }
  func truth(ofGuard decision: Int) -> Truth { machine.truth(ofGuard: decision) }
  func applicability(of variable: Int) -> Truth { machine.applicability(of: variable) }
  func hasUnknownFacts() -> Bool { machine.hasUnknownFacts() }
}
