package import RuleEngine
package import SourceText

/// Reads the answers of an intake: nested or dotted names, each answer by the type of its fact.
package struct IntakeReader {
  private let names: IntakeNames
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

  /// - Parameter isPersonal: whether findings must not show answers.
  package static func read(_ root: YAMLNode, _ names: IntakeNames, isPersonal: Bool, isJSON: Bool) -> Reading {
    var reader = IntakeReader(names, isPersonal: isPersonal, isJSON: isJSON)
    reader.map(root, under: "")
    reader.intake.selections = reader.selections.selections
    return Reading(
      intake: reader.intake, places: reader.places, blank: reader.blank,
      diagnostics: reader.diagnostics + reader.selections.diagnostics)
  }

  private init(_ names: IntakeNames, isPersonal: Bool, isJSON: Bool) {
    self.names = names
    self.isPersonal = isPersonal
    self.isJSON = isJSON
    selections = SelectionReader(selectable: names.selectable, isPersonal: isPersonal, isJSON: isJSON)
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
    if names.facts[name] != nil, case .map(let entries) = entry.value.content, !entries.isEmpty,
      entries.allSatisfy({ names.isBeginning("\(name).\($0.key.value)") })
    {
      return map(entry.value, under: name)
    }
    guard let domain = names.facts[name] else {
      if name == "selected" || name.hasPrefix("selected."), !names.prefixes.contains(name) {
        places[name] = entry.key.range
        selections.read(entry.value, under: String(name.dropFirst("selected.".count)))
      } else if names.prefixes.contains(name) {
        map(entry.value, under: name)
      } else if entry.key.value.contains(":"), !entry.key.value.contains(" ") {
        diagnostics.append(.missingSpace(entry.key, isPersonal: isPersonal))
      } else {
        diagnostics.append(
          .unknownFact(
            Spanned(name, entry.key.range), candidates: names.facts.keys.sorted(), computed: names.computed,
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
    names.facts.values.contains { $0.names.contains(key) }
  }
}
