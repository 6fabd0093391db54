import RuleEngine

/// Decisions that stay open for want of one answer although every answer to it leads to the same outcome, through different
/// rules (section 4: not promised is that whatever could be settled is).
///
/// Looked for where everything but that one fact is known.
struct OpenInVain {
  let session: ProofSession
  let progress: ProofProgress
  private(set) var findings: [Finding] = []
  private var program: Program { session.program }
  private var bank: TermBank { session.bank }
  /// The most values of a number that are tried one by one.
  private static let mostValues = 64

  init(_ session: ProofSession, _ progress: @escaping ProofProgress) {
    self.session = session
    self.progress = progress
  }

  mutating func run() throws(SolverFailure) {
    // To learn that somebody declines is an answer, too.
    let exempt = program.enteredTotals.union(program.recordedFacts)
    for fact in program.variables.indices {
      let variable = program.variables[fact]
      guard variable.fact != nil, fact != program.assessmentDay, !exempt.contains(fact) else { continue }
      let following = session.dependencies.following(from: [fact])
      let decisions = program.decisions.indices.filter { following.contains(program.decisions[$0].variable) }
      guard !decisions.isEmpty, let cells = cells(of: fact) else { continue }
      progress("whether \(variable.name) is asked in vain")
      try look(fact, cells, decisions)
    }
  }

  private mutating func look(
    _ fact: Int, _ cells: [PossibleValues.Values], _ decisions: [Int]
  ) throws(SolverFailure) {
    let program = program
    let name = program.variables[fact].name
    // Most answers lead to what the first or the last leads to; the others join where they turn out to make a difference.
    var tried = cells.count > 1 ? [0, cells.count - 1] : [0]
    while true {
      let asked = question(fact, tried.map { cells[$0] }, decisions)
      switch try session.ask(bank.any(asked.map(\.formula)), "open in vain: \(name)") {
      case .never: return
      case .gaveUp(let reason):
        findings.append(.notProved("that `\(name)` is never asked in vain", .variable(name), reason))
        return
      case .possible(let model):
        guard let decision = asked.first(where: { model.holds($0.formula) })?.decision else { return }
        var intake = model.intake
        for fact in [fact] + unanswered(behind: fact).keys { intake.answers[program.variables[fact].name] = nil }
        func isInVain(_ intake: Intake, _ places: some Sequence<Int>) -> Bool {
          Self.isInVain(program, intake, fact, places.map { cells[$0] }, decision)
        }
        if isInVain(intake, cells.indices) {
          findings.append(finding(fact, decision, intake) { isInVain($0, cells.indices) })
          return
        }
        let others = cells.indices.filter { !tried.contains($0) }
        guard !others.isEmpty, isInVain(intake, tried) else {
          findings.append(.disagreement(.variable(name), "that `\(name)` is asked in vain", intake))
          return
        }
        tried += others.first { !isInVain(intake, tried + [$0]) }.map { [$0] } ?? others
      }
    }
  }

  /// For each decision, whether it is open in vain while the fact is not answered, as far as these answers go.
  private func question(
    _ fact: Int, _ cells: [PossibleValues.Values], _ decisions: [Int]
  ) -> [(decision: Int, formula: Term)] {
    guard let known = session.intake.answers[fact] else { return [] }
    var unknown = known
    unknown.isKnown = .no
    if case .members(let members) = known.value { unknown.value = .members(members.map { (.no, $0.isIn) }) }
    let later = unanswered(behind: fact)
    let open = session.evaluation.changing(later.merging([fact: unknown]) { $1 }, session.dependencies)
    let answered = cells.map { cell in
      session.evaluation.changing(later.merging([fact: answer(cell, known)]) { $1 }, session.dependencies)
    }
    return decisions.map { decision in
      let slots = open.slotOutcomes[decision].indices.map { slot in
        inVain(open.slotOutcomes[decision][slot], answered.map { $0.slotOutcomes[decision][slot] })
      }
      let own = open.decisionOutcomes[decision].map { outcomes in
        inVain(outcomes, answered.map { $0.decisionOutcomes[decision]! })
      }
      let formula = program.decisions[decision].hasMembers ? bank.any(slots) : own ?? .no
      let applies = bank.not(open.values[fact].cannotApply)
      return (decision, bank.all(applies, formula, bank.all(answered.map(\.isPossible))))
    }
  }

  private func finding(_ fact: Int, _ decision: Int, _ intake: Intake, _ shows: (Intake) -> Bool) -> Finding {
    let name = program.variables[fact].name
    let variable = program.decisions[decision].variable
    let decided = program.variables[variable].name
    return Finding(
      .openInVain, .variable(name),
      "`\(name)` can be asked in vain: `\(decided)` stays open, though every answer leads to the same",
      related: [(.variable(decided), "stays open")],
      witness: session.witness(intake, [variable], shows),
      advice: "write one rule for what several say together, so that it need not be asked")
  }

