@testable import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// Small faults and the cases that notice them.
struct MutationTests {
  private static let rules = """
    sources: {policy: {title: Our policy, kind: policy, confirmed: yes}}
    parameters: {most: {unit: points, sources: [policy], values: [{from: 2020-01-01, value: 3}]}}
    facts:
      hours: {ask: When?, type: choice, options: [days, evenings, nights]}
      leave: {ask: Leave?, type: yes_no, applies_when: {hours: days}}
      needs: {ask: What?, type: choices, options: [ride, child_care]}
      q1: {ask: One?, type: integer, range: 0 to 3, unit: points}
      q2: {ask: Two?, type: integer, range: 0 to 3, unit: points}
      day: {ask: Since?, type: date}
    derived:
      score: {sum: [q1, q2]}
      band: {bands: score, as: {low: 0 to 2, high: 3 to 6}}
    catalogues: {offers: {group: {unit: minutes a week}, single: {unit: minutes a week}}}
    decisions:
      track: {type: choice, options: [daytime, evening], combine: preferred, prefer: [evening, daytime], otherwise: {value: daytime, because: It.}}
      visits: {type: integer, range: 1 to 5, combine: highest, otherwise: {value: 1, because: It.}}
      services: {type: menu, of: offers, combine: highest}
    rules:
      job: {when: {hours: [days, evenings], leave: no}, recommend: {track: evening}, because: It., sources: [policy]}
      leave-opens: {when: {leave: yes}, rule_out: {track: evening}, overrides: [job], because: It., sources: [policy]}
      low: {when: {band: high, needs: includes ride}, recommend: {services: {single: 60}}, because: It., sources: [policy]}
      much: {when: {score: at least $most}, recommend: {visits: 3}, because: It., sources: [policy]}
      lately: {when: {day: within 30 days before}, recommend: {services: {group: 90}}, because: It., sources: [policy]}
    cases:
      day: {given: {assessed_on: 2026-11-20, hours: days, leave: no, needs: [], q1: 0, q2: 0, day: 2026-11-01}, expect: {track: evening, visits: 1}}

    """

  private func compile(_ text: String) throws -> (program: Program, cases: [Case]) {
    let compiled = Compiling.compile([("rules.yaml", text)])
    #expect(compiled.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    return (try #require(compiled.program), compiled.cases)
  }

  /// Each survivor's case is read by the language as it is printed, passes now, and leaves the survivor none.
  @Test func survivorsComeWithACaseThatNotices() throws {
    let (program, cases) = try compile(Self.rules)
    let first = try MutationRun.run(cases, program)
    #expect(first.killed > 0)
    #expect(first.counted == first.killed + first.survivors.count)
    let killers = first.survivors.compactMap(\.killer)
    #expect(killers.count > 20)
    let more = try compile(Self.rules + killers.joined())
    #expect(CaseRunner.run(more.cases, more.program).filter { !$0.hasPassed }.map(\.id) == [])
    let second = try MutationRun.run(more.cases, more.program)
    let noticed = Set(first.survivors.filter { $0.killer != nil }.map { "\($0.mutant.element) \($0.mutant.change)" })
    #expect(second.survivors.map { "\($0.mutant.element) \($0.mutant.change)" }.filter(noticed.contains) == [])
    #expect(second.killed >= first.killed + killers.count)
  }

