import RuleEngine

/// Whether a rulebook and a ``Mutant`` of it give every person the same plan.
enum Equivalence {
  case equal
  /// This intake gets another plan.
  case differs(Intake)
  /// It could not be found out, and why.
  case unknown(String)
}

/// Asks the solver about mutants of a rulebook, for every intake, complete or not.
///
/// The rulebook is told as formulas once; of a mutant only what follows from its fault is. What is proved to come out as before
/// is not followed any further.
///
/// ```swift
/// let prover = EquivalenceProver(program)
/// for mutant in MutantMaker.all(of: program) { print(try prover.find(mutant)) }
/// ```
final class EquivalenceProver {
  private let program: Program
  private let session: JointSession
  /// What tells whether an intake can be, and everything that this follows from: places as in ``Dependencies``.
  private let behindPossible: Set<Int>

  init(_ program: Program) {
    self.program = program
    session = JointSession(program, program)
    var read = Set(program.impossibilities.flatMap { Dependencies.read($0.condition, program) })
    for case .derived(.sum(let items, let enteredAs?)) in program.variables.map(\.kind) {
      read.formUnion(items + [enteredAs])
    }
    behindPossible = Dependencies(program).below(read)
  }

  func find(_ mutant: Mutant) throws(SolverFailure) -> Equivalence {
    let bank = session.bank
    let changed = mutant.applied(to: program)
    let dependencies = Dependencies(changed)
    let faulty = mutant.places(in: program)
    let base = session.base
    let plain = isPossible(changed, dependencies, faulty)
    for formula in [bank.all(base.isPossible, bank.not(plain)), bank.all(plain, bank.not(base.isPossible))] {
      switch try session.ask(formula, "possible") {
      case .never: continue
      case .possible(let pair): return .differs(pair.base)
      case .gaveUp(let reason): return .unknown("the solver gave up \(reason)")
      }
    }
    let isPossible = bank.all(base.isPossible, plain)
    func ask(_ formula: Term, _ comment: String) throws(SolverFailure) -> JointSession.Result {
      formula == .no ? .never : try session.ask(bank.all(formula, isPossible), comment)
    }
    var head = base.retold(by: changed)
    var differing: Set<Int> = []
    for step in program.evaluationOrder {
      let place = dependencies.place(step)
      guard faulty.contains(place) || dependencies.reads(step, any: differing) else { continue }
      head.evaluate(step)
      switch step {
      case .rule(let rule): if head.ruleTruths[rule] != base.ruleTruths[rule] { differing.insert(place) }
      case .variable(let index):
        // The amounts of a menu are found with it.
        if case .item = program.variables[index].kind {
          differing.insert(place)
          continue
        }
        var isEqual = true
        for difference in StepDifference.all(at: index, base, head, bank) {
          switch try ask(difference.formula, "equal: \(difference.name)") {
          case .never: continue
          case .possible(let pair):
            // Where a case can tell, it does not matter what follows.
            if canTell(pair.base, changed) { return .differs(pair.base) }
            isEqual = false
          case .gaveUp: isEqual = false
          }
        }
        if isEqual { head.take(step, from: base) } else { differing.insert(place) }
      }
    }
    session.compare(with: head)
    let places = ComparedPlace.all(program, changed)
    let goals = ComparisonGoal.all(places, session, direct: Set(places.map(\.name)))
    // First what a case can expect; then what is open either way, and what is only asked.
    let isHidden = { (goal: ComparisonGoal) in Set(goal.kinds).isSubset(of: [.other, .asked]) }
    for group in [goals.filter { !isHidden($0) }, goals.filter(isHidden)] {
      switch try ask(bank.any(group.map(\.formula)), "another plan") {
      case .never: continue
      case .possible(let pair): return .differs(pair.base)
      case .gaveUp(let reason): return .unknown("the solver gave up \(reason)")
      }
    }
    return .equal
  }

  private func canTell(_ intake: Intake, _ changed: Program) -> Bool {
    Expectation.telling(Evaluator.evaluate(program, intake), Evaluator.evaluate(changed, intake)) != nil
  }

  /// Whether an intake can be, by a mutant whose faults stand at some places.
  private func isPossible(_ changed: Program, _ dependencies: Dependencies, _ faulty: Set<Int>) -> Term {
    var head = session.base.retold(by: changed)
    var found = faulty
    for step in program.evaluationOrder where behindPossible.contains(dependencies.place(step)) {
      guard faulty.contains(dependencies.place(step)) || dependencies.reads(step, any: found) else { continue }
      head.evaluate(step)
      found.insert(dependencies.place(step))
    }
    return head.isPossible
  }
}
