import RuleEngine

/// What a plan shows and in which order, before it is Markdown or text on a terminal. The phases of a decision stand
/// together, so that a course of treatment reads as one line.
struct PlanLayout {
  struct ReasonLine: Equatable {
    var text: String
    /// `guideline: Advisory 41, SAMHSA 2021`.
    var source: String
    var rule: String?
    var facts: [String]

    /// The same for the same reason: its rule without the phase, or its words where no rule stands behind them.
    var key: String {
      var name = rule ?? ""
      for phase in Program.phases where name.hasSuffix("[\(phase)]") { name.removeLast(phase.count + 2) }
      return [name, text, source].joined(separator: "\n")
    }
  }

  struct Row {
    var label: String
    var value: String
    var isOpen: Bool
    /// What a clinician selected, and what is recommended instead.
    var selections: [String] = []
    /// What of it is not offered here, and what is.
    var here: [String] = []
    /// The reasons for what is recommended.
    var reasons: [ReasonLine]
    /// The labels of rows above that gave a reason of this one.
    var reasonsAbove: [String] = []
    /// What lost, what was not chosen: for the full explanation.
    var details: [String]
  }

  struct Group {
    var title: String
    var rows: [Row]
  }

  /// Changes that would be made together, and what each would lead to.
  struct Way: Equatable {
    /// `Leave from work: Yes (now No)`.
    var changes: String
    var results: [String]
  }

  var title: String
  var identity: String
  var assessedOn: String
  var sentence: String
  var status: String
  /// Whether all that is recommended is offered; empty where nobody says.
  var availability: String
  /// Whether some decision is made phase by phase.
  var hasPhases: Bool
  var groups: [Group]
  var needed: [Plan.Section]
  /// Lines about what is not asked again, set aside, or may follow.
  var remarks: [String]
  /// What would change the plan; `nil` where that was not looked for.
  var ways: [Way]?
  /// What there is to say about all of them.
  var waysRemarks: [String]

  static let notice =
    "For health professionals: options with reasons, not orders. A draft until a clinician has reviewed and signed it."
  /// 42 CFR 2.32(a)(2).
  static let redisclosure = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."

  init(_ plan: Plan) {
    title = plan.rulebook.title
    let overlays = plan.rulebook.overlays.map(\.name)
    identity =
      "\(plan.rulebook.name) \(plan.rulebook.version)"
      + (overlays.isEmpty ? "" : " with \(overlays.joined(separator: " and "))")
      + ", \(plan.rulebook.digest.prefix(12))"
    assessedOn = plan.assessedOn.map { "Assessed on \($0)" } ?? "Day of the assessment not given"
    sentence = plan.sentence
    status = PlanLayout.status(plan)
    availability = AvailabilityWords.summary(plan)
    hasPhases = plan.decisions.contains { $0.phase != nil }
    needed = plan.needed
    remarks = PlanLayout.remarks(plan)
    ways = plan.whatWouldChange.map(PlanLayout.ways)
    waysRemarks = plan.whatWouldChange.map(PlanLayout.waysRemarks) ?? []
    groups = PlanLayout.groups(PlanLayout.families(plan), plan)
  }

  /// The decisions with their phases together. First steps that are settled come first, whatever else is open.
  static func families(_ plan: Plan) -> [[DecisionPlan]] {
    var families: [[DecisionPlan]] = []
    for decision in plan.decisions {
      if families.last?.first?.family == decision.family {
        families[families.count - 1].append(decision)
      } else {
        families.append([decision])
      }
    }
    return families.filter { $0[0].family == "first_steps" } + families.filter { $0[0].family != "first_steps" }
  }

