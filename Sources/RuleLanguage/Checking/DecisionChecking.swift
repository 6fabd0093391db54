import RuleEngine
import SourceText

/// Decisions and the items of their menus.
extension RulebookChecker {
  mutating func declareDecisions() {
    for catalogue in parsed.catalogues {
      if let first = catalogues[catalogue.name.value] {
        diagnostics.append(.duplicateName(catalogue.name, what: "catalogue", first: first.name.range))
      } else {
        catalogues[catalogue.name.value] = catalogue
      }
    }
    for decision in parsed.decisions {
      let checked = check(decision)
      var symbol = Symbol(
        name: decision.name.value, kind: .decision, domain: checked?.domain, optionLabels: checked?.optionLabels ?? [],
        place: decision.name.range, isPhased: decision.isPerPhase, readsDecisions: true)
      guard declare(symbol, decision.name, what: "name") else { continue }
      if decision.isPerPhase {
        symbol.isPhased = false
        symbol.family = decision.name.value
        for phase in Program.phases {
          symbol.name = "\(decision.name.value).\(phase)"
          declareBelow(symbol, decision.name)
        }
      }
      guard let checked else { continue }
      decisions[checked.name] = checked
      for item in checked.items { declare(item, of: checked, at: decision.name.range) }
    }
    checked.decisions = decisions.values.sorted { $0.name < $1.name }
  }

  private mutating func declare(_ item: CheckedItem, of decision: CheckedDecision, at place: SourceRange) {
    var symbol = Symbol(
      name: "\(decision.name).\(item.name)", kind: .item(of: decision.name), domain: item.domain,
      optionLabels: item.optionLabels, place: place, isPhased: decision.isPhased,
      item: decision.isPhased ? item.name : nil, readsDecisions: true)
    declareBelow(symbol, Spanned(decision.name, place))
    guard decision.isPhased else { return }
    let family = symbol.name
    symbol.isPhased = false
    symbol.family = family
    for phase in Program.phases {
      symbol.name = "\(decision.name).\(phase).\(item.name)"
      declareBelow(symbol, Spanned(decision.name, place))
    }
  }

  /// A set, menu or phased decision owns the names below its own.
  mutating func declareBelow(_ symbol: Symbol, _ owner: Spanned<String>) {
    if let first = symbols[symbol.name] {
      diagnostics.append(.duplicateName(Spanned(symbol.name, first.place), what: "name", first: owner.range))
    } else {
      symbols[symbol.name] = symbol
    }
  }

  private mutating func check(_ decision: ParsedDecision) -> CheckedDecision? {
    let what = "the decision `\(decision.name.value)`"
    guard let type = decision.type, let combineWord = decision.combine, !decision.hasBrokenDomain else { return nil }
    let allowed: [String: [Decision.Combine]] = [
      "choice": [.one, .highest, .lowest, .preferred], "yes_no": [.one, .highest, .lowest],
      "integer": [.one, .highest, .lowest], "decimal": [.one, .highest, .lowest], "set": [.all],
      "menu": [.highest, .lowest],
    ]
    guard let combines = allowed[type.value] else {
      diagnostics.append(.invalidValue(type, what: "a type of decision", expected: allowed.keys.sorted()))
      return nil
    }
    guard let combine = Decision.Combine(rawValue: combineWord.value), combines.contains(combine) else {
      diagnostics.append(
        .invalidValue(
          combineWord, what: "a way to combine recommendations of type `\(type.value)`",
          expected: combines.map(\.rawValue)))
      return nil
    }
    var domain: Domain?
    var labels: [LocalizedText] = []
    var items: [CheckedItem] = []
    let keys: Set<String> =
      switch type.value {
      case "integer", "decimal": ["range", "unit"]
      case "choice": ["options", "ordered"]
      case "set": ["options"]
      default: []
      }
    checkKeys(type: type, takes: keys, options: decision.options, range: decision.range, unit: decision.unit)
    switch type.value {
    case "yes_no": (domain, labels) = (.yesNo, Self.yesNoLabels)
    case "integer", "decimal":
      domain = numberDomain(
        range: decision.range, unit: decision.unit, isWhole: type.value == "integer", what: what,
        at: decision.name.range
      ).map { .numbers($0) }
    case "menu":
      guard let found = menuItems(decision, what) else { return nil }
      items = found
      domain = .members(items.map(\.name))
      labels = items.map(\.label)
    default:
      (domain, labels) = choiceDomain(decision.options, what: what, at: decision.name.range, isFact: false)
      if type.value == "set" { domain = domain.map { .members($0.names) } }
    }
    guard let domain else { return nil }
    if combine == .highest || combine == .lowest, case .options(_, isOrdered: false) = domain {
      diagnostics.append(
        Diagnostic(
          .missingKey, "\(what) takes the \(combine.rawValue), so it needs `ordered: […]`, the lowest first",
          at: decision.name.range))
    }
    let preference = preference(decision, combine, domain, what)
    let kind: CheckedDecision.Kind =
      switch type.value {
      case "set": .set
      case "menu": .menu
      case "integer", "decimal": .number
      default: combine == .preferred ? .preferred : .choice
      }
    return CheckedDecision(
      name: decision.name.value,
      label: decision.label.map(TextChecker.localized) ?? decision.name.value.readable,
      kind: kind, combine: combine, domain: domain, optionLabels: labels, preference: preference, appliesWhen: nil,
      otherwise: nil, isPhased: decision.isPerPhase, items: items)
  }

