/// Where an interview stands, apart from its answers. Kept with them, so that it goes on at the same question.
public struct Progress: Sendable, Codable, Equatable {
  /// The fact that somebody went to on purpose; `nil` where the order decides.
  public var at: String?
  /// The facts that were asked, the earliest first; each once.
  public var path: [String]
  /// The facts that were skipped for now.
  public var skipped: [String]
  /// The place of the section that somebody went to; `nil` where the order decides.
  public var section: Int?
  /// Whether every question is asked, and not only those that the plan needs.
  public var asksAll: Bool

  public init(
    at: String? = nil, path: [String] = [], skipped: [String] = [], section: Int? = nil, asksAll: Bool = false
  ) {
    self.at = at
    self.path = path
    self.skipped = skipped
    self.section = section
    self.asksAll = asksAll
  }
}