  private static func status(_ plan: Plan) -> String {
    func labels(_ status: DecisionPlan.Status) -> String {
      plan.decisions.filter { $0.status == status }.map(\.label).joined(separator: ", ")
    }
    switch plan.status {
    case .conflict:
      let isSum = plan.decisions.allSatisfy { $0.status != .conflict || $0.isMenu }
      return (isSum ? "The parts add up to more than the whole" : "Two rules disagree")
        + ": ask a clinician about \(labels(.conflict))"
    case .gap: return "No rule covers this: ask a clinician about \(labels(.gap))"
    case .open:
      // A total that can be entered instead of its items is not one answer more.
      let count = plan.needed.flatMap(\.questions).count { $0.insteadOf.isEmpty }
      if count > 0 { return count == 1 ? "Needs 1 answer" : "Needs \(count) answers" }
      if !plan.notAskedAgain.isEmpty {
        return "Open for want of answers the person declined or does not know: ask a clinician"
      }
      return "Open: ask a clinician about \(labels(.open))"
    case .provisional:
      return "Settled if " + plan.assumptions.map { "\($0.label): \($0.value)" }.joined(separator: "; ")
    case .finalRegardless, .final: return settled(plan)
    }
  }

  private static func settled(_ plan: Plan) -> String {
    let selected = plan.decisions.flatMap(\.selected).filter { $0.differs && !$0.isSetAside }
    guard selected.isEmpty else {
      return "Settled with \(selected.allSatisfy { $0.because == nil } ? "what is supposed" : "what was selected"): "
        + selected.map { "\($0.label): \($0.words)" }.joined(separator: "; ")
    }
    return plan.status == .final ? "Settled" : "Settled; the other answers cannot change it"
  }

  private static func remarks(_ plan: Plan) -> [String] {
    var remarks = AvailabilityWords.remarks(plan)
    if !plan.notAskedAgain.isEmpty {
      remarks.append(
        "Not asked again: "
          + plan.notAskedAgain.map { "\($0.ask) (\($0.recorded == "declined" ? "declined" : "does not know"))" }
          .joined(separator: "; "))
    }
    if !plan.neededLater.isEmpty {
      let count = plan.neededLater.count
      remarks.append(count == 1 ? "1 more question may follow." : "\(count) more questions may follow.")
    }
    let unused = plan.decisions.flatMap(\.selected).filter(\.isSetAside)
    if !unused.isEmpty {
      remarks.append(
        "Selected without effect, since it does not apply: "
          + unused.map { "\($0.label): \($0.words)" }.joined(separator: "; "))
    }
    if !plan.setAside.isEmpty {
      remarks.append(
        "Kept without effect, since it does not apply: " + plan.setAside.map(\.label).joined(separator: "; "))
    }
    return remarks
  }

  /// Of the members and items that change together, so many are named.
  private static let mostMembers = 3

  /// What a reader wants to know: all that one change leads to, and what several together lead to in decisions with one
  /// value. JSON has the rest.
  private static func ways(_ changes: WhatWouldChange) -> [Way] {
    changes.ways.filter { way in way.changes.count == 1 || way.results.contains { $0.option == nil } }.map { way in
      let members = way.results.filter { $0.option != nil }
      let named = way.results.filter { $0.option == nil } + members.prefix(mostMembers)
      let rest = members.count - mostMembers
      return Way(
        changes: way.changes.map { "\($0.label): \($0.to) (now \($0.from))" }.joined(separator: ", and "),
        results: named.map { "\($0.label): \($0.value) (now \($0.instead))" }
          + (rest > 0 ? ["\(rest) more \(rest == 1 ? "part" : "parts") of the plan"] : []))
    }
  }

  private static func waysRemarks(_ changes: WhatWouldChange) -> [String] {
    var remarks: [String] = []
    let hidden = changes.ways.count { way in way.changes.count > 1 && !way.results.contains { $0.option == nil } }
    if hidden > 0 {
      remarks.append(
        "\(hidden) more \(hidden == 1 ? "way" : "ways") of several changes lead to other parts of sets and menus; "
          + "they stand in the JSON form.")
    }
    if changes.ways.isEmpty, changes.limit == nil {
      remarks.append("Nothing that the person can change leads to another plan.")
    }
    if let limit = changes.limit {
      switch limit.kind {
      case .changes: remarks.append("More than \(limit.count) changed answers at once were not tried.")
      case .plans: remarks.append("The search ended after \(limit.count) plans, so there may be other ways.")
      }
    }
    return remarks
  }

  // MARK: Rows

