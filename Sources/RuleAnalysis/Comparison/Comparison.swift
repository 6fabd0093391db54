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

  /// Compares for every intake, complete or not.
  ///
  /// - Parameters:
  ///   - cohort: intakes of persons, each as both rulebooks read it, `nil` where one cannot; they are counted and never shown.
  ///   - isOver: whether the time is up. What was not looked at by then is said to be not proved.
  ///   - progress: told what is being compared.
  public static func compare(
    _ base: Program, _ head: Program, baseCases: [Case] = [], headCases: [Case] = [],
    cohort: [(base: Intake?, head: Intake?)]? = nil, isOver: @escaping () -> Bool = { false },
    progress: @escaping (String) -> Void = { _ in }
  ) throws(SolverFailure) -> Comparison {
    var result = Comparison()
    let cases = CasePair.all(base, baseCases, head, headCases)
    if base.digest.isEmpty || base.digest != head.digest {
      result.declared = DeclaredChange.all(base, head)
      result.parts = ChangedPart.all(base, head)
      let seeds = cases.compactMap(\.withoutPersons)
      var search = ComparisonSearch(base, head, seeds: seeds, isOver: isOver, progress: progress)
      try search.run()
      result.examples = search.examples.sortedByWeight()
      result.notProved = search.notProved
      for index in result.parts.indices where search.idleRules.contains(result.parts[index].name) {
        result.parts[index].changesNothing = result.parts[index].kind == .rule
      }
    }
    progress("counting intakes")
    let counter = ChangeCounter(base, head)
    result.cases = counter.count(cases.map { ($0.id, $0.base, $0.head) })
    if let cohort { result.cohort = counter.count(cohort.map { (nil, $0.base, $0.head) }) }
    return result
  }
}

extension [Comparison.Example] {
  /// What touches safety first; in each what changed by itself before what only follows; then by the kind of change.
  fileprivate func sortedByWeight() -> [Comparison.Example] {
    let ranks = Dictionary(uniqueKeysWithValues: zip(Comparison.Kind.allCases, 0...))
    func key(_ place: Int) -> (Int, Int, Int) {
      let weights = self[place].changes.map { ($0.isConsequence ? 1 : 0, ranks[$0.kind] ?? 0, place) }
      return weights.min { $0 < $1 } ?? (2, 0, place)
    }
    let sorted = indices.map { ($0, key($0)) }.sorted { $0.1 < $1.1 }.map { self[$0.0] }
    return sorted.filter { $0.isAboutSafety } + sorted.filter { !$0.isAboutSafety }
  }
}

/// A case as both rulebooks read it; `nil` where one cannot.
struct CasePair {
  let id: String
  let base: Intake?
  let head: Intake?
  private let personal: Set<String>

  /// The cases of both. One that both have counts once, but twice where its intake was changed.
  static func all(_ base: Program, _ baseCases: [Case], _ head: Program, _ headCases: [Case]) -> [CasePair] {
    let forth = Translation(from: base, to: head)
    let back = Translation(from: head, to: base)
    let later = headCases.map { aCase in
      let intake = Intake(answers: aCase.intake.answers)
      return CasePair(id: aCase.id, base: back.intake(intake), head: intake, personal: aCase.personalFacts)
    }
    let known = Dictionary(later.map { ($0.id, $0) }) { first, _ in first }
    let earlier = baseCases.map { aCase in
      let intake = Intake(answers: aCase.intake.answers)
      return CasePair(id: aCase.id, base: intake, head: forth.intake(intake), personal: aCase.personalFacts)
    }
    return later + earlier.filter { known[$0.id].map { [earlier = $0] in !earlier.isSame(as: $0) } ?? true }
  }

  private func isSame(as other: CasePair) -> Bool { base == other.base && head == other.head }

  /// Without the answers that come from an intake file.
  var withoutPersons: JointSession.Pair? {
    guard let base, let head else { return nil }
    func invented(_ intake: Intake) -> Intake {
      Intake(answers: intake.answers.filter { !personal.contains($0.key) })
    }
    return JointSession.Pair(base: invented(base), head: invented(head))
  }
}

/// Counts the intakes that come out otherwise.
struct ChangeCounter {
  private let base: Program
  private let head: Program
  private let places: [ComparedPlace]

  init(_ base: Program, _ head: Program) {
    self.base = base
    self.head = head
    places = ComparedPlace.all(base, head)
  }

  /// - Parameter intakes: each with its name, if that may be told, as both read it.
  func count(_ intakes: [(name: String?, base: Intake?, head: Intake?)]) -> Comparison.Count {
    let kinds = inParallel(intakes) { _, one, other -> Set<Comparison.Kind>? in
      guard let one, let other else { return nil }
      let before = Evaluator.evaluate(base, one)
      let after = Evaluator.evaluate(head, other)
      return Set(places.compactMap { $0.change($0.base(before), $0.head(after)) })
    }
    var count = Comparison.Count(total: intakes.count)
    for (intake, kinds) in zip(intakes, kinds) {
      guard let kinds else {
        count.unreadable += 1
        continue
      }
      guard !kinds.isEmpty else { continue }
      count.changed.append(intake.name ?? "")
      if kinds.contains(where: \.isAboutSafety) { count.safety += 1 }
    }
    count.changed.sort()
    return count
  }
}
