public import RuleAnalysis

/// The outcome of running cases.
public enum CaseText {
  public static func render(_ results: [CaseRunner.Result]) -> String {
    guard !results.isEmpty else { return "There are no cases; write at least one under `cases:`.\n" }
    let failed = results.filter { !$0.failures.isEmpty }
    let lines = failed.flatMap { result in
      ["\(result.id) did not get its plan:"] + result.failures.map { "  \($0)" }
    }
    let passed = results.count - failed.count
    return (lines + ["\(passed) passed, \(failed.count) failed"]).joined(separator: "\n") + "\n"
  }
}
