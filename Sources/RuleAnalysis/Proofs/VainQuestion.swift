import RuleEngine

/// A question for whose answer something of a plan waits, though every answer leads to the same.
struct VainQuestion {
  typealias Place = QuickEvaluator.Place

  let program: Program
  let fact: Int
  /// Every answer that can make a difference.
  let answers: [Answer]

  /// What of a decision can wait in vain. An amount that fills what the others leave waits for them by its nature.
  static func places(in decision: Int, _ program: Program) -> [Place] {
    let slots = program.decisions[decision].slots
    return program.decisions[decision].hasMembers
      ? slots.indices.filter { slots[$0].fill == nil }.map { Place(decision: decision, slot: $0) }
      : [Place(decision: decision)]
  }

  /// The places of answers of which the others mostly lead to what one of these leads to.
  var outermost: [Int] { answers.count > 1 ? [0, answers.count - 1] : [0] }

  /// The first of the places that waits in vain when the question is not answered; `nil` if none does.
  ///
  /// - Parameter telling: gets the place of an answer that alone shows that what seemed in vain is not.
  func waiting(
    _ intake: Intake, among places: [Place], _ quick: QuickEvaluator, telling: inout Set<Int>
  ) -> Place? {
    guard let open = quick.results(of: intake, at: places) else { return nil }
    var waiting = places.indices.filter { open[$0] == .open }
    var first: [PlanMachine.Result]?
    let outermost = outermost
    for answer in outermost + answers.indices.filter({ !outermost.contains($0) }) {
      guard !waiting.isEmpty, let now = quick.results(answering: fact, answers[answer], at: places) else { return nil }
      let expected = first ?? now
      first = expected
      waiting.removeAll { now[$0] == .open || now[$0] != expected[$0] }
      if waiting.isEmpty, !outermost.contains(answer) { telling.insert(answer) }
    }
    return waiting.first.map { places[$0] }
  }

  /// Whether a place waits in vain, as far as some of the answers go.
  ///
  /// - Parameter outcomes: what the place can come out as; `nil` where the answers of an intake cannot all be right.
  func isInVain(_ intake: Intake, answers: [Answer], outcomes: (Intake) -> Set<Evaluation.Outcome>?) -> Bool {
    guard let open = outcomes(intake), !open.isSettled else { return false }
    var first: Set<Evaluation.Outcome>?
    for answer in answers {
      guard let settled = outcomes(answered(intake, answer)), settled.isSettled, settled == first ?? settled else {
        return false
      }
      first = settled
    }
    return true
  }

  /// The same, as the reference evaluator sees it.
  func isInVain(_ intake: Intake, at place: Place, answers: [Answer]) -> Bool {
    isInVain(intake, answers: answers) { intake in
      let evaluation = Evaluator.evaluate(program, intake)
      guard evaluation.contradictions.isEmpty else { return nil }
      return place.slot.map { evaluation.slotOutcomes[place.decision][$0] }
        ?? evaluation.decisionOutcomes[place.decision]
    }
  }

  /// The intake with one answer more.
  func answered(_ intake: Intake, _ answer: Answer) -> Intake {
    var intake = intake
    intake.answers[program.variables[fact].name] = answer
    return intake
  }
}
