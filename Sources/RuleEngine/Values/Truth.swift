/// Three-valued truth (Kleene's strong logic): what is not known is never taken for "no".
public enum Truth: String, Sendable, Codable, CaseIterable {
  case no
  case yes
  case unknown

  public init(_ bool: Bool) {
    self = bool ? .yes : .no
  }

  public static prefix func ! (truth: Truth) -> Truth {
    switch truth {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  /// False if a part is false, true if every part is true, else unknown. Of no parts: true.
  public static func all(_ parts: some Sequence<Truth>) -> Truth {
    var result = Truth.yes
    for part in parts {
      if part == .no { return .no }
      if part == .unknown { result = .unknown }
    }
    return result
  }

  /// True if a part is true, false if every part is false, else unknown. Of no parts: false.
  public static func any(_ parts: some Sequence<Truth>) -> Truth {
    !all(parts.map { !$0 })
  }

  /// True if `count` parts are true, false if fewer than `count` are not false, else unknown.
  public static func atLeast(_ count: Int, of parts: [Truth]) -> Truth {
    if parts.count(where: { $0 == .yes }) >= count { return .yes }
    return parts.count(where: { $0 != .no }) < count ? .no : .unknown
  }
}
