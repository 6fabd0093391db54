import RuleEngine

/// Proves the properties of a rulebook, each over the intakes that it speaks about.
struct PropertyProofs {
  let session: ProofSession
  let progress: ProofProgress
  private(set) var findings: [Finding] = []
  /// How many pairs of partial intakes are compared for what is needed.
  private static let mostPairs = 200
  private var program: Program { session.program }
  private var bank: TermBank { session.bank }
  private var evaluation: SymbolicEvaluation { session.evaluation }

  init(_ session: ProofSession, _ progress: @escaping ProofProgress) {
    self.session = session
    self.progress = progress
  }

  // MARK: Expectations

  /// Wherever `when` surely holds, `expect` must surely hold.
  mutating func proveExpectations(_ properties: [Property]) throws(SolverFailure) {
    let expectations = properties.compactMap { property in property.expect.map { (property, $0) } }
    if try hold(expectations.map { violation($0, $1) }, "whatever is expected") { return }
    for (property, expect) in expectations { try proveExpectation(property, expect) }
  }

  /// Whether nothing of this can be. Asked about at once, it takes half the time of one after the other; and mostly there is
  /// nothing else to ask.
  private func hold(_ violations: [Term], _ what: String) throws(SolverFailure) -> Bool {
    guard violations.count > 1 else { return violations.isEmpty }
    progress("\(what), in \(violations.count) places")
    if case .never = try session.ask(bank.any(violations), "properties: \(what)", takesLong: true) { return true }
    return false
  }

  private func violation(_ property: Property, _ expect: Condition) -> Term {
    bank.all(evaluation.truth(of: property.when).must, bank.not(evaluation.truth(of: expect).must))
  }

  private mutating func proveExpectation(_ property: Property, _ expect: Condition) throws(SolverFailure) {
    progress("the property \(property.id)")
    switch try session.ask(violation(property, expect), "property: \(property.id)") {
    case .never: break
    case .gaveUp(let reason): findings.append(.notProved("that `\(property.id)` holds", .property(property.id), reason))
    case .possible(let model):
      func truths(_ intake: Intake) -> (when: Truth, expect: Truth) {
        let evaluation = Evaluator.evaluate(program, intake)
        return (evaluation.truth(of: property.when), evaluation.truth(of: expect))
      }
      let found = truths(model.intake)
      guard found.when == .yes, found.expect != .yes else {
        findings.append(.disagreement(.property(property.id), "a violation of `\(property.id)`", model.intake))
        return
      }
      // Of a complete intake less may be shown only where the less already breaks the property for sure.
      let mayBeOpen = session.scope == .partial
      let shows = { (intake: Intake) in
        let (when, expected) = truths(intake)
        return when == .yes && (mayBeOpen ? expected != .yes : expected == found.expect && expected == .no)
      }
      let subjects = variables(of: [property.when, expect])
      let canBeSmaller = mayBeOpen || found.expect == .no
      let intake = canBeSmaller ? session.witnesses.minimized(model.intake, about: subjects, shows) : model.intake
      let parts = unmet(expect, Evaluator.evaluate(program, intake))
      let what = found.expect == .no ? "does not hold" : "is not sure to hold"
      findings.append(
        Finding(
          .propertyViolated, .property(property.id), "the property `\(property.id)` \(what) for every intake",
          related: deciders(parts, intake),
          witness: Finding.Witness(intake: intake, outcomes: outcomes(parts, intake)),
          advice: "change the rules that decide there, or say in `when` where the property holds"))
    }
  }

  private func variables(of conditions: [Condition]) -> [Int] {
    conditions.flatMap(\.subtree).flatMap { part -> [Int] in
      switch part {
      case .test(let variable, _), .unknown(let variable): [variable]
      case .outcome(let decision, _): [program.decisions[decision].variable]
      case .plan: program.decisions.map(\.variable)
      case .applies(let rule): [program.variables.count + rule]
      default: []
      }
    }
  }

  /// The variables of the parts of an expectation that do not surely hold.
  private func unmet(_ expect: Condition, _ evaluation: Evaluation) -> [Int] {
    guard evaluation.truth(of: expect) != .yes else { return [] }
    if case .all(let parts) = expect { return parts.flatMap { unmet($0, evaluation) } }
    return variables(of: [expect]).filter { $0 < program.variables.count }
  }

  /// How the variables came out that break an expectation.
  private func outcomes(_ variables: [Int], _ intake: Intake) -> [(name: String, text: String)] {
    let wording = Wording(Evaluator.evaluate(program, intake), language: "en")
    return Set(variables).sorted().map { (program.variables[$0].name, wording.outcomes(of: $0)) }
  }

