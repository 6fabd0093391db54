import RuleEngine
import SourceText

/// Guesses which matcher was meant by words that are none: the ways in which people say such things.
struct MatcherRepair {
  let domain: Domain
  let parameters: [String]

  /// The words as they should stand, if there is a likely reading.
  ///
  /// ```swift
  /// words("under 18")       // "less than 18"
  /// words("18 or more")     // "at least 18"
  /// words("days or nights") // "[days, nights]"
  /// ```
  func words(_ text: String) -> String? {
    if parameters.contains(text) { return "$\(text)" }
    let single = text.split(separator: " ").joined(separator: " ")
    if single != text { return single }
    return switch domain {
    case .members(let names): members(text, names)
    case .options(let names, _): alternatives(text) { names.contains($0) } ?? beginning(text)
    case .numbers: numbers(text) ?? alternatives(text) { Number($0) != nil } ?? beginning(text)
    case .dates: beginning(text)
    }
  }

  private func members(_ text: String, _ names: [String]) -> String? {
    if ["none", "nothing", "no"].contains(text) { return "empty" }
    let parts = text.replacing("includes ", with: "").replacing(", ", with: " and ").split(separator: " and ").map(
      String.init)
    if parts.count > 1, parts.allSatisfy(names.contains) { return "{includes_all: [\(parts.joined(separator: ", "))]}" }
    let either = text.replacing("includes ", with: "").split(separator: " or ").map(String.init)
    if either.count > 1, either.allSatisfy(names.contains) {
      return "{includes_any: [\(either.joined(separator: ", "))]}"
    }
    if text.hasPrefix("not "), names.contains(String(text.dropFirst(4))) { return "not includes \(text.dropFirst(4))" }
    return likelyMeant(text, among: names.map { "includes \($0)" })
  }

  /// `days or nights`, `12, 13`: a list.
  private func alternatives(_ text: String, isValue: (String) -> Bool) -> String? {
    for separator in [" or ", ", ", " and ", "/"] {
      let parts = text.split(separator: separator).map(String.init)
      if parts.count > 1, parts.allSatisfy(isValue) { return "[\(parts.joined(separator: ", "))]" }
    }
    return nil
  }

  private func numbers(_ text: String) -> String? {
    if let match = text.firstMatch(of: /^(\d[\d.]*) ?(?:-|–|—) ?(\d[\d.]*)(.*)$/) {
      return "\(match.output.1) to \(match.output.2)\(match.output.3)"
    }
    if let match = text.firstMatch(of: /^between (\S+) and (.+)$/) { return "\(match.output.1) to \(match.output.2)" }
    if let match = text.firstMatch(
      of: /^(\d[\d.]*) ?(?:\+|or (?:more|older|above|higher|over)|and (?:over|above|up|more))$/)
    {
      return "at least \(match.output.1)"
    }
    if let match = text.firstMatch(of: /^(\d[\d.]*) or (?:less|fewer|younger|below|under|lower)$/) {
      return "at most \(match.output.1)"
    }
    return nil
  }

  /// `less then 5`, `under 18`: another beginning.
  private func beginning(_ text: String) -> String? {
    let synonyms = [
      "above": "more than", "below": "less than", "exceeds": "more than", "fewer than": "less than",
      "greater than": "more than", "higher than": "more than", "lower than": "less than", "maximum": "at most",
      "minimum": "at least", "no more than": "at most", "older than": "more than", "over": "more than",
      "under": "less than", "up to": "at most", "younger than": "less than", "is": "", "equals": "", "is not": "not",
    ]
    for (said, meant) in synonyms.sorted(by: { $0.key.count > $1.key.count }) where text.hasPrefix("\(said) ") {
      let rest = text.dropFirst(said.count + 1)
      return meant.isEmpty ? String(rest) : "\(meant) \(rest)"
    }
    let parts = text.split(separator: " ")
    guard parts.count > 1, let last = parts.last else { return nil }
    var beginnings = ["at least", "more than", "at most", "less than", "not"]
    if case .dates = domain { beginnings = ["before", "after", "from", "until", "not"] }
    return likelyMeant(parts.dropLast().joined(separator: " "), among: beginnings).map { "\($0) \(last)" }
  }
}
