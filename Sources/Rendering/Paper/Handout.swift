public import RuleEngine

/// What a client takes home, on one page: what, when, how often, what to bring, first steps, whom to call.
///
/// It holds only what is settled or was selected, in the words of the rulebook's labels. Reasons, sources and answers stay
/// on the clinician's paper: a page lies about at home, so it says nothing that was told in confidence.
public struct Handout: Sendable {
  public struct Line: Sendable, Equatable {
    public var label: String
    /// One value, or one for each phase.
    public var values: [String]
  }

  public var assessedOn: String?
  /// Whether everything on the page is settled; else it says that more is to come.
  public var isFinished: Bool
  public var steps: [Line]
  /// What holds from the beginning to the end.
  public var program: [Line]
  /// What changes with time: for each line a value at first, then, and later.
  public var course: [Line]
  /// What a week is made of, in the same three columns.
  public var week: [Line]

  /// - Parameter plan: with selections, which count on this page; what is recommended instead is for the clinician's.
  public init(_ plan: Plan) {
    assessedOn = plan.assessedOn
    isFinished = plan.status == .final || plan.status == .finalRegardless
    steps = []
    program = []
    course = []
    week = []
    for phases in PlanLayout.families(plan) {
      if phases[0].family == "first_steps" {
        steps = Self.items(phases)
      } else if phases[0].isMenu {
        // Of the menus, the one that makes up the scheduled hours is the client's week.
        let isWeek = phases.flatMap(\.values).contains { $0.countsTowardHours == true }
        if isWeek { week += Self.items(phases) }
      } else {
        let values = phases.map(Self.value)
        guard values.contains(where: { !$0.isEmpty }) else { continue }
        let line = Line(label: phases[0].familyLabel, values: values)
        if Set(values).count == 1 {
          program.append(Line(label: line.label, values: [values[0]]))
        } else {
          course.append(line)
        }
      }
    }
  }

  /// The columns of ``course`` and ``week``.
  public static let columns = ["At first", "Then", "Later"]

  private static func value(_ decision: DecisionPlan) -> String {
    guard decision.status != .notApplicable else { return "" }
    if decision.hasMembers {
      let selected = decision.selected.filter { !$0.isSetAside }
      let rest = decision.values.filter { value in
        value.isSettled && !selected.contains { $0.name == "\(decision.name).\(value.name)" }
      }
      return (rest.map(\.label) + selected.filter { $0.value == "yes" }.map(\.label)).joined(separator: ", ")
    }
    return decision.standingLabel ?? ""
  }

  /// The items that are in for sure, the earliest deadline first where they are deadlines.
  private static func items(_ phases: [DecisionPlan]) -> [Line] {
    var names: [String] = []
    for value in phases.flatMap(\.values) where !names.contains(value.name) { names.append(value.name) }
    for decision in phases {
      names += decision.selected.map { String($0.name.dropFirst(decision.name.count + 1)) }.filter {
        !names.contains($0)
      }
    }
    return names.compactMap { name in
      var label = ""
      let values = phases.map { decision -> String in
        if let selected = decision.selected.first(where: { $0.name == "\(decision.name).\(name)" && !$0.isSetAside }) {
          label = selected.label
          return selected.value == "no" ? "" : selected.words
        }
        guard let value = decision.values.first(where: { $0.name == name }), value.isCertain else { return "" }
        label = value.label
        // A deadline that is open is due by its earliest.
        return value.amount ?? value.lowest ?? ""
      }
      guard !label.isEmpty, values.contains(where: { !$0.isEmpty }) else { return nil }
      return Line(label: label, values: values)
    }
  }
}

/// What the page says beside the plan, in plain words.
enum HandoutWords {
  static let title = "Your plan"
  static let danger = "In danger? Call 911."
  static let crisis = "If you think of hurting yourself, call or text 988. Someone answers, day and night. It is free."
  static let steps = "First steps"
  static let program = "Your program"
  static let course = "How it goes on"
  static let week = "Your week"
  static let bring = "What to bring"
  static let things = [
    "This page.", "A list of all your medicines, or the bottles.", "Your insurance card, if you have one.",
    "A photo ID, if you have one. Come without it if you do not.",
  ]
  static let call = "Whom to call"
  static let questions = "If you have a question, or if you cannot come, call us first."
  static let lines = ["Our phone:", "Ask for:", "First visit, day and time:", "Place:"]
  static let relapse = "If you drink or use, tell us. You will not lose your place for telling us."
  static let unfinished =
    "Your plan is not done yet. We still have questions for you. What is on this page holds today."
  /// At home somebody else may read it.
  static let keep = "If this page is not safe at home, we keep it for you."
  static let draft = "You can say no to any part of this plan, or ask for a change. We will talk about it."
}
