import RuleEngine

extension [Condition] {
  /// The parts in the order of their sort keys.
  func inOneOrder() -> [Condition] {
    // Most authors write them in order.
    for index in indices.dropFirst() where self[index].comes(before: self[index - 1]) {
      return sorted { $0.comes(before: $1) }
    }
    return self
  }
}

extension Condition {
  fileprivate func comes(before other: Condition) -> Bool {
    // As the keys would say, sooner.
    if case .test(let one, _) = self, case .test(let two, _) = other, one != two { return one < two }
    return sortKey < other.sortKey
  }

  /// A text that is the same for the same condition, whatever the order in which its parts were written: what parts are
  /// sorted by.
  var sortKey: String {
    switch self {
    case .always: "always"
    case .test(let variable, let matcher): "t\(padded(variable)) \(matcher.sortKey)"
    case .applies(let rule): "r\(padded(rule))"
    case .all(let parts): "a(\(keys(parts)))"
    case .any(let parts): "o(\(keys(parts)))"
    case .not(let part): "n(\(part.sortKey))"
    case .atLeast(let count, let parts): "l\(count)(\(keys(parts)))"
    case .outcome(let decision, let test): "d\(padded(decision))\(test.rawValue)"
    case .plan(let test): "p\(test.rawValue)"
    case .unknown(let variable): "u\(padded(variable))"
    }
  }

  private func keys(_ parts: [Condition]) -> String { parts.map(\.sortKey).joined(separator: ",") }

  private func padded(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 6 - text.count)) + text
  }
}

extension Matcher {
  fileprivate var sortKey: String {
    let key =
      switch test {
      case .options(let options): "is" + list(options)
      case .ranges(let ranges): "in" + ranges.map(\.sortKey).joined(separator: ",")
      case .empty: "empty"
      case .exactly(let members): "exactly" + list(members)
      case .includesAny(let members): "any" + list(members)
      case .includesAll(let members): "all" + list(members)
      case .includesNone(let members): "none" + list(members)
      case .declined: "declined"
      case .doesNotKnow: "does_not_know"
      }
    return isNegated ? "not " + key : key
  }

  private func list(_ places: [Int]) -> String { places.map(String.init).joined(separator: " ") }
}

extension MatcherRange {
  /// A text that is the same for the same range; ranges of one matcher are sorted by it.
  var sortKey: String { "\(lower?.sortKey ?? "-")~\(upper?.sortKey ?? "-")" }
}

extension MatcherRange.Bound {
  fileprivate var sortKey: String {
    let key =
      switch operand {
      case .constant(let number): number.description
      case .parameter(let index, let times): "$\(index)*\(times)"
      case .daysFromAssessment(let days): "d\(days)"
      }
    return isIncluded ? key : "<\(key)"
  }
}
