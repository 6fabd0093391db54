extension WhatWouldChange {
  /// - Parameters:
  ///   - mostChanges: how many answers may be changed at once.
  ///   - mostPlans: how many plans may be tried.
  public init(
    _ evaluation: Evaluation, language: String = "en", mostChanges: Int = mostChanges, mostPlans: Int = mostPlans
  ) {
    var search = ChangeSearch(evaluation, mostChanges: mostChanges, mostPlans: mostPlans)
    search.run()
    limit = search.limit
    let words = ChangeWords(Wording(evaluation, language: language))
    var ways: [Way] = []
    for found in search.found.sorted() {
      let changes = words.changes(found.box)
      let result = words.result(found.target, found.outcome)
      if let same = ways.firstIndex(where: { $0.changes == changes }) {
        ways[same].results.append(result)
      } else {
        ways.append(Way(changes: changes, results: [result]))
      }
    }
    self.ways = ways
  }
}

/// Puts changes into the words of the rulebook.
private struct ChangeWords {
  let wording: Wording
  private var program: Program { wording.evaluation.program }

  init(_ wording: Wording) {
    self.wording = wording
  }

  func changes(_ box: [ChangeSearch.Atom: ChangeSearch.Cell]) -> [WhatWouldChange.Change] {
    box.sorted { $0.key < $1.key }.map { atom, cell in
      WhatWouldChange.Change(
        fact: program.variables[atom.fact].name, label: wording.label(of: atom.fact),
        from: text(now: atom), to: text(cell, of: atom))
    }
  }

  /// What is recorded; of one option of several, whether it is among them.
  private func text(now atom: ChangeSearch.Atom) -> String {
    guard let member = atom.member, case .members(let members) = wording.evaluation.values[atom.fact].values else {
      return wording.value(of: atom.fact)
    }
    switch members[member] {
    case .yes: return "with it"
    case .no: return "without it"
    case .unknown: return "not known"
    }
  }

  private func text(_ cell: ChangeSearch.Cell, of atom: ChangeSearch.Atom) -> String {
    switch cell {
    case .options(let options):
      return wording.alternatives(options.sorted().map { wording.option($0, of: atom.fact) })
    case .member(let isIn):
      let label = wording.option(atom.member ?? 0, of: atom.fact)
      return isIn ? "with \(label)" : "without \(label)"
    case .interval(let interval):
      let domain = program.variables[atom.fact].domain
      let lower = wording.number(interval.lower, in: domain)
      let upper = wording.number(interval.upper, in: domain)
      if interval.single != nil { return lower }
      if interval.upper == domain.interval?.upper { return "at least \(lower)" }
      if interval.lower == domain.interval?.lower { return "at most \(upper)" }
      return "\(lower) to \(upper)"
    }
  }

  func result(_ target: ChangeSearch.Target, _ outcome: Evaluation.Outcome) -> WhatWouldChange.Result {
    let decision = program.decisions[target.decision]
    let slot = decision.slots[target.slot ?? 0]
    let now =
      target.slot.map { wording.evaluation.slotOutcomes[target.decision][$0] }
      ?? wording.evaluation.decisionOutcomes[target.decision]
    func text(_ outcome: Evaluation.Outcome) -> String {
      if outcome == .value(.included) { return "in the plan" }
      return target.slot == nil
        ? wording.outcome(outcome, in: decision, slot: Slot(member: nil, variable: nil, effects: []))
        : wording.outcome(outcome, in: decision, slot: slot)
    }
    let name = program.variables[decision.variable].name
    let option = target.slot.map { program.variables[decision.variable].domain.names[decision.slots[$0].member ?? $0] }
    let member = target.slot.map { ": " + wording.option(decision.slots[$0].member ?? $0, of: decision.variable) } ?? ""
    return WhatWouldChange.Result(
      decision: name, label: wording.label(of: decision.variable) + member, option: option, value: text(outcome),
      instead: now.sorted().map(text).joined(separator: " or "))
  }
}
