import RuleEngine

/// Compares what an evaluation found with what a case promises.
struct CaseCheck {
  let aCase: Case
  let evaluation: Evaluation
  private let wording: Wording
  private var program: Program { evaluation.program }

  init(_ aCase: Case, _ evaluation: Evaluation, language: String) {
    self.aCase = aCase
    self.evaluation = evaluation
    wording = Wording(evaluation, language: language)
  }

  /// Whether nothing differs.
  var passes: Bool {
    evaluation.truth(of: aCase.expect) == .yes && unnamed.isEmpty && wrongReasons == ([], []) && wrongNeeds == nil
      && contradictions.isEmpty
  }

  func differences() -> [CaseDifference] {
    guard !passes else { return [] }
    let tracer = CaseTracer(aCase, evaluation, language: wording.language)
    var differences = expectations(aCase.expect, tracer) + unnamed
    let (missing, surplus) = wrongReasons
    differences += missing.map {
      CaseDifference(
        kind: .because, field: $0, expected: "decides", found: "decides nothing here", trace: tracer.trace(ofRule: $0))
    }
    differences += surplus.map {
      CaseDifference(
        kind: .notBecause, field: $0, expected: "decides nothing", found: "decides something here",
        trace: tracer.trace(ofRule: $0))
    }
    if let wrongNeeds { differences.append(wrongNeeds) }
    return differences + contradictions
  }

  // MARK: Expectations

  /// Each part of an expectation that does not surely hold, with what was found.
  private func expectations(_ condition: Condition, _ tracer: CaseTracer) -> [CaseDifference] {
    guard evaluation.truth(of: condition) != .yes else { return [] }
    switch condition {
    case .all(let parts): return parts.flatMap { expectations($0, tracer) }
    case .test(let variable, let matcher):
      return [
        CaseDifference(
          kind: aCase.isExact ? .exactly : .expect, field: program.variables[variable].name,
          expected: wording.matcher(matcher, of: variable), found: found(variable, tracer.privacy),
          trace: tracer.trace(of: variable, expected: matcher))
      ]
    case .outcome(let decision, let test):
      let variable = program.decisions[decision].variable
      return [
        CaseDifference(
          kind: aCase.isExact ? .exactly : .expect, field: program.variables[variable].name,
          expected: test.rawValue.replacing("_", with: " "), found: wording.outcomes(of: variable),
          trace: tracer.trace(of: variable, expected: nil))
      ]
    default:
      let variables = condition.subtree.compactMap { part -> Int? in
        if case .test(let variable, _) = part { variable } else { nil }
      }
      let found = Set(variables).sorted().map {
        "\(program.variables[$0].name) is \(self.found($0, tracer.privacy))"
      }
      return [
        CaseDifference(
          kind: aCase.isExact ? .exactly : .expect, field: "", expected: "a condition that does not hold",
          found: found.joined(separator: ", "), trace: [])
      ]
    }
  }

  /// How a variable came out; nothing that would tell an answer of an intake file.
  private func found(_ variable: Int, _ privacy: CasePrivacy) -> String {
    if privacy.hides(variable) { return CasePrivacy.hidden }
    guard case .item(let index, let slot) = program.variables[variable].kind else {
      return wording.outcomes(of: variable)
    }
    return amounts(of: slot, in: index)
  }

  /// What an item or member can come out as: `60 minutes a week or not in the plan`.
  private func amounts(of slot: Int, in index: Int) -> String {
    let decision = program.decisions[index]
    return evaluation.slotOutcomes[index][slot].sorted()
      .map { wording.outcome($0, in: decision, slot: decision.slots[slot]) }.joined(separator: " or ")
  }

