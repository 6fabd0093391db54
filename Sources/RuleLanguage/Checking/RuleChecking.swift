import Cores
import RuleEngine
import SourceText

/// Rules, and what they recommend.
extension RulebookChecker {
  /// Notes the id of every rule, table and row.
  mutating func declareRules() {
    symbols.rules.reserveCapacity(parsed.rules.count)
    for rule in parsed.rules { declareRule(rule.id) }
    for table in parsed.tables {
      declareRule(table.id)
      var ids: [String] = []
      for row in table.rows {
        let id = "\(table.id.value)[\(row.name.value)]"
        symbols.rules[id] = row.name.range
        ids.append(id)
      }
      symbols.rows[table.id.value] = ids
    }
    for name in symbols.names {
      guard let rule = symbols.rules[name], let first = symbols[name] else { continue }
      diagnostics.append(.duplicateName(Spanned(name, rule), what: "name", first: first.place))
    }
  }

  private mutating func declareRule(_ id: Spanned<String>) {
    if let first = symbols.rules.updateValue(id.range, forKey: id.value) {
      diagnostics.append(.duplicateName(id, what: "rule", first: first))
      symbols.rules[id.value] = first
    }
  }

  mutating func checkRules() {
    let written = parsed.rules + parsed.tables.flatMap { rows(of: $0) }
    let fillingIn = checkInStretches(written)
    // Reasons may fill in what a rule reads through another, so every condition is known first.
    for index in fillingIn {
      let own = written[index]
      let rule = checked.rules[index]
      let readable = brokenConditions.contains(rule.id) ? nil : readable(rule.condition)
      var whole = rule.value
      whole.because = reasons(own, rule.effects, readable: readable, mayOmitPhase: rule.isPhased)
      checked.rules[index] = Shared(whole)
    }
    checked.rules.sort { $0.id < $1.id }
    checkOverrides(written)
  }

  /// Checks rules, all but the reasons that fill something in. No rule counts on what was found about another, so many are
  /// checked in stretches, and what was found is put together.
  ///
  /// - Returns: the places of the rules whose reasons are left.
  private mutating func checkInStretches(_ written: [Shared<ParsedRule>]) -> [Int] {
    known = KnownReadings()
    var fresh = self
    fresh.diagnostics = []
    let stretches = Stretches.of(written.count)
    let parts = inParallel(stretches) { [fresh] stretch in
      var checker = fresh
      let conditions = fresh.conditions
      var fillingIn: [Int] = []
      checker.checked.rules.reserveCapacity(stretch.count)
      for place in stretch {
        let rule = written[place]
        let fillsIn = rule.because?.mayFillIn ?? false
        if fillsIn { fillingIn.append(place) }
        checker.checked.rules.append(Shared(checker.check(rule, fillsIn: fillsIn, conditions)))
      }
      return (checker: checker, fillingIn: fillingIn)
    }
    for (part, _) in parts {
      checked.rules += part.checked.rules
      diagnostics += part.diagnostics
      usedNames.formUnion(part.usedNames)
      usedSources.formUnion(part.usedSources)
      usedParameters.formUnion(part.usedParameters)
      brokenConditions.formUnion(part.brokenConditions)
    }
    return parts.flatMap(\.fillingIn)
  }

  private mutating func check(
    _ written: Shared<ParsedRule>, fillsIn: Bool, _ conditions: ConditionChecker
  ) -> CheckedRule {
    var effects: [CheckedEffect] = []
    var places: [SourceRange] = []
    for effect in written.effects {
      let found = self.effects(of: effect)
      effects += found
      places += found.map { _ in effect.target.range }
    }
    let when = written.when ?? .broken
    findContradictions(written, effects, places)

    let readsPhased = symbols.isAnyPhased(in: when)
    let readsBroken = symbols.isAnyWithoutDomain(in: when)
    let isPhased = readsPhased && !effects.isEmpty && areAllPhased(effects)
    let context = ConditionChecker.Context(
      what: written.row == nil ? "the rule" : "the row", name: written.row ?? written.id.value, mayOmitPhase: isPhased)
    let before = diagnostics.count
    let condition = condition(when, context, by: conditions)
    if diagnostics.count > before || written.isBroken || readsBroken { brokenConditions.insert(written.id.value) }
    diagnostics += ambiguities(condition)
    if let reviewBy = written.reviewBy, CalendarDate(reviewBy.value) == nil { diagnostics.append(.notADate(reviewBy)) }
    return CheckedRule(
      id: written.id.value, condition: condition, effects: effects,
      because: fillsIn ? [:] : reasons(written, effects, readable: nil, mayOmitPhase: isPhased),
      sources: sources(written.sources), overrides: overrides(written.overrides),
      reviewedBy: written.reviewedBy?.value, reviewBy: written.reviewBy?.value, isPhased: isPhased,
      disabled: disabling(of: written.id.value))
  }

