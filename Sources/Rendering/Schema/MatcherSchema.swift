import RuleEngine

/// What a condition may ask of a variable, and what a rule may recommend for it, as JSON Schema.
struct MatcherSchema {
  let program: Program

  /// What may stand behind the name of a variable in a condition: the table of matchers in the language reference.
  func matcher(_ domain: Domain, isFact: Bool) -> JSONTree {
    let records = isFact ? ["declined", "does_not_know"] : []
    switch domain {
    case .options(let names, let isOrdered): return options(names, isOrdered: isOrdered, records: records)
    case .numbers: return .anyOf([.reference("asked_of_number")] + (isFact ? [.words(records)] : []))
    case .dates: return .anyOf([.reference("asked_of_date")] + (isFact ? [.words(records)] : []))
    case .members(let names):
      let words = ["empty", "not empty"] + names.flatMap { ["includes \($0)", "not includes \($0)"] } + records
      let some = JSONTree.oneOrMore(.words(names))
      return .anyOf([
        .words(words),
        .object([
          "exactly": some, "includes_any": some, "includes_all": some, "includes_none": some,
        ]).with("maxProperties", 1),
      ])
    }
  }

  /// What may be asked of a number.
  var ofNumbers: JSONTree {
    let isNumber = { (domain: Domain) in if case .numbers = domain { true } else { false } }
    let operand = "(?:\(JSONTree.number)(?: [^ ].*)?|\(parameters(isNumber)))"
    return ranges(
      operand, comparisons: ["at least", "more than", "at most", "less than"], words: [], plain: [["type": "number"]])
  }

  /// What may be asked of a date.
  var ofDates: JSONTree {
    let isDate = { (domain: Domain) in if case .dates = domain { true } else { false } }
    let day = "[0-9]+ days? (?:before|ahead)"
    return ranges(
      "(?:\(JSONTree.day)|\(parameters(isDate)))", comparisons: ["before", "after", "from", "until"],
      words: ["within \(day)", "\(day) to \(day)"], plain: [])
  }

  private func options(_ names: [String], isOrdered: Bool, records: [String]) -> JSONTree {
    let comparisons = isOrdered ? ["at least", "more than", "at most", "less than"] : []
    let words = names + names.map { "not \($0)" } + comparisons.flatMap { word in names.map { "\(word) \($0)" } }
    let range = "\(JSONTree.oneOf(names)) to \(JSONTree.oneOf(names))"
    let part: JSONTree = isOrdered ? .anyOf([.words(names), .pattern(range)]) : .words(names)
    var all: [JSONTree] = [.words(words + records)]
    if isOrdered { all.append(.pattern(range)) }
    return .anyOf(all + [.list(of: part), .object(["not": .oneOrMore(part)])])
  }

  private func ranges(_ operand: String, comparisons: [String], words: [String], plain: [JSONTree]) -> JSONTree {
    let range = "(?:more than )?\(operand) to (?:less than )?\(operand)"
    let part = JSONTree.anyOf(plain + [.pattern(([operand, range] + words).joined(separator: "|"))])
    let beginnings = "(?:(?:not|\(comparisons.joined(separator: "|"))) )?\(operand)"
    let text = ([beginnings, range] + words).joined(separator: "|")
    return .anyOf(plain + [.pattern(text), .list(of: part), .object(["not": .oneOrMore(part)])])
  }

  /// The parameters of a kind.
  private func parameters(_ isOfKind: (Domain) -> Bool) -> String {
    let names = program.parameters.filter { isOfKind($0.domain) }.map(\.name)
    return names.isEmpty ? "\\$\(JSONTree.name)" : "\\$\(JSONTree.oneOf(names))"
  }

  /// What may be recommended for a decision, in one phase.
  func recommendation(_ decision: Decision) -> JSONTree {
    if decision.isMenu {
      var items: [String: JSONTree] = [:]
      for slot in decision.slots where slot.fill == nil {
        guard let place = slot.variable else { continue }
        let variable = program.variables[place]
        items[String(variable.name.dropFirst(program.variables[decision.variable].name.count + 1))] =
          value(variable.domain)
      }
      return .object(items)
    }
    let domain = program.variables[decision.variable].domain
    let single = value(domain)
    return decision.hasMembers || decision.combine == .preferred ? .oneOrMore(.words(domain.names)) : single
  }

  /// What may be ruled out.
  func ruledOut(_ decision: Decision) -> JSONTree {
    .oneOrMore(.words(program.variables[decision.variable].domain.names))
  }

  private func value(_ domain: Domain) -> JSONTree {
    switch domain {
    case .options(let names, _), .members(let names): .words(names)
    case .numbers(let numbers): number(numbers)
    case .dates: .pattern(JSONTree.day)
    }
  }

  /// A number of the domain, or with a unit.
  func number(_ domain: NumberDomain) -> JSONTree {
    var plain: JSONTree = ["type": domain.isWhole ? "integer" : "number"]
    plain = plain.with("minimum", Double("\(domain.interval.lower)").map(JSONTree.real))
    plain = plain.with("maximum", Double("\(domain.interval.upper)").map(JSONTree.real))
    return .anyOf([plain, .pattern(domain.unit == nil ? JSONTree.number : "\(JSONTree.number)(?: [^ ].*)?")])
  }
}
