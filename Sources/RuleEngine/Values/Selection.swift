/// What a clinician selected instead of, or in accord with, what is recommended (section 4, clause 9).
///
/// It stands for one value: of a decision, of one member of a set (`focus.step_down`), or of one item of a menu
/// (`services.peer_support`). A whole set or menu is selected member by member.
public struct Selection: Sendable, Equatable {
  /// Why something else was selected. The list is fixed, so that reasons can be counted over years.
  public enum Reason: String, Sendable, Codable, CaseIterable {
    case clientPreference = "client_preference"
    case notAvailableHere = "not_available_here"
    case waitingList = "waiting_list"
    case clinicalJudgment = "clinical_judgment"
    case court
    case transport
    case cost
    case language
    /// Only with a note.
    case other
  }

  /// The value; `nil` takes a member or an item out of the plan.
  public var value: Value?
  /// `nil` only for what is tried and not recorded: a what-if.
  public var because: Reason?
  public var note: String?
  /// Who selected it.
  public var by: String?

  public init(_ value: Value?, because: Reason? = nil, note: String? = nil, by: String? = nil) {
    self.value = value
    self.because = because
    self.note = note
    self.by = by
  }
}
