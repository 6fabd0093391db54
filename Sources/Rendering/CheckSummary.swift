public import RuleLanguage
public import SourceText

/// The last line of a check.
public enum CheckSummary {
  /// - Parameters:
  ///   - findings: those that are shown.
  ///   - suppressed: how many others were found.
  public static func text(_ counts: Rulebook.Counts, _ findings: [Diagnostic], suppressed: Int) -> String {
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count { $0.severity == .warning }
    let held = [
      count(counts.files, "file"), count(counts.facts, "fact"), count(counts.decisions, "decision"),
      count(counts.rules, "rule"), count(counts.cases, "case"),
    ].joined(separator: ", ")
    let rest = suppressed > 0 ? ", \(suppressed) suppressed" : ""
    return "\(held): \(count(errors, "error")), \(count(warnings, "warning"))\(rest)\n"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
