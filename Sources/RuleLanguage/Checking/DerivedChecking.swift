import RuleEngine
import SourceText

/// Derived facts: what they read, and all the values they can have.
extension RulebookChecker {
  mutating func declareDerived() {
    for derived in parsed.derived {
      let symbol = Symbol(name: derived.name.value, kind: .derived, domain: nil, place: derived.name.range)
      guard declare(symbol, derived.name, what: "name") else { continue }
      parsedDerived[derived.name.value] = derived
    }
    // A derived fact over phased names is phased itself; found by going round until nothing changes.
    var changed = true
    while changed {
      changed = false
      for (name, derived) in parsedDerived {
        let reads = derived.operation?.reads ?? []
        let isPhased = reads.contains { symbols[$0.value]?.isPhased ?? false }
        let readsDecisions = reads.contains { word in
          symbols[word.value].map { $0.isDecision || $0.readsDecisions } ?? false
        }
        if isPhased != symbols[name]?.isPhased || readsDecisions != symbols[name]?.readsDecisions {
          symbols[name]?.isPhased = isPhased
          symbols[name]?.readsDecisions = readsDecisions
          changed = true
        }
      }
    }
    for (name, derived) in parsedDerived.sorted(by: { $0.key < $1.key }) where symbols[name]?.isPhased == true {
      for phase in Program.phases {
        let symbol = Symbol(
          name: "\(name).\(phase)", kind: .derived, domain: nil, place: derived.name.range, family: name,
          readsDecisions: true)
        declareBelow(symbol, derived.name)
      }
    }
  }

  /// In the order in which they read each other.
  mutating func resolveDerivedDomains() {
    for name in parsedDerived.keys.sorted() { resolve(name) }
    for (name, derived) in parsedDerived {
      guard let domain = symbols[name]?.domain, let derivation = derivations[name] else { continue }
      checked.derived.append(
        CheckedDerived(
          name: name, label: derived.label.map(TextChecker.localized) ?? name.replacing(".", with: " ").readable,
          domain: domain, optionLabels: symbols[name]?.optionLabels ?? [], derivation: derivation,
          isPhased: symbols[name]?.isPhased ?? false))
      _ = sources(derived.sources)
    }
    checked.derived.sort { $0.name < $1.name }
  }

  private mutating func resolve(_ name: String) {
    guard let derived = parsedDerived[name], derivations[name] == nil, let operation = derived.operation else { return }
    if let start = derivedInProgress.firstIndex(of: name) {
      if !derivedInCircles.contains(name) {
        diagnostics.append(.cycle(derivedInProgress[start...] + [name], at: derived.name.range))
      }
      derivedInCircles.formUnion(derivedInProgress[start...])
      return
    }
    guard derivedInProgress.count < Limits.chain else {
      if !hasLongChain { diagnostics.append(.chainTooLong(name, at: derived.name.range)) }
      hasLongChain = true
      derivedInCircles.formUnion(derivedInProgress + [name])
      return
    }
    guard !derivedInCircles.contains(name) else { return }
    derivedInProgress.append(name)
    defer { derivedInProgress.removeLast() }
    guard let result = domain(of: operation, derived.name) else { return }
    if let interval = result.domain.interval, !interval.isWithinLimit {
      diagnostics.append(.numberTooLarge(derived.name))
      return
    }
    derivations[name] = result.derivation
    symbols[name]?.domain = result.domain
    symbols[name]?.optionLabels = result.labels
    if symbols[name]?.isPhased == true {
      for phase in Program.phases {
        symbols["\(name).\(phase)"]?.domain = result.domain
        symbols["\(name).\(phase)"]?.optionLabels = result.labels
      }
    }
  }

  /// What was found out about a derived fact.
  struct Resolved {
    var domain: Domain
    var derivation: CheckedDerivation
    var labels: [LocalizedText] = []
  }