  /// What the plan holds, or may hold, although `exactly` does not name it.
  private var unnamed: [CaseDifference] {
    guard aCase.isExact else { return [] }
    var named: Set<Int> = []
    var namedMembers: [Int: Set<Int>] = [:]
    for part in aCase.expect.subtree {
      switch part {
      case .outcome(let decision, _): named.insert(program.decisions[decision].variable)
      case .test(let variable, let matcher):
        if let members = matcher.members {
          namedMembers[variable, default: []].formUnion(members)
        } else {
          named.insert(variable)
        }
      default: break
      }
    }
    return program.decisions.indices.flatMap { index -> [CaseDifference] in
      let decision = program.decisions[index]
      guard !named.contains(decision.variable) else { return [] }
      guard decision.hasMembers else {
        let isNothing = evaluation.guardTruths[index] == .no
        return isNothing ? [] : [surplus(decision.variable, wording.outcomes(of: decision.variable))]
      }
      return decision.slots.indices.compactMap { slot in
        let outcomes = evaluation.slotOutcomes[index][slot]
        let isNamed =
          decision.slots[slot].variable.map(named.contains) ?? false
          || namedMembers[decision.variable]?.contains(slot) ?? false
        guard !isNamed, !outcomes.isSubset(of: [.out, .notApplicable]) else { return nil }
        guard let item = decision.slots[slot].variable else {
          let label = wording.option(slot, of: decision.variable)
          return surplus(decision.variable, outcomes.count == 1 ? label : "perhaps \(label)")
        }
        return surplus(item, amounts(of: slot, in: index))
      }
    }
  }

  private func surplus(_ variable: Int, _ found: String) -> CaseDifference {
    CaseDifference(
      kind: .exactly, field: program.variables[variable].name, expected: "nothing", found: found, trace: [])
  }

  // MARK: Reasons, needs, and what cannot be

  /// The rules that should have decided something and did not, and those that should not have.
  private var wrongReasons: (missing: [String], surplus: [String]) {
    // The rules that decided are known only from explained decisions, so they are looked for only where a case asks.
    guard !aCase.because.isEmpty || !aCase.notBecause.isEmpty else { return ([], []) }
    let deciding = Plan.decidingRules(evaluation, in: decisions(spokenAboutBy: aCase.because + aCase.notBecause))
    return (
      aCase.because.filter { !isAmong(deciding, $0) }, aCase.notBecause.filter { isAmong(deciding, $0) }
    )
  }

  /// Whether the rule, a row of the table, or a phase of the rule is among them.
  private func isAmong(_ ids: Set<String>, _ rule: String) -> Bool {
    ids.contains(rule) || ids.contains { $0.hasPrefix("\(rule)[") }
  }

  /// The decisions in which these rules can decide something. To explain one takes longer than to make all of them.
  private func decisions(spokenAboutBy names: [String]) -> [Int] {
    let parts = names.map { "\($0)[" }
    let isMeant = program.rules.map { rule in names.contains(rule.id) || parts.contains(where: rule.id.hasPrefix) }
    return program.decisions.indices.filter { decision in
      program.decisions[decision].slots.contains { $0.effects.contains { isMeant[$0.rule] } }
    }
  }

  private var wrongNeeds: CaseDifference? {
    guard let needs = aCase.needs else { return nil }
    let found = evaluation.neededFacts(for: program.decisions.indices).now.map { program.variables[$0].name }.sorted()
    guard found != needs.sorted() else { return nil }
    func list(_ names: [String]) -> String { names.isEmpty ? "nothing" : names.joined(separator: ", ") }
    return CaseDifference(
      kind: .needs, field: "needs", expected: list(needs.sorted()), found: list(found), trace: [])
  }

  private var contradictions: [CaseDifference] {
    program.impossibilities.filter { evaluation.truth(of: $0.condition) == .yes }.map {
      CaseDifference(
        kind: .given, field: "given", expected: "answers that can all be right", found: "`\($0.id)` says they cannot",
        trace: [])
    }
  }
}

extension Matcher {
  /// The members it names, if it asks about members.
  fileprivate var members: [Int]? {
    switch test {
    case .exactly(let members), .includesAny(let members), .includesAll(let members), .includesNone(let members):
      members
    case .empty, .options, .ranges, .declined, .doesNotKnow: nil
    }
  }
}
