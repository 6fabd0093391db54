import RuleAnalysis
import RuleEngine
import RuleLanguage
import TestSupport
import Testing

/// Runs of cases: which are chosen, and in which order they come back.
struct CaseRunnerTests {
  private func cases() throws -> (program: Program, cases: [Case]) {
    let rulebook = Rulebook.load("\(Corpus.folder)/cases")
    return (try #require(rulebook.program), rulebook.cases)
  }

  @Test func filterTakesPartsAndPatterns() throws {
    let all = try cases().cases
    func ids(_ pattern: String) -> [String] { all.filtered(by: pattern).map(\.id) }
    #expect(ids("shifts") == ["shifts[by_day]", "shifts[by_night]"])
    #expect(ids("*night]") == ["shifts[by_night]"])
    #expect(ids("shifts[by_d?y]") == ["shifts[by_day]"])
    #expect(ids("shifts[by_d?]") == [])
    #expect(ids("*") == all.map(\.id))
    #expect(ids("a*a*a*a*a*a*a*a*a*a*a*a*a*z") == [])
    #expect(ids("no such case") == [])
  }

  /// However the threads come in, the results stand in the order of the ids, and are the same.
  @Test func parallelRunsAreStable() throws {
    let (program, cases) = try cases()
    let many = (0..<40).flatMap { _ in cases }
    let first = CaseRunner.run(many, program)
    #expect(first.map(\.id) == many.map(\.id))
    let failed = first.prefix(cases.count).filter { !$0.hasPassed }.map(\.id)
    #expect(failed.count == cases.count - 2)
    for start in stride(from: 0, to: first.count, by: cases.count) {
      #expect(first[start..<start + cases.count].filter { !$0.hasPassed }.map(\.id) == failed)
    }
  }
}
