public import RuleEngine

/// What changes between two rulebooks: not their text, but what people get.
public struct Comparison: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// A level, or another ordered decision, that can come out lower; of deadlines, later.
    case lower
    /// A member, item or first step that somebody no longer gets.
    case lost
    /// Settled now while it was open before.
    case settledEarlier = "settled_earlier"
    /// Another value, or an item more.
    case value
    /// Open now, or the rules disagree or leave a gap where they did not, or the other way round.
    case other

    /// Whether it stands on top.
    public var isAboutSafety: Bool { self == .lower || self == .lost || self == .settledEarlier }
  }

  /// An intake that comes out otherwise.
  public struct Change: Sendable {
    public let kind: Kind
    /// `level`, or `services.peer_support`.
    public let name: String
    public let label: String
    /// The answers, by the names of the facts.
    public let intake: [(name: String, text: String)]
    public let before: String
    public let after: String
    /// The ids of the rules that win, or that may still win while it is open.
    public let rulesBefore: [String]
    public let rulesAfter: [String]
  }

  /// How many of a set of intakes come out otherwise.
  public struct Count: Sendable {
    public var changed: [String] = []
    public var total = 0
    /// How many one of the rulebooks cannot read.
    public var unreadable = 0
  }

  /// Safety first, then in the order of the plan.
  public var changes: [Change] = []
  /// What one of them does not have: `- option evening of track`, `+ decision focus`.
  public var declared: [String] = []
  /// What could not be proved, and why.
  public var notProved: [String] = []
  public var cases = Count()
  public var cohort: Count?

  public var isEqual: Bool { changes.isEmpty && declared.isEmpty && notProved.isEmpty }
  public var touchesSafety: Bool {
    changes.contains(where: \.kind.isAboutSafety) || declared.contains { $0.hasPrefix("- decision") }
  }

  /// Compares for every intake that both can read, complete or not.
  ///
  /// - Parameter cohort: intakes of persons, as the head reads them; they are counted and never shown.
  public static func compare(
    _ base: Program, _ head: Program, baseCases: [Case] = [], headCases: [Case] = [], cohort: [Intake]? = nil,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(SolverFailure) -> Comparison {
    var result = Comparison()
    if base.digest.isEmpty || base.digest != head.digest {
      var search = try ComparisonSearch(base, head)
      try search.run(progress)
      result.changes = search.changes.filter(\.kind.isAboutSafety) + search.changes.filter { !$0.kind.isAboutSafety }
      result.declared = Vocabulary.changes(base, head)
      result.notProved = search.notProved
    }
    let places = ComparedPlace.all(base, head)
    let forth = Translation(from: base, to: head)
    let back = Translation(from: head, to: base)
    let own = Set(headCases.map(\.id))
    let pairs =
      headCases.map { ($0.id, back.intake($0.intake), forward($0.intake)) }
      + baseCases.filter { !own.contains($0.id) }.map { ($0.id, forward($0.intake), forth.intake($0.intake)) }
    result.cases = count(pairs, base, head, places)
    if let cohort {
      result.cohort = count(cohort.map { ("", back.intake($0), forward($0)) }, base, head, places)
    }
    return result
  }

  private static func forward(_ intake: Intake) -> Intake? { Intake(answers: intake.answers) }

  private static func count(
    _ intakes: [(String, Intake?, Intake?)], _ base: Program, _ head: Program, _ places: [ComparedPlace]
  ) -> Count {
    var count = Count(total: intakes.count)
    for (name, one, other) in intakes {
      guard let one, let other else {
        count.unreadable += 1
        continue
      }
      let before = Evaluator.evaluate(base, one)
      let after = Evaluator.evaluate(head, other)
      if places.contains(where: { $0.base(before) != $0.head(after) }) { count.changed.append(name) }
    }
    count.changed.sort()
    return count
  }
}

/// What two rulebooks have in different words or at all.
enum Vocabulary {
  static func changes(_ base: Program, _ head: Program) -> [String] {
    func words(_ program: Program) -> Set<String> {
      var found: Set<String> = []
      for variable in program.variables {
        let kind: String
        switch variable.kind {
        case .fact: kind = "fact"
        case .decision: kind = "decision"
        case .derived, .item: continue
        }
        let form: String
        switch variable.domain {
        case .options: form = "of one option"
        case .members: form = "of several options"
        case .dates: form = "a date"
        case .numbers(let numbers):
          form = "a number from \(numbers.interval.lower) to \(numbers.interval.upper)"
        }
        found.insert("\(kind) `\(variable.name)`, \(form)")
        for name in variable.domain.names { found.insert("option `\(name)` of `\(variable.name)`") }
      }
      return found
    }
    let (before, after) = (words(base), words(head))
    return before.subtracting(after).sorted().map { "- \($0)" } + after.subtracting(before).sorted().map { "+ \($0)" }
  }
}
