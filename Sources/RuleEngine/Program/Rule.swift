/// When a condition holds, recommend or rule out, because of a reason, with sources.
///
/// What it recommends stands in the slots it speaks about (``Slot/effects``).
public struct Rule: Sendable, Codable, Equatable {
  /// `keep-the-day-job`; a row of a table is `session-load[severe_alone]`.
  public var id: String
  public var condition: Condition
  /// Reasons by the name of the decision, with the phase or without; the empty key is the reason for all others.
  public var because: [String: Template]
  public var sources: [Int]
  /// The ids of the rules it overrides, for the record.
  public var overrides: [String]
  public var reviewedBy: String?
  /// The day by which it should be read again, as written.
  public var reviewBy: String?

  public init(
    id: String, condition: Condition, because: [String: Template], sources: [Int], overrides: [String],
    reviewedBy: String?, reviewBy: String?
  ) {
    self.id = id
    self.condition = condition
    self.because = because
    self.sources = sources
    self.overrides = overrides
    self.reviewedBy = reviewedBy
    self.reviewBy = reviewBy
  }

  /// The reason it gives for a decision.
  public func reason(for decision: Decision) -> Template? {
    decision.phase.flatMap { because["\(decision.family).\($0)"] } ?? because[decision.family] ?? because[""]
  }
}

/// An intake that cannot be.
public struct Impossibility: Sendable, Codable, Equatable {
  public var id: String
  public var condition: Condition
  public var because: Template

  public init(id: String, condition: Condition, because: Template) {
    self.id = id
    self.condition = condition
    self.because = because
  }
}
