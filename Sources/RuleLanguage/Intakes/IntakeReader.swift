package import RuleEngine
package import SourceText

/// Reads the answers of an intake: nested or dotted names, each answer by the type of its fact.
package struct IntakeReader {
  private let facts: [String: Domain]
  private let computed: Set<String>
  private let prefixes: Set<String>
  private var selections: SelectionReader
  private let isPersonal: Bool
  private let isJSON: Bool
  private var intake = Intake()
  private var blank: [String] = []
  private var places: [String: SourceRange] = [:]
  private var diagnostics: [Diagnostic] = []

  /// What was read, where each answer stands, and everything wrong.
  package struct Reading: Sendable {
    package var intake: Intake
    package var places: [String: SourceRange]
    /// The facts that were named without an answer.
    package var blank: [String]
    package var diagnostics: [Diagnostic]
  }

  /// - Parameters:
  ///   - facts: the domains of the facts by their names.
  ///   - isPersonal: whether findings must not show answers.
  ///   - computed: the names of what is not asked but follows.
  ///   - selectable: the decisions by their names, for what a clinician selected.
  package static func read(
    _ root: YAMLNode, facts: [String: Domain], computed: Set<String>, selectable: [String: Selectable],
    isPersonal: Bool, isJSON: Bool
  ) -> Reading {
    var reader = IntakeReader(
      facts: facts, computed: computed, isPersonal: isPersonal, isJSON: isJSON,
      SelectionReader(selectable: selectable, isPersonal: isPersonal, isJSON: isJSON))
    reader.map(root, under: "")
    reader.intake.selections = reader.selections.selections
    return Reading(
      intake: reader.intake, places: reader.places, blank: reader.blank,
      diagnostics: reader.diagnostics + reader.selections.diagnostics)
  }

  private init(
    facts: [String: Domain], computed: Set<String>, isPersonal: Bool, isJSON: Bool, _ selections: SelectionReader
  ) {
    self.selections = selections
    self.facts = facts
    self.computed = computed
    self.isPersonal = isPersonal
    self.isJSON = isJSON
    var prefixes: Set<String> = []
    for name in facts.keys {
      var prefix = name[...]
      while let dot = prefix.lastIndex(of: ".") {
        prefix = prefix[..<dot]
        prefixes.insert(String(prefix))
      }
    }
    self.prefixes = prefixes
  }

  private mutating func map(_ node: YAMLNode, under prefix: String) {
    switch node.content {
    case .broken: return
    case .map(let entries):
      for entry in entries { self.entry(entry, under: prefix) }
    case .scalar(let scalar) where scalar.isBlank: return
    case .scalar(let scalar) where scalar.text.contains(":") && !scalar.text.contains(" "):
      diagnostics.append(.missingSpace(Spanned(scalar.text, node.range), isPersonal: isPersonal))
    case .scalar, .list:
      diagnostics.append(.unexpectedShape(node, expected: "a map of facts and answers"))
    }
  }

  private mutating func entry(_ entry: YAMLEntry, under prefix: String) {
    let name = prefix.isEmpty ? entry.key.value : "\(prefix).\(entry.key.value)"
    // A fact can be the beginning of others: below `stay:` may stand `began_on:`.
    if facts[name] != nil, case .map(let entries) = entry.value.content, !entries.isEmpty,
      entries.allSatisfy({ facts["\(name).\($0.key.value)"] != nil || prefixes.contains("\(name).\($0.key.value)") })
    {
      return map(entry.value, under: name)
    }
    guard let domain = facts[name] else {
      if name == "selected" || name.hasPrefix("selected."), !prefixes.contains(name) {
        places[name] = entry.key.range
        selections.read(entry.value, under: String(name.dropFirst("selected.".count)))
      } else if prefixes.contains(name) {
        map(entry.value, under: name)
      } else if entry.key.value.contains(":"), !entry.key.value.contains(" ") {
        diagnostics.append(.missingSpace(entry.key, isPersonal: isPersonal))
      } else {
        diagnostics.append(
          .unknownFact(
            Spanned(name, entry.key.range), candidates: facts.keys.sorted(), computed: computed,
            mayBeAnswer: isPersonal && isAnswer(entry.key.value)))
      }
      return
    }
    if let first = places[name] {
      diagnostics.append(.answerTwice(name, at: entry.key.range, first: first))
      return
    }
    places[name] = entry.key.range
    if let scalar = entry.value.scalar?.value,
      scalar.isBlank || !scalar.isQuoted && ["null", "~"].contains(scalar.text)
    {
      blank.append(name)
      return
    }
    guard !entry.value.isBroken else { return }
    switch AnswerReader(name: name, domain: domain, isJSON: isJSON).read(entry.value) {
    case .success(.members(let members)) where members.allSatisfy { $0 == .notAsked }: blank.append(name)
    case .success(let answer): intake.answers[name] = answer
    case .failure(let problem): diagnostics.append(.answer(problem, of: name, domain: domain, isPersonal))
    }
  }

  /// Whether a key could be an answer written one level too high: an option of some fact.
  private func isAnswer(_ key: String) -> Bool {
    facts.values.contains { $0.names.contains(key) }
  }
}
