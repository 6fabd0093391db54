/// What an intake holds for a fact (section 4, clause 1). A fact that was not asked has no answer at all.
public enum Answer: Sendable, Codable, Equatable {
  /// An option, by its place in the domain.
  case option(Int)
  /// A number in the fact's unit, or the number of a day.
  case number(Number)
  /// For each member of a `choices` fact, whether it was chosen.
  case members([Member])
  /// Asked; the person would rather not say.
  case declined
  /// Asked; the person does not know.
  case doesNotKnow

  /// What is recorded for one member of a `choices` fact.
  public enum Member: String, Sendable, Codable {
    case yes
    case no
    case declined
    case doesNotKnow
    case notAsked

    public var truth: Truth {
      switch self {
      case .yes: .yes
      case .no: .no
      case .declined, .doesNotKnow, .notAsked: .unknown
      }
    }
  }

  public var isValue: Bool { self != .declined && self != .doesNotKnow }
}

/// The answers for one person, by the name of the fact, and what a clinician selected.
public struct Intake: Sendable, Equatable {
  public var answers: [String: Answer]
  /// By the name of the decision, or of the member or item: `track`, `focus.step_down`, `services.peer_support`.
  public var selections: [String: Selection]

  public init(answers: [String: Answer] = [:], selections: [String: Selection] = [:]) {
    self.answers = answers
    self.selections = selections
  }
}
