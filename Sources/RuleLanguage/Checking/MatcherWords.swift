import RuleEngine
import SourceText

/// Writes conditions as an author would, for corrections.
struct MatcherWords {
  let symbols: SymbolTable
  let parameters: [Parameter]

  func text(of condition: CheckedCondition) -> String {
    switch condition {
    case .always: "always"
    case .test(let name, let matcher, _): "\(name): \(text(of: matcher, on: name))"
    case .applies(let rule): "\(rule): applies"
    case .outcome(let decision, let test): "\(decision): \(test.rawValue)"
    case .plan(let test): "plan: \(test.rawValue)"
    case .unknown(let name): "\(name): unknown"
    case .all(let parts): parts.map(text(of:)).joined(separator: ", ")
    case .any(let parts): "any: [\(parts.map { "{\(text(of: $0))}" }.joined(separator: ", "))]"
    case .not(let part): "not: {\(text(of: part))}"
    case .atLeast(let count, let parts):
      "at_least: {count: \(count), of: [\(parts.map { "{\(text(of: $0))}" }.joined(separator: ", "))]}"
    }
  }

  func text(of matcher: Matcher, on name: String) -> String {
    let domain = symbols[name]?.domain
    let names = domain?.names ?? []
    func list(_ options: [Int]) -> [String] { options.map { names.indices.contains($0) ? names[$0] : "…" } }
    switch matcher.test {
    case .options(let options): return oneOf(list(options), isNegated: matcher.isNegated)
    case .ranges(let ranges): return oneOf(ranges.map { range($0, domain) }, isNegated: matcher.isNegated)
    case .empty: return matcher.isNegated ? "not empty" : "empty"
    case .exactly(let members): return "{exactly: [\(list(members).joined(separator: ", "))]}"
    case .includesAny(let members): return "{includes_any: [\(list(members).joined(separator: ", "))]}"
    case .includesNone(let members): return "{includes_none: [\(list(members).joined(separator: ", "))]}"
    case .includesAll(let members):
      guard members.count == 1 else { return "{includes_all: [\(list(members).joined(separator: ", "))]}" }
      return (matcher.isNegated ? "not includes " : "includes ") + list(members)[0]
    case .declined: return "declined"
    case .doesNotKnow: return "does_not_know"
    }
  }

  private func oneOf(_ words: [String], isNegated: Bool) -> String {
    let list = words.count == 1 ? words[0] : "[\(words.joined(separator: ", "))]"
    guard isNegated else { return list }
    return words.count == 1 && !words[0].contains(" ") ? "not \(list)" : "{not: [\(words.joined(separator: ", "))]}"
  }

  private func range(_ range: MatcherRange, _ domain: Domain?) -> String {
    func operand(_ operand: MatcherRange.Operand) -> String {
      switch operand {
      case .constant(let number):
        if case .dates? = domain, let days = number.whole { CalendarDate(days: days).description } else { "\(number)" }
      case .parameter(let index, _): "$\(parameters[index].name)"
      case .daysFromAssessment(let days): days > 0 ? "\(days) days ahead" : "\(-days) days before"
      }
    }
    var isDate = false
    if case .dates? = domain { isDate = true }
    switch (range.lower, range.upper) {
    case (let lower?, let upper?) where lower == upper: return operand(lower.operand)
    case (let lower?, let upper?):
      return "\(lower.isIncluded ? "" : "more than ")\(operand(lower.operand)) to "
        + "\(upper.isIncluded ? "" : "less than ")\(operand(upper.operand))"
    case (let lower?, nil):
      return (isDate ? (lower.isIncluded ? "from " : "after ") : lower.isIncluded ? "at least " : "more than ")
        + operand(lower.operand)
    case (nil, let upper?):
      return (isDate ? (upper.isIncluded ? "until " : "before ") : upper.isIncluded ? "at most " : "less than ")
        + operand(upper.operand)
    case (nil, nil): return "…"
    }
  }
}
