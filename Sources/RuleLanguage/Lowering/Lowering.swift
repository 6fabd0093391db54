import Cores
package import RuleEngine
package import SourceText

/// Turns a ``CheckedRulebook`` into a ``Program``: writes out phases, numbers every name, and puts everything into an order
/// that depends on nothing but names.
package struct Lowering: Sendable {
  let checked: CheckedRulebook
  let symbols: SymbolTable
  /// The places of variables by name.
  var numbers: [String: Int] = [:]
  /// The names behind the numbers that templates carry.
  let symbolNames: [String]
  /// For each checked rule, the place of its first copy among the rules, and -1 for a rule without one.
  private var firstCopies: [Int] = []
  /// The copies of rules that are there once for each phase, by the places of the checked rules.
  private var copies: [Int: [(phase: String?, index: Int)]] = [:]
  /// The places of decisions by name.
  private let decisionNumbers: [String: Int]

  /// What a rulebook comes to: a program, and its cases and properties by the program's numbers.
  package struct Result {
    /// `nil` if variables read each other in a circle, or through too many others.
    package var program: Program?
    package var cases: [Case] = []
    package var properties: [Property] = []
    package var diagnostics: [Diagnostic] = []
  }

  package static func lower(_ checked: CheckedRulebook) -> Result {
    var lowering = Lowering(checked)
    var program = lowering.program()
    let order = EvaluationOrder(program)
    program.evaluationOrder = order.steps
    func name(_ step: Program.Step) -> String {
      switch step {
      case .variable(let variable): program.variables[variable].name
      case .rule(let rule): program.rules[rule].id
      }
    }
    func place(_ step: Program.Step) -> SourceRange {
      switch step {
      case .variable(let variable): return checked.symbols[program.variables[variable].name]?.place ?? .start(of: "")
      case .rule(let rule):
        let id = program.rules[rule].id
        let place = checked.symbols.rules[id] ?? checked.symbols.rules[id.split(separator: "[")[0].description]
        return place ?? .start(of: "")
      }
    }
    if let cycle = order.cycle {
      // A rule is where the circle can be broken.
      let rule = cycle.first { if case .rule = $0 { true } else { false } }
      return Result(diagnostics: [.cycle(cycle.map(name), at: place(rule ?? cycle[0]))])
    }
    if let step = order.tooFar { return Result(diagnostics: [.chainTooLong(name(step), at: place(step))]) }
    return Result(program: program, cases: lowering.cases(), properties: lowering.properties(program))
  }

  private init(_ checked: CheckedRulebook) {
    self.checked = checked
    symbols = checked.symbols
    symbolNames = checked.symbols.names
    let names = checked.decisions.flatMap { decision in
      Self.phases(decision.isPhased).map { [decision.name, $0].compactMap(\.self).joined(separator: ".") }
    }.sorted()
    decisionNumbers = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  private func cases() -> [Case] {
    checked.cases.map { aCase in
      Case(
        id: aCase.id, why: aCase.why, intake: aCase.intake, personalFacts: aCase.personalFacts,
        expect: condition(aCase.expect, in: nil), isExact: aCase.isExact, because: aCase.because,
        notBecause: aCase.notBecause, needs: aCase.needs, place: aCase.place)
    }
  }

  private func properties(_ program: Program) -> [Property] {
    checked.properties.map { property in
      let decisions = program.decisions.indices.filter { index in
        let decision = program.decisions[index]
        return property.decisions.isEmpty || property.decisions.contains(decision.family)
          || property.decisions.contains(program.variables[decision.variable].name)
      }
      return Property(
        id: property.id, why: property.why, when: condition(property.when, in: nil),
        expect: property.expect.map { condition($0, in: nil) },
        independentOf: property.independentOf.compactMap { number(of: $0, in: nil) },
        monotone: property.monotone.compactMap { number(of: $0, in: nil) }, decisions: decisions)
    }
  }

  private mutating func program() -> Program {
    let drafts = variableDrafts()
    for (number, draft) in drafts.enumerated() { numbers[draft.name] = number }
    let ruleCopies = numberRules()
    let decisions = loweredDecisions(ruleCopies)
    // Names that stand twice were reported; which one counts does not matter then.
    let places = Dictionary(decisions.enumerated().map { (drafts[$1.variable].name, $0) }) { first, _ in first }
    let variables = drafts.map { variable($0, decisions: places) }
    return Program(
      header: checked.header, sources: checked.sources, parameters: checked.parameters, variables: variables,
      decisions: decisions, rules: rules(ruleCopies),
      impossibilities: checked.impossibilities.map { impossibility in
        Impossibility(
          id: impossibility.id, condition: condition(impossibility.condition, in: nil),
          because: template(impossibility.because, in: nil))
      },
      presentation: presentation(places, decisions), evaluationOrder: [],
      assessmentDay: numbers["assessed_on"] ?? 0, adaptation: checked.adaptation)
  }

  // MARK: Variables

  private enum Draft {
    case fact(CheckedFact)
    case derived(CheckedDerived, phase: String?)
    case decision(CheckedDecision, phase: String?)
    case item(CheckedItem, CheckedDecision, phase: String?)

    var name: String {
      switch self {
      case .fact(let fact): fact.name
      case .derived(let derived, let phase): [derived.name, phase].compactMap(\.self).joined(separator: ".")
      case .decision(let decision, let phase): [decision.name, phase].compactMap(\.self).joined(separator: ".")
      case .item(let item, let decision, let phase):
        [decision.name, phase, item.name].compactMap(\.self).joined(separator: ".")
      }
    }
  }

  static func phases(_ isPhased: Bool) -> [String?] {
    isPhased ? Program.phases.map(Optional.some) : [nil]
  }

  private func variableDrafts() -> [Draft] {
    var drafts: [Draft] = checked.facts.map(Draft.fact)
    for derived in checked.derived {
      drafts += Self.phases(derived.isPhased).map { .derived(derived, phase: $0) }
    }
    for decision in checked.decisions {
      for phase in Self.phases(decision.isPhased) {
        drafts.append(.decision(decision, phase: phase))
        drafts += decision.items.map { .item($0, decision, phase: phase) }
      }
    }
    return drafts.map { ($0.name, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private func variable(_ draft: Draft, decisions: [String: Int]) -> Variable {
    switch draft {
    case .fact(let fact):
      return Variable(
        name: fact.name, label: fact.label, domain: fact.domain, optionLabels: fact.optionLabels,
        kind: .fact(
          Fact(
            question: fact.question, help: fact.help, why: fact.why,
            appliesWhen: fact.appliesWhen.map { condition($0, in: nil) }, assumed: fact.assumed,
            isRecordOnly: fact.isRecordOnly, isChangeable: fact.isChangeable)))
    case .derived(let derived, let phase):
      return Variable(
        name: draft.name, label: labelled(derived.label, phase), domain: derived.domain,
        optionLabels: derived.optionLabels,
        kind: .derived(derivation(derived.derivation, phase, decisions)))
    case .decision(let decision, let phase):
      return Variable(
        name: draft.name, label: labelled(decision.label, phase), domain: decision.domain,
        optionLabels: decision.optionLabels, kind: .decision(decisions[draft.name] ?? 0))
    case .item(let item, let decision, let phase):
      let owner = [decision.name, phase].compactMap(\.self).joined(separator: ".")
      return Variable(
        name: draft.name, label: item.label, domain: item.domain, optionLabels: item.optionLabels,
        kind: .item(
          decision: decisions[owner] ?? 0, slot: decision.items.firstIndex { $0.name == item.name } ?? 0))
    }
  }

  private func labelled(_ label: LocalizedText, _ phase: String?) -> LocalizedText {
    guard let phase else { return label }
    return LocalizedText(byLanguage: label.byLanguage.mapValues { "\($0), \(phase) phase" })
  }

  private func derivation(_ checked: CheckedDerivation, _ phase: String?, _ decisions: [String: Int]) -> Derivation {
    func at(_ name: String) -> Int { number(of: name, in: phase) ?? 0 }
    switch checked {
    case .sum(let items, let entered): return .sum(items.map(at), enteredAs: entered.map(at))
    case .difference(let of, let less): return .difference(of: at(of), less: at(less))
    case .count(let conditions): return .count(conditions.map { condition($0, in: phase) }.inOneOrder())
    case .points(let of, let points): return .points(of: at(of), points)
    case .bands(let of, let bands): return .bands(of: at(of), bands)
    case .highest(let items): return .highest(items.map(at))
    case .lowest(let items): return .lowest(items.map(at))
    case .days(let from, let to): return .days(from: at(from), to: at(to))
    case .holds(let condition): return .holds(self.condition(condition, in: phase))
    case .product(let first, let second): return .product(at(first), at(second))
    case .total(let of, let items):
      let name = resolved(of, in: phase)
      let family = symbols[name]?.family ?? name
      let all = self.checked.decisions.first { $0.name == family }?.items ?? []
      let slots = all.indices.filter { items.contains(all[$0].name) }
      return .total(decision: decisions[name] ?? 0, slots: slots)
    }
  }

  /// The name as it is in a phase.
  private func resolved(_ name: String, in phase: String?) -> String {
    guard let phase, let symbol = symbols[name], symbol.isPhased else { return name }
    return symbol.name(in: phase)
  }

  func number(of name: String, in phase: String?) -> Int? {
    numbers[resolved(name, in: phase)]
  }

  // MARK: Conditions and texts

  func condition(_ checked: CheckedCondition, in phase: String?) -> Condition {
    switch checked {
    case .always: return .always
    case .test(let name, let matcher, _):
      return number(of: name, in: phase).map { .test(variable: $0, matcher) } ?? .always
    case .applies(let rule):
      let place = self.checked.place(ofRule: rule)
      if let place, !self.checked.rules[place].isPhased { return .applies(rule: firstCopies[place]) }
      let all = place.flatMap { copies[$0] } ?? []
      let same = all.filter { $0.phase == nil || phase == nil || $0.phase == phase }.map {
        Condition.applies(rule: $0.index)
      }
      return same.count == 1 ? same[0] : .any(same)
    case .all(let parts): return .all(flattened(parts.map { condition($0, in: phase) }).inOneOrder())
    case .any(let parts): return .any(parts.map { condition($0, in: phase) }.inOneOrder())
    case .not(let part): return .not(condition(part, in: phase))
    case .atLeast(let count, let parts):
      return .atLeast(count, parts.map { condition($0, in: phase) }.inOneOrder())
    case .outcome(let decision, let test):
      guard let number = decisionNumbers[resolved(decision, in: phase)] else { return .always }
      return .outcome(decision: number, test)
    case .plan(let test): return .plan(test)
    case .unknown(let name): return number(of: name, in: phase).map { .unknown(variable: $0) } ?? .always
    }
  }

  /// An *all* inside an *all* says nothing more than its parts.
  private func flattened(_ parts: [Condition]) -> [Condition] {
    guard parts.contains(where: { if case .all = $0 { true } else { false } }) else { return parts }
    return parts.flatMap { part -> [Condition] in
      if case .all(let inner) = part { inner } else { [part] }
    }
  }

  func template(_ template: Template, in phase: String?) -> Template {
    Template(
      byLanguage: template.byLanguage.mapValues { segments in
        segments.map { segment in
          guard case .variable(let symbol) = segment else { return segment }
          return number(of: symbolNames[symbol], in: phase).map { .variable($0) } ?? .literal("")
        }
      })
  }

  // MARK: Rules

  struct RuleCopy: Sendable {
    /// Its place among the checked rules.
    var number: Int
    var phase: String?
    var id: String
  }

  private mutating func numberRules() -> [RuleCopy] {
    var all: [RuleCopy] = []
    all.reserveCapacity(checked.rules.count)
    for (number, rule) in checked.rules.enumerated() {
      guard rule.isPhased else {
        all.append(RuleCopy(number: number, phase: nil, id: rule.id))
        continue
      }
      for phase in Program.phases {
        let speaks = rule.effects.contains { $0.phase == nil || $0.phase == phase }
        if speaks || rule.effects.isEmpty {
          all.append(RuleCopy(number: number, phase: phase, id: "\(rule.id)[\(phase)]"))
        }
      }
    }
    // Checked rules are sorted already.
    if all.contains(where: { $0.phase != nil }) { all.sort { $0.id < $1.id } }
    firstCopies = checked.rules.map { _ in -1 }
    for (index, copy) in all.enumerated() {
      if firstCopies[copy.number] < 0 { firstCopies[copy.number] = index }
      if copy.phase != nil { copies[copy.number, default: []].append((copy.phase, index)) }
    }
    return all
  }

  private func rules(_ copies: [RuleCopy]) -> [Rule] {
    Stretches.map(copies.count) { rule(copies[$0]) }
  }

  private func rule(_ copy: RuleCopy) -> Rule {
    let rule = checked.rules[copy.number]
    return Rule(
      // A disabled rule keeps its name, and any of no conditions never holds.
      id: copy.id, condition: rule.disabled == nil ? condition(rule.condition, in: copy.phase) : .any([]),
      because: rule.because.values.contains(where: \.namesVariables)
        ? rule.because.mapValues { template($0, in: copy.phase) } : rule.because,
      sources: rule.sources,
      overrides: rule.overrides.map(\.rule).sorted(), reviewedBy: rule.reviewedBy, reviewBy: rule.reviewBy,
      disabled: rule.disabled)
  }

  // MARK: Presentation

  private func presentation(_ places: [String: Int], _ decisions: [Decision]) -> Program.Presentation {
    let named = checked.presentation.decisions
    let rest = checked.decisions.map(\.name).filter { !named.contains($0) }
    let order = (named + rest).flatMap { name -> [Int] in
      let isPhased = checked.decisions.first { $0.name == name }?.isPhased ?? false
      return Self.phases(isPhased).compactMap { places[[name, $0].compactMap(\.self).joined(separator: ".")] }
    }
    return Program.Presentation(
      sentence: checked.presentation.sentence.map { template($0, in: nil) },
      sections: checked.presentation.sections.map { section in
        Program.Presentation.Section(
          title: section.title, facts: section.facts.compactMap { numbers[$0] }, isInOrder: section.isInOrder)
      },
      screen: checked.presentation.screen.compactMap { numbers[$0] },
      decisions: order)
  }
}

extension Template {
  /// Whether the value of a variable is filled in.
  fileprivate var namesVariables: Bool {
    for segments in byLanguage.values {
      for case .variable in segments { return true }
    }
    return false
  }
}