  private static func groups(_ families: [[DecisionPlan]], _ plan: Plan) -> [Group] {
    var groups: [Group] = []
    var plain: [Row] = []
    var placeOfPlain = 0
    for phases in families {
      let first = phases[0]
      let title = first.familyLabel
      if phases.allSatisfy({ $0.status == .notApplicable }) { continue }
      if first.isMenu {
        let rows = memberRows(phases, plan)
        let isOpen = phases.contains { $0.status == .open }
        let title = title + (isOpen ? " (more may follow)" : standing(phases, plan))
        // Nobody should have to look up why something is urgent.
        groups.append(Group(title: title, rows: first.family == "first_steps" ? rows : saidOnce(rows)))
      } else {
        if plain.isEmpty { placeOfPlain = groups.count }
        plain.append(first.hasMembers ? setRow(title, phases, plan) : row(title, phases, plan))
      }
    }
    groups.insert(Group(title: "Plan", rows: saidOnce(plain)), at: placeOfPlain)
    return groups.filter { !$0.rows.isEmpty }
  }

  /// A reason that was given above in the same group is not repeated, but referred to.
  private static func saidOnce(_ rows: [Row]) -> [Row] {
    var said: [String: String] = [:]
    return rows.map { row in
      var row = row
      var referred: [String] = []
      row.reasons.removeAll { reason in
        guard let first = said[reason.key] else {
          said[reason.key] = row.label
          return false
        }
        if !referred.contains(first) { referred.append(first) }
        return true
      }
      row.reasonsAbove = referred
      return row
    }
  }

  /// The selections of one decision with one value, phase by phase, or of one member.
  private static func selections(_ phases: [DecisionPlan], member: String? = nil) -> [String] {
    phases.flatMap { decision in
      decision.selected
        .filter { member == nil || $0.name == "\(decision.name).\(member ?? "")" }
        // A member that nobody wanted in is no news.
        .filter { !decision.hasMembers || $0.differs || $0.value != "no" }
        .map { SelectionWords.text($0, phase: decision.phase, names: member == nil && decision.hasMembers) }
    }
  }

  /// How far a decision is settled; in a plan that is final through and through there is nothing to say.
  private static func standing(_ phases: [DecisionPlan], _ plan: Plan) -> String {
    func any(_ status: DecisionPlan.Status) -> Bool { phases.contains { $0.status == status } }
    let isSelected = phases.contains(where: \.isDecidedBySelection)
    if isSelected, phases.allSatisfy({ $0.isDecidedBySelection || ![.conflict, .gap, .open].contains($0.status) }) {
      let other = phases.flatMap(\.selected).filter(\.differs)
      return other.isEmpty ? "" : other.allSatisfy { $0.because == nil } ? " (supposed)" : " (selected)"
    }
    if any(.conflict) || any(.gap) { return "" }
    if any(.open) { return " (open)" }
    if any(.assumed) { return " (if what is assumed holds)" }
    if any(.settledRegardless) { return " (settled, whatever else is answered)" }
    // Where the whole plan is settled, its first lines say so.
    return plan.status == .final || plan.status == .finalRegardless ? "" : " (settled)"
  }

  /// A set: its members on one line.
  private static func setRow(_ title: String, _ phases: [DecisionPlan], _ plan: Plan) -> Row {
    let values = phases.map { decision -> String in
      let selected = decision.selected.filter { !$0.isSetAside }
      let rest = decision.values.filter { value in !selected.contains { $0.name == "\(decision.name).\(value.name)" } }
      let certain = rest.filter(\.isSettled).map(\.label) + selected.filter { $0.value == "yes" }.map(\.label)
      let perhaps = rest.filter { !$0.isSettled }.map { "perhaps \($0.label)" }
      let all = certain + perhaps
      return all.isEmpty ? "none" : all.joined(separator: ", ")
    }
    let isOpen = phases.contains { $0.status == .open && !$0.isDecidedBySelection }
    return Row(
      label: title, value: inSequence(values) + standing(phases, plan), isOpen: isOpen, selections: selections(phases),
      here: AvailabilityWords.lines(phases, plan), reasons: lines(phases.flatMap(\.values).flatMap(\.reasons), plan),
      details: phases.flatMap(details))
  }

