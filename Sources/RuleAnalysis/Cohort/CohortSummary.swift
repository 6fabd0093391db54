package import RuleEngine

/// What a cohort would get: counts, and nothing about any one person.
package struct CohortSummary: Sendable {
  /// How many of a group are counted under a name.
  package struct Row: Sendable {
    package var name: String
    package var label: String
    package var count: CohortCell
  }

  /// Amounts of one thing over everybody who gets some.
  package struct Amounts: Sendable {
    package var mean: Number?
    package var median: Number?
    /// `nil` while small counts are hidden: one person has it.
    package var lowest: Number?
    package var highest: Number?
    package var total: Number?
  }

  /// A member of a set or an item of a menu.
  package struct Member: Sendable {
    package var name: String
    package var label: String
    package var included: CohortCell
    package var open: CohortCell
    /// How much of it those get whose amount is settled; `nil` where it has no amounts, or few people get it.
    package var amounts: Amounts?
    /// The same by amount; empty where it has none or they are too many.
    package var byAmount: [Row]
    package var unit: MeasurementUnit?
  }

  package struct DecisionSummary: Sendable {
    package var name: String
    package var label: String
    package var phase: String?
    /// How it stands, for everybody: settled and settled regardless are one.
    package var statuses: [Row]
    /// Of a decision with one value, how many get each, and how many none: statuses other than settled.
    package var values: [Row]
    package var withoutValue: [Row]
    package var amounts: Amounts?
    package var members: [Member]
    package var unit: MeasurementUnit?
    /// The facts whose answers would settle it where it is not, the most wanted first.
    package var needed: [Row]
  }

  /// A number that follows from the plan, such as the minutes of a week.
  package struct Derived: Sendable {
    package var name: String
    package var label: String
    package var count: CohortCell
    package var amounts: Amounts?
    package var byAmount: [Row]
    package var unit: MeasurementUnit?
  }

  package struct RuleSummary: Sendable {
    package var id: String
    package var applied: CohortCell
    package var decided: CohortCell
    /// Set where an overlay disabled it, so that it never applies.
    package var isDisabled: Bool
  }

  /// A question, and in how many plans it is wanted.
  package struct Question: Sendable {
    package var fact: String
    package var ask: String
    package var notAsked: CohortCell
    package var unanswerable: CohortCell
    package var later: CohortCell
    /// Not asked, or asked in vain: what keeps plans open.
    package var wanted: CohortCell
  }

  package var rulebook: Plan.Rulebook
  package var language: String
  package var planned: Int
  package var bad: Int
  /// Below this, counts are hidden; `nil` if none are.
  package var floor: Int?
  package var statuses: [Row]
  package var waiting: CohortCell
  package var decisions: [DecisionSummary]
  package var derived: [Derived]
  /// Rules that decided something, the most frequent first.
  package var deciding: [RuleSummary]
  /// Rules that never decided anything, by id.
  package var idle: [RuleSummary]
  /// The most wanted first.
  package var questions: [Question]
}

extension CohortSummary {
  /// Sums up what was counted.
  ///
  /// - Parameters:
  ///   - bad: how many lines had no plan.
  ///   - floor: counts below it are hidden.
  package init(_ tally: CohortTally, bad: Int, hidingBelow floor: Int?, language: String) {
    let builder = CohortSummaryBuilder(
      tally: tally, program: tally.program.program, cells: SmallCells(below: floor), language: language)
    rulebook = Plan.Rulebook(builder.program, language: language)
    self.language = language
    planned = tally.planCount
    self.bad = bad
    self.floor = floor
    let counts = builder.cells.parts(tally.statuses)
    statuses = Plan.Status.allCases.map { Row(name: $0.rawValue, label: "", count: counts[$0.place]) }
    waiting = builder.cells.part(tally.waitingCount, of: tally.planCount)
    decisions = builder.program.presentation.decisions.map(builder.decision)
    derived = tally.derived.map(builder.derived)
    let rules = builder.rules()
    deciding = rules.filter { $0.decided != .count(0) }
    idle = rules.filter { $0.decided == .count(0) }.sorted { $0.id < $1.id }
    questions = builder.questions()
  }
}

