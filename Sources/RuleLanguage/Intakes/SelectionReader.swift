import RuleEngine
import SourceText

/// Reads what a clinician selected: `selected: {track: {value: daytime, because: court, note: …, by: …}}`.
///
/// Nested and dotted names are the same. A set can be selected as a list (exactly these) or as a map (`{step_down: yes}`,
/// the others as recommended), a menu as a map of amounts.
struct SelectionReader {
  let selectable: [String: Selectable]
  let isPersonal: Bool
  let isJSON: Bool
  /// Names that could be meant, too, where facts can be answered beside.
  let facts: Set<String>
  private(set) var selections: [String: Selection] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  private var places: [String: SourceRange] = [:]
  private static let keys = ["value", "because", "note", "by"]

  init(selectable: [String: Selectable], isPersonal: Bool, isJSON: Bool, facts: Set<String> = []) {
    self.facts = facts
    self.selectable = selectable
    self.isPersonal = isPersonal
    self.isJSON = isJSON
  }

  /// - Parameter prefix: the name so far; empty below `selected` itself.
  mutating func read(_ node: YAMLNode, under prefix: String) {
    switch node.content {
    case .broken: return
    case .scalar(let scalar) where scalar.isBlank: return
    case .map(let entries) where !prefix.isEmpty && entries.contains { Self.keys.contains($0.key.value) }:
      selection(entries, Spanned(prefix, node.range))
    case .map(let entries):
      for entry in entries {
        let name = prefix.isEmpty ? entry.key.value : "\(prefix).\(entry.key.value)"
        guard isBeginning(name) else {
          diagnostics.append(.unknownDecision(Spanned(name, entry.key.range), candidates: names))
          continue
        }
        read(entry.value, under: name)
      }
    case .scalar, .list:
      diagnostics.append(.selectionShape(prefix.isEmpty ? "selected" : prefix, at: node.range))
    }
  }

  /// What can be selected: decisions, and the members of sets and items of menus.
  private var names: [String] {
    selectable.flatMap { name, entry in [name] + (entry.members ?? []).map { "\(name).\($0.name)" } }.sorted()
  }

  private func isBeginning(_ name: String) -> Bool {
    names.contains { $0 == name || $0.hasPrefix("\(name).") }
  }

  private mutating func selection(_ entries: [YAMLEntry], _ name: Spanned<String>) {
    for entry in entries where !Self.keys.contains(entry.key.value) {
      diagnostics.append(.selectionKey(entry.key, of: name.value, keys: Self.keys, isPersonal))
    }
    func node(_ key: String) -> YAMLNode? { entries.first { $0.key.value == key }?.value }
    func text(_ key: String) -> String? { node(key)?.scalar.map(\.value.text).flatMap { $0.isEmpty ? nil : $0 } }
    guard let value = node("value"), !value.isBlank else {
      diagnostics.append(.selectionWithout("value", of: name, example: "value: \(example(name.value))"))
      return
    }
    guard let word = text("because"), let place = node("because")?.range else {
      diagnostics.append(.selectionWithout("because", of: name, example: "because: client_preference"))
      return
    }
    guard let because = Selection.Reason(rawValue: word) else {
      diagnostics.append(.selectionReason(Spanned(word, place), of: name.value, isPersonal))
      return
    }
    let note = text("note")
    if because == .other, note == nil { diagnostics.append(.selectionWithout("note", of: name, example: "note: …")) }
    select(name, value) { Selection($0, because: because, note: note, by: text("by")) }
  }

  private func example(_ name: String) -> String { selectable[name]?.domain.names.first ?? "…" }

  /// Reads a value for a decision, a member or an item, and keeps what `selection` makes of it.
  mutating func select(_ name: Spanned<String>, _ value: YAMLNode, _ selection: (Value?) -> Selection) {
    if let entry = selectable[name.value] {
      guard let members = entry.members else {
        guard let value = amount(value, name.value, entry.domain) else { return }
        return keep(selection(value), name)
      }
      all(members, value, name, selection)
    } else if let (decision, member) = member(name.value) {
      one(member, value, Spanned("\(decision).\(member.name)", name.range), selection)
    } else {
      let phases = Program.phases.map { "\(name.value).\($0)" }.filter { selectable[$0] != nil }
      diagnostics.append(
        phases.isEmpty
          ? .unknownDecision(name, candidates: (names + facts).sorted()) : .selectionPhase(name, phases: phases))
    }
  }

  private func member(_ name: String) -> (decision: String, member: Selectable.Member)? {
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let decision = String(name[..<dot])
    return selectable[decision]?.members?.first { $0.name == name[name.index(after: dot)...] }.map { (decision, $0) }
  }

  /// A whole set or menu.
  private mutating func all(
    _ members: [Selectable.Member], _ value: YAMLNode, _ name: Spanned<String>, _ selection: (Value?) -> Selection
  ) {
    func unknown(_ word: String?, _ range: SourceRange) -> Diagnostic {
      .answer(
        .notAnOption(word: word, options: members.map(\.name), range: range), of: name.value, domain: .yesNo,
        isPersonal,
        isSelection: true)
    }
    switch value.content {
    case .map(let entries):
      for entry in entries {
        if let member = members.first(where: { $0.name == entry.key.value }) {
          one(member, entry.value, Spanned("\(name.value).\(member.name)", entry.key.range), selection)
        } else {
          diagnostics.append(unknown(entry.key.value, entry.key.range))
        }
      }
    case .list(let items) where members.allSatisfy { $0.amount == nil }:
      let words = items.map { $0.scalar?.value.text }
      for (word, item) in zip(words, items) where !members.contains(where: { $0.name == word }) {
        diagnostics.append(unknown(word, item.range))
      }
      for member in members {
        keep(
          selection(words.contains(member.name) ? .included : nil), Spanned("\(name.value).\(member.name)", value.range)
        )
      }
    default:
      diagnostics.append(
        .selectionOfMany(name.value, hasAmounts: members.contains { $0.amount != nil }, at: value.range))
    }
  }

  /// One member or item; `no` takes it out.
  private mutating func one(
    _ member: Selectable.Member, _ value: YAMLNode, _ name: Spanned<String>, _ selection: (Value?) -> Selection
  ) {
    guard !member.fills else {
      diagnostics.append(.selectionOfFill(name))
      return
    }
    let text = value.scalar?.value.text
    if let domain = member.amount {
      if text == "no" || isJSON && text == "false", !domain.names.contains("no") { return keep(selection(nil), name) }
      guard let value = amount(value, name.value, domain) else { return }
      keep(selection(value), name)
    } else if let isIn = amount(value, name.value, .yesNo) {
      keep(selection(isIn == .option(1) ? .included : nil), name)
    }
  }

  private mutating func amount(_ node: YAMLNode, _ name: String, _ domain: Domain) -> Value? {
    let problem: AnswerProblem
    switch AnswerReader(name: name, domain: domain, isJSON: isJSON).read(node) {
    case .success(.option(let option)): return .option(option)
    case .success(.number(let number)): return .number(number)
    case .success: problem = .notAnOption(word: nil, options: domain.names, range: node.range)
    case .failure(let found): problem = found
    }
    diagnostics.append(.answer(problem, of: name, domain: domain, isPersonal, isSelection: true))
    return nil
  }

  private mutating func keep(_ selection: Selection, _ name: Spanned<String>) {
    if let first = places[name.value] {
      diagnostics.append(.selectedTwice(name, first: first))
    } else {
      places[name.value] = name.range
      selections[name.value] = selection
    }
  }
}
