import Foundation
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// The compiled program says what the reference evaluator says, to the last outcome, unknowns included.
///
/// The longer run: `COMPARISONS=100000 swift test --filter CompiledProgramTests`.
struct CompiledProgramTests {
  /// How many random plans are compared.
  private static let comparisons = ProcessInfo.processInfo.environment["COMPARISONS"].flatMap(Int.init) ?? 6_000
  private static let intakesEach = 40

  @Test func saysWhatTheReferenceSaysOfRandomRulebooks() throws {
    for seed in 0..<(Self.comparisons / Self.intakesEach) {
      let text = RandomRulebook.text(RandomRulebook(seed: 1_000 + seed).trees)
      let program = try #require(Compiling.compile([("a.yaml", text)]).program)
      try compare(program, intakes: Self.intakesEach, seed: seed)
    }
  }

  @Test func saysWhatTheReferenceSaysOfTheShippedRulebook() throws {
    let program = try #require(Rulebook.load("\(Corpus.repository)/Rules", withCases: false).program)
    let contradictions = try compare(program, intakes: Self.comparisons / 20, seed: 1)
    #expect(contradictions > 0, "some intakes should contradict themselves")
  }

  /// Rulebooks of the trial and of golden plans use what random ones do not: parameters, dates, tables, phases, totals.
  @Test(arguments: Corpus.folders(in: "trial"))
  func saysWhatTheReferenceSaysOfTheTrial(name: String) throws {
    let program = try #require(Rulebook.load("\(Corpus.folder)/trial/\(name)", withCases: false).program)
    try compare(program, intakes: 60, seed: 2)
  }

  @Test(arguments: ShapedRulebook.allCases)
  func saysWhatTheReferenceSaysOfOtherShapes(shape: ShapedRulebook) throws {
    let each = shape == .guarded ? 120 : 8
    for seed in 0..<max(1, Self.comparisons / 6_000) {
      let compiled = Compiling.compile([("a.yaml", shape.text(seed: seed))])
      let program = try #require(compiled.program, "\(compiled.diagnostics.first?.message ?? "")")
      try compare(program, intakes: each, seed: seed)
    }
  }

  /// A fact that the entered total of one sum spares still counts while another sum that reads it is open, and has no total.
  @Test func sumsShareItems() throws {
    let text = """
      rulebook: {name: sums, title: Sums, version: 1.0.0}
      sources: {s: {title: S, kind: policy, confirmed: yes}}
      facts:
        a: {ask: A?, type: integer, range: 0 to 9}
        b: {ask: B?, type: integer, range: 0 to 9}
        c: {ask: C?, type: integer, range: 0 to 9}
        entered: {ask: E?, type: integer, range: 0 to 18}
        g: {ask: G?, type: yes_no}
        half.entered: {ask: H?, type: integer, range: 0 to 18, applies_when: {g: yes}}
      derived:
        whole: {sum: [a, b], or_entered_as: entered}
        half: {sum: [b, c], or_entered_as: half.entered}
      decisions: {d: {type: choice, ordered: [w, x], combine: highest}}
      rules:
        r0: {when: {whole: at least 0}, recommend: {d: w}, because: Since., sources: [s]}
        r1: {when: {half: at least 0}, recommend: {d: x}, because: Since., sources: [s]}

      """
    let program = try #require(Compiling.compile([("a.yaml", text)]).program)
    try compare(program, intakes: 400, seed: 3)
  }

  /// Where to look at all constants of a number takes long, each person is planned alone.
  @Test func manyConstantsAreLeftToTheIndex() throws {
    func text(rules: Int) -> String {
      let rules = (0..<rules).map {
        "  r\($0): {when: {a: at least \($0)}, recommend: {d: x}, because: Since., sources: [s]}\n"
      }
      return """
        rulebook: {name: many, title: Many, version: 1.0.0}
        sources: {s: {title: S, kind: policy, confirmed: yes}}
        facts: {a: {ask: A?, type: integer, range: 0 to 10000}}
        decisions: {d: {type: choice, ordered: [w, x], combine: highest}}
        rules:

        """ + rules.joined()
    }
    let few = try #require(Compiling.compile([("a.yaml", text(rules: 100))]).program)
    let many = try #require(Compiling.compile([("a.yaml", text(rules: 1_000))]).program)
    #expect(LaneProgram(CompiledProgram(few)) != nil)
    #expect(LaneProgram(CompiledProgram(many)) == nil)
  }

