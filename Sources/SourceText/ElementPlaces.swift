/// Where the elements of a rulebook are declared, for findings about its meaning.
public struct ElementPlaces: Sendable {
  /// Facts, derived facts, decisions and items, by name.
  public var variables: [String: SourceRange] = [:]
  /// Rules, tables and rows, by id.
  public var rules: [String: SourceRange] = [:]
  public var properties: [String: SourceRange] = [:]
  public var cases: [String: SourceRange] = [:]

  public init() {}

  /// The place of a rule, a table, a row, or one phase of a rule.
  public func rule(_ id: String) -> SourceRange? {
    rules[id] ?? id.lastIndex(of: "[").flatMap { rules[String(id[..<$0])] }
  }
}
