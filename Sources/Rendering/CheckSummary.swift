public import RuleLanguage
public import SourceText

/// The last line of a check.
public enum CheckSummary {
  /// How far the rulebook was proved.
  public enum Proofs: Sendable {
    case done
    /// As the command was told.
    case leftOut
    /// The rulebook has errors.
    case impossible
  }

  /// - Parameters:
  ///   - findings: those that are shown.
  ///   - suppressed: how many others were found.
  ///   - proofs: how far it was proved; `nil` where that was not the question.
  public static func text(_ counts: Rulebook.Counts, _ findings: [Diagnostic], suppressed: Int, _ proofs: Proofs? = nil)
    -> String
  {
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count { $0.severity == .warning }
    let held = [
      count(counts.files, "file"), count(counts.facts, "fact"), count(counts.decisions, "decision"),
      count(counts.rules, "rule"), count(counts.cases, "case"),
    ].joined(separator: ", ")
    let notes = findings.count { $0.severity == .note }
    let remarks = notes > 0 ? ", \(count(notes, "note"))" : ""
    let rest = suppressed > 0 ? ", \(suppressed) suppressed" : ""
    let proved =
      switch proofs {
      case .done: "; proved for every intake"
      case .leftOut: "; nothing was proved (--no-proofs)"
      case .impossible: "; nothing can be proved until the errors are mended"
      case nil: ""
      }
    return "\(held): \(count(errors, "error")), \(count(warnings, "warning"))\(remarks)\(rest)\(proved)\n"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
