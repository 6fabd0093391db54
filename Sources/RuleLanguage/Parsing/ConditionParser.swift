import SourceText

/// Reads the structure of conditions: which parts must hold, and together or not.
enum ConditionParser {
  /// The condition behind `when:` and the like.
  static func parse(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> ParsedCondition {
    if let word = node.scalar, !word.value.isBlank {
      if word.value.text == "always" { return .always }
      if word.value.text.contains(":"), !word.value.text.contains(" ") {
        diagnostics.append(.missingSpace(word.map(\.text), isPersonal: false))
      } else {
        diagnostics.append(
          .unexpectedShape(node, expected: "a condition such as `work.hours: days`, or the word `always`,"))
      }
      return .broken
    }
    if case .list = node.content {
      diagnostics.append(
        .unexpectedShape(node, expected: "a map; put `all:` or `any:` before a list of conditions, so that it"))
      return .broken
    }
    guard let entries = node.entries(what: "a condition", &diagnostics) else { return .broken }
    let parts = entries.map { part($0, &diagnostics) }
    if case .map(let all) = node.content, all.isEmpty { diagnostics.append(.holdsNoCondition(at: node.range)) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private static func part(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> ParsedCondition {
    guard !entry.value.isBroken else { return .broken }
    switch entry.key.value {
    case "all": return .all(list(entry.value, &diagnostics))
    case "any": return .any(list(entry.value, &diagnostics))
    case "unless": return .not(parse(entry.value, &diagnostics))
    case "not":
      if case .map(let entries) = entry.value.content, entries.count != 1 {
        diagnostics.append(.notTakesOne(entry.key, count: entries.count))
        return .broken
      }
      if case .list(let items) = entry.value.content {
        diagnostics.append(.notTakesOne(entry.key, count: items.count))
        return .broken
      }
      return .not(parse(entry.value, &diagnostics))
    case "at_least": return atLeast(entry, &diagnostics)
    case "or", "and", "if", "either", "both", "none":
      diagnostics.append(.otherConnective(entry.key))
      return .broken
    default: return .test(entry.key, entry.value)
    }
  }

  /// The parts of `all:` or `any:`: a list of conditions, or a map whose entries are the parts.
  static func list(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [ParsedCondition] {
    if case .list(let items) = node.content {
      if items.isEmpty { diagnostics.append(.holdsNoCondition(at: node.range)) }
      return items.map { parse($0, &diagnostics) }
    }
    if case .map(let all) = node.content, all.isEmpty { diagnostics.append(.holdsNoCondition(at: node.range)) }
    return (node.entries(what: "a list of conditions", &diagnostics) ?? []).map { part($0, &diagnostics) }
  }

  private static func atLeast(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> ParsedCondition {
    guard
      let fields = MapFields(
        entry.value, what: "`at_least`", at: entry.key.range, allowed: ["count", "of"], &diagnostics),
      let count = fields.required("count", &diagnostics)?.word(what: "a number", &diagnostics),
      let of = fields.required("of", &diagnostics)
    else { return .broken }
    let parts = list(of, &diagnostics)
    guard let number = Int(count.value), number >= 1, number <= parts.count else {
      diagnostics.append(
        Diagnostic(
          .invalidValue, "`count` must be a whole number from 1 to \(parts.count), the number of conditions",
          at: count.range))
      return .broken
    }
    return .atLeast(number, parts)
  }
}