  private func areAllPhased(_ effects: [CheckedEffect]) -> Bool {
    effects.allSatisfy { decisions[$0.decision]?.isPhased ?? false }
  }

  private func overrides(_ written: [ParsedOverride]) -> [CheckedRule.Override] {
    written.flatMap { override -> [CheckedRule.Override] in
      let decisions = override.decisions.map { Set($0.map(\.value)) }
      let targets = symbols.rows[override.rule.value] ?? [override.rule.value]
      return targets.map { CheckedRule.Override(rule: $0, decisions: decisions) }
    }
  }

  /// Every name that a condition reads, directly, through derived facts, or through the conditions of other rules.
  mutating func readable(_ condition: CheckedCondition) -> Set<String> {
    var found: Set<String> = []
    var seen: Set<String> = []
    var waiting = condition.names
    var rules = condition.rules
    while !waiting.isEmpty || !rules.isEmpty {
      if let rule = rules.popLast() {
        guard seen.insert(rule).inserted, let other = ruleConditions[rule] else { continue }
        waiting += other.names
        rules += other.rules
        continue
      }
      let name = waiting.removeLast()
      guard found.insert(name).inserted else { continue }
      let family = symbols[name]?.family ?? name
      if let derived = derivedByName[family] {
        waiting += derived.derivation.reads
        rules += derived.derivation.conditions.flatMap(\.rules)
      }
    }
    return found
  }

  private mutating func reasons(
    _ rule: Shared<ParsedRule>, _ effects: [CheckedEffect], readable: Set<String>?, mayOmitPhase: Bool
  ) -> [String: Template] {
    guard let because = rule.because else { return [:] }
    if let general = because.general, because.byDecision.isEmpty {
      return ["": template(general, readable: readable, mayOmitPhase: mayOmitPhase)]
    }
    let spoken = Set(effects.map(\.decision))
    var reasons: [String: Template] = [:]
    if let general = because.general {
      reasons[""] = template(general, readable: readable, mayOmitPhase: mayOmitPhase)
    }
    var hasStranger = false
    for (decision, text) in because.byDecision {
      let family = symbols[decision.value]?.family ?? decision.value
      if !spoken.contains(family), !rule.isBroken {
        hasStranger = true
        diagnostics.append(.becauseForOther(decision, spoken: spoken.sorted()))
      }
      reasons[decision.value] = template(text, readable: readable, mayOmitPhase: mayOmitPhase)
    }
    guard !hasStranger else { return reasons }
    let silent = spoken.filter { decision in
      reasons[""] == nil && reasons[decision] == nil && !Program.phases.contains { reasons["\(decision).\($0)"] != nil }
    }
    if let first = silent.min(), !rule.isBroken {
      diagnostics.append(
        Diagnostic(
          .missingBecause, "`because` gives no reason for `\(first)`; add one, or `otherwise:` for the rest",
          at: rule.id.range))
    }
    return reasons
  }

  private mutating func findContradictions(
    _ rule: Shared<ParsedRule>, _ effects: [CheckedEffect], _ places: [SourceRange]
  ) {
    for (index, effect) in effects.enumerated() {
      let clash = effects[..<index].firstIndex { other in
        other.decision == effect.decision && other.member == effect.member
          && (other.phase == nil || effect.phase == nil || other.phase == effect.phase)
      }
      guard let clash else { continue }
      let slot = [effect.decision, effect.member].compactMap(\.self).joined(separator: ".")
      diagnostics.append(.contradictsItself(rule.id.value, slot, first: places[clash], second: places[index]))
    }
  }

  // MARK: Effects

  /// What `recommend` or `rule_out` says about one decision or item.
  private mutating func effects(of effect: ParsedEffect) -> [CheckedEffect] {
    guard !effect.isRuleOut else { return read(effect) }
    if let known = knownEffects.reading(of: effect.value, on: effect.target.value) { return known }
    let before = diagnostics.count
    let effects = read(effect)
    // What was wrong must be said each time.
    if diagnostics.count == before { knownEffects.note(effects, of: effect.value, on: effect.target.value) }
    return effects
  }

