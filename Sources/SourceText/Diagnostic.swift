/// One finding about a file: what is wrong, where, and what to do.
///
/// The words of all findings stand in the message file of the stage that makes them.
public struct Diagnostic: Sendable, Equatable {
  /// How grave a finding is. An error keeps the rulebook from being used; a warning does not; a note is a remark.
  public enum Severity: String, Sendable, Codable {
    case error
    case warning
    case note
  }

  /// A second place or a remark that belongs to the finding.
  public struct Note: Sendable, Equatable {
    public let message: String
    public let range: SourceRange?

    public init(_ message: String, at range: SourceRange? = nil) {
      self.message = message
      self.range = range
    }
  }

  /// A correction that a person or an editor can apply.
  public struct FixIt: Sendable, Equatable {
    public let message: String
    public let range: SourceRange
    public let replacement: String

    public init(_ message: String, replace range: SourceRange, with replacement: String) {
      self.message = message
      self.range = range
      self.replacement = replacement
    }
  }

  /// The stable name of this kind of finding; its documentation page has the same name.
  public let id: String
  public let severity: Severity
  /// One line, lower case, without a full stop. Never an answer of a person.
  public let message: String
  /// Where it is; `nil` where there is no file to point at.
  public let range: SourceRange?
  public let notes: [Note]
  public let fixIts: [FixIt]
  /// What the message leaves out because it would show an answer; printed only where that was asked for.
  public let answerNote: String?

  public init(
    id: String,
    severity: Severity,
    message: String,
    range: SourceRange?,
    notes: [Note] = [],
    fixIts: [FixIt] = [],
    answerNote: String? = nil
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    self.range = range
    self.notes = notes
    self.fixIts = fixIts
    self.answerNote = answerNote
  }
}

extension Sequence<Diagnostic> {
  /// Whether one of the findings is an error.
  public var hasErrors: Bool {
    contains { $0.severity == .error }
  }

  /// By file, place, and id, each finding once; what has no place comes first.
  public func sortedByPlace() -> [Diagnostic] {
    var seen: Set<String> = []
    return sorted { left, right in
      switch (left.range, right.range) {
      case (nil, nil): (left.id, left.message) < (right.id, right.message)
      case (nil, _): true
      case (_, nil): false
      case (let first?, let second?):
        first == second ? (left.id, left.message) < (right.id, right.message) : first < second
      }
    }
    .filter { finding in
      let place = finding.range.map { "\($0.file):\($0.start.line):\($0.start.column)" } ?? ""
      return seen.insert("\(place) \(finding.id) \(finding.message)").inserted
    }
  }

  /// Errors, then warnings, then notes; those of one severity stay in their order.
  public func gravestFirst() -> [Diagnostic] {
    [Diagnostic.Severity.error, .warning, .note].flatMap { severity in filter { $0.severity == severity } }
  }
}