  /// The rules that won what breaks an expectation.
  private func deciders(_ variables: [Int], _ intake: Intake) -> [(subject: Finding.Subject, message: String)] {
    let variables = decided(variables)
    let effects = EvaluationEffects(Evaluator.evaluate(program, intake))
    var rules: Set<String> = []
    for variable in session.dependencies.below(variables) where variable >= program.variables.count {
      let rule = variable - program.variables.count
      let speaksOfIt = program.decisions.contains { decision in
        decision.slots.contains { slot in
          let isMeant = variables.contains(slot.variable ?? -1) || variables.contains(decision.variable)
          return isMeant && slot.effects.contains { $0.rule == rule }
        }
      }
      if effects.won.contains(rule), speaksOfIt { rules.insert(program.rules[rule].baseID) }
    }
    return rules.sorted().prefix(4).map { (.rule($0), "decides there") }
  }

  /// The decisions and items among these variables, and those that they are worked out from.
  private func decided(_ variables: [Int]) -> [Int] {
    variables.flatMap { variable -> [Int] in
      guard case .derived(let derivation) = program.variables[variable].kind else { return [variable] }
      if case .total(let decision, _) = derivation { return [program.decisions[decision].variable] }
      return decided(
        derivation.sources + self.variables(of: derivation.conditions).filter { $0 < program.variables.count })
    }
  }

  /// The decisions in the order in which they are worked out: what goes wrong in one goes on into those that read it.
  private func inOrder(_ decisions: [Int]) -> [Int] {
    program.evaluationOrder.compactMap { step in
      guard case .variable(let variable) = step, case .decision(let index) = program.variables[variable].kind else {
        return nil
      }
      return decisions.contains(index) ? index : nil
    }
  }

  // MARK: Independence

  /// Whatever is answered to some facts, and whether it is, the decisions come out the same.
  mutating func proveIndependence(_ property: Property) throws(SolverFailure) {
    let facts = session.dependencies.facts(standingBehind: property.independentOf)
    // What nothing reads on the way to a decision cannot matter to it, nor to the questions that are needed for it.
    let below = session.dependencies.below(property.decisions.map { program.decisions[$0].variable })
    let read = facts.intersection(below).sorted()
    guard !read.isEmpty else { return }
    progress("the property \(property.id)")
    var changed: [Int: SymbolicIntake.Answer] = [:]
    for fact in read { changed[fact] = session.second(fact) }
    let second = evaluation.changing(changed, session.dependencies)
    for decision in inOrder(property.decisions) {
      let differs = bank.all(
        evaluation.truth(of: property.when).must, second.truth(of: property.when).must, second.isPossible,
        second.differs(from: evaluation, in: [decision]))
      let variable = program.decisions[decision].variable
      let name = program.variables[variable].name
      switch try session.ask(differs, "property: \(property.id), \(name)") {
      case .never: continue
      case .gaveUp(let reason):
        findings.append(.notProved("that `\(property.id)` holds", .property(property.id), reason))
      case .possible(let model):
        let pair = (model.intake, session.intake(model, changing: changed))
        let shows = { [program] (one: Intake, other: Intake) in
          let both = [one, other].map { Evaluator.evaluate(program, $0) }
          return both.allSatisfy { $0.truth(of: property.when) == .yes && $0.contradictions.isEmpty }
            && both[0].slotOutcomes[decision] != both[1].slotOutcomes[decision]
        }
        report(
          property, pair, read, [variable], "`\(name)` depends on \(names(read))", related: readers(read, variable),
          advice: "two people who differ in nothing else get different plans; change the rules, or the property", shows)
      }
      return
    }
    findOtherQuestions(property, read)
  }

  /// Whether what is needed to settle a decision depends on facts, although how it comes out does not. Looked for among
  /// samples, and not proved: the solver knows nothing of needed facts.
  private mutating func findOtherQuestions(_ property: Property, _ read: [Int]) {
    var sampler = Sampler(program, seed: 11)
    var steering = Steering(program, seed: 12)
    var chance = Chance(seed: 13)
    for decision in inOrder(property.decisions) {
      let variable = program.decisions[decision].variable
      let shows = { [program] (one: Intake, other: Intake) in
        let both = [one, other].map { Evaluator.evaluate(program, $0) }
        return both.allSatisfy { $0.truth(of: property.when) == .yes && $0.contradictions.isEmpty }
          && both[0].neededFacts(for: [decision]) != both[1].neededFacts(for: [decision])
      }
      for _ in 0..<Self.mostPairs {
        let ways = chance.pick(read).map(session.dependencies.readers(of:)) ?? []
        var one = steering.steered(sampler.next(), toward: chance.pick(ways) ?? [])
        for variable in program.variables.indices where !read.contains(variable) && chance.below(2) == 0 {
          one.answers[program.variables[variable].name] = nil
        }
        var other = one
        for fact in read { other.answers[program.variables[fact].name] = nil }
        guard shows(one, other) else { continue }
        report(
          property, (one, other), read, [variable],
          "which questions `\(program.variables[variable].name)` needs depends on \(names(read))",
          related: readers(read, variable),
          advice: "two who differ in nothing else are asked different questions; change the rules, or the property",
          shows)
        return
      }
    }
  }

  private func names(_ facts: [Int]) -> String {
    facts.map { "`\(program.variables[$0].name)`" }.joined(separator: ", ")
  }