  private static func row(_ title: String, _ phases: [DecisionPlan], _ plan: Plan) -> Row {
    let values = phases.map { decision -> String in
      if let selected = decision.selected.first(where: { !$0.isSetAside }) { return selected.words }
      switch decision.status {
      case .notApplicable: return "none"
      case .conflict:
        let sides = decision.lost.filter { $0.standing == .conflicts }.map { "\($0.recommends) (\($0.rule))" }
        return "rules disagree: " + sides.joined(separator: " or ")
      case .gap:
        return decision.notChosen.contains { !$0.ruledOutBy.isEmpty }
          ? "everything is ruled out" : "no rule covers this"
      case .open: return decision.summary
      default: return decision.values.first?.label ?? "none"
      }
    }
    let isOpen = phases.contains { [.open, .conflict, .gap].contains($0.status) && !$0.isDecidedBySelection }
    var value = inSequence(values)
    value += standing(phases, plan)
    let also = (phases.first?.alsoPossible ?? []).filter { $0 != phases.first?.selected.first?.words }
    if !also.isEmpty {
      value += "; also possible: " + also.joined(separator: ", ")
    }
    return Row(
      label: title, value: value, isOpen: isOpen, selections: selections(phases),
      here: AvailabilityWords.lines(phases, plan),
      reasons: lines(phases.flatMap(\.values).flatMap(\.reasons), plan), details: phases.flatMap(details))
  }

  /// One row for each member that is in for sure in some phase, and one for all that may still be added.
  private static func memberRows(_ phases: [DecisionPlan], _ plan: Plan) -> [Row] {
    var names: [String] = []
    var perhaps: [String] = []
    for value in phases.flatMap(\.values) where !names.contains(value.name) { names.append(value.name) }
    for decision in phases {
      let own = decision.selected.map { String($0.name.dropFirst(decision.name.count + 1)) }
      names += own.filter { !names.contains($0) }
    }
    var rows: [Row] = []
    for name in names {
      let own = phases.map { $0.values.first { $0.name == name } }
      let chosen = own.compactMap(\.self)
      let selected = phases.map { decision in
        decision.selected.first { $0.name == "\(decision.name).\(name)" && !$0.isSetAside }
      }
      if let first = selected.compactMap(\.self).first {
        let values = zip(own, selected).map { $1?.words ?? amount($0) }
        rows.append(
          Row(
            label: first.label, value: inSequence(values), isOpen: false, selections: selections(phases, member: name),
            reasons: lines(chosen.flatMap(\.reasons), plan), details: []))
        continue
      }
      guard !chosen.isEmpty else { continue }
      guard chosen.contains(where: { $0.isCertain || $0.isSettled }) else {
        perhaps.append(chosen[0].label + (chosen[0].lowest.map { " (\($0))" } ?? ""))
        continue
      }
      let values = own.map(amount)
      let isOpen = chosen.contains { !$0.isSettled || !$0.possible.isEmpty }
      rows.append(
        Row(
          label: chosen[0].label, value: inSequence(values) + (isOpen ? " (open)" : ""), isOpen: isOpen,
          here: AvailabilityWords.lines(forItem: name, phases, plan), reasons: lines(chosen.flatMap(\.reasons), plan),
          details: []))
    }
    rows = rows.filter { !$0.isOpen } + rows.filter(\.isOpen)
    if !perhaps.isEmpty {
      rows.append(
        Row(label: "May be added", value: perhaps.joined(separator: "; "), isOpen: true, reasons: [], details: []))
    }
    let rest = phases.flatMap(details)
    if !rest.isEmpty {
      rows.append(Row(label: "Not in the plan", value: "", isOpen: false, reasons: [], details: rest))
    }
    return rows
  }

  private static func amount(_ value: ChosenValue?) -> String {
    guard let value else { return "none" }
    return value.isSettled && value.possible.isEmpty ? value.amount ?? "" : value.summary
  }

