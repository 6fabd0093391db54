/// A value for each decision, with its explanation: data first, words later. Its JSON form is documented in `PlanJSON.md`.
public struct Plan: Sendable, Codable {
  /// How far a plan is settled: the first that fits (section 4, clause 13).
  public enum Status: String, Sendable, Codable, CaseIterable {
    case conflict
    case gap
    case open
    case provisional
    case finalRegardless = "final_regardless"
    case final
  }

  public struct Rulebook: Sendable, Codable {
    public var name: String
    public var title: String
    public var version: String
    public var digest: String
    /// The overlays it was adapted by, by name.
    public var overlays: [Overlay]
  }

  /// What adapted the rulebook to a site or a state.
  public struct Overlay: Sendable, Codable {
    public var name: String
    public var title: String
    public var reason: String
    /// What else is offered there, in words.
    public var alsoOffered: [String]
  }

  /// A question that is still needed.
  public struct Question: Sendable, Codable {
    public var fact: String
    public var ask: String
    public var help: String?
    public var why: String?
    /// The labels to choose from, for a fact with options.
    public var options: [String]
    /// Where the fact is a total that can be entered instead of its items: those items.
    public var insteadOf: [String]
  }

  public struct Section: Sendable, Codable {
    public var title: String
    /// The most decisive first.
    public var questions: [Question]
  }

  /// A fact that was not answered with a value, and how.
  public struct Unanswered: Sendable, Codable {
    public var fact: String
    public var ask: String
    /// `declined` or `does_not_know`.
    public var recorded: String
  }

  /// A fact whose answer has no effect, because it does not apply.
  public struct SetAside: Sendable, Codable {
    public var fact: String
    public var label: String
  }

  public struct Assumption: Sendable, Codable {
    public var fact: String
    public var label: String
    public var value: String
  }

  public var rulebook: Rulebook
  /// ``Program/meaningVersion``.
  public var meaning: Int
  public var language: String
  /// The day of the assessment; `nil` while it is not known.
  public var assessedOn: String?
  public var status: Status
  /// One sentence that a client understands.
  public var sentence: String
  public var decisions: [DecisionPlan]
  /// What of the plan is offered here, for each decision, or fact with options, of which an overlay says so.
  public var availability: [Availability]
  /// The questions still needed, in the sections of the intake.
  public var needed: [Section]
  /// The facts that may have to be asked, if they turn out to apply.
  public var neededLater: [String]
  public var notAskedAgain: [Unanswered]
  public var setAside: [SetAside]
  /// Facts that apply or may apply and are not known, whether they matter or not.
  public var unknownFacts: [String]
  public var assumptions: [Assumption]
  /// What the person could change, and what would follow; `nil` where that was not looked for.
  public var whatWouldChange: WhatWouldChange?
  /// The sources that the explanation cites, by id.
  public var sources: [String: Source]
}

/// One part of the plan.
public struct DecisionPlan: Sendable, Codable {
  public enum Status: String, Sendable, Codable, CaseIterable {
    case settled
    /// Settled, although something it could depend on is not known.
    case settledRegardless = "settled_regardless"
    /// Settled if what was assumed is so.
    case assumed
    case open
    case notApplicable = "not_applicable"
    case gap
    case conflict
  }

  public var name: String
  public var family: String
  public var phase: String?
  public var label: String
  /// The label without the phase.
  public var familyLabel: String
  public var status: Status
  /// Whether the first of its values can be named: it is settled or assumed.
  public var values: [ChosenValue]
  /// What a clinician selected: one entry, or of a set or menu one for each member that was selected. The other fields keep
  /// saying what is recommended.
  public var selected: [SelectedValue]
  /// Whether a clinician selected everything in it that is not settled, so that it keeps no plan open.
  public var isDecidedBySelection: Bool
  /// What else is possible while it is open, in words.
  public var possible: [String]
  /// The same in few words; empty unless it is open.
  public var summary: String
  /// Of a preferred choice, the other options that are in.
  public var alsoPossible: [String]
  /// Every rule that applies but did not decide.
  public var lost: [RuleStanding]
  /// For every option not chosen, the nearest rule that would have chosen it.
  public var notChosen: [NotChosen]
  /// The facts needed to settle it.
  public var needed: [String]
  /// Whether it is a set or a menu, so that several values stand side by side.
  public var hasMembers: Bool
  /// Whether its members have amounts.
  public var isMenu: Bool
}

/// A value of the plan: the value of a choice or number, one member of a set, or one item of a menu.
public struct ChosenValue: Sendable, Codable {
  /// `evening`, `step_down`, `relapse_prevention`; of a number, the number.
  public var name: String
  public var label: String
  /// Of a menu item: `90 minutes a week`, `Within 48 hours`.
  public var amount: String?
  /// What its amount can still be, while that is open.
  public var possible: [String]
  /// The same in few words.
  public var summary: String
  /// The lowest amount that is possible, where amounts are ordered choices: of deadlines, the earliest.
  public var lowest: String?
  /// Whether it is in the plan for sure, though its amount may be open.
  public var isCertain: Bool
  public var isSettled: Bool
  public var reasons: [PlanReason]
  public var givenBy: String?
  public var kind: String?
  public var countsTowardHours: Bool?
}

/// What a clinician selected, beside what is recommended.
public struct SelectedValue: Sendable, Codable {
  /// `track`, `focus.step_down`, `services.peer_support`.
  public var name: String
  /// As it is written in an intake: an option, a number, `yes` or `no`.
  public var value: String
  /// Of a member or item, what it is called; of a decision, its label.
  public var label: String
  /// In words: `Evening`, `60 minutes a week`, `in`, `not in the plan`.
  public var words: String
  /// What is recommended, in the same words.
  public var recommended: String
  /// Whether it is another value than the recommended one.
  public var differs: Bool
  /// Whether it lies below what is recommended, where values have an order.
  public var isBelow: Bool
  /// Whether the decision does not apply, so that the selection is kept and has no effect.
  public var isSetAside: Bool
  /// `nil` for what is tried and not recorded.
  public var because: Selection.Reason?
  public var note: String?
  public var by: String?
}

/// Why a value is in the plan.
public struct PlanReason: Sendable, Codable {
  /// The id of the rule; `nil` for what stands where no rule recommends anything.
  public var rule: String?
  public var text: String
  /// The strongest kind of source behind it.
  public var strength: Source.Kind?
  /// Whether at least one of the sources of that kind is confirmed.
  public var isConfirmed: Bool
  public var sources: [String]
  public var evidence: [Evidence]
}

/// An option that was not chosen, and what was nearest to choosing it.
public struct NotChosen: Sendable, Codable {
  public var option: String
  public var label: String
  public var ruledOutBy: [String]
  public var nearest: RuleStanding?
}

extension Plan.Status {
  /// Its place among all cases.
  package var place: Int {
    switch self {
    case .conflict: 0
    case .gap: 1
    case .open: 2
    case .provisional: 3
    case .finalRegardless: 4
    case .final: 5
    }
  }
}

extension DecisionPlan.Status {
  /// Its place among all cases.
  package var place: Int {
    switch self {
    case .settled: 0
    case .settledRegardless: 1
    case .assumed: 2
    case .open: 3
    case .notApplicable: 4
    case .gap: 5
    case .conflict: 6
    }
  }
}
