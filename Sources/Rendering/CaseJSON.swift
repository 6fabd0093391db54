public import RuleAnalysis
public import RuleEngine
public import RuleLanguage
import SourceText

/// The outcome of running cases as JSON; its form is documented in `Testing.md`.
public enum CaseJSON {
  /// - Parameters:
  ///   - coverage: what the cases reach, if that was measured.
  ///   - mutation: the faults that they notice, if that was tried.
  public static func render(
    _ results: [CaseRunner.Result], coverage: Coverage? = nil, mutation: MutationRun? = nil, of rulebook: Rulebook,
    _ program: Program
  ) -> String {
    var report = Report(results)
    report.mutation = mutation.map { MutationReport($0, rulebook, program) }
    report.coverage = coverage.map { CoverageReport($0, rulebook, program) }
    return JSONText.render(report)
  }

  struct Report: Encodable {
    struct Entry: Encodable {
      var id: String
      var why: String?
      var file: String
      var line: Int
      var passed: Bool
      var differences: [Difference]
    }

    struct Difference: Encodable {
      var kind: String
      var field: String
      var expected: String
      var found: String
      var trace: [String]
    }

    var passed: Int
    var failed: Int
    var cases: [Entry]
    var coverage: CoverageReport?
    var mutation: MutationReport?

    init(_ results: [CaseRunner.Result]) {
      passed = results.count { $0.hasPassed }
      failed = results.count - passed
      cases = results.map { result in
        Entry(
          id: result.id, why: result.why, file: result.place.file, line: result.place.start.line,
          passed: result.hasPassed,
          differences: result.differences.map { difference in
            Difference(
              kind: difference.kind.rawValue, field: difference.field, expected: difference.expected,
              found: difference.found, trace: difference.trace.map(CaseWords.text))
          })
      }
    }
  }
}
