import RuleEngine

/// A moment in Universal Time to the second: `2026-11-20T09:30:00Z`.
///
/// The record reads no clock; whoever writes into it says when.
public struct Moment: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let description: String

  /// Reads `2026-11-20T09:30:00Z`; `nil` for any other shape, or a day or time that does not exist.
  public init?(_ text: String) {
    guard text.utf8.count == 20, text.hasSuffix("Z") else { return nil }
    let parts = text.dropLast().split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, CalendarDate(parts[0]) != nil else { return nil }
    let time = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    guard time.count == 3, time.allSatisfy({ $0.utf8.count == 2 && $0.allSatisfy(\.isASCII) }),
      let hour = Int(time[0]), let minute = Int(time[1]), let second = Int(time[2]),
      (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
    else { return nil }
    description = text
  }

  /// The day, as `2026-11-20`.
  public var day: String { String(description.prefix(10)) }

  public static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}

extension Moment: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let moment = Moment(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a moment such as 2026-11-20T09:30:00Z")
    }
    self = moment
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
