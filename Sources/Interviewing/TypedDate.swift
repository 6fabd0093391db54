import RuleEngine

/// What a person typed for a day.
///
/// ```
/// 2026-11-23     the day
/// 3 days ago     the day, counted from the assessment
/// 11/23/2026     perhaps 2026-11-23: it is offered, since some write the day first
/// 2026-02-30     there is no such day
/// ```
enum TypedDate: Equatable {
  case day(CalendarDate)
  case noSuchDay
  /// Not read for sure; the day that was probably meant, if there is one.
  case perhaps(CalendarDate?)

  init(_ text: String, today: Int?) {
    let words = text.lowercased()
    if let day = CalendarDate(words) {
      self = .day(day)
    } else if words.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil {
      self = .noSuchDay
    } else if let today, let day = Self.counted(words, from: today) {
      self = .day(day)
    } else {
      self = .perhaps(Self.written(words, today: today))
    }
  }

  /// `today`, `3 days ago`, `in 2 weeks`.
  private static func counted(_ words: String, from today: Int) -> CalendarDate? {
    let near = ["today": 0, "yesterday": -1, "tomorrow": 1]
    if let days = near[words] { return day(today + days) }
    if let match = words.wholeMatch(of: /(\d{1,5}|a|one) (day|week)s? ago/) {
      return day(today - count(match.output.1) * (match.output.2 == "week" ? 7 : 1))
    }
    if let match = words.wholeMatch(of: /in (\d{1,5}|a|one) (day|week)s?/) {
      return day(today + count(match.output.1) * (match.output.2 == "week" ? 7 : 1))
    }
    return nil
  }

  private static func count(_ word: Substring) -> Int { Int(word) ?? 1 }

  private static func day(_ days: Int) -> CalendarDate? {
    (CalendarDate.first.days...CalendarDate.last.days).contains(days) ? CalendarDate(days: days) : nil
  }

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// `11/23/2026`, `11/23`, `Nov 23`, `23 November 2026`, `2026-1-5`.
  private static func written(_ words: String, today: Int?) -> CalendarDate? {
    let parts = words.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard (2...3).contains(parts.count) else { return nil }
    if parts[0].count == 4, parts.count == 3 { return date(parts[0], parts[1], parts[2]) }
    let year = parts.count == 3 ? parts[2] : nil
    if let month = month(parts[0]) { return inYear(year, month, parts[1], today) }
    if let month = month(parts[1]) { return inYear(year, month, parts[0], today) }
    // The month first, as it is written in the United States, unless only the other order gives a day.
    return inYear(year, parts[0], parts[1], today) ?? inYear(year, parts[1], parts[0], today)
  }

  private static func month(_ word: String) -> String? {
    guard word.count > 2, word.allSatisfy(\.isLetter) else { return nil }
    return months.firstIndex { word.hasPrefix($0) }.map { String($0 + 1) }
  }

  /// Without a year, the last such day that is not half a year ahead.
  private static func inYear(_ year: String?, _ month: String, _ day: String, _ today: Int?) -> CalendarDate? {
    if let year { return date(year.count == 2 ? "20\(year)" : year, month, day) }
    guard let today, let now = Int(CalendarDate(days: today).description.prefix(4)) else { return nil }
    return [now + 1, now, now - 1].compactMap { date(String($0), month, day) }.first { $0.days - today < 183 }
  }

  private static func date(_ year: String, _ month: String, _ day: String) -> CalendarDate? {
    func padded(_ text: String) -> String { text.count == 1 ? "0\(text)" : text }
    return CalendarDate("\(year)-\(padded(month))-\(padded(day))")
  }
}
