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
  /// Set where an overlay disabled it: then its condition holds for nobody, and it keeps its name.
  public var disabled: Disabling?

  public init(
    id: String, condition: Condition, because: [String: Template], sources: [Int], overrides: [String],
    reviewedBy: String?, reviewBy: String?, disabled: Disabling? = nil
  ) {
    self.id = id
    self.condition = condition
    self.because = because
    self.sources = sources
    self.overrides = overrides
    self.reviewedBy = reviewedBy
    self.reviewBy = reviewBy
    self.disabled = disabled
  }

  /// The reason it gives for a decision.
  public func reason(for decision: Decision) -> Template? {
    decision.phase.flatMap { because["\(decision.family).\($0)"] } ?? because[decision.family] ?? because[""]
  }
}

/// That an overlay disabled a rule, and why.
public struct Disabling: Sendable, Codable, Equatable {
  /// The name of the overlay.
  public var overlay: String
  public var reason: LocalizedText

  public init(overlay: String, reason: LocalizedText) {
    self.overlay = overlay
    self.reason = reason
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
