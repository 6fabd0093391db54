public import RuleLanguage
import SourceText

/// The last line of a check.
public enum CheckSummary {
  public static func text(_ rulebook: Rulebook) -> String {
    let errors = rulebook.diagnostics.count { $0.severity == .error }
    let warnings = rulebook.diagnostics.count { $0.severity == .warning }
    let counts = rulebook.counts
    let held = [
      count(counts.files, "file"), count(counts.facts, "fact"), count(counts.decisions, "decision"),
      count(counts.rules, "rule"), count(counts.cases, "case"),
    ].joined(separator: ", ")
    return "\(held): \(count(errors, "error")), \(count(warnings, "warning"))\n"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