/// Puts names to what was counted, and hides what is too small.
private struct CohortSummaryBuilder {
  typealias Row = CohortSummary.Row

  let tally: CohortTally
  let program: Program
  let cells: SmallCells
  let language: String

  // MARK: Decisions

  func decision(_ index: Int) -> CohortSummary.DecisionSummary {
    let decision = program.decisions[index]
    let variable = program.variables[decision.variable]
    let counts = tally.decisions[index]
    var result = CohortSummary.DecisionSummary(
      name: variable.name, label: decision.label.text(in: language), phase: decision.phase, statuses: [], values: [],
      withoutValue: [], members: [], unit: variable.domain.unit, needed: needed(index))
    let settled =
      counts.statuses[DecisionPlan.Status.settled.place]
      + counts.statuses[DecisionPlan.Status.settledRegardless.place]
    let without = DecisionPlan.Status.allCases.filter { $0 != .settled && $0 != .settledRegardless }
    let others = without.map { counts.statuses[$0.place] }
    if decision.hasMembers {
      let hidden = cells.parts([settled] + others)
      result.statuses = rows(without, hidden)
      result.members = decision.slots.indices.map { member($0, of: index) }
      return result
    }
    // A value may stand although another part of the decision is open, so the rest is counted by itself.
    let values = tally.program.values(of: index, slot: nil)
    let hidden = cells.parts(counts.values + others)
    result.values = values.indices.map { place in
      row(values[place], variable, hidden[place])
    }
    result.withoutValue = zip(without, hidden[values.count...]).map { Row(name: $0.rawValue, label: "", count: $1) }
    let statuses = cells.floor == nil ? cells.parts([settled] + others) : [.hidden] + hidden[values.count...]
    result.statuses = rows(without, statuses)
    if cells.floor != nil, hidden[..<values.count].allSatisfy({ $0 != .hidden }) {
      result.statuses[0].count = .count(settled)
    }
    if case .numbers = variable.domain {
      var amounts = AmountTally()
      for (value, count) in zip(values, counts.values) {
        if case .number(let number) = value { amounts.add(number, times: count) }
      }
      result.amounts = summary(amounts, of: result.statuses[0].count)
    }
    return result
  }

  private func rows(_ without: [DecisionPlan.Status], _ counts: [CohortCell]) -> [Row] {
    [Row(name: DecisionPlan.Status.settled.rawValue, label: "", count: counts[0])]
      + zip(without, counts.dropFirst()).map { Row(name: $0.rawValue, label: "", count: $1) }
  }

  private func row(_ value: Value, _ variable: Variable, _ count: CohortCell) -> Row {
    switch value {
    case .option(let option):
      let labels = variable.optionLabels
      let name = variable.domain.names[option]
      let label = labels.indices.contains(option) ? labels[option].text(in: language) : name
      return Row(name: name, label: label, count: count)
    case .number(let number):
      return Row(
        name: number.description, label: variable.domain.unit?.text(for: number) ?? number.description, count: count)
    case .included: return Row(name: "in", label: "", count: count)
    }
  }

  private func member(_ slot: Int, of index: Int) -> CohortSummary.Member {
    let decision = program.decisions[index]
    let variable = program.variables[decision.variable]
    let place = decision.slots[slot].member ?? slot
    let counts = tally.decisions[index].members[slot]
    let own = decision.slots[slot].variable.map { program.variables[$0] }
    let whole = tally.planCount
    let hidden = cells.parts([counts.included, counts.open, whole - counts.included - counts.open])
    var result = CohortSummary.Member(
      name: variable.domain.names[place],
      label: variable.optionLabels.indices.contains(place)
        ? variable.optionLabels[place].text(in: language) : variable.domain.names[place],
      included: hidden[0], open: hidden[1], byAmount: [], unit: own?.domain.unit)
    guard let own else { return result }
    let values = tally.program.values(of: index, slot: slot)
    if case .numbers = own.domain {
      var amounts = counts.fill
      for (value, count) in zip(values, counts.values) {
        if case .number(let number) = value { amounts.add(number, times: count) }
      }
      result.amounts = summary(amounts, of: result.included)
      result.byAmount = byAmount(amounts, own, of: result.included, counts.included)
    } else {
      let settled = counts.values.reduce(0, +)
      let hidden = cells.parts(counts.values + [counts.included - settled], of: result.included)
      result.byAmount = values.indices.map { row(values[$0], own, hidden[$0]) }
    }
    return result
  }

