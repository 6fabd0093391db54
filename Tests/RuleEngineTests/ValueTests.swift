import RuleEngine
import TestSupport
import Testing

/// The values that everything else is built on: exact numbers, days, units, truth.
struct ValueTests {
  @Test(arguments: ["0", "-3", "4.5", "0.000000001", "999999999", "-0.5", "100"])
  func numbersReadAsTheyAreWritten(text: String) {
    #expect(Number(text)?.description == text)
  }

  @Test(arguments: ["", "08", "1,000", "+5", ".5", "5.", "1e3", "1234567890", "0.1234567890", "--1", "5 ", "٣"])
  func nearMissesAreNoNumbers(text: String) {
    #expect(Number(text) == nil)
  }

  @Test func arithmeticIsExact() throws {
    let tenth = try #require(Number("0.1"))
    #expect(tenth + tenth + tenth == Number("0.3"))
    #expect(try #require(Number("0.000000001")) * Number(999_999_999) == Number("0.999999999"))
    #expect(try #require(Number("999999999.999999999")) * Number(1) == Number("999999999.999999999"))
  }

  /// Against day-by-day counting: every day of 1999 to 2101, and back.
  @Test func daysCountAsTheCalendarDoes() throws {
    var days = try #require(CalendarDate("1999-01-01")).days
    for year in 1999...2101 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for day in 1...length {
          func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
          let text = "\(year)-\(padded(month + 1))-\(padded(day))"
          #expect(CalendarDate(text)?.days == days)
          #expect(CalendarDate(days: days).description == text)
          days += 1
        }
      }
    }
    #expect(CalendarDate("1970-01-01")?.days == 0)
    #expect(CalendarDate.first.description == "0001-01-01")
    #expect(CalendarDate.last.description == "9999-12-31")
  }

  @Test(arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026-1-1", "2026/01/01", "0000-01-01", ""])
  func whatIsNoDay(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test func unitsConvertOnlyExactly() {
    func multiple(_ first: String, _ second: String) -> Int? {
      MeasurementUnit(first).multiple(of: MeasurementUnit(second))
    }
    #expect(multiple("hours a week", "minutes a week") == 60)
    #expect(multiple("hour a week", "hours a week") == 1)
    #expect(multiple("days", "hours") == 24)
    #expect(multiple("minutes a week", "hours a week") == nil)
    #expect(multiple("hours a week", "minutes a day") == nil)
    #expect(multiple("weeks", "days") == nil)
    #expect(multiple("months", "weeks") == nil)
    #expect(multiple("drinks a day", "drinks a day") == 1)
    #expect(MeasurementUnit("hours a week").text(for: Number(1)) == "1 hour a week")
  }

  /// Kleene's tables, whole.
  @Test func truthTables() {
    for first in Truth.allCases {
      for second in Truth.allCases {
        let all = Truth.all([first, second])
        let any = Truth.any([first, second])
        #expect(all == (first == .no || second == .no ? .no : first == .yes && second == .yes ? .yes : .unknown))
        #expect(any == (first == .yes || second == .yes ? .yes : first == .no && second == .no ? .no : .unknown))
        #expect(Truth.atLeast(1, of: [first, second]) == any)
        #expect(Truth.atLeast(2, of: [first, second]) == all)
      }
      #expect(!(!first) == first)
    }
  }

  @Test func textsFallBackToALanguageThatIsThere() {
    let text = LocalizedText(byLanguage: ["en": "Evening", "es": "Tarde"])
    #expect(text.text(in: "es") == "Tarde")
    #expect(text.text(in: "fr") == "Evening")
    #expect(LocalizedText("Any").text(in: "es") == "Any")
  }
}