  private mutating func preference(
    _ decision: ParsedDecision, _ combine: Decision.Combine, _ domain: Domain, _ what: String
  ) -> [Int] {
    guard combine == .preferred else {
      if let first = decision.prefer?.first {
        diagnostics.append(
          Diagnostic(
            .unknownKey, "`prefer` belongs to `combine: preferred`, which \(what) does not have", at: first.range))
      }
      return []
    }
    guard let prefer = decision.prefer else {
      diagnostics.append(.missingKey("prefer", in: what, at: decision.name.range))
      return []
    }
    var order: [Int] = []
    for word in prefer {
      guard let option = values.option(word, in: domain, of: what, &diagnostics) else { continue }
      if order.contains(option) {
        diagnostics.append(
          .standsTwice(word, what: "option", first: prefer.first { $0.value == word.value }!.range))
      } else {
        order.append(option)
      }
    }
    let missing = domain.names.indices.filter { !order.contains($0) }.map { domain.names[$0] }
    if !missing.isEmpty, let first = prefer.first, order.count == prefer.count {
      diagnostics.append(
        Diagnostic(.missingKey, "`prefer` leaves out \(expectedList(missing)); list every option", at: first.range))
    }
    return order
  }

  private mutating func menuItems(_ decision: ParsedDecision, _ what: String) -> [CheckedItem]? {
    guard let name = decision.catalogue else {
      diagnostics.append(.missingKey("of", in: what, at: decision.name.range))
      return nil
    }
    guard let catalogue = catalogues[name.value] else {
      if !parsed.hasUnreadableParts {
        diagnostics.append(.unknownName(name, what: "catalogue", candidates: catalogues.keys.sorted()))
      }
      return nil
    }
    var items: [CheckedItem] = []
    for item in catalogue.items.sorted(by: { $0.name.value < $1.name.value }) {
      let itemWhat = "the item `\(item.name.value)`"
      _ = sources(item.sources)
      if decision.isPerPhase, Program.phases.contains(item.name.value) {
        diagnostics.append(
          Diagnostic(
            .badName, "`\(item.name.value)` is the name of a phase, so no item can be called so", at: item.name.range))
        continue
      }
      var domain: Domain?
      var labels: [LocalizedText] = []
      if item.options.ordered != nil {
        (domain, labels) = choiceDomain(item.options, what: itemWhat, at: item.name.range, isFact: false)
      } else if let unit = item.unit {
        let interval =
          item.range.flatMap { values.range($0, isWhole: false, mayExclude: false, &diagnostics) }
          ?? Interval(.zero, Number(100_000))
        let isWhole = interval.lower.isWhole && interval.upper.isWhole
        domain = .numbers(NumberDomain(interval: interval, isWhole: isWhole, unit: MeasurementUnit(unit.value)))
      } else {
        diagnostics.append(
          Diagnostic(
            .missingKey, "\(itemWhat) needs `unit:` for an amount such as `minutes a week`, or `ordered:` for a choice",
            at: item.name.range))
      }
      guard let domain else { continue }
      items.append(
        CheckedItem(
          name: item.name.value, label: item.label.map(TextChecker.localized) ?? item.name.value.readable,
          domain: domain,
          optionLabels: labels,
          item: Item(
            countsTowardHours: item.countsTowardHours ?? false, kind: item.kind?.value, givenBy: item.givenBy?.value,
            help: item.help.map(TextChecker.localized)),
          fills: item.fills?.value))
    }
    let filling = catalogue.items.filter { $0.fills != nil }
    if filling.count > 1, let second = filling[1].fills {
      diagnostics.append(
        Diagnostic(
          .unknownKey,
          "only one item of a catalogue can fill what the others leave, and `\(filling[0].name.value)` does",
          at: second.range))
    }
    return items
  }

  /// Guards, `otherwise`, and what an item fills: checked when every name is known.
  mutating func checkDecisionConditions() {
    for decision in parsed.decisions {
      guard var checked = decisions[decision.name.value] else { continue }
      if let guardCondition = decision.appliesWhen {
        let context = ConditionChecker.Context(
          what: "the `applies_when` of `\(decision.name.value)`", mayOmitPhase: decision.isPerPhase)
        let condition = condition(guardCondition, context)
        checked.appliesWhen = condition
        setApplicability(of: checked, [condition])
      }
      if let otherwise = decision.otherwise { checked.otherwise = self.otherwise(otherwise, checked) }
      checkFills(decision, checked)
      decisions[checked.name] = checked
    }
    checked.decisions = decisions.values.sorted { $0.name < $1.name }
  }

