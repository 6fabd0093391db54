import RuleEngine

/// A rule, or another part that plans follow from, that is written otherwise. Reasons, sources and labels do not count.
public struct ChangedPart: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case rule
    case derived
    case parameter
    case decision
    case question
    case impossible
  }

  public enum How: String, Sendable {
    case new
    case gone
    case changed
  }

  public let kind: Kind
  public let name: String
  public let how: How
  /// Of a rule: proved that nothing it speaks about differs for anybody to whom it surely applies, before or after.
  public internal(set) var changesNothing = false

  /// All of them, by kind and name.
  static func all(_ base: Program, _ head: Program) -> [ChangedPart] {
    let (before, after) = (NamedParts(base).parts, NamedParts(head).parts)
    return Kind.allCases.flatMap { kind -> [ChangedPart] in
      let (one, two) = (before[kind] ?? [:], after[kind] ?? [:])
      return Set(one.keys).union(two.keys).sorted().compactMap { name in
        guard one[name] != two[name] else { return nil }
        return ChangedPart(
          kind: kind, name: name, how: one[name] == nil ? .new : two[name] == nil ? .gone : .changed)
      }
    }
  }

  /// The facts that what is written otherwise follows from, or that follow from it, by name.
  static func facts(near parts: [ChangedPart], _ program: Program) -> Set<String> {
    let rules = Set(parts.filter { $0.kind == .rule }.map(\.name))
    let names = Set(parts.filter { $0.kind != .rule && $0.kind != .parameter }.map(\.name))
    let parameters = Set(parts.filter { $0.kind == .parameter }.map(\.name))
    var variables: Set<Int> = []
    func reads(_ condition: Condition) {
      for case .test(let variable, _) in condition.subtree { variables.insert(variable) }
    }
    for rule in program.rules where rules.contains(rule.id) { reads(rule.condition) }
    for impossibility in program.impossibilities where names.contains(impossibility.id) {
      reads(impossibility.condition)
    }
    for (index, variable) in program.variables.enumerated() where names.contains(variable.name) {
      if variable.fact != nil { variables.insert(index) }
      switch variable.kind {
      case .fact(let fact): fact.appliesWhen.map(reads)
      case .derived: variables.insert(index)
      case .decision(let decision): program.decisions[decision].appliesWhen.map(reads)
      case .item: break
      }
    }
    for case .test(let variable, let matcher) in program.conditions.flatMap(\.subtree)
    where matcher.parameters.contains(where: { parameters.contains(program.parameters[$0].name) }) {
      variables.insert(variable)
    }
    return Set(
      Dependencies(program).below(variables).filter {
        $0 < program.variables.count && program.variables[$0].fact != nil
      }.map { program.variables[$0].name })
  }
}

/// Every part of a rulebook in words of names, so that those of two can be compared.
private struct NamedParts {
  private let program: Program
  private(set) var parts: [ChangedPart.Kind: [String: String]] = [:]

  init(_ program: Program) {
    self.program = program
    for rule in program.rules.indices { parts[.rule, default: [:]][program.rules[rule].id] = text(ofRule: rule) }
    for (index, variable) in program.variables.enumerated() {
      switch variable.kind {
      case .fact(let fact):
        parts[.question, default: [:]][variable.name] = "\(form(variable.domain)) \(text(fact.appliesWhen))"
      case .derived(let derivation): parts[.derived, default: [:]][variable.name] = text(derivation, index)
      case .decision(let decision): parts[.decision, default: [:]][variable.name] = text(program.decisions[decision])
      case .item: break
      }
    }
    for parameter in program.parameters {
      parts[.parameter, default: [:]][parameter.name] = parameter.values.map { "\($0.from) \($0.value)" }.joined(
        separator: ", ")
    }
    for impossibility in program.impossibilities {
      parts[.impossible, default: [:]][impossibility.id] = text(impossibility.condition)
    }
  }

  private func name(_ variable: Int) -> String { program.variables[variable].name }

  private func form(_ domain: Domain) -> String {
    switch domain {
    case .options(let names, let isOrdered): "options \(isOrdered ? names : names.sorted())"
    case .members(let names): "members \(names.sorted())"
    case .numbers(let numbers):
      "\(numbers.isWhole) \(numbers.interval.lower) \(numbers.interval.upper) \(numbers.unit?.name ?? "")"
    case .dates(let whole): "\(whole.lower) \(whole.upper)"
    }
  }

  private func text(ofRule rule: Int) -> String {
    var effects: [String] = []
    for (index, decision) in program.decisions.enumerated() {
      for slot in decision.slots.indices {
        for effect in decision.slots[slot].effects where effect.rule == rule {
          let overriding = effect.directlyOverriddenBy.map {
            program.rules[decision.slots[slot].effects[$0].rule].id
          }
          let place = "\(name(decision.variable)).\(program.member(index, slot) ?? "")"
          let verdict = text(
            effect.verdict, program.variables[decision.slots[slot].variable ?? decision.variable].domain)
          effects.append("\(place) \(verdict) \(overriding.sorted())")
        }
      }
    }
    return "\(text(program.rules[rule].condition)) \(effects.sorted())"
  }