  private func inVain(_ open: SymbolicOutcomes, _ answered: [SymbolicOutcomes]) -> Term {
    guard let first = answered.first else { return .no }
    return bank.all(
      [bank.not(open.isSettled(bank)), first.isSettled(bank)]
        + answered.dropFirst().map { bank.not($0.differs(from: first, bank)) })
  }

  private static func isInVain(
    _ program: Program, _ intake: Intake, _ fact: Int, _ cells: [PossibleValues.Values], _ decision: Int
  ) -> Bool {
    let hasMembers = program.decisions[decision].hasMembers
    func outcomes(_ evaluation: Evaluation) -> [Set<Evaluation.Outcome>] {
      hasMembers ? evaluation.slotOutcomes[decision] : [evaluation.decisionOutcomes[decision]]
    }
    let before = Evaluator.evaluate(program, intake)
    guard !before.values[fact].cannotApply else { return false }
    let open = outcomes(before)
    let supposed = cells.map { Evaluator.evaluate(program, intake, supposing: [fact: $0]) }
    guard supposed.allSatisfy(\.contradictions.isEmpty) else { return false }
    let answered = supposed.map(outcomes)
    return open.indices.contains { slot in
      !open[slot].isSettled && answered.allSatisfy { $0[slot].isSettled && $0[slot] == answered[0][slot] }
    }
  }

  /// The facts that apply or not by the answer to this one, none of them asked: its answer comes first.
  private func unanswered(behind fact: Int) -> [Int: SymbolicIntake.Answer] {
    var later: [Int: SymbolicIntake.Answer] = [:]
    for place in session.dependencies.following(from: [fact]) where place < program.variables.count && place != fact {
      guard var answer = session.intake.answers[place] else { continue }
      answer.isKnown = .no
      if case .members(let members) = answer.value { answer.value = .members(members.map { (.no, $0.isIn) }) }
      later[place] = answer
    }
    return later
  }

  // MARK: Cells

  private func answer(_ cell: PossibleValues.Values, _ known: SymbolicIntake.Answer) -> SymbolicIntake.Answer {
    var answer = known
    switch cell {
    case .options(let options):
      if case .options(let all) = known.value {
        answer.value = .options(all.indices.map { bank.constant(options.contains($0)) })
      }
    case .interval(let interval): answer.value = .number(bank.whole(session.scale.floor(interval.lower)))
    case .members(let members):
      answer.value = .members(members.map { (.yes, bank.constant($0 == .yes)) })
    case .none: break
    }
    return answer
  }

  /// Every answer that can make a difference; `nil` where there are too many to try.
  private func cells(of fact: Int) -> [PossibleValues.Values]? {
    switch program.variables[fact].domain {
    case .options(let names, _): return names.indices.map { .options([$0]) }
    case .members(let names):
      guard names.count <= 6 else { return nil }
      return (0..<(1 << names.count)).map { bits in
        .members(names.indices.map { Truth(bits & (1 << $0) != 0) })
      }
    case .dates: return nil
    case .numbers(let numbers):
      if isCalculatedWith(fact) {
        guard numbers.isWhole, let first = numbers.interval.lower.whole, let last = numbers.interval.upper.whole,
          last - first < Self.mostValues
        else { return nil }
        return (first...last).map { .interval(Interval(Number($0))) }
      }
      return bounds(of: fact, numbers).map { .interval(Interval($0)) }
    }
  }

  private func isCalculatedWith(_ fact: Int) -> Bool {
    program.variables.contains { variable in
      switch variable.kind {
      case .derived(.bands): false
      case .derived(let derivation): derivation.sources.contains(fact)
      default: false
      }
    }
  }

  /// One number of each cell into which the rulebook cuts the domain.
  private func bounds(of fact: Int, _ numbers: NumberDomain) -> [Number] {
    var found: Set<Number> = [numbers.interval.lower]
    func note(_ number: Number) {
      // The number itself, and its neighbours in the scale of the program.
      let scaled = session.scale.floor(number)
      let step = numbers.isWhole ? session.scale.perOne : 1
      for near in [scaled - step, scaled, scaled + step] { found.insert(session.scale.number(near)) }
    }
    for case .test(fact, let matcher) in program.conditions.flatMap(\.subtree) {
      for operand in matcher.ranges.flatMap(\.operands) {
        switch operand {
        case .constant(let number): note(number)
        case .parameter(let index, let times):
          for value in program.parameters[index].values { note(value.value * Number(times)) }
        case .daysFromAssessment: break
        }
      }
    }
    for case .derived(.bands(fact, let bands)) in program.variables.map(\.kind) {
      for band in bands { note(band.lower) }
    }
    return found.filter { numbers.interval.contains($0) && (!numbers.isWhole || $0.isWhole) }.sorted()
  }
}
