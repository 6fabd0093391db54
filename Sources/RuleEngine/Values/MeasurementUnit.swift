/// What a number counts, such as `hours a week`.
///
/// Seconds, minutes, hours and days convert into each other, since they are exact multiples. Weeks and months convert into
/// nothing: months differ in length, and a week of care is not seven days of care.
public struct MeasurementUnit: Sendable, Codable, Hashable {
  /// As written by the author, in the plural: `hours a week`.
  public let name: String

  private static let seconds = ["second": 1, "minute": 60, "hour": 3600, "day": 86_400]

  public init(_ name: String) {
    self.name = name
  }

  /// `hours a week` → (`hour`, `a week`).
  private var parts: (base: String, rest: Substring) {
    let words = name.split(separator: " ", maxSplits: 1)
    guard let first = words.first else { return ("", "") }
    let base = first.count > 1 && first.hasSuffix("s") ? String(first.dropLast()) : String(first)
    return (base, words.count > 1 ? words[1] : "")
  }

  /// How many of `other` make one of this unit, if that is a whole number: minutes in an hour, 60.
  public func multiple(of other: MeasurementUnit) -> Int? {
    let (base, rest) = parts
    let (otherBase, otherRest) = other.parts
    guard rest == otherRest else { return nil }
    if base == otherBase { return 1 }
    guard let mine = Self.seconds[base], let theirs = Self.seconds[otherBase], mine % theirs == 0 else { return nil }
    return mine / theirs
  }

  /// `1 hour a week`, `90 minutes a week`.
  public func text(for number: Number) -> String {
    guard number == Number(1) else { return "\(number) \(name)" }
    let (base, rest) = parts
    return rest.isEmpty ? "1 \(base)" : "1 \(base) \(rest)"
  }
}