  private mutating func read(_ effect: ParsedEffect) -> [CheckedEffect] {
    guard let symbol = symbols[effect.target.value] else {
      if !parsed.hasUnreadableParts {
        diagnostics.append(.unknownName(effect.target, what: "decision", candidates: decisions.keys.sorted()))
      }
      return []
    }
    let family = symbol.family ?? symbol.name
    let phase = symbol.family.map { $0.count + 1 }.map { String(symbol.name.dropFirst($0)) }
    switch symbol.kind {
    case .fact, .derived:
      diagnostics.append(
        Diagnostic(
          .unknownName, "`\(effect.target.value)` is known and not decided; a rule recommends decisions",
          at: effect.target.range, fixIts: Diagnostic.FixIt.didYouMean(effect.target, among: decisions.keys.sorted())))
      return []
    case .item(let menu):
      guard let decision = decisions[menu] else { return [] }
      let parts = symbol.name.split(separator: ".")
      let item = String(parts[parts.count - 1])
      let itemPhase = symbol.family == nil ? nil : String(parts[parts.count - 2])
      guard !effect.isRuleOut else {
        diagnostics.append(
          Diagnostic(
            .valueMisfit, "write `\(menu): \(item)` to rule an item out", at: effect.target.range))
        return []
      }
      return itemEffect(Spanned(item, effect.target.range), effect.value, decision, itemPhase)
    case .decision:
      guard let decision = decisions[family] else { return [] }
      if decision.isPhased, phase == nil, case .map(let entries) = effect.value.content,
        entries.contains(where: { Program.phases.contains($0.key.value) })
      {
        return entries.flatMap { entry -> [CheckedEffect] in
          guard Program.phases.contains(entry.key.value) else {
            diagnostics.append(.invalidValue(entry.key, what: "a phase", expected: Program.phases))
            return []
          }
          return effects(decision, entry.key.value, entry.value, effect.target, isRuleOut: effect.isRuleOut)
        }
      }
      return effects(decision, phase, effect.value, effect.target, isRuleOut: effect.isRuleOut)
    }
  }

  private mutating func effects(
    _ decision: CheckedDecision, _ phase: String?, _ node: YAMLNode, _ target: Spanned<String>, isRuleOut: Bool
  ) -> [CheckedEffect] {
    let what = "`\(decision.name)`"
    switch decision.kind {
    case .choice, .number:
      guard !isRuleOut else {
        diagnostics.append(.ruleOutMisfit(target))
        return []
      }
      if case .list = node.content {
        diagnostics.append(.unexpectedShape(node, expected: "one value for \(what)"))
        return []
      }
      return value(node, for: decision).map {
        [CheckedEffect(decision: decision.name, phase: phase, member: nil, verdict: .recommend($0))]
      } ?? []
    case .menu where !isRuleOut:
      guard case .map = node.content else {
        diagnostics.append(
          .unexpectedShape(
            node, expected: "a map of items and amounts, such as `{\(decision.items.first?.name ?? "item"): …}`,"))
        return []
      }
      return (node.entries(what: what, &diagnostics) ?? []).flatMap { itemEffect($0.key, $0.value, decision, phase) }
    case .preferred, .set, .menu:
      guard let words = node.words(what: "an option of \(what), or a list of them,", &diagnostics) else { return [] }
      if words.isEmpty { diagnostics.append(.unexpectedShape(node, expected: "at least one option of \(what)")) }
      return words.compactMap { word in
        guard let member = values.option(word, in: decision.domain, of: what, &diagnostics) else { return nil }
        let name = decision.domain.names[member]
        if let item = decision.items.first(where: { $0.name == name }), item.fills != nil {
          diagnostics.append(.speaksAboutFilling(word))
          return nil
        }
        return CheckedEffect(
          decision: decision.name, phase: phase, member: name, verdict: isRuleOut ? .ruleOut : .recommend(.included))
      }
    }
  }

  private mutating func itemEffect(
    _ name: Spanned<String>, _ node: YAMLNode, _ decision: CheckedDecision, _ phase: String?
  ) -> [CheckedEffect] {
    guard let item = decision.items.first(where: { $0.name == name.value }) else {
      diagnostics.append(.unknownOption(name, of: "`\(decision.name)`", options: decision.items.map(\.name)))
      return []
    }
    guard item.fills == nil else {
      diagnostics.append(.speaksAboutFilling(name))
      return []
    }
    guard let word = node.word(what: "an amount for `\(name.value)`", &diagnostics),
      let value = value(word, in: item.domain, of: "`\(decision.name).\(item.name)`")
    else { return [] }
    return [CheckedEffect(decision: decision.name, phase: phase, member: item.name, verdict: .recommend(value))]
  }
}