  /// Every kind of fault is made.
  @Test func everyKindOfFault() throws {
    let (program, cases) = try compile(Self.rules)
    let kinds = Set(
      try MutationRun.run(Array(cases.prefix(1)), program, proves: false).survivors.map { survivor in
        String("\(survivor.mutant.change)".prefix { $0.isLetter })
      })
    #expect(
      kinds.isSuperset(of: [
        "clause", "clauseDropped", "ruleDropped", "verdict", "overrideDropped", "otherwise", "parameter", "band",
      ]), "\(kinds)")
  }

  /// What is proved to be no other rulebook does not count; unproved, it does.
  @Test func equalMutantsDoNotCount() throws {
    let (program, cases) = try compile(Self.rules)
    let alone = try MutationRun.run(cases, program, proves: false)
    let proved = try MutationRun.run(cases, program)
    #expect(proved.equivalent > 0)
    #expect(proved.counted == alone.counted - proved.equivalent)
    #expect(proved.killed == alone.killed)
    #expect(proved.survivors.allSatisfy { $0.killer != nil || $0.reason != nil })
  }

  /// Of random rulebooks and their mutants: what is proved equal is, for many intakes; what differs does.
  @Test func equalIsWhatTheEvaluatorFindsEqual() throws {
    var (equal, different) = (0, 0)
    for seed in 0..<12 {
      var generator = SeededGenerator(seed: seed)
      let (program, _) = try compile(RandomRulebook.text(RandomRulebook(seed: seed).trees))
      let intakes = (0..<60).map { RandomIntake.make(program, unanswered: $0, using: &generator) }
      let prover = EquivalenceProver(program)
      for (place, mutant) in MutantMaker.all(of: program).enumerated() where place % 11 == seed % 11 {
        let changed = mutant.applied(to: program)
        switch try prover.find(mutant) {
        case .equal:
          equal += 1
          for intake in intakes {
            let (before, after) = (Evaluator.evaluate(program, intake), Evaluator.evaluate(changed, intake))
            #expect(before.contradictions.isEmpty == after.contradictions.isEmpty, "seed \(seed): \(mutant.change)")
            guard before.contradictions.isEmpty else { continue }
            #expect(before.slotOutcomes == after.slotOutcomes, "seed \(seed): \(mutant.change)")
            #expect(before.decisionOutcomes == after.decisionOutcomes, "seed \(seed): \(mutant.change)")
          }
        case .differs(let intake):
          different += 1
          let (before, after) = (Evaluator.evaluate(program, intake), Evaluator.evaluate(changed, intake))
          #expect(
            before.slotOutcomes != after.slotOutcomes || before.decisionOutcomes != after.decisionOutcomes
              || before.contradictions.isEmpty != after.contradictions.isEmpty
              || Plan(before).status != Plan(after).status
              || before.neededFacts(for: program.decisions.indices).now
                != after.neededFacts(for: program.decisions.indices).now
              || program.variables.indices.contains {
                before.values[$0].mayNotApply != after.values[$0].mayNotApply
                  || before.values[$0].cannotApply != after.values[$0].cannotApply
              }, "seed \(seed): \(mutant.change)")
        case .unknown(let reason): Issue.record("seed \(seed): \(reason)")
        }
      }
    }
    #expect(equal > 10 && different > 100, "\(equal) equal, \(different) different")
  }

  /// Where a rule tells which answers cannot be together, another rule there is another rulebook.
  @Test func whatCannotBeFollowsFromRules() throws {
    let (program, _) = try compile(
      """
      facts:
        work: {ask: Do you work?, type: yes_no}
        nights: {ask: Do you work nights?, type: yes_no}
      decisions:
        track: {type: choice, options: {day: Day, evening: Evening}, combine: one, otherwise: {value: day, because: Else., sources: [s]}}
      rules:
        nights-without-work:
          when: {work: no, nights: yes}
          recommend: {track: day}
          because: So.
          sources: [s]
      impossible:
        idle-nights:
          when: {nights-without-work: applies}
          because: Nobody works nights without work.
      sources: {s: {title: S, kind: policy, confirmed: yes}}
      """)
    let prover = EquivalenceProver(program)
    // It recommends what stands there anyhow, so a plan shows nothing of it.
    for mutant in MutantMaker.all(of: program) {
      if case .rule = mutant.element, case .equal = try prover.find(mutant) { Issue.record("\(mutant.change)") }
    }
  }

  /// A record of the whole plan notices what no expectation does, and is counted apart.
  @Test func recordsNotice() throws {
    let (program, cases) = try compile(Self.rules)
    let alone = try MutationRun.run(cases, program)
    let recorded = try MutationRun.run(cases, program, record: { "\(Evaluator.evaluate($1, $0.intake).slotOutcomes)" })
    #expect(recorded.killedByRecords > 0)
    #expect(recorded.killed == alone.killed + recorded.killedByRecords)
    #expect(recorded.survivors.count == alone.survivors.count - recorded.killedByRecords)
    let blind = try MutationRun.run(cases, program, record: { _, _ in "the same" })
    #expect(blind.killedByRecords == 0 && blind.killed == alone.killed)
  }

  /// Cases are passed over only where they could not have noticed.
  @Test func whatCannotShowDoesNotShow() throws {
    var passedOver = 0
    for seed in 0..<25 {
      var generator = SeededGenerator(seed: seed)
      let (program, _) = try compile(RandomRulebook.text(RandomRulebook(seed: seed).trees))
      let intakes = (0..<3).map { _ in RandomIntake.make(program, unanswered: 30, using: &generator) }
      let evaluations = intakes.map { Evaluator.evaluate(program, $0) }
      for (place, mutant) in MutantMaker.all(of: program).enumerated() where place % 7 == seed % 7 {
        let changed = mutant.applied(to: program)
        for (intake, before) in zip(intakes, evaluations) where !mutant.canShow(in: before, asksForNeeds: true) {
          let after = Evaluator.evaluate(changed, intake)
          passedOver += 1
          #expect(after.slotOutcomes == before.slotOutcomes, "seed \(seed): \(mutant.change)")
          #expect(after.decisionOutcomes == before.decisionOutcomes, "seed \(seed): \(mutant.change)")
          let decisions = program.decisions.indices
          #expect(after.neededFacts(for: decisions) == before.neededFacts(for: decisions), "seed \(seed)")
        }
      }
    }
    #expect(passedOver > 500)
  }

  @Test func theScoreIsFloored() throws {
    let (program, cases) = try compile(Self.rules)
    let run = try MutationRun.run(cases, program)
    #expect(run.permille == run.killed * 1000 / run.counted)
    #expect(!run.reaches(Number(100)))
    #expect(run.reaches(Number.zero))
  }
}