  /// What of that which a decision follows from reads one of the facts itself.
  private func readers(_ facts: [Int], _ decision: Int) -> [(subject: Finding.Subject, message: String)] {
    let below = session.dependencies.below([decision])
    let readers = session.dependencies.directReaders(of: Set(facts)).filter {
      below.contains($0) && !facts.contains($0)
    }
    return readers.prefix(4).map { place in
      let rule = place - program.variables.count
      let subject: Finding.Subject =
        rule < 0 ? .variable(program.variables[place].name) : .rule(program.rules[rule].baseID)
      return (subject, "reads \(names(facts.filter { session.dependencies.directReaders(of: [$0]).contains(place) }))")
    }
  }

  /// A violation that two intakes show.
  private mutating func report(
    _ property: Property, _ pair: (Intake, Intake), _ facts: [Int], _ subjects: [Int], _ what: String,
    related: [(subject: Finding.Subject, message: String)] = [], advice: String, _ shows: (Intake, Intake) -> Bool
  ) {
    guard shows(pair.0, pair.1) else {
      findings.append(.disagreement(.property(property.id), "a violation of `\(property.id)`", pair.0))
      return
    }
    let own = Set(facts.map { program.variables[$0].name })
    let shared = Intake(answers: pair.0.answers.filter { !own.contains($0.key) })
    func with(_ shared: Intake, _ intake: Intake) -> Intake {
      Intake(answers: shared.answers.merging(intake.answers.filter { own.contains($0.key) }) { $1 })
    }
    let smallest = session.witnesses.minimized(shared, about: subjects) { shows(with($0, pair.0), with($0, pair.1)) }
    var (one, other) = (with(smallest, pair.0), with(smallest, pair.1))
    for name in own.sorted() {
      var (less, lessOther) = (one, other)
      less.answers[name] = nil
      lessOther.answers[name] = nil
      if shows(less, lessOther) { (one, other) = (less, lessOther) }
    }
    let outcomes = [("one", one), ("the other", other)].flatMap { which, intake in
      self.outcomes(subjects, intake).map { (name: "\(which): \($0.name)", text: $0.text) }
    }
    findings.append(
      Finding(
        .propertyViolated, .property(property.id),
        "the property `\(property.id)` does not hold for every intake: \(what)",
        related: related, witness: Finding.Witness(intake: one, other: other, outcomes: outcomes),
        advice: advice))
  }

  // MARK: Monotony

  /// That where a score is higher, all else equal, one decision comes out no lower.
  private struct MonotoneQuestion {
    let property: Property
    let score: Int
    let order: ScoreOrder
    let second: SymbolicEvaluation
    let decision: Int
  }

  /// Where the score is higher, all else equal, no decision comes out lower.
  mutating func proveMonotony(_ properties: [Property]) throws(SolverFailure) {
    let questions = properties.map(monotoneQuestions)
    if try hold(questions.joined().map(violation), "whatever is monotone") { return }
    for ofOne in questions {
      for question in ofOne where try !proveMonotony(question) { break }
    }
  }

  private func monotoneQuestions(_ property: Property) -> [MonotoneQuestion] {
    property.monotone.flatMap { score in
      let order = ScoreOrder(session, score)
      let second = evaluation.changing(order.second, session.dependencies)
      return inOrder(property.decisions).map {
        MonotoneQuestion(property: property, score: score, order: order, second: second, decision: $0)
      }
    }
  }

  private func violation(_ question: MonotoneQuestion) -> Term {
    let second = question.second
    let when = question.property.when
    return bank.all(
      evaluation.truth(of: when).must, second.truth(of: when).must, second.isPossible,
      question.order.isNoLower(evaluation, second),
      OutcomeOrder(program, question.decision).isLower(second, than: evaluation))
  }

  /// Returns whether it is so.
  private mutating func proveMonotony(_ question: MonotoneQuestion) throws(SolverFailure) -> Bool {
    let (property, score) = (question.property, question.score)
    let variable = program.decisions[question.decision].variable
    let name = program.variables[variable].name
    progress("the property \(property.id)")
    switch try session.ask(violation(question), "property: \(property.id), \(name)") {
    case .never: return true
    case .gaveUp(let reason):
      findings.append(.notProved("that `\(property.id)` holds", .property(property.id), reason))
    case .possible(let model):
      let comparison = OutcomeOrder(program, question.decision)
      let changed = question.order.second
      let pair = (model.intake, session.intake(model, changing: changed))
      let shows = { [program] (one: Intake, other: Intake) in
        let (first, second) = (Evaluator.evaluate(program, one), Evaluator.evaluate(program, other))
        return [first, second].allSatisfy { $0.truth(of: property.when) == .yes && $0.contradictions.isEmpty }
          && comparison.isLower(second, than: first)
          && ScoreOrder.isNoLower(second.values[score], than: first.values[score])
      }
      report(
        property, pair, changed.keys.sorted(), [variable],
        "where `\(program.variables[score].name)` is higher, `\(name)` is less",
        advice: "the second is worse off and gets less; change the rules, or the property", shows)
    }
    return false
  }
}
