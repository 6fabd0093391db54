import RuleEngine

/// Reads single answers from bytes. What it does not take at once it leaves to the reader of intakes, which knows units and
/// says what is wrong.
enum AnswerBytes {
  /// The number of a text such as `-12.5`, as ``Number`` reads it; `nil` for anything else.
  static func number(_ text: UnsafeRawPointer, length: Int) -> Number? {
    var at = 0
    let isNegative = length > 0 && byte(text, 0) == UInt8(ascii: "-")
    if isNegative { at = 1 }
    let first = at
    var whole: Int64 = 0
    while at < length, let digit = digit(text, at) {
      whole = whole * 10 + digit
      at += 1
      guard at - first <= 9 else { return nil }
    }
    guard at > first, at == first + 1 || byte(text, first) != UInt8(ascii: "0") else { return nil }
    if at == length { return Number(Int(isNegative ? -whole : whole)) }
    return String(validating: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self).flatMap { Number($0) }
  }

  /// The number of a day such as `2026-11-23`; `nil` for anything else.
  static func date(_ text: UnsafeRawPointer, length: Int) -> Number? {
    guard length == 10, byte(text, 4) == UInt8(ascii: "-"), byte(text, 7) == UInt8(ascii: "-") else { return nil }
    var parts = (year: 0, month: 0, day: 0)
    for at in 0..<10 where at != 4 && at != 7 {
      guard let digit = digit(text, at) else { return nil }
      if at < 4 {
        parts.year = parts.year * 10 + Int(digit)
      } else if at < 7 {
        parts.month = parts.month * 10 + Int(digit)
      } else {
        parts.day = parts.day * 10 + Int(digit)
      }
    }
    return CalendarDate(year: parts.year, month: parts.month, day: parts.day).map { Number($0.days) }
  }

  @inline(__always)
  private static func byte(_ text: UnsafeRawPointer, _ at: Int) -> UInt8 {
    text.load(fromByteOffset: at, as: UInt8.self)
  }

  @inline(__always)
  private static func digit(_ text: UnsafeRawPointer, _ at: Int) -> Int64? {
    let byte = byte(text, at)
    return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? Int64(byte - UInt8(ascii: "0")) : nil
  }
}