  /// - Returns: how many of the intakes contradict themselves.
  @discardableResult
  private func compare(_ program: Program, intakes: Int, seed: Int) throws -> Int {
    var contradictions = 0
    let compiled = CompiledProgram(program)
    let machine = PlanMachine(compiled)
    let assumed = PlanMachine(compiled)
    let brief = PlanMachine(compiled)
    var briefStatuses = PlanStatuses(compiled)
    let intake = CompiledIntake(compiled)
    let scratch = CompiledIntake(compiled)
    var statuses = PlanStatuses(compiled)
    var questions = OpenQuestions(compiled)
    var generator = SeededGenerator(seed: seed)
    var people: [Intake] = []
    defer { compareLanes(compiled, people, seed: seed) }
    for number in 0..<intakes {
      var answers = RandomIntake.make(program, unanswered: generator.pick([0, 0, 15, 40, 70, 100]), using: &generator)
      // Random days lie where every parameter has a value.
      if number % 10 == 9, let day = lastDayBeforeParameters(of: program) {
        answers.answers[program.variables[program.assessmentDay].name] = .number(Number(day))
      }
      people.append(answers)
      intake.read(answers)
      machine.run(intake)
      machine.read(&statuses, intake, assumed: assumed, scratch: scratch)
      let expected = Evaluator.evaluate(program, answers)
      if let difference = difference(machine, expected) {
        Issue.record("seed \(seed), intake \(number): \(difference)")
        return contradictions
      }
      brief.run(intake, .decisions)
      if let difference = difference(brief, expected) {
        Issue.record("seed \(seed), intake \(number), decisions only: \(difference)")
        return contradictions
      }
      let contradictsItself = !expected.contradictions.isEmpty
      #expect(machine.contradictsItself() == contradictsItself, "seed \(seed), intake \(number)")
      #expect(brief.contradictsItself() == contradictsItself, "seed \(seed), intake \(number), decisions only")
      contradictions += contradictsItself ? 1 : 0
      brief.read(&briefStatuses, intake, assumed: assumed, scratch: scratch)
      #expect(briefStatuses.plan == statuses.plan, "seed \(seed), intake \(number)")
      #expect(briefStatuses.decisions.map(\.brief) == statuses.decisions.map(\.brief), "seed \(seed), intake \(number)")
      machine.read(&statuses, intake, assumed: assumed, scratch: scratch)
      // The explanation takes long to write.
      guard number % 8 == 0 else { continue }
      let plan = Plan(program, answers)
      let found = program.presentation.decisions.map { statuses.decisions[$0] }
      #expect(found == plan.decisions.map(\.status), "seed \(seed), intake \(number)")
      #expect(statuses.plan == plan.status, "seed \(seed), intake \(number)")
      let deciders = deciders(machine, assumed, statuses)
      #expect(deciders == Set(plan.decidingRules), "seed \(seed), intake \(number)")
      let needed = questions.needed(program, machine, intake)
      let wanted = expected.neededFacts(for: program.decisions.indices)
      #expect(needed.now == wanted.now, "seed \(seed), intake \(number)")
      #expect(needed.later == wanted.later, "seed \(seed), intake \(number)")
      #expect(
        needed.unanswerable == wanted.unanswerable.subtracting(wanted.now), "seed \(seed), intake \(number)")
    }
    return contradictions
  }

  /// Sixty-four at once come out as the reference says, one by one, to the last outcome.
  private func compareLanes(_ compiled: CompiledProgram, _ people: [Intake], seed: Int) {
    guard let own = LaneProgram(compiled) else { return }
    let program = compiled.program
    let lanes = LaneMachine(own)
    let assumed = LaneMachine(own)
    let intake = LaneIntake(own)
    let scratch = LaneIntake(own)
    let machine = PlanMachine(compiled)
    let alone = CompiledIntake(compiled)
    let aloneAssumed = PlanMachine(compiled)
    let aloneScratch = CompiledIntake(compiled)
    var statuses = PlanStatuses(compiled)
    var expectedStatuses = PlanStatuses(compiled)
    for first in stride(from: 0, to: people.count, by: LaneIntake.laneCount) {
      let group = people[first..<min(people.count, first + LaneIntake.laneCount)]
      intake.reset()
      for person in group { intake.read(person) }
      lanes.run(intake)
      let contradictions = lanes.contradictions()
      lanes.readStatuses(intake, assumed: assumed, scratch: scratch)
      for (lane, person) in group.enumerated() {
        let expected = Evaluator.evaluate(program, person)
        let found = LanePlan(lanes, lane: lane)
        if let difference = difference(found, expected) {
          Issue.record("seed \(seed), intake \(first + lane), in a lane: \(difference)")
          return
        }
        alone.read(person)
        machine.run(alone)
        let isSame = hasSameResults(found, machine, program)
        #expect(isSame, "seed \(seed), intake \(first + lane), in a lane")
        #expect(contradictions >> UInt64(lane) & 1 == (expected.contradictions.isEmpty ? 0 : 1))
        lanes.read(&statuses, lane: lane)
        machine.read(&expectedStatuses, alone, assumed: aloneAssumed, scratch: aloneScratch)
        #expect(statuses.plan == expectedStatuses.plan, "seed \(seed), intake \(first + lane), in a lane")
        #expect(statuses.decisions == expectedStatuses.decisions, "seed \(seed), intake \(first + lane), in a lane")
      }
    }
  }

  /// The first thing in a lane that is not the same.
  private func difference(_ found: LanePlan, _ expected: Evaluation) -> String? {
    let program = expected.program
    for rule in program.rules.indices where found.truth(ofRule: rule) != expected.ruleTruths[rule] {
      return "rule \(program.rules[rule].id) is \(found.truth(ofRule: rule))"
    }
    for variable in program.variables.indices {
      guard let values = found.possibleValues(of: variable), values != expected.values[variable] else { continue }
      return "\(program.variables[variable].name) is \(values), should be \(expected.values[variable])"
    }
    for (decision, own) in program.decisions.enumerated() {
      let name = program.variables[own.variable].name
      if found.outcomes(of: decision) != expected.decisionOutcomes[decision] { return name }
      if found.isSettled(decision: decision) != expected.isSettled(decision) { return "\(name): settled or not" }
      for slot in own.slots.indices
      where found.outcomes(of: decision, slot: slot) != expected.slotOutcomes[decision][slot] {
        return "\(name)[\(slot)]: \(found.outcomes(of: decision, slot: slot))"
      }
    }
    return nil
  }

  /// Whether what is written of a plan is the same from a lane as from a machine of its own.
  private func hasSameResults(_ found: LanePlan, _ machine: borrowing PlanMachine, _ program: Program) -> Bool {
    for (decision, own) in program.decisions.enumerated() {
      guard found.applies(decision) == machine.applies(decision),
        own.hasMembers || found.result(of: decision) == machine.result(of: decision)
      else { return false }
      for slot in own.slots.indices
      where found.result(of: decision, slot: slot) != machine.result(of: decision, slot: slot) { return false }
      var (notOut, expected): ([Int], [Int]) = ([], [])
      found.forEachSlotNotOut(of: decision) { slot, _ in notOut.append(slot) }
      machine.forEachSlotNotOut(of: decision) { slot, _ in expected.append(slot) }
      guard notOut == expected else { return false }
    }
    return true
  }

  /// The last day on which some parameter has no value yet; `nil` without parameters.
  private func lastDayBeforeParameters(of program: Program) -> Int? {
    program.parameters.compactMap { $0.values.first?.from }.max().map { $0 - 1 }
  }

  /// The rules that decided something.
  private func deciders(
    _ machine: borrowing PlanMachine, _ assumed: borrowing PlanMachine, _ statuses: PlanStatuses
  ) -> Set<String> {
    let program = machine.program.program
    var rules: Set<String> = []
    for decision in program.decisions.indices {
      if machine.isAssumed(decision, statuses) {
        machine.forEachDecider(of: decision, shown: assumed, isAssumed: true) { rules.insert(program.rules[$0].id) }
      } else {
        machine.forEachDecider(of: decision, shown: machine, isAssumed: false) { rules.insert(program.rules[$0].id) }
      }
    }
    return rules
  }

  /// The first thing that is not the same.
  private func difference(_ machine: borrowing PlanMachine, _ expected: Evaluation) -> String? {
    let program = expected.program
    for step in program.evaluationOrder {
      switch step {
      case .rule(let rule):
        let found = machine.truth(ofRule: rule)
        // Where only decisions are asked for, a rule may be passed over, or what is left of it.
        let isPassedOver = found == .no || (found == .unknown && changesNothing(rule, machine, program))
        if machine.extent == .decisions, isPassedOver { continue }
        if found != expected.ruleTruths[rule] { return "rule \(program.rules[rule].id) is \(found)" }
      case .variable(let variable):
        let found = machine.possibleValues(of: variable)
        if found != expected.values[variable] {
          return "\(program.variables[variable].name) is \(found), should be \(expected.values[variable])"
        }
        guard case .decision(let decision) = program.variables[variable].kind else { continue }
        for slot in program.decisions[decision].slots.indices {
          let found = machine.outcomes(of: decision, slot: slot)
          let wanted = expected.slotOutcomes[decision][slot]
          if found != wanted { return "\(program.variables[variable].name)[\(slot)]: \(found), should be \(wanted)" }
        }
        if machine.outcomes(of: decision) != expected.decisionOutcomes[decision] {
          return "\(program.variables[variable].name): \(machine.outcomes(of: decision))"
        }
        if machine.isSettled(decision: decision) != expected.isSettled(decision) {
          return "\(program.variables[variable].name): settled or not"
        }
      }
    }
    return nil
  }

  /// Whether another rule, which surely applies, says the same of the same slot, or what beats it.
  private func changesNothing(_ rule: Int, _ machine: borrowing PlanMachine, _ program: Program) -> Bool {
    for decision in program.decisions {
      for slot in decision.slots {
        let rules = SlotRules(
          effects: slot.effects, truths: slot.effects.map { _ in .unknown }, combine: decision.combine)
        for own in slot.effects where own.rule == rule {
          for other in slot.effects where machine.truth(ofRule: other.rule) == .yes {
            if other.verdict == own.verdict || rules.spoils(other.verdict, own.verdict) { return true }
          }
        }
      }
    }
    return false
  }
}

extension DecisionPlan.Status {
  /// Without what only rules that were passed over can tell.
  fileprivate var brief: Self { self == .settledRegardless ? .settled : self }
}

extension OpenQuestions {
  /// The facts needed for some decision.
  fileprivate mutating func needed(
    _ program: Program, _ machine: borrowing PlanMachine, _ intake: borrowing CompiledIntake
  ) -> (now: Set<Int>, later: Set<Int>, unanswerable: Set<Int>) {
    var result: (now: Set<Int>, later: Set<Int>, unanswerable: Set<Int>) = ([], [], [])
    for decision in program.decisions.indices {
      forEachNeeded(for: decision, machine, intake) { fact, need in
        if need.contains(.now) { result.now.insert(fact) }
        if need.contains(.later) { result.later.insert(fact) }
        if need.contains(.unanswerable) { result.unanswerable.insert(fact) }
      }
    }
    result.later.subtract(result.now)
    result.unanswerable.subtract(result.now)
    return result
  }
}
