/// What overlays did to a rulebook: who adapted it, and what is offered where it is used. Changes no plan by itself; what
/// overlays replaced, disabled and added is part of the rules.
public struct Adaptation: Sendable, Codable, Equatable {
  public struct Overlay: Sendable, Codable, Equatable {
    public var name: String
    /// What plans call it: its title, or else its name.
    public var title: LocalizedText
    public var reason: LocalizedText
    /// What else is offered, in words.
    public var notes: [LocalizedText]

    public init(name: String, title: LocalizedText, reason: LocalizedText, notes: [LocalizedText]) {
      self.name = name
      self.title = title
      self.reason = reason
      self.notes = notes
    }
  }

  /// Which options of a decision, or of a fact with options, are offered.
  public struct Offer: Sendable, Codable, Equatable {
    /// A decision without its phase, or a fact.
    public var name: String
    /// Places in the domain, in its order; of numbers nothing.
    public var options: [Int]
    /// Of numbers: the ranges, in their order.
    public var ranges: [Interval]
    /// The place of the overlay in ``Adaptation/overlays``.
    public var overlay: Int
    /// Why not everything is offered.
    public var reason: LocalizedText?
    /// Why single options are not, by their names.
    public var reasons: [String: LocalizedText]

    public init(
      name: String, options: [Int], ranges: [Interval], overlay: Int, reason: LocalizedText?,
      reasons: [String: LocalizedText]
    ) {
      self.name = name
      self.options = options
      self.ranges = ranges
      self.overlay = overlay
      self.reason = reason
      self.reasons = reasons
    }
  }

  /// By name.
  public var overlays: [Overlay]
  /// By name.
  public var offers: [Offer]

  public init(overlays: [Overlay], offers: [Offer]) {
    self.overlays = overlays
    self.offers = offers
  }
}
