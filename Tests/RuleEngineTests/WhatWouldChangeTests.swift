import RuleEngine
import SourceText
import TestSupport
import Testing

/// What would change a plan: exact and smallest, against trying out every answer.
struct WhatWouldChangeTests {
  typealias Atom = ChangeSearch.Atom
  typealias Target = ChangeSearch.Target

  /// A way, written out: one answer for each thing that changes.
  private struct Way: Hashable {
    var answers: [Atom: Int]
  }

  private struct Goal: Hashable {
    var target: Target
    var outcome: Evaluation.Outcome
  }

  /// For each outcome that some change settles, the ways with the fewest changes: as found, and as tried out one by one.
  @Test func exactAndSmallest() throws {
    var ways = 0
    var withSeveral = 0
    for seed in 0..<60 {
      var generator = SeededGenerator(seed: seed)
      let text = RandomRulebook.text(RandomRulebook(seed: seed).trees)
      var program = try #require(Compiling.compile([("a.yaml", text)]).program)
      markSomeChangeable(&program, using: &generator)
      for _ in 0..<3 {
        let intake = RandomIntake.make(program, unanswered: generator.pick([0, 0, 15, 50]), using: &generator)
        let base = Evaluator.evaluate(program, intake)
        var search = ChangeSearch(base, mostChanges: 99, mostPlans: 1_000_000)
        search.run()
        #expect(search.limit == nil)
        let found = writtenOut(search.found, program)
        let expected = triedOut(base)
        #expect(found == expected, "seed \(seed)")
        ways += expected.values.reduce(0) { $0 + $1.count }
        withSeveral += expected.values.count { $0.contains { $0.answers.count > 1 } }
      }
    }
    // The test says nothing if nothing ever changes.
    #expect(ways > 150)
    #expect(withSeveral > 10)
  }

  /// A bound is said, never reached in silence.
  @Test func limitsAreSaid() throws {
    var said: Set<String> = []
    for seed in 0..<60 {
      var generator = SeededGenerator(seed: seed)
      let text = RandomRulebook.text(RandomRulebook(seed: seed).trees)
      var program = try #require(Compiling.compile([("a.yaml", text)]).program)
      markSomeChangeable(&program, using: &generator)
      let base = Evaluator.evaluate(program, RandomIntake.make(program, unanswered: 0, using: &generator))
      var full = ChangeSearch(base, mostChanges: 99, mostPlans: 1_000_000)
      full.run()
      let most = full.found.map(\.box.count).max() ?? 0
      let few = WhatWouldChange(base, mostChanges: 1)
      if most > 1 {
        #expect(few.limit == .changes(1))
        said.insert("changes")
      }
      let short = WhatWouldChange(base, mostChanges: 99, mostPlans: 3)
      if most > 0 {
        #expect(short.limit == .plans(3))
        said.insert("plans")
      }
    }
    #expect(said == ["changes", "plans"])
  }

  /// Three or four facts with few answers, and none from which a total is added up that could also be entered.
  private func markSomeChangeable(_ program: inout Program, using generator: inout SeededGenerator) {
    var spared: Set<Int> = []
    for case .derived(.sum(let items, let enteredAs?)) in program.variables.map(\.kind) {
      spared.formUnion(items + [enteredAs])
    }
    let facts = program.variables.indices.filter { index in
      guard program.variables[index].fact != nil, !spared.contains(index) else { return false }
      if case .dates = program.variables[index].domain { return false }
      return true
    }
    for _ in 0..<4 {
      let fact = generator.pick(facts)
      guard case .fact(var entry) = program.variables[fact].kind else { continue }
      entry.isChangeable = true
      program.variables[fact].kind = .fact(entry)
    }
  }

  // MARK: As found

