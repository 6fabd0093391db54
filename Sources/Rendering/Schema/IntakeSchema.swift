import FoundationEssentials
public import RuleEngine

/// The answers that an intake of one rulebook may hold, as JSON Schema: every editor that knows it completes the names of
/// facts and options and underlines what fits nothing.
public enum IntakeSchema {
  /// The text of the schema.
  public static func render(_ program: Program) -> String {
    var schema = answers(program)
    schema = schema.with("$schema", .string(draft))
      .with("title", .string("An intake for \(program.header.name) \(program.header.version)"))
    return JSONText.render(schema, keys: .useDefaultKeys)
  }

  static let draft = "http://json-schema.org/draft-07/schema#"

  /// A map of all facts, with dots, nested, or both.
  static func answers(_ program: Program) -> JSONTree {
    var facts: [String: JSONTree] = [:]
    for variable in program.variables where variable.fact != nil { facts[variable.name] = answer(variable, program) }
    facts["assessed_on"] = .anyOf([.pattern(JSONTree.day), ["type": "null"]])
      .with("description", "The day of the assessment.")
    guard case .map(var schema) = below("", facts), case .map(var keys)? = schema["properties"] else { return true }
    if keys["selected"] == nil {
      keys["selected"] = JSONTree.map(["type": "object"])
        .with("description", "What a clinician chose instead, by decision, with a reason.")
    }
    schema["properties"] = .map(keys)
    return .map(schema)
  }

  /// The facts below the beginning of a name.
  private static func below(_ prefix: String, _ facts: [String: JSONTree]) -> JSONTree {
    var properties: [String: JSONTree] = [:]
    var groups: Set<String> = []
    for (name, schema) in facts where name.hasPrefix(prefix) {
      let rest = String(name.dropFirst(prefix.count))
      properties[rest] = schema
      var head = rest[...]
      while let dot = head.lastIndex(of: ".") {
        head = head[..<dot]
        groups.insert(String(head))
      }
    }
    for group in groups {
      let nested = below("\(prefix)\(group).", facts)
      // A fact can be the beginning of others.
      properties[group] = properties[group].map { .anyOf([$0, nested]) } ?? nested
    }
    return .object(properties)
  }

  private static func answer(_ variable: Variable, _ program: Program) -> JSONTree {
    let question = variable.fact?.question.text(in: "en") ?? ""
    return .anyOf(values(variable, program) + [.words(["declined", "does_not_know"]), ["type": "null"]])
      .with("description", .string(question))
  }

  private static func values(_ variable: Variable, _ program: Program) -> [JSONTree] {
    switch variable.domain {
    case .options(let names, _):
      // In JSON, `true` and `false` are yes and no.
      return variable.domain == .yesNo ? [.words(["yes", "no"]), ["type": "boolean"]] : [.words(names)]
    case .numbers(let numbers): return [MatcherSchema(program: program).number(numbers)]
    case .dates: return [.pattern(JSONTree.day)]
    case .members(let names):
      let one = JSONTree.anyOf([
        .words(["yes", "no", "declined", "does_not_know"]), ["type": ["boolean", "null"]],
      ])
      return [
        .list(of: .words(names)),
        .object(Dictionary(uniqueKeysWithValues: names.map { ($0, one) })),
      ]
    }
  }
}
