public import RuleEngine

/// What changes between two rulebooks: not their text, but what people get.
public struct Comparison: Sendable {
  /// What kind of change it is; what touches safety stands first.
  public enum Kind: String, Sendable, CaseIterable {
    /// A level, or another ordered decision, that can come out lower; of deadlines, later.
    case lower
    /// A member, item or first step that somebody surely got and no longer gets, or a decision that no longer applies.
    case lost
    /// A member, item or first step that was sure while answers are missing, and now is not.
    case heldBack = "held_back"
    /// Settled now while it was open before.
    case settledEarlier = "settled_earlier"
    /// Rules disagree, or none covers it, where that was not so.
    case broken
    /// Another value, or an item more.
    case value
    /// Open now while it was settled before.
    case opened
    /// Open before and after, with other outcomes.
    case other
    /// A question that applies to others than before, or whose answer is missing to a final plan where it was not, or no more.
    case asked
    /// Answers that cannot be together, and could before; or the other way round.
    case possible

    /// Whether it stands on top.
    public var isAboutSafety: Bool {
      switch self {
      case .lower, .lost, .heldBack, .settledEarlier: true
      case .broken, .value, .opened, .other, .asked, .possible: false
      }
    }
  }

  /// What comes out otherwise for the intake of an ``Example``.
  public struct Change: Sendable {
    public let kind: Kind
    /// `level`, or `services.peer_support`.
    public let name: String
    public let label: String
    public let before: String
    public let after: String
    /// The ids of the rules that win, or that may still win while it is open.
    public let rulesBefore: [String]
    public let rulesAfter: [String]
    /// Whether it only follows from what another decision became, and not from rules of its own.
    public let isConsequence: Bool
  }

  /// An intake that comes out otherwise, with only the answers that matter. It is invented, and no person's.
  public struct Example: Sendable {
    /// The answers as either rulebook reads them.
    public let base: Intake
    public let head: Intake
    /// The same by the names of the facts.
    public let answers: [(name: String, text: String)]
    /// What was not shown by an example before it.
    public internal(set) var changes: [Change]

    public var isAboutSafety: Bool { changes.contains(where: \.kind.isAboutSafety) }
  }

  /// What could not be proved about one place.
  public struct NotProved: Sendable, Equatable {
    /// A place by its name, or a few words.
    public let about: String
    /// What it is not known of whether it can be, each behind `whether it`.
    public internal(set) var questions: [String]
    public let reason: String

    /// One line, lower case, without a full stop.
    public var message: String {
      "\(about): not known whether it \(questions.joined(separator: ", or ")), since \(reason)"
    }
  }

  /// How many of a set of intakes come out otherwise.
  public struct Count: Sendable {
    public var total = 0
    /// The ids of the cases that change; of persons nothing but their number.
    public var changed: [String] = []
    /// For how many of them a change touches safety.
    public var safety = 0
    /// How many one of the rulebooks cannot read.
    public var unreadable = 0

    /// Of none.
    public init() {}
  }

  /// Those that touch safety first, then in the order of the plan.
  public internal(set) var examples: [Example] = []
  /// What one of them asks, decides or assumes and the other does not.
  public internal(set) var declared: [DeclaredChange] = []
  /// Rules and other parts that are written otherwise, whether that changes a plan or not.
  public internal(set) var parts: [ChangedPart] = []
  public internal(set) var notProved: [NotProved] = []
  public internal(set) var cases = Count()
  public internal(set) var cohort: Count?

  /// Whether every plan is proved to be the same, for every intake, complete or not.
  public var isEqual: Bool { examples.isEmpty && declared.isEmpty && notProved.isEmpty }
  public var touchesSafety: Bool {
    examples.contains(where: \.isAboutSafety) || declared.contains(where: \.isAboutSafety)
  }
}
