public import SourceText

/// Findings as workflow commands, which a hosted review shows beside the line.
public enum DiagnosticGitHub {
  public static func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map {
      WorkflowCommand.text($0.severity.rawValue, at: $0.range, title: $0.id, $0.message)
    }.joined()
  }
}
