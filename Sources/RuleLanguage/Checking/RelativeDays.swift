import RuleEngine

/// `within 30 days before`, `14 days ahead to 30 days before`: days counted from the assessment.
struct RelativeDays {
  var first: Int
  var last: Int

  init?(_ text: String) {
    if text.hasPrefix("within ") {
      guard let day = RelativeDays.day(String(text.dropFirst("within ".count))) else { return nil }
      first = min(0, day)
      last = max(0, day)
      return
    }
    let sides = text.split(separator: " to ", maxSplits: 1).map(String.init)
    guard sides.count == 2, let one = RelativeDays.day(sides[0]), let other = RelativeDays.day(sides[1]) else {
      return nil
    }
    first = min(one, other)
    last = max(one, other)
  }

  private static func day(_ text: String) -> Int? {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[1] == "days" || words[1] == "day", let number = Number(words[0])?.whole, number >= 0,
      number <= 1_000_000
    else { return nil }
    switch words[2] {
    case "before": return -number
    case "ahead": return number
    default: return nil
    }
  }
}
