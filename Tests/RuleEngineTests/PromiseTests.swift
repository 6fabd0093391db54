import Rendering
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// What the meaning of the language promises, as named properties over random rulebooks and random intakes.
struct PromiseTests {
  static let rulebooks = 150
  static let intakesEach = 12

  /// Every way of giving values to what was not asked has an outcome that was listed.
  @Test func sound() throws {
    try each { program, intake, generator, seed in
      let before = Evaluator.evaluate(program, intake)
      for _ in 0..<4 {
        let after = Evaluator.evaluate(program, completed(intake, program, using: &generator))
        expectWithin(after, before, "seed \(seed)")
      }
    }
  }

  /// Answering what was not asked never adds an outcome, so what was settled stays.
  @Test func monotone() throws {
    try each { program, intake, generator, seed in
      let before = Evaluator.evaluate(program, intake)
      var more = intake
      for variable in program.variables where variable.fact != nil && more.answers[variable.name] == nil {
        guard generator.chance(40) else { continue }
        more.answers[variable.name] =
          generator.chance(20) ? .declined : RandomIntake.answer(variable.domain, unanswered: 30, using: &generator)
      }
      more = RandomIntake.consistent(more, program, before: intake)
      expectWithin(Evaluator.evaluate(program, more), before, "seed \(seed)")
    }
  }

  /// With a value for every fact that applies, each decision is settled unless one it reads has a gap or a conflict.
  @Test func total() throws {
    try each { program, intake, generator, seed in
      let complete = completed(RandomIntake.make(program, unanswered: 0, using: &generator), program, using: &generator)
      let evaluation = Evaluator.evaluate(program, complete)
      var broken: Set<Int> = []
      for case .variable(let variable) in program.evaluationOrder {
        let reads = reads(variable, program)
        let isBroken = !reads.isDisjoint(with: broken)
        if isBroken { broken.insert(variable) }
        guard case .decision(let decision) = program.variables[variable].kind else { continue }
        #expect(isBroken || evaluation.isSettled(decision), "seed \(seed): \(program.variables[variable].name)")
        let outcomes = evaluation.slotOutcomes[decision].reduce(into: evaluation.decisionOutcomes[decision]) {
          $0.formUnion($1)
        }
        if !outcomes.isDisjoint(with: [.gap, .conflict]) { broken.insert(variable) }
      }
    }
  }

  /// No answers to facts needed neither now nor later change any decision.
  @Test func needed() throws {
    try each { program, intake, generator, seed in
      let before = Evaluator.evaluate(program, intake)
      let needed = before.neededFacts(for: program.decisions.indices)
      var more = intake
      for index in program.variables.indices where !needed.now.contains(index) && !needed.later.contains(index) {
        let variable = program.variables[index]
        guard variable.fact != nil, more.answers[variable.name] == nil, generator.chance(70) else { continue }
        more.answers[variable.name] =
          generator.chance(10) ? .doesNotKnow : RandomIntake.answer(variable.domain, unanswered: 20, using: &generator)
      }
      more = RandomIntake.consistent(more, program, before: intake)
      let after = Evaluator.evaluate(program, more)
      for decision in program.decisions.indices {
        let name = program.variables[program.decisions[decision].variable].name
        #expect(outcomes(after, decision) == outcomes(before, decision), "seed \(seed): \(name)")
      }
    }
  }

  @Test func neededForEachDecision() throws {
    try each { program, intake, generator, seed in
      let before = Evaluator.evaluate(program, intake)
      for decision in program.decisions.indices {
        let needed = before.neededFacts(for: [decision])
        var more = intake
        for index in program.variables.indices where !needed.now.contains(index) && !needed.later.contains(index) {
          let variable = program.variables[index]
          guard variable.fact != nil, more.answers[variable.name] == nil, generator.chance(70) else { continue }
          more.answers[variable.name] =
            generator.chance(10)
            ? .doesNotKnow : RandomIntake.answer(variable.domain, unanswered: 20, using: &generator)
        }
        more = RandomIntake.consistent(more, program, before: intake)
        let after = Evaluator.evaluate(program, more)
        let name = program.variables[program.decisions[decision].variable].name
        #expect(outcomes(after, decision) == outcomes(before, decision), "seed \(seed): \(name)")
      }
    }
  }

