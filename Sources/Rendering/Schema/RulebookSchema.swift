import FoundationEssentials
public import RuleEngine
import RuleLanguage

/// What the files of one rulebook may hold, as JSON Schema: the keys of the language, and the names of this rulebook's facts,
/// options, decisions, rules, sources and parameters.
///
/// It is for editors: it completes and underlines. Whether the rules can be meant says `check`.
public struct RulebookSchema {
  private let program: Program
  private let matchers: MatcherSchema

  /// The text of the schema of the files, or of those of an overlay.
  public static func render(_ program: Program, isOverlay: Bool = false) -> String {
    JSONText.render(RulebookSchema(program).schema(isOverlay: isOverlay), keys: .useDefaultKeys)
  }

  private init(_ program: Program) {
    self.program = program
    matchers = MatcherSchema(program: program)
  }

  private func schema(isOverlay: Bool) -> JSONTree {
    var sections = self.sections
    if isOverlay {
      sections["rulebook"] = nil
      for (name, schema) in overlaySections { sections[name] = schema }
    }
    let what = isOverlay ? "A file of an overlay of" : "A file of the rulebook"
    return JSONTree.object(sections)
      .with("$schema", .string(IntakeSchema.draft))
      .with("title", .string("\(what) \(program.header.name) \(program.header.version)"))
      .with("definitions", .map(definitions))
  }

  // MARK: Sections

  private var sections: [String: JSONTree] {
    let condition = JSONTree.reference("condition")
    let when = JSONTree.ifType("string", .words(["always"]), otherwise: condition)
    let text = JSONTree.reference("text")
    let options = JSONTree.anyOf([.list(of: .reference("word")), .named("^[a-z][a-z0-9_]*$", text)])
    let order = JSONTree.list(of: .reference("word"))
    let sources = JSONTree.oneOrMore(.reference("source"))
    let because = JSONTree.reference("because")
    let names = JSONTree.oneOrMore(.reference("readable"))
    let yesNo = JSONTree.words(["yes", "no"])
    let word = JSONTree.reference("word")
    let decisions = JSONTree.oneOrMore(.reference("decision"))
    let readings: [String: JSONTree] = ["reviewed_by": word, "review_by": .pattern(JSONTree.day)]
    func elements(_ pattern: String, _ keys: [String: JSONTree], required: [String] = []) -> JSONTree {
      .named(
        "^\(pattern)$",
        .object(keys.merging(["suppress": .reference("suppressions")]) { first, _ in first }, required: required))
    }
    let rule: [String: JSONTree] = readings.merging([
      "when": when, "recommend": recommendations, "rule_out": rulings, "because": because, "sources": sources,
      "overrides": .reference("overrides"),
    ]) { first, _ in first }
    let item: [String: JSONTree] = [
      "counts_toward_hours": yesNo, "fills": word, "given_by": word, "help": text,
      "kind": .words(["core", "enhanced"]),
      "label": text, "options": options, "ordered": order, "range": word, "sources": sources, "unit": word,
    ]
    return [
      "rulebook": .object(
        ["name": .pattern(JSONTree.id), "title": text, "version": word], required: ["name", "version"]),
      "facts": elements(
        JSONTree.name,
        [
          "applies_when": condition, "ask": text, "assume": .reference("any"), "changeable": yesNo, "help": text,
          "label": text, "options": options, "ordered": order, "range": word, "record_only": yesNo, "sources": sources,
          "type": .words(["yes_no", "choice", "choices", "integer", "decimal", "date"]), "unit": word, "why": text,
        ], required: ["ask", "type"]),
      "derived": elements(
        JSONTree.name,
        [
          "as": .named("^[a-z][a-z0-9_]*$", word), "bands": word, "count": .reference("conditions"),
          "days": pair(["from", "to"]), "difference": pair(["of", "less"]), "highest": .list(of: word), "label": text,
          "lowest": .list(of: word), "or_entered_as": word, "points": word, "product": .list(of: word),
          "sources": sources, "sum": .list(of: word),
          "total": .anyOf([word, .object(["counted": yesNo, "of": word, "unit": word], required: ["of"])]),
          "when": when,
        ]),
      "decisions": elements(
        JSONTree.name,
        [
          "applies_when": condition, "combine": .words(["one", "highest", "lowest", "preferred", "all"]), "label": text,
          "of": word, "options": options, "ordered": order,
          "otherwise": .object(
            ["value": .reference("any"), "because": text, "sources": sources], required: ["value", "because"]),
          "per": .words(["phase"]), "prefer": order, "range": word,
          "type": .words(["choice", "integer", "decimal", "yes_no", "set", "menu"]), "unit": word,
        ], required: ["type", "combine"]),
      "catalogues": .named(
        "^[a-z][a-z0-9_]*$", .named("^[a-z][a-z0-9_]*$", .anyOf([.object(item), .reference("suppressions")]))),
      "rules": elements(JSONTree.id, rule, required: ["when", "because", "sources"]),
      "tables": elements(
        JSONTree.id,
        readings.merging([
          "columns": .object(["when": names, "recommend": decisions, "rule_out": decisions]), "because": because,
          "sources": sources, "overrides": .reference("overrides"),
          "rows": .named("^[a-z][a-z0-9_]*$", ["type": ["array", "object"]]),
        ]) { first, _ in first }, required: ["columns", "rows", "sources"]),
      "sources": elements(
        JSONTree.id,
        [
          "confirmed": yesNo, "kind": .words(Source.Kind.allCases.map(\.rawValue)), "publisher": word, "title": word,
          "where": word, "year": .reference("word"),
        ], required: ["title", "kind", "confirmed"]),
      "parameters": elements(
        JSONTree.name,
        [
          "label": text, "sources": sources, "unit": word,
          "values": .list(of: .object(["from": .pattern(JSONTree.day), "value": word], required: ["from", "value"])),
        ], required: ["sources", "values"]),
      "impossible": elements(JSONTree.id, ["because": text, "when": when], required: ["because", "when"]),
      "present": .object([
        "sentence": text, "decisions": decisions, "screen": .oneOrMore(.reference("fact")),
        "sections": .list(
          of: .object(
            ["title": text, "in_order": yesNo, "facts": .oneOrMore(.reference("fact"))], required: ["title", "facts"])),
      ]),
      "properties": elements(
        JSONTree.id,
        [
          "decisions": decisions, "expect": .reference("expectation"), "independent_of": names,
          "monotone": names, "when": .ifType("string", .words(["always"]), otherwise: .reference("expectation")),
          "why": text,
        ]),
      "cases": elements(
        JSONTree.id,
        [
          "because": .oneOrMore(.reference("rule")), "each": ["type": "object"], "exactly": .reference("expectation"),
          "expect": .reference("expectation"), "given": given, "needs": .oneOrMore(.reference("fact")),
          "not_because": .oneOrMore(.reference("rule")), "why": text,
        ], required: ["given"]),
    ]
  }