  /// `300, then 150, then 60 minutes a week`; of equal values, one.
  static func inSequence(_ values: [String]) -> String {
    guard Set(values).count > 1 else { return values.first ?? "" }
    let units = values.map { value -> String? in
      guard let blank = value.firstIndex(of: " "), Number(value[..<blank]) != nil else { return nil }
      return String(value[value.index(after: blank)...])
    }
    // `1 session` and `2 sessions` count the same; the last of the longest names it for all.
    let named = units.compactMap(\.self)
    if named.count == values.count, let unit = named.max(by: { $0.count < $1.count }),
      named.allSatisfy({ MeasurementUnit($0).multiple(of: MeasurementUnit(unit)) == 1 })
    {
      let numbers = zip(values, named).map { $0.dropLast($1.count + 1) }
      return numbers.joined(separator: ", then ") + " " + unit
    }
    return values.joined(separator: ", then ")
  }

  private static func lines(_ reasons: [Reason], _ plan: Plan) -> [ReasonLine] {
    var lines: [ReasonLine] = []
    for reason in reasons {
      let line = ReasonLine(
        text: reason.text, source: source(reason, plan), rule: reason.rule, facts: reason.evidence.map(text(of:)))
      // The same rule in several phases is one reason.
      if !lines.contains(where: { $0.key == line.key }) { lines.append(line) }
    }
    return lines
  }

  /// A question as it is put; a total that can be entered instead says so.
  static func text(of question: Plan.Question) -> String {
    question.insteadOf.isEmpty
      ? question.ask : "or, instead of the \(question.insteadOf.count) above: \(question.ask)"
  }

  static func text(of evidence: Evidence) -> String {
    let below = evidence.from.map(text(of:)).joined(separator: "; ")
    return "\(evidence.label): \(evidence.value)" + (below.isEmpty ? "" : " (\(below))")
  }

  /// The sources of the strongest kind, named briefly, each with a mark if nobody has read it.
  private static func source(_ reason: Reason, _ plan: Plan) -> String {
    guard let strength = reason.strength else { return "" }
    let named = reason.sources.compactMap { plan.sources[$0] }.filter { $0.kind == strength }.map { source in
      let name = [source.publisher ?? source.title, source.year.map(String.init)].compactMap(\.self).joined(
        separator: " ")
      return source.isConfirmed ? name : "\(name) (not confirmed)"
    }
    return "\(strength.rawValue): \(named.joined(separator: "; "))"
  }

  private static func details(_ decision: DecisionPlan) -> [String] {
    let phase = decision.phase.map { "\($0) phase: " } ?? ""
    let lost = decision.lost.map { standing in
      "\(phase)\(standing.rule) (\(standing.recommends)) \(StandingWords.text(standing))"
    }
    let blocked = decision.notChosen.compactMap { option -> String? in
      if !option.ruledOutBy.isEmpty {
        return "\(phase)not \(option.label): ruled out by \(option.ruledOutBy.joined(separator: ", "))"
      }
      // That no rule would ever recommend it is said by `--why-not`; here it would be noise.
      guard let nearest = option.nearest else { return nil }
      return "\(phase)not \(option.label): \(nearest.rule) \(StandingWords.text(nearest))"
    }
    return lost + blocked
  }
}

/// Says how a rule stands.
enum StandingWords {
  static func text(_ standing: RuleStanding) -> String {
    if let disabled = standing.disabled { return "is disabled by \(disabled.overlay): \(disabled.reason)" }
    let by = standing.by.joined(separator: ", ")
    switch standing.standing {
    case .won: return "decides"
    case .applies: return by.isEmpty ? "applies" : "applies, and may be outranked by \(by)"
    case .outranked: return by.isEmpty ? "applies, and another option is preferred" : "is outranked by \(by)"
    case .defeated: return "is overridden by \(by)"
    case .ruledOut: return "is ruled out by \(by)"
    case .conflicts: return "disagrees with \(by)"
    case .mayApply: return "may apply: \(clauses(standing.blockedBy))"
    case .doesNotApply: return "does not apply: \(clauses(standing.blockedBy))"
    }
  }

  static func clauses(_ clauses: [BlockingClause]) -> String {
    guard !clauses.isEmpty else { return "it can never apply" }
    return clauses.map { clause in
      let isThere = clause.found != "does not apply"
      return "\(clause.label) needs \(clause.needs), \(isThere ? "is \(clause.found)" : "but does not apply")"
    }.joined(separator: "; ")
  }
}