  private func writtenOut(_ found: [ChangeSearch.Found], _ program: Program) -> [Goal: Set<Way>] {
    var result: [Goal: Set<Way>] = [:]
    for one in found {
      var ways = [Way(answers: [:])]
      for (atom, cell) in one.box {
        let answers: [Int] =
          switch cell {
          case .options(let options): Array(options)
          case .member(let isIn): [isIn ? 1 : 0]
          case .interval(let interval): Array((interval.lower.whole ?? 0)...(interval.upper.whole ?? 0))
          }
        ways = ways.flatMap { way in answers.map { Way(answers: way.answers.merging([atom: $0]) { $1 }) } }
      }
      result[Goal(target: one.target, outcome: one.outcome), default: []].formUnion(ways)
    }
    return result
  }

  // MARK: Tried out

  private func triedOut(_ base: Evaluation) -> [Goal: Set<Way>] {
    let program = base.program
    let atoms = program.variables.indices.filter { program.variables[$0].fact?.isChangeable == true }
      .flatMap { fact -> [Atom] in
        let names = program.variables[fact].domain.names
        if case .members = program.variables[fact].domain { return names.indices.map { Atom(fact: fact, member: $0) } }
        return [Atom(fact: fact)]
      }
    var ways = [Way(answers: [:])]
    for atom in atoms {
      ways += ways.flatMap { way in
        otherAnswers(atom, base).map { Way(answers: way.answers.merging([atom: $0]) { $1 }) }
      }
    }
    var result: [Goal: Set<Way>] = [:]
    for way in ways.sorted(by: { $0.answers.count < $1.answers.count }) where !way.answers.isEmpty {
      let evaluation = Evaluator.evaluate(program, changed(base.intake, way, program))
      for target in targets(program) {
        let before = outcomes(target, base)
        let after = outcomes(target, evaluation)
        guard before.count == 1, after.count == 1, before != after, let outcome = after.first else { continue }
        if case .between = before.first! { continue }
        switch outcome {
        case .between, .gap, .conflict, .notApplicable: continue
        case .out where before == [.notApplicable]: continue
        case .value, .out: break
        }
        let goal = Goal(target: target, outcome: outcome)
        let least = result[goal]?.first?.answers.count ?? way.answers.count
        if way.answers.count == least { result[goal, default: []].insert(way) }
      }
    }
    return result
  }

  private func targets(_ program: Program) -> [Target] {
    program.decisions.indices.flatMap { index -> [Target] in
      let decision = program.decisions[index]
      guard decision.hasMembers else { return [Target(decision: index)] }
      return decision.slots.indices.filter { decision.slots[$0].fill == nil }.map { Target(decision: index, slot: $0) }
    }
  }

  private func outcomes(_ target: Target, _ evaluation: Evaluation) -> Set<Evaluation.Outcome> {
    target.slot.map { evaluation.slotOutcomes[target.decision][$0] } ?? evaluation.decisionOutcomes[target.decision]
  }

  /// Every answer but the one that is recorded.
  private func otherAnswers(_ atom: Atom, _ base: Evaluation) -> [Int] {
    let variable = base.program.variables[atom.fact]
    let recorded = base.intake.answers[variable.name]
    switch variable.domain {
    case .options(let names, _): return names.indices.filter { recorded != .option($0) }
    case .members:
      guard case .members(let members)? = recorded, let member = atom.member else { return [0, 1] }
      return [0, 1].filter { members[member].truth != Truth($0 == 1) }
    case .numbers(let numbers):
      let range = (numbers.interval.lower.whole ?? 0)...(numbers.interval.upper.whole ?? 0)
      return range.filter { recorded != .number(Number($0)) }
    case .dates: return []
    }
  }

  private func changed(_ intake: Intake, _ way: Way, _ program: Program) -> Intake {
    var result = intake
    for (atom, answer) in way.answers {
      let variable = program.variables[atom.fact]
      switch variable.domain {
      case .options: result.answers[variable.name] = .option(answer)
      case .numbers, .dates: result.answers[variable.name] = .number(Number(answer))
      case .members(let names):
        var members = names.map { _ in Answer.Member.notAsked }
        if case .members(let recorded)? = result.answers[variable.name] { members = recorded }
        members[atom.member ?? 0] = answer == 1 ? .yes : .no
        result.answers[variable.name] = .members(members)
      }
    }
    return result
  }
}
