import RuleEngine

/// People for whom no rule gives a decision a value.
struct Gaps {
  let session: ProofSession
  let progress: ProofProgress
  private(set) var findings: [Finding] = []
  private var program: Program { session.program }
  private var bank: TermBank { session.bank }
  private var evaluation: SymbolicEvaluation { session.evaluation }

  init(_ session: ProofSession, _ progress: @escaping ProofProgress) {
    self.session = session
    self.progress = progress
  }

  mutating func run() throws(SolverFailure) {
    var seen: Set<String> = []
    for (index, decision) in program.decisions.enumerated() where !decision.hasMembers {
      guard let outcomes = evaluation.decisionOutcomes[index], !seen.contains(decision.family) else { continue }
      let name = program.variables[decision.variable].name
      progress("gaps of \(name)")
      switch try session.ask(outcomes.isSurely(\.gap, bank), "gap: \(name)") {
      case .never: break
      case .gaveUp(let reason): findings.append(.notProved("that `\(name)` has no gap", .variable(name), reason))
      case .possible(let model):
        seen.insert(decision.family)
        let shows = { [program] (intake: Intake) in
          Evaluator.evaluate(program, intake).decisionOutcomes[index] == [.gap]
        }
        guard shows(model.intake) else {
          findings.append(.disagreement(.variable(name), "a gap of `\(name)`", model.intake))
          continue
        }
        let (why, advice) =
          decision.otherwise == nil
          ? ("and it has no `otherwise`", "or give `\(decision.family)` an `otherwise`")
          : ("and its `otherwise` is ruled out", "or let the `otherwise` stand")
        findings.append(
          Finding(
            .gap, .variable(name), "some people get no value for `\(name)`: no rule covers them, \(why)",
            witness: session.witness(model.intake, [decision.variable], shows),
            advice: "write a rule that covers them, \(advice)"))
      }
    }
  }
}
