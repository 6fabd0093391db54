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
}
