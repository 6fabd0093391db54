package import SourceText

/// What the files of a rulebook say, shaped but not yet understood: names are not resolved, values not typed.
package struct ParsedRulebook: Sendable {
  package var header: ParsedHeader?
  package var facts: [ParsedFact] = []
  package var derived: [ParsedDerived] = []
  package var decisions: [ParsedDecision] = []
  package var catalogues: [ParsedCatalogue] = []
  package var rules: [Shared<ParsedRule>] = []
  package var tables: [ParsedTable] = []
  package var sources: [ParsedSource] = []
  package var parameters: [ParsedParameter] = []
  package var impossibilities: [ParsedImpossibility] = []
  package var properties: [ParsedProperty] = []
  package var cases: [ParsedCase] = []
  package var presentation: [ParsedPresentation] = []
  /// The overlays that were put onto it.
  package var overlays = AppliedOverlays()
  package var suppressions: [Suppression] = []
  /// Whether a piece could not be read, so that a name that seems missing may stand in it.
  package var hasUnreadableParts = false
}

extension ParsedRulebook {
  /// Takes over the elements of another, behind its own.
  mutating func append(_ other: ParsedRulebook) {
    facts += other.facts
    derived += other.derived
    decisions += other.decisions
    catalogues += other.catalogues
    rules += other.rules
    tables += other.tables
    sources += other.sources
    parameters += other.parameters
    impossibilities += other.impossibilities
    properties += other.properties
    cases += other.cases
    suppressions += other.suppressions
    hasUnreadableParts = hasUnreadableParts || other.hasUnreadableParts
  }
}

package struct ParsedHeader: Sendable {
  package var name: Spanned<String>
  package var title: ParsedText?
  package var version: Spanned<String>?
}

package struct ParsedOption: Sendable {
  package var name: Spanned<String>
  package var label: ParsedText?
}

/// The options that a fact, a decision or an item declares, and their order.
package struct ParsedOptions: Sendable {
  package var options: [ParsedOption]?
  package var ordered: [Spanned<String>]?
}

package struct ParsedFact: Sendable {
  package var name: Spanned<String>
  package var type: Spanned<String>?
  package var ask: ParsedText?
  package var label: ParsedText?
  package var help: ParsedText?
  package var why: ParsedText?
  package var options: ParsedOptions
  package var range: Spanned<String>?
  package var unit: Spanned<String>?
  package var appliesWhen: ParsedCondition?
  package var assume: YAMLNode?
  package var isRecordOnly: Bool
  package var isChangeable: Bool
  package var sources: [Spanned<String>]?
  /// Whether what gives it its values was there but could not be read, and was reported.
  package var hasBrokenDomain: Bool
}

package struct ParsedDerived: Sendable {
  package enum Operation: Sendable {
    case sum([Spanned<String>], enteredAs: Spanned<String>?)
    case difference(of: Spanned<String>, less: Spanned<String>)
    case count([ParsedCondition])
    case points(of: Spanned<String>, as: [(Spanned<String>, Spanned<String>)])
    case bands(of: Spanned<String>, as: [(Spanned<String>, Spanned<String>)])
    case highest([Spanned<String>])
    case lowest([Spanned<String>])
    case days(from: Spanned<String>, to: Spanned<String>)
    case holds(ParsedCondition)
    case product(Spanned<String>, Spanned<String>)
    case total(of: Spanned<String>, unit: Spanned<String>?, onlyCounted: Bool)
  }

  package var name: Spanned<String>
  package var label: ParsedText?
  package var operation: Operation?
  package var sources: [Spanned<String>]?
}

package struct ParsedDecision: Sendable {
  package struct Otherwise: Sendable {
    package var value: YAMLNode
    package var because: ParsedText?
    package var sources: [Spanned<String>]?
    package var range: SourceRange
  }

  package var name: Spanned<String>
  package var label: ParsedText?
  package var type: Spanned<String>?
  package var combine: Spanned<String>?
  package var options: ParsedOptions
  package var range: Spanned<String>?
  package var unit: Spanned<String>?
  package var catalogue: Spanned<String>?
  package var prefer: [Spanned<String>]?
  package var appliesWhen: ParsedCondition?
  package var otherwise: Otherwise?
  package var isPerPhase: Bool
  /// Whether what gives it its values was there but could not be read, and was reported.
  package var hasBrokenDomain: Bool
}

package struct ParsedItem: Sendable {
  package var name: Spanned<String>
  package var label: ParsedText?
  package var unit: Spanned<String>?
  package var range: Spanned<String>?
  package var options: ParsedOptions
  package var countsTowardHours: Bool?
  package var kind: Spanned<String>?
  package var givenBy: Spanned<String>?
  package var fills: Spanned<String>?
  package var help: ParsedText?
  package var sources: [Spanned<String>]?
}

package struct ParsedCatalogue: Sendable {
  package var name: Spanned<String>
  package var items: [ParsedItem]
}

/// What a rule recommends or rules out for one decision or item.
package struct ParsedEffect: Sendable {
  package var target: Spanned<String>
  package var value: YAMLNode
  package var isRuleOut: Bool
}

