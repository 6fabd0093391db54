public import RuleAnalysis

/// Cases that failed as workflow commands, which a hosted review shows beside the case.
public enum CaseGitHub {
  public static func render(_ results: [CaseRunner.Result]) -> String {
    let commands = results.filter { !$0.hasPassed }.map { result in
      let lines = result.differences.flatMap { difference in
        [CaseWords.text(difference)] + difference.trace.map { "  - \(CaseWords.text($0))" }
      }
      return WorkflowCommand.text(
        "error", at: result.place, title: "case \(result.id)", lines.joined(separator: "\n"))
    }
    let summary = results.isEmpty ? CaseWords.none : CaseWords.summary(results)
    return commands.joined() + summary + "\n"
  }
}
