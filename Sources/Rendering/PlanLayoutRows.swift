import RuleEngine

extension PlanLayout {
  static func groups(_ families: [[DecisionPlan]], _ plan: Plan) -> [Group] {
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

  /// `300, then 150, then 60 minutes a week`, and `3, then 1 session a week`; of equal values, one.
  static func inSequence(_ values: [String]) -> String {
    guard Set(values).count > 1 else { return values.first ?? "" }
    let units = values.map { value -> String? in
      guard let blank = value.firstIndex(of: " "), Number(value[..<blank]) != nil else { return nil }
      return String(value[value.index(after: blank)...])
    }
    // `1 session` and `2 sessions` count the same; the last, beside which it stands, names it for all.
    let named = units.compactMap(\.self)
    if named.count == values.count, let unit = named.last,
      named.allSatisfy({ MeasurementUnit($0).multiple(of: MeasurementUnit(unit)) == 1 })
    {
      let numbers = zip(values, named).map { $0.dropLast($1.count + 1) }
      return numbers.joined(separator: ", then ") + " " + unit
    }
    return values.joined(separator: ", then ")
  }

  static func lines(_ reasons: [PlanReason], _ plan: Plan) -> [ReasonLine] {
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
  private static func source(_ reason: PlanReason, _ plan: Plan) -> String {
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