package struct ParsedBecause: Sendable {
  /// The reason for all decisions that have none of their own.
  package var general: ParsedText?
  package var byDecision: [(decision: Spanned<String>, text: ParsedText)]

  /// Whether one of its texts may fill something in.
  var mayFillIn: Bool { general?.mayFillIn ?? false || byDecision.contains(where: \.text.mayFillIn) }
}

package struct ParsedOverride: Sendable {
  package var rule: Spanned<String>
  /// The decisions for which it overrides; `nil` for all.
  package var decisions: [Spanned<String>]?
}

/// A rule as written, or a row of a table as the rule it stands for.
package struct ParsedRule: Sendable {
  package var id: Spanned<String>
  /// The name of the row, if it is one.
  package var row: String?
  package var when: ParsedCondition?
  package var effects: [ParsedEffect]
  package var because: ParsedBecause?
  package var sources: [Spanned<String>]?
  package var overrides: [ParsedOverride]
  package var reviewedBy: Spanned<String>?
  package var reviewBy: Spanned<String>?
  /// Whether it failed to parse in a part, so that what it lacks is not reported again.
  package var isBroken: Bool
}

package struct ParsedTable: Sendable {
  package struct Row: Sendable {
    package var name: Spanned<String>
    package var cells: YAMLNode
    package var because: ParsedBecause?
  }

  package var id: Spanned<String>
  package var when: [Spanned<String>]
  package var recommend: [Spanned<String>]
  package var ruleOut: [Spanned<String>]
  package var because: ParsedBecause?
  package var sources: [Spanned<String>]?
  package var overrides: [ParsedOverride]
  package var reviewedBy: Spanned<String>?
  package var reviewBy: Spanned<String>?
  package var rows: [Row]
  package var isBroken: Bool
}

package struct ParsedSource: Sendable {
  package var id: Spanned<String>
  package var title: Spanned<String>?
  package var publisher: Spanned<String>?
  package var year: Spanned<String>?
  package var place: Spanned<String>?
  package var kind: Spanned<String>?
  package var isConfirmed: Bool?
}

package struct ParsedParameter: Sendable {
  package struct DatedValue: Sendable {
    package var from: Spanned<String>
    package var value: Spanned<String>
  }

  package var name: Spanned<String>
  package var label: ParsedText?
  package var unit: Spanned<String>?
  package var values: [DatedValue]
  package var isBroken: Bool
  package var sources: [Spanned<String>]?
}

package struct ParsedImpossibility: Sendable {
  package var id: Spanned<String>
  package var when: ParsedCondition?
  package var because: ParsedText?
}

package struct ParsedProperty: Sendable {
  package var id: Spanned<String>
  package var why: ParsedText?
  package var when: ParsedCondition?
  package var expect: ParsedCondition?
  package var independentOf: [Spanned<String>]
  package var monotone: [Spanned<String>]
  package var decisions: [Spanned<String>]
}

package struct ParsedCase: Sendable {
  package var id: Spanned<String>
  package var why: ParsedText?
  /// The intake file it starts from, relative to the rulebook folder.
  package var from: Spanned<String>?
  package var given: [YAMLEntry]
  /// What the row adds to that, where the case is a row of a family.
  package var givenInRow: [YAMLEntry] = []
  package var expect: ParsedCondition?
  /// Whether the plan may hold nothing else.
  package var isExact: Bool
  package var because: [Spanned<String>]
  package var notBecause: [Spanned<String>]
  package var needs: [Spanned<String>]?
}

package struct ParsedPresentation: Sendable {
  package struct Section: Sendable {
    package var title: ParsedText
    package var facts: [Spanned<String>]
    package var isInOrder: Bool
  }

  /// The key `present`.
  package var place: Spanned<String>
  package var sentence: ParsedText?
  package var sections: [Section]
  /// The questions of the first phone call.
  package var screen: [Spanned<String>]
  package var decisions: [Spanned<String>]
}

/// A condition whose names are not resolved yet.
package indirect enum ParsedCondition: Sendable {
  case always
  /// A fact, derived fact, decision or rule, and what is asked of it.
  case test(Spanned<String>, YAMLNode)
  case all([ParsedCondition])
  case any([ParsedCondition])
  case not(ParsedCondition)
  case atLeast(Int, [ParsedCondition])
  /// Could not be read, and was reported.
  case broken

  package var parts: [ParsedCondition] {
    switch self {
    case .always, .test, .broken: []
    case .all(let parts), .any(let parts), .atLeast(_, let parts): parts
    case .not(let part): [part]
    }
  }

  /// Every name that is tested, at any depth.
  package var names: [Spanned<String>] {
    var names: [Spanned<String>] = []
    collect(&names)
    return names
  }

  private func collect(_ names: inout [Spanned<String>]) {
    if case .test(let name, _) = self { names.append(name) } else { for part in parts { part.collect(&names) } }
  }

  /// Every word of its matchers.
  package var words: [Substring] {
    if case .test(_, let node) = self { node.words } else { parts.flatMap(\.words) }
  }
}

extension YAMLNode {
  fileprivate var words: [Substring] {
    switch content {
    case .broken: []
    case .scalar(let scalar): scalar.text.split(separator: " ")
    case .list(let items): items.flatMap(\.words)
    case .map(let entries): entries.flatMap(\.value.words)
    }
  }
}
