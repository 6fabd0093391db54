/// JSON that is put together key by key, where the keys are not known beforehand.
enum JSONTree: Encodable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case string(String)
  case real(Double)
  case bool(Bool)
  case list([JSONTree])
  case map([String: JSONTree])

  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .real(Double(value)) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(arrayLiteral elements: JSONTree...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, JSONTree)...) {
    self = .map(Dictionary(elements) { _, last in last })
  }

  /// The same object with another key.
  func with(_ key: String, _ value: JSONTree?) -> JSONTree {
    guard case .map(var entries) = self, let value else { return self }
    entries[key] = value
    return .map(entries)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let text): try container.encode(text)
    case .real(let number):
      if let whole = Int(exactly: number) { try container.encode(whole) } else { try container.encode(number) }
    case .bool(let flag): try container.encode(flag)
    case .list(let items): try container.encode(items)
    case .map(let entries): try container.encode(entries)
    }
  }
}

/// The pieces of JSON Schema from which both schemas are made.
extension JSONTree {
  static func anyOf(_ schemas: [JSONTree]) -> JSONTree {
    schemas.count == 1 ? schemas[0] : ["anyOf": .list(schemas)]
  }

  static func words(_ words: some Sequence<String>) -> JSONTree {
    ["enum": .list(words.map { .string($0) })]
  }

  /// A text that fits a regular expression as a whole.
  static func pattern(_ expression: String) -> JSONTree {
    ["type": "string", "pattern": .string("^(?:\(expression))$")]
  }

  static func reference(_ name: String) -> JSONTree { ["$ref": .string("#/definitions/\(name)")] }

  static func list(of schema: JSONTree) -> JSONTree { ["type": "array", "items": schema] }

  /// One schema for values of a type, another for all others: tells better what is wrong than ``anyOf(_:)``.
  static func ifType(_ type: String, _ schema: JSONTree, otherwise: JSONTree) -> JSONTree {
    ["if": ["type": .string(type)], "then": schema, "else": otherwise]
  }

  /// One, or a list of them.
  static func oneOrMore(_ schema: JSONTree) -> JSONTree { .anyOf([schema, .list(of: schema)]) }

  /// An object with these keys and no others.
  static func object(_ properties: [String: JSONTree], required: [String] = []) -> JSONTree {
    var schema: [String: JSONTree] = [
      "type": "object", "properties": .map(properties), "additionalProperties": false,
    ]
    if !required.isEmpty { schema["required"] = .list(required.map { .string($0) }) }
    return .map(schema)
  }

  /// An object whose keys are names to be chosen.
  static func named(_ pattern: String, _ schema: JSONTree) -> JSONTree {
    ["type": "object", "patternProperties": [pattern: schema], "additionalProperties": false]
  }

  static let name = "[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)*"
  static let id = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
  static let day = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
  static let number = "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?"

  /// A word as it stands in a regular expression.
  static func escaped(_ word: String) -> String {
    word.map { "\\^$.|?*+()[]{}/".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  static func oneOf(_ words: [String]) -> String { "(?:\(words.map(escaped).joined(separator: "|")))" }
}
