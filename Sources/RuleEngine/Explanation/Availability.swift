/// What of a plan is offered where the rulebook is used, beside what is recommended. The recommendation never changes
/// because of it.
public struct Availability: Sendable, Codable {
  public enum Status: String, Sendable, Codable {
    /// All that is recommended is offered.
    case available
    case partlyAvailable = "partly_available"
    case notAvailable = "not_available"
    /// It is not decided yet.
    case open
  }

  public struct Option: Sendable, Codable {
    public var name: String
    public var label: String
    /// Why it is not offered.
    public var reason: String
  }

  /// What is offered and comes nearest to what is recommended.
  public struct Nearest: Sendable, Codable {
    public enum Comparison: String, Sendable, Codable {
      case more
      case less
      /// The options have no order.
      case other
    }

    public var name: String
    public var label: String
    /// How it compares with what is recommended.
    public var comparison: Comparison
  }

  /// The decision, with its phase, or the fact.
  public var name: String
  public var label: String
  public var status: Status
  /// What is recommended and not offered; while it is open, what is still possible and not offered.
  public var missing: [Option]
  public var nearest: Nearest?
  /// The labels of all that is offered.
  public var offered: [String]
  /// The overlay that says so.
  public var overlay: String
  public var overlayTitle: String
}
