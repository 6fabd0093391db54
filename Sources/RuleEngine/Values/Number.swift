/// An exact decimal number.
///
/// Written numbers have at most nine digits on either side of the point, so sums of them, and the product of two, are exact.
/// Arithmetic never rounds and never traps within ``Number/limit``.
///
/// ```swift
/// Number("4.5")! + Number(3)  // 7.5
/// Number("08")                // nil: a leading zero
/// ```
public struct Number: Hashable, Sendable, Comparable {
  /// The value in units of 10⁻¹⁸.
  let scaled: Int128

  private static var one: Int128 { 1_000_000_000_000_000_000 }
  private static var root: UInt64 { 1_000_000_000 }

  /// The greatest magnitude that declared and derived numbers may reach; the checker refuses what could exceed it.
  public static let limit = Number(1_000_000_000_000_000_000)
  /// The smallest difference between two numbers.
  static let step = Number(scaled: 1)
  public static let zero = Number(0)
  /// The smallest difference between two numbers that can be written.
  static let finestAnswer = Number(scaled: Int128(root))

  init(scaled: Int128) {
    self.scaled = scaled
  }

  public init(_ whole: Int) {
    scaled = Int128(whole) * Number.one
  }

  /// Reads `-?(0|[1-9][0-9]*)(\.[0-9]+)?` with at most nine digits on either side; anything else is `nil`.
  public init?(_ text: String) {
    self.init(digits: text.utf8.span)
  }

  public init?(_ text: Substring) {
    self.init(String(text))
  }

  private init?(digits: Span<UInt8>) {
    let isNegative = digits.count > 0 && digits[0] == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    var point = start
    while point < digits.count, digits[point] != UInt8(ascii: ".") { point += 1 }
    guard (1...9).contains(point - start), point == start + 1 || digits[start] != UInt8(ascii: "0"),
      point == digits.count || (1...9).contains(digits.count - point - 1)
    else { return nil }
    // All digits as one whole number, which nine and nine of them cannot exceed.
    var value: Int64 = 0
    var unit = Number.one
    for place in start..<digits.count where place != point {
      let byte = digits[place]
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      if place > point { unit /= 10 }
    }
    scaled = Int128(isNegative ? -value : value) * unit
  }

  public var isWhole: Bool { scaled % Number.one == 0 }

  /// The value as an integer, if it is one.
  public var whole: Int? { isWhole ? Int(scaled / Number.one) : nil }

  public static func < (left: Number, right: Number) -> Bool { left.scaled < right.scaled }
  public static func + (left: Number, right: Number) -> Number { Number(scaled: left.scaled + right.scaled) }
  public static func - (left: Number, right: Number) -> Number { Number(scaled: left.scaled - right.scaled) }

  /// Exact for factors with at most nine digits after the point and before it.
  public static func * (left: Number, right: Number) -> Number {
    Number(scaled: left.inRoots * right.inRoots)
  }

  /// The value in units of 10⁻⁹. The processor divides 128 by 64 bits in one step where the result has 64.
  private var inRoots: Int128 {
    let all = scaled.magnitude
    let high = UInt64(truncatingIfNeeded: all >> 64)
    guard high < Number.root else { return scaled / Int128(Number.root) }
    let quotient = Int128(Number.root.dividingFullWidth((high, UInt64(truncatingIfNeeded: all))).quotient)
    return scaled < 0 ? -quotient : quotient
  }

  /// The number halfway to a greater one, or the next below it that is so many grains away.
  func middle(_ upper: Number, grain: Number) -> Number {
    Number(scaled: scaled + (upper.scaled - scaled) / grain.scaled / 2 * grain.scaled)
  }

  /// The quotient, if the remainder is nothing.
  package func dividedExactly(by divisor: Int) -> Number? {
    scaled % Int128(divisor) == 0 ? Number(scaled: scaled / Int128(divisor)) : nil
  }
}

extension Number: CustomStringConvertible {
  /// The shortest text that reads as this number: `7.5`, `-3`, `0`.
  public var description: String {
    let magnitude = scaled < 0 ? -scaled : scaled
    var text = String(magnitude / Number.one)
    let fraction = magnitude % Number.one
    if fraction != 0 {
      var digits = String(fraction)
      digits = String(repeating: "0", count: 18 - digits.count) + digits
      while digits.hasSuffix("0") { digits.removeLast() }
      text += "." + digits
    }
    return scaled < 0 ? "-" + text : text
  }
}

extension Number: Codable {
  /// The lossless form: the value in units of 10⁻¹⁸, as text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let scaled = Int128(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number")
    }
    self.scaled = scaled
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(String(scaled))
  }
}

extension Number {
  /// How many of the smallest units make 1.
  package static var unitsPerOne: Int128 { one }
  /// The value in the smallest units.
  package var units: Int128 { scaled }

  package init(units: Int128) {
    self.init(scaled: units)
  }
}