  private mutating func domain(of operation: ParsedDerived.Operation, _ name: Spanned<String>) -> Resolved? {
    switch operation {
    case .holds:
      return Resolved(domain: .yesNo, derivation: .holds(.always), labels: Self.yesNoLabels)
    case .count(let conditions):
      let domain = NumberDomain(interval: Interval(.zero, Number(conditions.count)), isWhole: true, unit: nil)
      return Resolved(domain: .numbers(domain), derivation: .count([]))
    case .sum(let items, let entered): return sum(items, entered)
    case .difference(let of, let less):
      guard let domains = numbers([of, less]), let unit = commonUnit([of, less], domains) else { return nil }
      let domain = NumberDomain(
        interval: domains[0].interval - domains[1].interval, isWhole: domains.allSatisfy(\.isWhole), unit: unit.unit)
      return Resolved(domain: .numbers(domain), derivation: .difference(of: of.value, less: less.value))
    case .days(let from, let to):
      guard let first = domain(of: from), let last = domain(of: to) else { return nil }
      for (word, domain) in [(from, first), (to, last)] {
        guard case .dates = domain else {
          diagnostics.append(
            Diagnostic(.valueMisfit, "`\(word.value)` is not a date, so days cannot be counted", at: word.range))
          return nil
        }
      }
      guard let one = first.interval, let other = last.interval else { return nil }
      let domain = NumberDomain(interval: other - one, isWhole: true, unit: MeasurementUnit("days"))
      return Resolved(domain: .numbers(domain), derivation: .days(from: from.value, to: to.value))
    case .product(let first, let second): return product(first, second)
    case .points(let of, let rows): return points(of, rows)
    case .bands(let of, let rows): return bands(of, rows, name)
    case .highest(let items): return extreme(items) { .highest($0) }
    case .lowest(let items): return extreme(items) { .lowest($0) }
    case .total(let of, let unit, let onlyCounted): return total(of, unit, onlyCounted)
    }
  }

  /// The domain of what a derived fact reads; resolves it first if it is derived too.
  mutating func domain(of word: Spanned<String>) -> Domain? {
    let family = symbols[word.value]?.family ?? word.value
    resolve(family)
    guard let symbol = symbols[word.value] else {
      if !parsed.hasUnreadableParts {
        diagnostics.append(.unknownName(word, what: "fact, derived fact or decision", candidates: symbols.names))
      }
      return nil
    }
    if case .fact(isRecordOnly: true) = symbol.kind {
      diagnostics.append(.readsRecordOnly(word, in: "a derived fact"))
      return nil
    }
    use(word.value)
    return symbol.domain
  }

  private mutating func numbers(_ words: [Spanned<String>]) -> [NumberDomain]? {
    var result: [NumberDomain] = []
    for word in words {
      guard let domain = domain(of: word) else { return nil }
      guard case .numbers(let numbers) = domain else {
        diagnostics.append(
          Diagnostic(.valueMisfit, "`\(word.value)` is not a number, so it cannot be calculated with", at: word.range))
        return nil
      }
      result.append(numbers)
    }
    return result
  }

  /// The unit that all share; wrapped, since having none is fine.
  private mutating func commonUnit(
    _ words: [Spanned<String>], _ domains: [NumberDomain]
  ) -> (unit: MeasurementUnit?, Void)? {
    for (word, domain) in zip(words, domains) where domain.unit != domains[0].unit {
      diagnostics.append(
        Diagnostic(
          .unitMisfit,
          "`\(word.value)` counts \(domain.unit.map { "`\($0.name)`" } ?? "without a unit"), and "
            + "`\(words[0].value)` \(domains[0].unit.map { "`\($0.name)`" } ?? "without one")", at: word.range))
      return nil
    }
    return (domains[0].unit, ())
  }

  private mutating func sum(_ items: [Spanned<String>], _ entered: Spanned<String>?) -> Resolved? {
    for (index, item) in items.enumerated() where items[..<index].contains(where: { $0.value == item.value }) {
      diagnostics.append(
        .standsTwice(
          item, what: "item", first: items.first { $0.value == item.value }!.range,
          advice: "keep one, since a sum takes each once and nothing can be multiplied"))
      return nil
    }
    let words = items + (entered.map { [$0] } ?? [])
    guard let domains = numbers(words), let unit = commonUnit(words, domains) else { return nil }
    var interval = Interval(.zero)
    for (item, domain) in zip(items, domains) {
      interval = interval + (mayNotApply(item.value) ? domain.interval.union(Interval(.zero)) : domain.interval)
      guard interval.isWithinLimit else {
        diagnostics.append(.numberTooLarge(item))
        return nil
      }
    }
    if entered != nil { interval = interval.union(domains[items.count].interval) }
    let domain = NumberDomain(interval: interval, isWhole: domains.allSatisfy(\.isWhole), unit: unit.unit)
    return Resolved(
      domain: .numbers(domain), derivation: .sum(items.map(\.value).sorted(), enteredAs: entered?.value))
  }

