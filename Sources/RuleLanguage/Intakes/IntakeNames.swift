package import RuleEngine

/// The names that may stand in an intake, and what each may hold. Made once for all intakes of a rulebook.
package struct IntakeNames: Sendable {
  /// The domains of the facts by their names.
  let facts: [String: Domain]
  /// The names of what is not asked but follows.
  let computed: Set<String>
  /// The decisions by their names, for what a clinician selected.
  let selectable: [String: Selectable]
  /// What names of facts begin with, up to each of their dots.
  let prefixes: Set<String>

  init(facts: [String: Domain], computed: Set<String> = [], selectable: [String: Selectable] = [:]) {
    self.facts = facts
    self.computed = computed
    self.selectable = selectable
    prefixes = Set(facts.keys.flatMap(\.beginningsOfName))
  }

  package init(_ program: Program) {
    self.init(
      facts: Self.facts(of: program), computed: Set(program.variables.filter { $0.fact == nil }.map(\.name)),
      selectable: Selectable.all(in: program))
  }

  /// Whether a fact is called that, or begins with it.
  func isBeginning(_ name: String) -> Bool { facts[name] != nil || prefixes.contains(name) }

  static func facts(of program: Program) -> [String: Domain] {
    Dictionary(uniqueKeysWithValues: program.variables.filter { $0.fact != nil }.map { ($0.name, $0.domain) })
  }
}

extension String {
  /// Of `work.hours.late`: `work.hours` and `work`.
  var beginningsOfName: [String] {
    var found: [String] = []
    var rest = self[...]
    while let dot = rest.utf8.lastIndex(of: UInt8(ascii: ".")) {
      rest = rest[..<dot]
      found.append(String(rest))
    }
    return found
  }
}