  private func text(_ verdict: Slot.Verdict, _ domain: Domain) -> String {
    switch verdict {
    case .ruleOut: "out"
    case .recommend(let value): text(value, domain)
    }
  }

  private func text(_ value: Value, _ domain: Domain) -> String {
    switch value {
    case .option(let option): domain.names.indices.contains(option) ? domain.names[option] : "\(option)"
    case .number(let number): number.description
    case .included: "in"
    }
  }

  private func text(_ decision: Decision) -> String {
    let domain = program.variables[decision.variable].domain
    let otherwise = decision.otherwise.map { text($0.value, domain) } ?? "none"
    let preference = decision.preference.map { domain.names[$0] }
    let fills = decision.slots.map { slot in
      slot.fill.map { fill in
        "\(name(fill.variable)) \(fill.less.compactMap { decision.slots[$0].member.map { domain.names[$0] } }.sorted())"
      } ?? ""
    }
    return
      "\(decision.combine) \(form(domain)) \(otherwise) \(preference) \(fills.sorted()) \(text(decision.appliesWhen))"
  }

  private func text(_ derivation: Derivation, _ variable: Int) -> String {
    func names(_ variables: [Int]) -> [String] { variables.map(name).sorted() }
    switch derivation {
    case .sum(let items, let entered): return "sum \(names(items)) \(entered.map(name) ?? "")"
    case .difference(let of, let less): return "difference \(name(of)) \(name(less))"
    case .count(let conditions): return "count \(conditions.map(text).sorted())"
    case .points(let of, let points):
      return "points \(name(of)) \(zip(program.variables[of].domain.names, points).map { "\($0) \($1)" }.sorted())"
    case .bands(let of, let bands):
      let ranges = zip(program.variables[variable].domain.names, bands).map { "\($0) \($1.lower) \($1.upper)" }
      return "bands \(name(of)) \(ranges)"
    case .highest(let items): return "highest \(names(items))"
    case .lowest(let items): return "lowest \(names(items))"
    case .days(let from, let to): return "days \(name(from)) \(name(to))"
    case .holds(let condition): return "when \(text(condition))"
    case .product(let one, let two): return "product \(names([one, two]))"
    case .total(let decision, let slots):
      return
        "total \(name(program.decisions[decision].variable)) \(slots.compactMap { program.member(decision, $0) }.sorted())"
    }
  }

  private func text(_ condition: Condition?) -> String { condition.map { text($0) } ?? "always" }

  private func text(_ condition: Condition) -> String {
    switch condition {
    case .always: "always"
    case .test(let variable, let matcher): "\(name(variable)) \(text(matcher, program.variables[variable].domain))"
    case .applies(let rule): "applies \(program.rules[rule].id)"
    case .all(let parts): "all \(parts.map { text($0) }.sorted())"
    case .any(let parts): "any \(parts.map { text($0) }.sorted())"
    case .not(let part): "not \(text(part))"
    case .atLeast(let count, let parts): "at least \(count) \(parts.map { text($0) }.sorted())"
    case .outcome(let decision, let test): "\(name(program.decisions[decision].variable)) \(test)"
    case .plan(let test): "plan \(test)"
    case .unknown(let variable): "unknown \(name(variable))"
    }
  }

  private func text(_ matcher: Matcher, _ domain: Domain) -> String {
    func names(_ places: [Int]) -> [String] { places.map { domain.names[$0] }.sorted() }
    let test =
      switch matcher.test {
      case .options(let options): "\(names(options))"
      case .ranges(let ranges): "\(ranges.map(text).sorted())"
      case .empty: "empty"
      case .exactly(let members): "exactly \(names(members))"
      case .includesAny(let members): "any of \(names(members))"
      case .includesAll(let members): "all of \(names(members))"
      case .includesNone(let members): "none of \(names(members))"
      case .declined: "declined"
      case .doesNotKnow: "does not know"
      }
    return matcher.isNegated ? "not \(test)" : test
  }

  private func text(_ range: MatcherRange) -> String {
    func bound(_ bound: MatcherRange.Bound?) -> String {
      guard let bound else { return "open" }
      let operand =
        switch bound.operand {
        case .constant(let number): number.description
        case .parameter(let index, let times): "$\(program.parameters[index].name) \(times)"
        case .daysFromAssessment(let days): "day \(days)"
        }
      return "\(operand) \(bound.isIncluded)"
    }
    return "\(bound(range.lower)) to \(bound(range.upper))"
  }
}
