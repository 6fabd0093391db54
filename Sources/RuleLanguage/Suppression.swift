public import SourceText

/// A finding that an author has looked at and lets stand, with the reason, written where it occurs:
///
/// ```yaml
/// facts:
///   shoe_size: {ask: What size are your shoes?, type: integer, range: 1 to 60, suppress: {unused: Asked for the gift.}}
/// ```
public struct Suppression: Sendable, Equatable {
  /// The id of the finding.
  public let id: String
  public let reason: String
  /// Where the suppression stands.
  public let place: SourceRange
  /// The element that it stands in, from its name to its end. It holds for findings that begin there.
  public let element: SourceRange
  /// Whether it is an error if nothing needs it. What stands in the rulebook below an overlay may be needed only there.
  var mustBeNeeded = true

  /// The ids of all findings that can be suppressed.
  public static var possibleIDs: [String] { DiagnosticID.suppressible }

  fileprivate func covers(_ finding: Diagnostic) -> Bool {
    guard finding.id == id, let range = finding.range, range.isInFile(of: element) else { return false }
    return element.start <= range.start && range.start <= element.end
  }
}

/// A finding with the suppression that lets it stand.
public struct SuppressedFinding: Sendable {
  public let finding: Diagnostic
  public let suppression: Suppression
}

extension [Suppression] {
  /// Parts findings into those to be shown and those that are suppressed, and adds an error for each suppression that
  /// nothing needs any more.
  ///
  /// Whether a suppression is needed is judged only where the finding would have been found: not while the rulebook has
  /// errors, and for what only proofs find, not unless they ran.
  ///
  /// - Parameter proofsRan: whether every proof was carried to its end.
  public func applied(
    to findings: [Diagnostic], proofsRan: Bool
  ) -> (shown: [Diagnostic], suppressed: [SuppressedFinding]) {
    var shown: [Diagnostic] = []
    var suppressed: [SuppressedFinding] = []
    var needed: Set<Int> = []
    for finding in findings {
      let covering = indices.filter { self[$0].covers(finding) }
      needed.formUnion(covering)
      if let first = covering.first {
        suppressed.append(SuppressedFinding(finding: finding, suppression: self[first]))
      } else {
        shown.append(finding)
      }
    }
    let isJudged = !findings.contains { $0.severity == .error && !DiagnosticID.isOfProof($0.id) }
    for (number, suppression) in enumerated()
    where isJudged && suppression.mustBeNeeded && !needed.contains(number) {
      if proofsRan || !DiagnosticID.isOfProof(suppression.id) { shown.append(.suppressionUnneeded(suppression)) }
    }
    return (shown.sortedByPlace(), suppressed)
  }
}

extension DiagnosticID {
  /// What only a proof finds.
  private static let ofProofs: Set<String> = [
    "conflict", "fact-never-matters", "gap", "open-in-vain", "option-never-chosen", "property-violated",
    "redundant-rule", "rule-never-applies", "rule-never-wins", "useless-override",
  ]

  fileprivate static func isOfProof(_ id: String) -> Bool { ofProofs.contains(id) }

  /// The ids that may be suppressed: what was proved about the rules, and warnings. What is no rulebook at all cannot stand.
  static let suppressible = ofProofs.union([DiagnosticID.answerSetAside, .unused].map(\.rawValue)).sorted()
}
