package import RuleEngine
package import SourceText

/// Turns a ``CheckedRulebook`` into a ``Program``: writes out phases, numbers every name, and puts everything into an order
/// that depends on nothing but names.
package struct Lowering {
  let checked: CheckedRulebook
  let symbols: SymbolTable
  /// The places of variables by name.
  var numbers: [String: Int] = [:]
  /// The names behind the numbers that templates carry.
  let symbolNames: [String]
  /// The copies of each rule: one, or one for each phase.
  var copies: [String: [(phase: String?, index: Int)]] = [:]

  /// What a rulebook comes to: a program, and its cases and properties by the program's numbers.
  package struct Result {
    /// `nil` if variables read each other in a circle, or through too many others.
    package var program: Program?
    package var cases: [Case] = []
    package var properties: [Property] = []
    package var diagnostics: [Diagnostic] = []
  }

  package static func lower(_ checked: CheckedRulebook) -> Result {
    var lowering = Lowering(checked: checked, symbols: checked.symbols, symbolNames: checked.symbols.names)
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
      decisions: decisions, rules: ruleCopies.map(rule),
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

  private static func phases(_ isPhased: Bool) -> [String?] {
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
    return drafts.sorted { $0.name < $1.name }
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
    case .count(let conditions): return .count(conditions.map { condition($0, in: phase) }.sorted(by: canonical))
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
    guard let symbol = symbols[name], symbol.isPhased, let phase else { return name }
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
      let all = copies[rule] ?? []
      let same = all.filter { $0.phase == nil || phase == nil || $0.phase == phase }.map {
        Condition.applies(rule: $0.index)
      }
      return same.count == 1 ? same[0] : .any(same)
    case .all(let parts): return .all(flattened(parts.map { condition($0, in: phase) }).sorted(by: canonical))
    case .any(let parts): return .any(parts.map { condition($0, in: phase) }.sorted(by: canonical))
    case .not(let part): return .not(condition(part, in: phase))
    case .atLeast(let count, let parts):
      return .atLeast(count, parts.map { condition($0, in: phase) }.sorted(by: canonical))
    case .outcome(let decision, let test):
      guard let number = decisionNumbers[resolved(decision, in: phase)] else { return .always }
      return .outcome(decision: number, test)
    case .plan(let test): return .plan(test)
    case .unknown(let name): return number(of: name, in: phase).map { .unknown(variable: $0) } ?? .always
    }
  }

  /// An *all* inside an *all* says nothing more than its parts.
  private func flattened(_ parts: [Condition]) -> [Condition] {
    parts.flatMap { part -> [Condition] in
      if case .all(let inner) = part { inner } else { [part] }
    }
  }

  /// The places of decisions by name.
  private var decisionNumbers: [String: Int] {
    let names = checked.decisions.flatMap { decision in
      Self.phases(decision.isPhased).map { [decision.name, $0].compactMap(\.self).joined(separator: ".") }
    }.sorted()
    return Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  private func canonical(_ first: Condition, _ second: Condition) -> Bool {
    // As the keys would say, sooner.
    if case .test(let one, _) = first, case .test(let other, _) = second, one != other { return one < other }
    return first.sortKey < second.sortKey
  }

  private func template(_ template: Template, in phase: String?) -> Template {
    Template(
      byLanguage: template.byLanguage.mapValues { segments in
        segments.map { segment in
          guard case .variable(let symbol) = segment else { return segment }
          return number(of: symbolNames[symbol], in: phase).map { .variable($0) } ?? .literal("")
        }
      })
  }

  // MARK: Rules

  private struct RuleCopy {
    var rule: CheckedRule
    var phase: String?
    var id: String { phase.map { "\(rule.id)[\($0)]" } ?? rule.id }
  }

  private mutating func numberRules() -> [RuleCopy] {
    var all: [RuleCopy] = []
    for rule in checked.rules {
      for phase in Self.phases(rule.isPhased) {
        let speaks = rule.effects.contains { $0.phase == nil || phase == nil || $0.phase == phase }
        if speaks || rule.effects.isEmpty { all.append(RuleCopy(rule: rule, phase: phase)) }
      }
    }
    all.sort { $0.id < $1.id }
    for (index, copy) in all.enumerated() { copies[copy.rule.id, default: []].append((copy.phase, index)) }
    return all
  }

  private func rule(_ copy: RuleCopy) -> Rule {
    let rule = copy.rule
    return Rule(
      // A disabled rule keeps its name, and any of no conditions never holds.
      id: copy.id, condition: rule.disabled == nil ? condition(rule.condition, in: copy.phase) : .any([]),
      because: rule.because.mapValues { template($0, in: copy.phase) }, sources: rule.sources,
      overrides: rule.overrides.map(\.rule).sorted(), reviewedBy: rule.reviewedBy, reviewBy: rule.reviewBy,
      disabled: rule.disabled)
  }

  // MARK: Decisions

  private func loweredDecisions(_ rules: [RuleCopy]) -> [Decision] {
    var bySlot: [String: [(rule: Int, effect: CheckedEffect)]] = [:]
    let phased = Set(checked.decisions.filter(\.isPhased).map(\.name))
    for (index, copy) in rules.enumerated() {
      for effect in copy.rule.effects {
        for phase in Self.phases(phased.contains(effect.decision)) {
          guard effect.phase == nil || effect.phase == phase, copy.phase == nil || copy.phase == phase else { continue }
          bySlot[slotName(effect.decision, phase, effect.member), default: []].append((index, effect))
        }
      }
    }
    var result: [(name: String, decision: Decision)] = []
    for decision in checked.decisions {
      for phase in Self.phases(decision.isPhased) {
        let name = [decision.name, phase].compactMap(\.self).joined(separator: ".")
        result.append((name, lowered(decision, phase, name, bySlot, rules)))
      }
    }
    return result.sorted { $0.name < $1.name }.map(\.decision)
  }

  private func slotName(_ decision: String, _ phase: String?, _ member: String?) -> String {
    "\(decision)/\(phase ?? "")/\(member ?? "")"
  }

  private func lowered(
    _ decision: CheckedDecision, _ phase: String?, _ name: String,
    _ bySlot: [String: [(rule: Int, effect: CheckedEffect)]], _ rules: [RuleCopy]
  ) -> Decision {
    func effects(_ member: String?) -> [Slot.Effect] {
      let all = bySlot[slotName(decision.name, phase, member)] ?? []
      let sorted = all.sorted { $0.rule < $1.rule }
      return overridden(
        sorted.map { Slot.Effect(rule: $0.rule, verdict: $0.effect.verdict) }, decision.name, phase, rules)
    }
    var slots: [Slot] = []
    switch decision.kind {
    case .choice, .number: slots = [Slot(member: nil, variable: nil, effects: effects(nil))]
    case .preferred, .set:
      slots = decision.domain.names.enumerated().map { Slot(member: $0, variable: nil, effects: effects($1)) }
    case .menu:
      slots = decision.items.enumerated().map { index, item in
        Slot(
          member: index, variable: numbers["\(name).\(item.name)"], effects: effects(item.name),
          fill: fill(item, decision, phase), item: item.item)
      }
    }
    let otherwise = decision.otherwise.flatMap { otherwise -> Decision.Otherwise? in
      guard let value = otherwise.values[phase ?? ""] ?? otherwise.values[""] else { return nil }
      return Decision.Otherwise(
        value: value, because: template(otherwise.because, in: phase), sources: otherwise.sources)
    }
    return Decision(
      variable: numbers[name] ?? 0, family: decision.name, phase: phase, label: decision.label,
      combine: decision.combine,
      isMenu: decision.kind == .menu, preference: decision.preference,
      appliesWhen: decision.appliesWhen.map { condition($0, in: phase) }, otherwise: otherwise, slots: slots)
  }

  private func fill(_ item: CheckedItem, _ decision: CheckedDecision, _ phase: String?) -> Slot.Fill? {
    guard let variable = item.fills.flatMap({ number(of: $0, in: phase) }) else { return nil }
    let less = decision.items.indices.filter {
      decision.items[$0].item.countsTowardHours && decision.items[$0].name != item.name
    }
    return Slot.Fill(variable: variable, less: less)
  }

  /// Section 4, clause 6: who overrides whom in one slot, through any chain of rules that all speak about it.
  private func overridden(
    _ effects: [Slot.Effect], _ decision: String, _ phase: String?, _ rules: [RuleCopy]
  ) -> [Slot.Effect] {
    var places: [String: Int] = [:]
    for (index, effect) in effects.enumerated() { places[rules[effect.rule].rule.id] = index }
    var direct: [[Int]] = effects.map { _ in [] }
    for (index, effect) in effects.enumerated() {
      for override in rules[effect.rule].rule.overrides {
        let counts =
          override.decisions.map { $0.contains(decision) || $0.contains("\(decision).\(phase ?? "")") } ?? true
        if counts, let target = places[override.rule], target != index { direct[target].append(index) }
      }
    }
    guard direct.contains(where: { !$0.isEmpty }) else { return effects }
    var result = effects
    for index in effects.indices { result[index].directlyOverriddenBy = Set(direct[index]).sorted() }
    result.closeOverrides()
    return result
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
