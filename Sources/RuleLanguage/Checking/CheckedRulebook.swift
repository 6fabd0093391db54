package import RuleEngine
package import SourceText

/// A rulebook that is understood: every name is resolved, every value has its type. It still says things as the author
/// said them: phases are not written out, and elements are known by name. Lists are sorted by name.
package struct CheckedRulebook: Sendable {
  package var header: Program.Header
  package var sources: [Source] = []
  package var parameters: [Parameter] = []
  package var facts: [CheckedFact] = []
  package var derived: [CheckedDerived] = []
  package var decisions: [CheckedDecision] = []
  /// Rules and the rows of tables.
  package var rules: [Shared<CheckedRule>] = []
  package var impossibilities: [CheckedImpossibility] = []
  package var presentation = CheckedPresentation()
  package var cases: [CheckedCase] = []
  package var properties: [CheckedProperty] = []
  package var adaptation: Adaptation?
  package var symbols = SymbolTable()
}

package struct CheckedFact: Sendable {
  package var name: String
  package var label: LocalizedText
  package var domain: Domain
  package var optionLabels: [LocalizedText]
  package var question: LocalizedText
  package var help: LocalizedText?
  package var why: LocalizedText?
  package var appliesWhen: CheckedCondition?
  package var assumed: Answer?
  package var isRecordOnly: Bool
  package var isChangeable: Bool
}

/// How a derived fact follows from others, by name. See ``Derivation``.
package enum CheckedDerivation: Sendable {
  case sum([String], enteredAs: String?)
  case difference(of: String, less: String)
  case count([CheckedCondition])
  case points(of: String, [Number])
  case bands(of: String, [Interval])
  case highest([String])
  case lowest([String])
  case days(from: String, to: String)
  case holds(CheckedCondition)
  case product(String, String)
  case total(of: String, items: [String])

  /// The names it reads directly, those in its conditions among them.
  package var reads: [String] {
    switch self {
    case .sum(let items, let entered): items + (entered.map { [$0] } ?? [])
    case .difference(let of, let less): [of, less]
    case .count(let conditions): conditions.flatMap(\.names)
    case .points(let of, _), .bands(let of, _): [of]
    case .highest(let items), .lowest(let items): items
    case .days(let from, let to): [from, to]
    case .holds(let condition): condition.names
    case .product(let first, let second): [first, second]
    case .total(let of, _): [of]
    }
  }

  package var conditions: [CheckedCondition] {
    switch self {
    case .count(let conditions): conditions
    case .holds(let condition): [condition]
    default: []
    }
  }
}

package struct CheckedDerived: Sendable {
  package var name: String
  package var label: LocalizedText
  package var domain: Domain
  package var optionLabels: [LocalizedText]
  package var derivation: CheckedDerivation
  /// Whether it reads decisions of each phase, and so is one derived fact for each phase.
  package var isPhased: Bool
}

package struct CheckedDecision: Sendable {
  package enum Kind: Sendable { case choice, number, preferred, set, menu }

  package struct Otherwise: Sendable {
    /// By phase; the empty key is for all.
    package var values: [String: Value]
    package var because: Template
    package var sources: [Int]
  }

  package var name: String
  package var label: LocalizedText
  package var kind: Kind
  package var combine: Decision.Combine
  package var domain: Domain
  package var optionLabels: [LocalizedText]
  package var preference: [Int]
  package var appliesWhen: CheckedCondition?
  package var otherwise: Otherwise?
  package var isPhased: Bool
  package var items: [CheckedItem]
}

package struct CheckedItem: Sendable {
  package var name: String
  package var label: LocalizedText
  package var domain: Domain
  package var optionLabels: [LocalizedText]
  package var item: Item
  package var fills: String?
}

/// What a rule says about one slot.
package struct CheckedEffect: Sendable {
  package var decision: String
  /// `nil` for a decision that is not phased, and for every phase of one that is.
  package var phase: String?
  /// The member, item or option; `nil` where the slot is the decision itself.
  package var member: String?
  package var verdict: Slot.Verdict
}

package struct CheckedRule: Sendable {
  package struct Override: Sendable {
    package var rule: String
    package var decisions: Set<String>?
  }

  package var id: String
  package var condition: CheckedCondition
  package var effects: [CheckedEffect]
  package var because: [String: Template]
  package var sources: [Int]
  package var overrides: [Override]
  package var reviewedBy: String?
  package var reviewBy: String?
  /// Whether its condition reads phased decisions without a phase, so that it is one rule for each phase.
  package var isPhased: Bool
  /// Set where an overlay disabled it.
  package var disabled: Disabling?
}

package struct CheckedImpossibility: Sendable {
  package var id: String
  package var condition: CheckedCondition
  package var because: Template
}

package struct CheckedPresentation: Sendable {
  package struct Section: Sendable {
    package var title: LocalizedText
    package var facts: [String]
    package var isInOrder: Bool
  }

  package var sentence: Template?
  package var sections: [Section] = []
  package var screen: [String] = []
  package var decisions: [String] = []
}

package struct CheckedProperty: Sendable {
  package var id: String
  package var why: LocalizedText?
  package var when: CheckedCondition
  package var expect: CheckedCondition?
  /// Facts, and derived facts that stand for theirs.
  package var independentOf: [String]
  package var monotone: [String]
  /// Decisions, with the phase or without.
  package var decisions: [String]
  package var place: SourceRange
}

package struct CheckedCase: Sendable {
  package var id: String
  package var why: LocalizedText?
  package var intake: Intake
  /// The facts whose answers come from an intake file.
  package var personalFacts: Set<String>
  package var expect: CheckedCondition
  package var isExact: Bool
  package var because: [String]
  package var notBecause: [String]
  package var needs: [String]?
  package var place: SourceRange
}

extension CheckedRulebook {
  /// The place of a rule or row among ``rules``.
  func place(ofRule id: String) -> Int? {
    rules.place(of: id) { $0.id }
  }

  /// Where its elements are declared.
  package var places: ElementPlaces {
    var places = ElementPlaces()
    for name in symbols.names { places.variables[name] = symbols[name]?.place }
    places.rules = symbols.rules
    for property in properties { places.properties[property.id] = property.place }
    for aCase in cases { places.cases[aCase.id] = aCase.place }
    return places
  }
}