  private mutating func product(_ first: Spanned<String>, _ second: Spanned<String>) -> Resolved? {
    for word in [first, second] {
      guard let symbol = symbols[word.value] else { continue }
      guard symbol.isDecision else {
        diagnostics.append(
          Diagnostic(.valueMisfit, "`product` multiplies two decisions, and `\(word.value)` is none", at: word.range))
        return nil
      }
    }
    guard let domains = numbers([first, second]) else { return nil }
    let domain = NumberDomain(
      interval: domains[0].interval * domains[1].interval, isWhole: domains.allSatisfy(\.isWhole),
      unit: MeasurementUnit.product(domains[0].unit, domains[1].unit))
    return Resolved(domain: .numbers(domain), derivation: .product(first.value, second.value))
  }

  private mutating func points(_ of: Spanned<String>, _ rows: [(Spanned<String>, Spanned<String>)]) -> Resolved? {
    guard let domain = domain(of: of) else { return nil }
    guard !domain.names.isEmpty else {
      diagnostics.append(Diagnostic(.valueMisfit, "`\(of.value)` has no options to give points to", at: of.range))
      return nil
    }
    var points: [Int: Number] = [:]
    for (option, word) in rows {
      guard let index = values.option(option, in: domain, of: "`\(of.value)`", &diagnostics) else { return nil }
      guard let number = Number(word.value) else {
        diagnostics.append(.notANumber(word, isWhole: false))
        return nil
      }
      points[index] = number
    }
    let missing = domain.names.indices.filter { points[$0] == nil }.map { domain.names[$0] }
    guard missing.isEmpty else {
      diagnostics.append(
        Diagnostic(.missingKey, "no points are given for \(expectedList(missing))", at: of.range))
      return nil
    }
    let all = domain.names.indices.map { points[$0] ?? .zero }
    var interval = Interval(all.min() ?? .zero, all.max() ?? .zero)
    if case .members = domain {
      interval = all.reduce(Interval(.zero)) { $0 + Interval($1).union(Interval(.zero)) }
    }
    return Resolved(
      domain: .numbers(NumberDomain(interval: interval, isWhole: all.allSatisfy(\.isWhole), unit: nil)),
      derivation: .points(of: of.value, all))
  }

  private mutating func extreme(
    _ items: [Spanned<String>], _ make: ([String]) -> CheckedDerivation
  ) -> Resolved? {
    var domains: [Domain] = []
    for item in items {
      guard let domain = domain(of: item) else { return nil }
      domains.append(domain)
    }
    let derivation = make(items.map(\.value).sorted())
    switch domains[0] {
    case .options(_, isOrdered: true):
      for (item, domain) in zip(items, domains) where domain != domains[0] {
        diagnostics.append(
          Diagnostic(
            .valueMisfit, "`\(item.value)` and `\(items[0].value)` do not have the same options in the same order",
            at: item.range))
        return nil
      }
      return Resolved(domain: domains[0], derivation: derivation, labels: symbols[items[0].value]?.optionLabels ?? [])
    case .numbers:
      guard let numbers = numbers(items), let unit = commonUnit(items, numbers) else { return nil }
      let interval = numbers.dropFirst().reduce(numbers[0].interval) { $0.union($1.interval) }
      let domain = NumberDomain(interval: interval, isWhole: numbers.allSatisfy(\.isWhole), unit: unit.unit)
      return Resolved(domain: .numbers(domain), derivation: derivation)
    default:
      diagnostics.append(
        Diagnostic(
          .valueMisfit, "`\(items[0].value)` has no order, so nothing is its highest or lowest", at: items[0].range))
      return nil
    }
  }

