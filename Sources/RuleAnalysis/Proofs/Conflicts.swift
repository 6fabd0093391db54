import RuleEngine

/// Rules that disagree about somebody, and services that need more than is scheduled.
struct Conflicts {
  let session: ProofSession
  let progress: ProofProgress
  private(set) var findings: [Finding] = []
  private var program: Program { session.program }
  private var bank: TermBank { session.bank }
  private var evaluation: SymbolicEvaluation { session.evaluation }
  /// How many disagreements of one decision are shown.
  private static let mostConflicts = 20

  init(_ session: ProofSession, _ progress: @escaping ProofProgress) {
    self.session = session
    self.progress = progress
  }

  mutating func run() throws(SolverFailure) {
    var seen: Set<[String]> = []
    for (index, decision) in program.decisions.enumerated() {
      for slot in decision.slots.indices {
        if decision.combine == .one {
          try findDisagreements(index, slot, &seen)
        } else if decision.slots[slot].fill != nil {
          try findOverfull(index, slot)
        }
      }
    }
  }

  /// Two rules that recommend different values to somebody, and neither overrides the other.
  private mutating func findDisagreements(
    _ index: Int, _ slot: Int, _ seen: inout Set<[String]>
  ) throws(SolverFailure) {
    let decision = program.decisions[index]
    let effects = decision.slots[slot].effects
    let name = program.variables[decision.variable].name
    let live = evaluation.slots[index][slot].live
    var known: [Term] = []
    let conflict = bank.all(evaluation.slots[index][slot].conflict, evaluation.guardTruths[index].must)
    progress("conflicts of \(name)")
    while known.count < Self.mostConflicts {
      let open = bank.all([conflict] + known.map(bank.not))
      switch try session.ask(open, "conflict: \(name)") {
      case .never: return
      case .gaveUp(let reason):
        findings.append(.notProved("that no rules disagree about `\(name)`", .variable(name), reason))
        return
      case .possible(let model):
        let evaluated = Evaluator.evaluate(program, model.intake)
        let rules = SlotRules(
          effects: effects, truths: effects.map { evaluated.ruleTruths[$0.rule] }, combine: decision.combine)
        let pair = effects.indices.lazy.flatMap { first in effects.indices.lazy.map { (first, $0) } }.first {
          let (first, second) = $0
          return first < second && effects[first].verdict != effects[second].verdict && rules.isLive(first)
            && rules.isLive(second) && !effects[second].overriddenBy.contains(first)
            && !effects[first].overriddenBy.contains(second) && !known.contains(bank.all(live[first], live[second]))
        }
        guard let (first, second) = pair, evaluated.slotOutcomes[index][slot].contains(.conflict) else {
          findings.append(.disagreement(.variable(name), "a conflict about `\(name)`", model.intake))
          return
        }
        known.append(bank.all(live[first], live[second]))
        let ids = [effects[first], effects[second]].map { program.rules[$0.rule].baseID }
        guard seen.insert([decision.family] + ids).inserted else { continue }
        let both = [effects[first].rule, effects[second].rule]
        let shows = { [program] (intake: Intake) in
          let evaluation = Evaluator.evaluate(program, intake)
          return evaluation.slotOutcomes[index][slot] == [.conflict]
            && both.allSatisfy { evaluation.ruleTruths[$0] == .yes }
        }
        findings.append(
          Finding(
            .conflict, .rule(ids[0]),
            "`\(ids[0])` and `\(ids[1])` can both apply, and recommend different values for `\(name)`",
            related: [(.rule(ids[1]), "the other rule")],
            witness: session.witness(model.intake, [decision.variable], shows),
            advice: "let one override the other, or narrow one `when`"))
      }
    }
  }

  /// Services that count and together need more than is scheduled.
  private mutating func findOverfull(_ index: Int, _ slot: Int) throws(SolverFailure) {
    guard let item = program.decisions[index].slots[slot].variable else { return }
    let name = program.variables[item].name
    progress("conflicts of \(name)")
    switch try session.ask(evaluation.slotOutcomes[index][slot].isSurely(\.conflict, bank), "conflict: \(name)") {
    case .never: break
    case .gaveUp(let reason):
      findings.append(.notProved("that the other items leave room for `\(name)`", .variable(name), reason))
    case .possible(let model):
      let shows = { [program] (intake: Intake) in
        Evaluator.evaluate(program, intake).slotOutcomes[index][slot] == [.conflict]
      }
      guard shows(model.intake) else {
        findings.append(.disagreement(.variable(name), "a conflict about `\(name)`", model.intake))
        return
      }
      let fill = program.decisions[index].slots[slot].fill!
      let whole = program.variables[fill.variable].name
      findings.append(
        Finding(
          .conflict, .variable(name),
          "the items that count can need more than `\(whole)`, so that less than nothing is left for `\(name)`",
          witness: session.witness(model.intake, [item, fill.variable], shows),
          advice: "recommend less of the other items there, or more of `\(whole)`"))
    }
  }
}
