import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// Figures that cannot lie: floored, from cases that get their plan, and each by itself.
struct CoverageTests {
  private static let rules = """
    sources: {policy: {title: Our policy, kind: policy, confirmed: yes}}
    facts:
      hours: {ask: When?, type: choice, options: [days, nights]}
      leave: {ask: Leave?, type: yes_no, applies_when: {hours: days}}
    decisions:
      track: {type: choice, options: [daytime, evening, video], combine: preferred, prefer: [evening, daytime, video]}
    rules:
      job: {when: {hours: days, leave: no}, recommend: {track: evening}, because: It., sources: [policy]}
      leave-opens: {when: {leave: yes}, recommend: {track: daytime}, because: It., sources: [policy]}
      nights: {when: {hours: nights}, recommend: {track: daytime}, because: It., sources: [policy]}
      nobody: {when: {hours: nights}, rule_out: {track: evening}, overrides: [job], because: It., sources: [policy]}
    cases:

    """

  private func measure(_ cases: String) throws -> Coverage {
    let compiled = Compiling.compile([("rules.yaml", Self.rules + cases)])
    #expect(compiled.diagnostics.map(\.message) == [])
    return Coverage.measure(compiled.cases, try #require(compiled.program))
  }

  private func figures(_ coverage: Coverage) -> [String] {
    coverage.counts.map { "\($0.figure.rawValue) \($0.reached)/\($0.total)" }
  }

  @Test func countsEachByItself() throws {
    let day = try measure("  day: {given: {hours: days, leave: no}, expect: {track: evening}}\n")
    // Clauses: hours days, leave no, both; leave yes; hours nights, twice; the guard of leave.
    #expect(
      figures(day) == [
        "rules-applied 1/4", "rules-won 1/4", "rules-defeated 0/1", "clauses-true 4/7", "clauses-false 3/7",
        "clauses-unknown 0/7", "options-chosen 1/2",
      ])
    let nothing = try measure("  nothing: {given: {}, needs: [hours]}\n")
    #expect(figures(nothing)[5] == "clauses-unknown 7/7")
    #expect(figures(nothing)[3] == "clauses-true 0/7")
    #expect(nothing.counts[3].permille == 0)
  }

  /// An option that nothing can choose, here video, is not asked for.
  @Test func asksOnlyForWhatCanBe() throws {
    let all = try measure(
      """
        day: {given: {hours: days, leave: no}, expect: {track: evening}}
        leave: {given: {hours: days, leave: yes}, expect: {track: daytime}}
        night: {given: {hours: nights}, expect: {track: daytime}}
        nothing: {given: {}, needs: [hours]}

      """)
    #expect(
      figures(all) == [
        "rules-applied 4/4", "rules-won 4/4", "rules-defeated 0/1", "clauses-true 7/7", "clauses-false 7/7",
        "clauses-unknown 7/7", "options-chosen 2/2",
      ])
    #expect(all.missing.count == 1)
  }

  @Test func casesThatFailReachNothing() throws {
    let failing = try measure("  day: {given: {hours: days, leave: no}, expect: {track: daytime}}\n")
    #expect(failing.caseCount == 0)
    #expect(failing.counts.allSatisfy { $0.reached == 0 })
  }

  @Test func percentagesAreFloored() {
    func count(_ reached: Int, _ total: Int) -> Coverage.Count {
      Coverage.Count(figure: .rulesWon, reached: reached, total: total)
    }
    #expect(count(9996, 10_000).permille == 999)
    #expect(count(10_000, 10_000).permille == 1000)
    #expect(count(999_999, 1_000_000).permille == 999)
    #expect(count(0, 0).permille == 1000)
    #expect(!count(9996, 10_000).reaches(Number(100)))
    #expect(count(9996, 10_000).reaches(Number("99.96")!))
    #expect(!count(9996, 10_000).reaches(Number("99.961")!))
    #expect(!count(2, 3).reaches(Number("66.666666667")!))
  }

  @Test func gatesNameFiguresAndGroups() throws {
    let gate = try CoverageGate("rules=100,clauses=80,clauses-unknown=50.5")
    #expect(gate.minimums[.rulesDefeated] == Number(100))
    #expect(gate.minimums[.clausesTrue] == Number(80))
    #expect(gate.minimums[.clausesUnknown] == Number("50.5"))
    #expect(gate.minimums[.optionsChosen] == nil)
    let day = try measure("  day: {given: {hours: days, leave: no}, expect: {track: evening}}\n")
    #expect(try CoverageGate("clauses-true=57").failures(of: day).isEmpty)
    #expect(try CoverageGate("clauses-true=58").failures(of: day).count == 1)
    #expect(throws: CoverageGate.Problem.shape("rules")) { try CoverageGate("rules") }
    #expect(throws: CoverageGate.Problem.shape("")) { try CoverageGate("rules=1,") }
    #expect(throws: CoverageGate.Problem.notAPercentage("101")) { try CoverageGate("rules=101") }
    #expect(throws: CoverageGate.Problem.notAPercentage("-1")) { try CoverageGate("rules=-1") }
    #expect(throws: (any Error).self) { try CoverageGate("ruls=1") }
  }
}
