import RuleEngine

/// Whether a rulebook and a ``Mutant`` of it give every person the same plan.
enum Equivalence {
  case equal
  /// This intake gets another plan.
  case differs(Intake)
  /// It could not be found out, and why.
  case unknown(String)

  /// Asks the solver, for every intake, complete or not.
  static func find(_ program: Program, _ changed: Program) throws(SolverFailure) -> Equivalence {
    let session = JointSession(program, changed)
    switch try session.ask(session.bank.any(session.becomesImpossible, session.becomesPossible), "possible") {
    case .never: session.assumePossible()
    case .possible(let pair): return .differs(pair.base)
    case .gaveUp(let reason): return .unknown("the solver gave up \(reason)")
    }
    // What is equal on the way is not followed any further.
    try session.simplify {
      (head: inout SymbolicEvaluation, _: inout SymbolicEvaluation, step: Program.Step) throws(SolverFailure) in
      guard case .variable(let index) = step else { return }
      for difference in StepDifference.all(at: index, session.base, head, session) {
        if case .never = try session.ask(difference.formula, "equal: \(difference.name)") { difference.takeOver(&head) }
      }
    }
    let places = ComparedPlace.all(program, changed)
    let goals = ComparisonGoal.all(places, session, direct: Set(places.map(\.name)))
    // First what a case can expect; then what is open either way, and what is only asked.
    let isHidden = { (goal: ComparisonGoal) in Set(goal.kinds).isSubset(of: [.other, .asked]) }
    for group in [goals.filter { !isHidden($0) }, goals.filter(isHidden)] {
      switch try session.ask(session.bank.any(group.map(\.formula)), "another plan") {
      case .never: continue
      case .possible(let pair): return .differs(pair.base)
      case .gaveUp(let reason): return .unknown("the solver gave up \(reason)")
      }
    }
    return .equal
  }
}