  /// What is assumed was possible all along: an assumption takes nothing back, and settles nothing that was not listed.
  @Test func assumedIsAmongTheOutcomes() throws {
    var assumed = 0
    try each { program, intake, _, seed in
      let before = Evaluator.evaluate(program, intake)
      let plan = Plan(program, intake)
      for decision in plan.decisions where decision.status == .assumed && !decision.hasMembers {
        assumed += 1
        let index = try #require(program.decisions.firstIndex { program.variables[$0.variable].name == decision.name })
        let words = before.decisionOutcomes[index].map {
          Wording(before, language: "en").outcome(
            $0, in: program.decisions[index], slot: program.decisions[index].slots[0])
        }
        #expect(decision.values.allSatisfy { words.contains($0.label) }, "seed \(seed): \(decision.name)")
      }
      #expect(
        plan.status != .conflict
          || before.program.decisions.indices.contains { before.truth(ofOutcome: .conflict, of: $0) == .yes })
    }
    #expect(assumed > 20)
  }

  /// The order of files, sections, rules, keys and parts changes neither the digest nor a byte of a plan.
  @Test func orderNeverMatters() throws {
    for seed in 0..<60 {
      var generator = SeededGenerator(seed: seed)
      let trees = RandomRulebook(seed: seed).trees
      let program = try #require(compile([("a.yaml", RandomRulebook.text(trees))], seed))
      var shuffled = trees.map { ($0, $1.shuffled(using: &generator)) }.shuffled(using: &generator)
      let second = shuffled.prefix(3)
      shuffled.removeFirst(3)
      let other = try #require(
        compile([("z.yaml", RandomRulebook.text(Array(second))), ("b.yaml", RandomRulebook.text(shuffled))], seed))
      #expect(program == other, "seed \(seed)")
      for _ in 0..<3 {
        let intake = RandomIntake.make(program, unanswered: 40, using: &generator)
        #expect(PlanJSON.render(Plan(program, intake)) == PlanJSON.render(Plan(other, intake)), "seed \(seed)")
      }
    }
  }

  // MARK: Helpers of the properties

  private func each(
    _ body: (Program, Intake, inout SeededGenerator, Int) throws -> Void
  ) throws {
    for seed in 0..<Self.rulebooks {
      var generator = SeededGenerator(seed: seed)
      let program = try #require(compile([("a.yaml", RandomRulebook.text(RandomRulebook(seed: seed).trees))], seed))
      for _ in 0..<Self.intakesEach {
        let intake = RandomIntake.make(program, unanswered: generator.pick([20, 50, 80]), using: &generator)
        try body(program, intake, &generator, seed)
      }
    }
  }

  private func compile(_ files: [(name: String, text: String)], _ seed: Int) -> Program? {
    let compiled = Compiling.compile(files)
    if compiled.program == nil {
      let text = DiagnosticText(files: compiled.sources, style: TextStyle()).render(
        compiled.diagnostics.filter { $0.severity == .error })
      Issue.record("seed \(seed) makes no rulebook:\n\(text)")
    }
    return compiled.program
  }

  /// Gives every fact that was not asked a value. What was declined stays: that is an answer that matchers can ask for.
  private func completed(_ intake: Intake, _ program: Program, using generator: inout SeededGenerator) -> Intake {
    var complete = intake
    for variable in program.variables where variable.fact != nil {
      switch complete.answers[variable.name] {
      case nil:
        complete.answers[variable.name] = RandomIntake.answer(variable.domain, unanswered: 0, using: &generator)
      case .members(let members):
        complete.answers[variable.name] = .members(
          members.map { $0.truth == .unknown ? (generator.chance(50) ? .yes : .no) : $0 })
      default: break
      }
    }
    return RandomIntake.consistent(complete, program, before: intake)
  }

  private func outcomes(_ evaluation: Evaluation, _ decision: Int) -> [Set<Evaluation.Outcome>] {
    evaluation.program.decisions[decision].hasMembers
      ? evaluation.slotOutcomes[decision] : [evaluation.decisionOutcomes[decision]]
  }

  private func expectWithin(_ few: Evaluation, _ many: Evaluation, _ note: String) {
    for decision in few.program.decisions.indices {
      for (one, all) in zip(outcomes(few, decision), outcomes(many, decision)) {
        #expect(
          one.allSatisfy { allows(all, $0) },
          "\(note): \(few.program.variables[few.program.decisions[decision].variable].name)")
      }
    }
  }

  /// Whether an outcome was listed, by itself or within an interval of amounts.
  private func allows(_ listed: Set<Evaluation.Outcome>, _ outcome: Evaluation.Outcome) -> Bool {
    if listed.contains(outcome) { return true }
    return listed.contains { wider in
      guard case .between(let interval) = wider else { return false }
      return switch outcome {
      case .value(.number(let number)): interval.contains(number)
      case .between(let narrower): interval.contains(narrower.lower) && interval.contains(narrower.upper)
      default: false
      }
    }
  }

  private func reads(_ variable: Int, _ program: Program) -> Set<Int> {
    var conditions: [Condition] = []
    var found: Set<Int> = []
    switch program.variables[variable].kind {
    case .fact(let fact): conditions = [fact.appliesWhen].compactMap(\.self)
    case .derived(let derivation):
      found.formUnion(derivation.sources)
      conditions = derivation.conditions
    case .decision(let index):
      let decision = program.decisions[index]
      conditions = [decision.appliesWhen].compactMap(\.self)
      found.formUnion(decision.slots.compactMap(\.fill?.variable))
      conditions += decision.slots.flatMap(\.effects).map { program.rules[$0.rule].condition }
    case .item(let decision, _): found.insert(program.decisions[decision].variable)
    }
    for case .test(let variable, _) in conditions.flatMap(\.subtree) { found.insert(variable) }
    return found
  }
}
