import RuleEngine

/// A program with all intakes of a scope, and a solver to ask about them.
final class ProofSession {
  let program: Program
  let scope: SymbolicIntake.Scope
  let bank = TermBank()
  let scale: NumberScale
  let intake: SymbolicIntake
  let evaluation: SymbolicEvaluation
  let dependencies: Dependencies
  private let keepsTranscript: Bool
  /// The same about those who decline to answer; made only once somebody asks about them.
  private var declining: ProofSession?
  private let solver: any Solver

  /// - Parameter searches: whether a ``SearchSolver`` is asked, and not Z3.
  init(
    _ program: Program, scope: SymbolicIntake.Scope, searches: Bool = false, keepsTranscript: Bool
  ) throws(SolverFailure) {
    self.program = program
    self.scope = scope
    self.keepsTranscript = keepsTranscript
    scale = NumberScale([program])
    dependencies = Dependencies(program)
    intake = SymbolicIntake(program, scope: scope, scale: scale, bank: bank)
    evaluation = SymbolicEvaluation(program, intake, scale: scale, bank: bank)
    solver =
      searches
      ? SearchSolver(bank, keepsTranscript: keepsTranscript)
      : try ProcessSolver(bank, keepsTranscript: keepsTranscript)
    bank.assume(evaluation.isPossible)
  }

  /// Every question so far in SMT-LIB.
  var script: String { solver.script + (declining.map { "(reset)\n" + $0.script } ?? "") }

  /// The result of a question about intakes.
  enum Result {
    case never
    case possible(Model)
    case gaveUp(String)
  }

  /// An intake that the solver found, and what the formulas say of it.
  struct Model {
    let values: [Int128]
    let intake: Intake

    func holds(_ term: Term) -> Bool { values[term.place] != 0 }
  }

  func ask(_ formula: Term, _ comment: String, takesLong: Bool = false) throws(SolverFailure) -> Result {
    switch try solver.ask(formula, comment, takesLong: takesLong) {
    case .never: return .never
    case .gaveUp(let reason): return .gaveUp(reason)
    case .possible(let values): return .possible(model(values))
    }
  }

  /// Whether a formula holds for somebody who declines to answer, or does not know, where a rule asks for that.
  func askWhoDeclines(_ formula: (ProofSession) -> Term) throws(SolverFailure) -> Result {
    guard !program.recordedFacts.isEmpty else { return .never }
    if declining == nil { declining = try ProofSession(program, scope: .recorded, keepsTranscript: keepsTranscript) }
    guard let session = declining else { return .never }
    return try session.ask(formula(session), "among those who decline")
  }

  private func model(_ values: [Int128]) -> Model {
    Model(values: values, intake: SymbolicIntake.intake(program, intake.answers, scale: scale, values))
  }

  /// The intake of a model in which some facts have other answers.
  func intake(_ model: Model, changing answers: [Int: SymbolicIntake.Answer]) -> Intake {
    let all = intake.answers.merging(answers) { _, new in new }
    return SymbolicIntake.intake(program, all, scale: scale, model.values)
  }

  /// Fresh unknowns for a fact, for a second intake that is compared with the first.
  func second(_ fact: Int) -> SymbolicIntake.Answer {
    SymbolicIntake.answer(program.variables[fact], scope: scope, scale: scale, bank: bank, prefix: "second!")
  }
}

extension ProofSession {
  var witnesses: WitnessMinimizer { WitnessMinimizer(program: program, dependencies: dependencies) }

  /// The facts that apply or not by what a fact or a derived fact is, none of them asked: its answer comes first.
  func unanswered(behind variable: Int) -> [Int: SymbolicIntake.Answer] {
    var later: [Int: SymbolicIntake.Answer] = [:]
    for place in dependencies.following(from: [variable]) where place != variable {
      guard place < program.variables.count, var answer = intake.answers[place] else { continue }
      answer.isKnown = .no
      if case .members(let members) = answer.value { answer.value = .members(members.map { (.no, $0.isIn) }) }
      later[place] = answer
    }
    return later
  }

  /// The intake with no answer more than it takes, and how the subjects come out for it.
  func witness(_ intake: Intake, _ subjects: [Int], _ shows: (Intake) -> Bool) -> Finding.Witness {
    let smallest = witnesses.minimized(intake, about: subjects, shows)
    return Finding.Witness(intake: smallest, outcomes: witnesses.outcomes(smallest, about: subjects))
  }
}