  /// Each amount of those `whole` people that have some, whose amount may be open.
  private func byAmount(_ amounts: AmountTally, _ variable: Variable, of whole: CohortCell, _ count: Int) -> [Row] {
    let found = amounts.byAmount ?? []
    let hidden = cells.parts(found.map(\.count) + [count - amounts.count], of: whole)
    return found.indices.map { row(.number(found[$0].amount), variable, hidden[$0]) }
  }

  /// Nothing for fewer people than the floor: the mean of one is the one. The total, over the mean, would tell a count that
  /// is hidden.
  private func summary(_ amounts: AmountTally, of whole: CohortCell) -> CohortSummary.Amounts? {
    guard amounts.count > 0, amounts.count >= cells.floor ?? 0 else { return nil }
    let showsEnds = cells.floor == nil
    return CohortSummary.Amounts(
      mean: amounts.mean, median: amounts.median, lowest: showsEnds ? amounts.lowest : nil,
      highest: showsEnds ? amounts.highest : nil, total: whole == .hidden ? nil : amounts.total)
  }

  func derived(_ variable: Int, _ amounts: AmountTally) -> CohortSummary.Derived {
    let own = program.variables[variable]
    let count = cells.part(amounts.count, of: tally.planCount)
    return CohortSummary.Derived(
      name: own.name, label: own.label.text(in: language), count: count, amounts: summary(amounts, of: count),
      byAmount: byAmount(amounts, own, of: count, amounts.count), unit: own.domain.unit)
  }

  // MARK: Rules and questions

  func rules() -> [CohortSummary.RuleSummary] {
    let order = program.rules.indices.sorted {
      (tally.decided[$1], program.rules[$0].id) < (tally.decided[$0], program.rules[$1].id)
    }
    return order.map { rule in
      CohortSummary.RuleSummary(
        id: program.rules[rule].id, applied: cells.part(tally.applied[rule], of: tally.planCount),
        decided: cells.part(tally.decided[rule], of: tally.planCount), isDisabled: program.rules[rule].disabled != nil)
    }
  }

  func questions() -> [CohortSummary.Question] {
    let wanted = tally.needs.map { $0.now + $0.unanswerable }
    let facts = program.variables.indices.filter { tally.needs[$0] != CohortTally.NeedCounts() }
    return
      facts
      .sorted {
        (wanted[$1], tally.needs[$1].later, program.variables[$0].name)
          < (wanted[$0], tally.needs[$0].later, program.variables[$1].name)
      }
      .map { fact in
        let variable = program.variables[fact]
        let needs = tally.needs[fact]
        let whole = tally.planCount
        let hidden = cells.parts([
          needs.now, needs.unanswerable, needs.later, whole - needs.now - needs.unanswerable - needs.later,
        ])
        let isShown = hidden[0] != .hidden && hidden[1] != .hidden
        return CohortSummary.Question(
          fact: variable.name, ask: variable.fact?.question.text(in: language) ?? variable.name, notAsked: hidden[0],
          unanswerable: hidden[1], later: hidden[2], wanted: isShown ? .count(wanted[fact]) : .hidden)
      }
  }

  private func needed(_ index: Int) -> [Row] {
    let counts = tally.decisions[index].needed
    return counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$1], program.variables[$0].name) < (counts[$0], program.variables[$1].name) }
      .map { fact in
        let variable = program.variables[fact]
        return Row(
          name: variable.name, label: variable.label.text(in: language),
          count: cells.part(counts[fact], of: tally.planCount))
      }
  }
}

extension Domain {
  fileprivate var unit: MeasurementUnit? {
    if case .numbers(let numbers) = self { numbers.unit } else { nil }
  }
}
