package import RuleEngine
package import SourceText

/// A name that conditions, texts and recommendations can use.
package struct Symbol: Sendable {
  package enum Kind: Sendable {
    case fact(isRecordOnly: Bool)
    case derived
    case decision
    /// One item of a menu.
    case item(of: String)
  }

  package var name: String
  package var kind: Kind
  /// `nil` while it is not known, or if the declaration is broken: then whatever is asked of it passes.
  package var domain: Domain?
  package var optionLabels: [LocalizedText] = []
  package var place: SourceRange
  /// Whether it stands for one variable in each phase.
  package var isPhased = false
  /// Where it is one phase of a phased name: the name without the phase.
  package var family: String?
  /// The words behind the phase, if it is an item of a phased menu.
  package var item: String?
  /// What must hold for it to apply; empty if it always does.
  package var applicability: [CheckedCondition] = []
  /// Whether a decision stands somewhere below it.
  package var readsDecisions = false

  package var isDecision: Bool {
    switch kind {
    case .decision, .item: true
    case .fact, .derived: false
    }
  }

  /// The name in one phase: `services.intensive.peer_support` of `services.peer_support`.
  package func name(in phase: String) -> String {
    guard isPhased else { return name }
    guard let item else { return "\(name).\(phase)" }
    return "\(name.dropLast(item.count + 1)).\(phase).\(item)"
  }
}

/// Every name of a rulebook.
package struct SymbolTable: Sendable {
  private var symbols: [String: Symbol] = [:]
  /// Every beginning of a dotted name, so that `last_stay` is known where `last_stay.ended` is declared.
  private var prefixes: Set<String> = []
  /// The names that stand for one variable in each phase.
  private var phased: Set<String> = []
  /// The names of which it is not known what they can be.
  private var withoutDomain: Set<String> = []
  /// The ids of rules, tables and table rows, with their places.
  package var rules: [String: SourceRange] = [:]
  /// For each table, the ids of its rows.
  package var rows: [String: [String]] = [:]

  package subscript(name: String) -> Symbol? {
    get { symbols[name] }
    set {
      symbols[name] = newValue
      if newValue?.isPhased ?? false { phased.insert(name) } else { phased.remove(name) }
      if let newValue, newValue.domain == nil { withoutDomain.insert(name) } else { withoutDomain.remove(name) }
      prefixes.formUnion(name.beginningsOfName)
    }
  }

  /// Whether a condition reads a name that stands for one variable in each phase.
  func isAnyPhased(in condition: ParsedCondition) -> Bool {
    !phased.isEmpty && condition.names.contains { phased.contains($0.value) }
  }

  /// Whether a condition reads a name of which it is not known what it can be.
  func isAnyWithoutDomain(in condition: ParsedCondition) -> Bool {
    !withoutDomain.isEmpty && condition.names.contains { withoutDomain.contains($0.value) }
  }

  package func isPrefix(_ name: String) -> Bool { prefixes.contains(name) }
  package var names: [String] { symbols.keys.sorted() }

  /// Stands for a name in templates, until lowering puts the variable's place there. Numbers follow the sorted names.
  package func numbers() -> [String: Int] {
    Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
  }
}