  private mutating func total(_ of: Spanned<String>, _ unit: Spanned<String>?, _ onlyCounted: Bool) -> Resolved? {
    let family = symbols[of.value]?.family ?? of.value
    guard let decision = decisions[family], decision.kind == .menu else {
      diagnostics.append(
        Diagnostic(.valueMisfit, "`total` adds up the items of a menu, and `\(of.value)` is none", at: of.range))
      return nil
    }
    use(of.value)
    var items = decision.items.filter { item in
      if case .numbers = item.domain { !onlyCounted || item.item.countsTowardHours } else { false }
    }
    if let unit { items.removeAll { $0.domain.unitName != unit.value } }
    guard let first = items.first else {
      diagnostics.append(
        Diagnostic(
          .valueMisfit, "no item of `\(of.value)` has an amount that could be added up", at: unit?.range ?? of.range))
      return nil
    }
    if let other = items.first(where: { $0.domain.unitName != first.domain.unitName }) {
      diagnostics.append(
        Diagnostic(
          .unitMisfit,
          "`\(first.name)` and `\(other.name)` count different units; say which: `{of: \(of.value), unit: "
            + "\(first.domain.unitName ?? "")}`", at: of.range))
      return nil
    }
    let interval = items.compactMap(\.domain.interval).reduce(Interval(.zero)) { $0 + $1.union(Interval(.zero)) }
    let unit = first.domain.unitName.map(MeasurementUnit.init)
    let domain = NumberDomain(interval: interval, isWhole: false, unit: unit)
    return Resolved(
      domain: .numbers(domain), derivation: .total(of: of.value, items: items.map(\.name)))
  }

  /// Conditions of counts and named conditions, checked when every name has its domain.
  mutating func checkDerivedConditions() {
    for index in checked.derived.indices {
      let derived = checked.derived[index]
      guard let operation = parsedDerived[derived.name]?.operation else { continue }
      let context = ConditionChecker.Context(what: "the derived fact `\(derived.name)`", mayOmitPhase: derived.isPhased)
      switch operation {
      case .holds(let condition): checked.derived[index].derivation = .holds(self.condition(condition, context))
      case .count(let conditions):
        var parts: [CheckedCondition] = []
        for condition in conditions { parts.append(self.condition(condition, context)) }
        checked.derived[index].derivation = .count(parts)
      default: break
      }
    }
    for derived in checked.derived { derivedByName[derived.name] = derived }
    for derived in checked.derived {
      let conditions = applicability(of: derived.name)
      symbols[derived.name]?.applicability = conditions
    }
  }
}

extension ParsedDerived.Operation {
  /// Every name it reads.
  var reads: [Spanned<String>] {
    switch self {
    case .sum(let items, let entered): items + (entered.map { [$0] } ?? [])
    case .difference(let of, let less): [of, less]
    case .count(let conditions): conditions.flatMap(\.names)
    case .points(let of, _), .bands(let of, _): [of]
    case .highest(let items), .lowest(let items): items
    case .days(let from, let to): [from, to]
    case .holds(let condition): condition.names
    case .product(let first, let second): [first, second]
    case .total(let of, _, _): [of]
    }
  }
}

extension MeasurementUnit {
  /// Of `sessions a week` and `minutes`, or of nothing and `minutes a week`: the unit that the product counts.
  static func product(_ first: MeasurementUnit?, _ second: MeasurementUnit?) -> MeasurementUnit? {
    guard let first, let second else { return first ?? second }
    for (rate, amount) in [(first, second), (second, first)] {
      let words = rate.name.split(separator: " ", maxSplits: 1)
      if words.count == 2, words[1].hasPrefix("a "), !amount.name.contains(" ") {
        return MeasurementUnit("\(amount.name) \(words[1])")
      }
    }
    return MeasurementUnit("\(first.name) times \(second.name)")
  }
}

extension Domain {
  var unitName: String? {
    if case .numbers(let numbers) = self { numbers.unit?.name } else { nil }
  }

  /// The distance between neighbours of exact decimals.
  var smallestStep: Number { closed(.zero, isIncluded: false, isLower: true) }
}

extension Interval {
  /// Whether arithmetic with it stays exact.
  var isWithinLimit: Bool { lower >= Number.zero - .limit && upper <= .limit }
}