  /// What stands in overlays only. Which elements there are to be replaced, `check` says.
  private var overlaySections: [String: JSONTree] {
    let text = JSONTree.reference("text")
    return [
      "overlay": .object(
        ["of": .reference("word"), "name": .pattern(JSONTree.id), "title": text, "reason": text],
        required: ["of", "name", "reason"]),
      "replace": ["type": "object", "additionalProperties": ["type": "object", "required": ["reason"]]],
      "disable": ["type": "object", "additionalProperties": text],
      "offers": ["type": "object", "additionalProperties": ["type": "object"]],
    ]
  }

  private func pair(_ keys: [String]) -> JSONTree {
    .object(Dictionary(uniqueKeysWithValues: keys.map { ($0, JSONTree.reference("word")) }), required: keys)
  }

  private var given: JSONTree {
    guard case .map(var schema) = IntakeSchema.answers(program), case .map(var facts)? = schema["properties"] else {
      return true
    }
    facts["from"] = facts["from"].map { .anyOf([$0, .reference("word")]) } ?? .reference("word")
    schema["properties"] = .map(facts)
    return .anyOf([.map(schema), ["type": "null"]])
  }

  private var suppressions: JSONTree {
    .object(
      Dictionary(
        uniqueKeysWithValues: Suppression.possibleIDs.map {
          ($0, JSONTree.reference("word"))
        })
    ).with("description", "Findings that may stand here, with a reason each.")
  }

  // MARK: Names

  private var facts: [String] { program.variables.filter { $0.fact != nil }.map(\.name) }

  /// Everything that a condition can read, with what may be asked of it; of a phased name also the name without the phase.
  private var readable: [String: (domain: Domain, isFact: Bool, isDecision: Bool, label: String)] {
    var found: [String: (Domain, Bool, Bool, String)] = [:]
    for variable in program.variables {
      let isFact = variable.fact != nil
      var isDecision = false
      if case .decision = variable.kind { isDecision = true }
      let entry = (variable.domain, isFact, isDecision, variable.label.text(in: "en"))
      found[variable.name] = entry
      if !isFact { found[withoutPhase(variable.name)] = entry }
    }
    return found
  }

  private func withoutPhase(_ name: String) -> String {
    name.split(separator: ".").filter { !Program.phases.contains(String($0)) }.joined(separator: ".")
  }