  private mutating func setApplicability(of decision: CheckedDecision, _ conditions: [CheckedCondition]) {
    symbols[decision.name]?.applicability = conditions
    for phase in Program.phases where decision.isPhased {
      // The guard of one phase reads that phase; what is beside must name it so, too.
      let inPhase = conditions.map { $0.inPhase(phase, symbols) }
      symbols["\(decision.name).\(phase)"]?.applicability = inPhase
    }
  }

  private mutating func otherwise(
    _ otherwise: ParsedDecision.Otherwise, _ decision: CheckedDecision
  ) -> CheckedDecision.Otherwise? {
    if decision.kind == .set || decision.kind == .menu {
      diagnostics.append(
        Diagnostic(
          .unknownKey,
          "a \(decision.kind == .set ? "set" : "menu") needs no `otherwise`: what no rule recommends is not in it",
          at: otherwise.range))
      return nil
    }
    var values: [String: Value] = [:]
    if decision.isPhased, case .map(let entries) = otherwise.value.content {
      for entry in entries {
        guard Program.phases.contains(entry.key.value) else {
          diagnostics.append(.invalidValue(entry.key, what: "a phase", expected: Program.phases))
          continue
        }
        values[entry.key.value] = value(entry.value, for: decision)
      }
    } else {
      values[""] = value(otherwise.value, for: decision)
    }
    let because = otherwise.because.map { template($0, readable: nil, mayOmitPhase: decision.isPhased) }
    return CheckedDecision.Otherwise(
      values: values, because: because ?? Template(byLanguage: [:]), sources: sources(otherwise.sources))
  }

  /// A constant for a decision that has one value.
  mutating func value(_ node: YAMLNode, for decision: CheckedDecision) -> Value? {
    guard let word = node.word(what: "one value for `\(decision.name)`", &diagnostics) else { return nil }
    if word.value.looksLikeMatcher {
      diagnostics.append(
        Diagnostic(
          .valueMisfit, "`\(word.value)` is a matcher; a decision gets one value, so write just that", at: word.range))
      return nil
    }
    return value(word, in: decision.domain, of: "`\(decision.name)`")
  }

  mutating func value(_ word: Spanned<String>, in domain: Domain, of what: @autoclosure () -> String) -> Value? {
    switch domain {
    case .options, .members: values.option(word, in: domain, of: what(), &diagnostics).map { .option($0) }
    case .numbers, .dates: values.number(word, in: domain, of: what(), &diagnostics).map { .number($0) }
    }
  }

  private mutating func checkFills(_ decision: ParsedDecision, _ checked: CheckedDecision) {
    guard let name = decision.catalogue?.value, let catalogue = catalogues[name] else { return }
    for item in catalogue.items {
      guard let fills = item.fills, let own = checked.items.first(where: { $0.name == item.name.value }) else {
        continue
      }
      guard let symbol = symbols[fills.value] else {
        if !parsed.hasUnreadableParts {
          diagnostics.append(.unknownName(fills, what: "derived fact", candidates: symbols.names))
        }
        continue
      }
      use(fills.value)
      if symbol.isPhased, !checked.isPhased {
        diagnostics.append(.whichPhase(fills, example: symbol.name(in: Program.phases[0]), in: "`fills`"))
      }
      guard let domain = symbol.domain else { continue }
      guard case .numbers(let numbers) = domain, case .numbers(let mine) = own.domain, numbers.unit == mine.unit else {
        diagnostics.append(
          Diagnostic(
            .unitMisfit,
            "`\(item.name.value)` fills `\(fills.value)`, so both must count the same; here are "
              + "\(own.domain.unitText) and \(domain.unitText)", at: fills.range))
        continue
      }
      if numbers.interval.upper > mine.interval.upper {
        diagnostics.append(
          Diagnostic(
            .outsideDomain,
            "`\(item.name.value)` fills `\(fills.value)`, which can reach \(numbers.interval.upper), and may only be "
              + "\(mine.interval.lower) to \(mine.interval.upper); widen its `range`", at: fills.range))
      }
    }
  }
}

extension Domain {
  /// The unit, for messages.
  var unitText: String {
    if case .numbers(let numbers) = self { numbers.unit.map { "`\($0.name)`" } ?? "no unit" } else { "no number" }
  }
}

extension CheckedCondition {
  /// The same condition with every phased name put into one phase.
  func inPhase(_ phase: String, _ symbols: SymbolTable) -> CheckedCondition {
    switch self {
    case .test(let name, let matcher, let range): .test(symbols[name]?.name(in: phase) ?? name, matcher, range)
    case .all(let parts): .all(parts.map { $0.inPhase(phase, symbols) })
    case .any(let parts): .any(parts.map { $0.inPhase(phase, symbols) })
    case .not(let part): .not(part.inPhase(phase, symbols))
    case .atLeast(let count, let parts): .atLeast(count, parts.map { $0.inPhase(phase, symbols) })
    case .always, .applies, .outcome, .plan, .unknown: self
    }
  }
}

extension String {
  /// Whether it asks for values rather than names one. One word always names one.
  fileprivate var looksLikeMatcher: Bool {
    guard utf8.contains(UInt8(ascii: " ")) else { return false }
    return contains(" to ")
      || ["at least ", "more than ", "at most ", "less than ", "not "].contains { hasPrefix($0) }
  }
}