  private var decisionNames: [String] {
    Set(program.decisions.flatMap { [$0.family, program.variables[$0.variable].name] }).sorted()
  }

  /// Rules and rows, their tables, and all of these without their phase.
  private var ruleNames: [String] {
    var names: Set<String> = []
    for rule in program.rules {
      var name = rule.id[...]
      names.insert(rule.id)
      while let bracket = name.lastIndex(of: "[") {
        name = name[..<bracket]
        names.insert(String(name))
      }
    }
    return names.sorted()
  }

  private var overrides: JSONTree {
    let each = ruleNames.map { ($0, JSONTree.oneOrMore(.reference("decision"))) }
    return .anyOf([.oneOrMore(.reference("rule")), .object(Dictionary(uniqueKeysWithValues: each))])
  }

  /// What rules say about decisions, by phase or for all, and about single items.
  private func effects(_ value: (Decision) -> JSONTree) -> [String: JSONTree] {
    var found: [String: JSONTree] = [:]
    for decision in program.decisions {
      let one = value(decision)
      found[program.variables[decision.variable].name] = one
      guard decision.phase != nil else { continue }
      let phases = Dictionary(uniqueKeysWithValues: Program.phases.map { ($0, one) })
      found[decision.family] = .anyOf([one, .object(phases)])
    }
    return found
  }

  private var recommendations: JSONTree {
    var found = effects(matchers.recommendation)
    for variable in program.variables {
      guard case .item(let decision, let slot) = variable.kind else { continue }
      guard program.decisions[decision].slots[slot].fill == nil,
        case .map(let menu) = matchers.recommendation(program.decisions[decision]),
        case .map(let items)? = menu["properties"]
      else { continue }
      let name = program.variables[program.decisions[decision].variable].name
      let amount = items[String(variable.name.dropFirst(name.count + 1))]
      found[variable.name] = amount
      found[withoutPhase(variable.name)] = amount
    }
    return .object(found)
  }

  private var rulings: JSONTree {
    .object(effects { $0.hasMembers || $0.combine == .preferred ? matchers.ruledOut($0) : false })
  }

  // MARK: Definitions

  private var definitions: [String: JSONTree] {
    [
      "any": true,
      "asked_of_number": matchers.ofNumbers,
      "asked_of_date": matchers.ofDates,
      "decision": .words(decisionNames),
      "fact": .words(facts),
      "readable": .words(readable.keys.sorted()),
      "rule": .words(ruleNames),
      "source": .words(program.sources.map(\.id)),
      "overrides": overrides,
      "suppressions": suppressions,
      "word": ["type": ["string", "number"]],
      "text": .anyOf([.reference("word"), .named("^[a-z]{2}(-[A-Z]{2})?$", .reference("word"))]),
      "because": .anyOf([
        .reference("text"),
        .object(
          Dictionary(uniqueKeysWithValues: (decisionNames + ["otherwise"]).map { ($0, JSONTree.reference("text")) })),
      ]),
      "condition": condition("condition", outcomes: []),
      "conditions": conditions("condition"),
      "expectation": condition(
        "expectation", outcomes: Condition.OutcomeTest.allCases.map(\.rawValue) + ["not_applicable", "unknown"]),
      "expectations": conditions("expectation"),
    ]
  }

  private func conditions(_ name: String) -> JSONTree {
    .ifType("array", .list(of: .reference(name)).with("minItems", 1), otherwise: .reference(name))
  }

  private func condition(_ name: String, outcomes: [String]) -> JSONTree {
    let several = JSONTree.reference("\(name)s")
    var keys: [String: JSONTree] = [
      "all": several, "any": several, "unless": .reference(name),
      "not": .anyOf([.reference(name)]).with("maxProperties", 1),
      "at_least": .object(["count": ["type": "integer", "minimum": 1], "of": several], required: ["count", "of"]),
    ]
    for rule in ruleNames { keys[rule] = .words(["applies"]) }
    var groups: Set<String> = []
    for (variable, reading) in readable {
      keys[variable] =
        outcomes.isEmpty
        ? matchers.matcher(reading.domain, isFact: reading.isFact).with("description", .string(reading.label))
        : .anyOf([.reference("condition/properties/\(variable)"), .words(outcomes)])
      var head = variable[...]
      while let dot = head.lastIndex(of: ".") {
        head = head[..<dot]
        groups.insert(String(head))
      }
    }
    // Nesting and dots are the same; below the beginning of a name its parts are looked at by `check`.
    for group in groups {
      let nested: JSONTree = ["type": "object"]
      keys[group] = keys[group].map { .anyOf([$0, nested]) } ?? nested
    }
    return JSONTree.object(keys).with("minProperties", 1)
  }
}
