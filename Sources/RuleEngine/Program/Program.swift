/// A checked rulebook, ready to be evaluated: every name is a place in an array, every phase and table row is written out.
///
/// Arrays are sorted by name, byte by byte, so that the order of files, rules and keys never shows.
public struct Program: Sendable, Codable, Equatable {
  /// The version of the meaning of the language (section 4 of the design). Plans carry it.
  public static let meaningVersion = 1

  public struct Header: Sendable, Codable, Equatable {
    public var name: String
    public var title: LocalizedText
    public var version: String

    public init(name: String, title: LocalizedText, version: String) {
      self.name = name
      self.title = title
      self.version = version
    }
  }

  /// One step of an evaluation: the place of a variable or of a rule.
  public enum Step: Sendable, Codable, Equatable {
    case variable(Int)
    case rule(Int)
  }

  /// How the intake and the plan are laid out; changes no plan.
  public struct Presentation: Sendable, Codable, Equatable {
    public struct Section: Sendable, Codable, Equatable {
      public var title: LocalizedText
      /// Places of facts.
      public var facts: [Int]
      /// Whether they are asked in this order, and not the most decisive first.
      public var isInOrder: Bool

      public init(title: LocalizedText, facts: [Int], isInOrder: Bool = false) {
        self.title = title
        self.facts = facts
        self.isInOrder = isInOrder
      }
    }

    public var sentence: Template?
    public var sections: [Section]
    /// Places of the facts that are asked at the first phone call, in that order.
    public var screen: [Int]
    /// Places in ``Program/decisions``.
    public var decisions: [Int]

    public init(sentence: Template?, sections: [Section], screen: [Int], decisions: [Int]) {
      self.sentence = sentence
      self.sections = sections
      self.screen = screen
      self.decisions = decisions
    }
  }

  public var header: Header
  public var sources: [Source]
  public var parameters: [Parameter]
  public var variables: [Variable]
  public var decisions: [Decision]
  public var rules: [Rule]
  public var impossibilities: [Impossibility]
  public var presentation: Presentation
  /// Variables and rules in an order in which each follows what it depends on. Items of menus come with their decision.
  public var evaluationOrder: [Step]
  /// The place of `assessed_on`.
  public var assessmentDay: Int
  /// What overlays did to it; `nil` for a rulebook that stands alone.
  public var adaptation: Adaptation?
  /// The SHA-256 of all of the above, as 64 hexadecimal digits; empty until it is known.
  public var digest = ""

  public init(
    header: Header, sources: [Source], parameters: [Parameter], variables: [Variable], decisions: [Decision],
    rules: [Rule], impossibilities: [Impossibility], presentation: Presentation, evaluationOrder: [Step],
    assessmentDay: Int, adaptation: Adaptation? = nil
  ) {
    self.header = header
    self.sources = sources
    self.parameters = parameters
    self.variables = variables
    self.decisions = decisions
    self.rules = rules
    self.impossibilities = impossibilities
    self.presentation = presentation
    self.evaluationOrder = evaluationOrder
    self.assessmentDay = assessmentDay
    self.adaptation = adaptation
  }

  /// The variable of that name.
  public func variable(named name: String) -> Int? {
    variables.place(of: name) { $0.name }
  }

  /// Every condition of the program: of rules, guards and derived facts.
  package var conditions: [Condition] {
    variables.flatMap { variable -> [Condition] in
      switch variable.kind {
      case .fact(let fact): [fact.appliesWhen].compactMap(\.self)
      case .derived(let derivation): derivation.conditions
      case .decision, .item: []
      }
    } + decisions.compactMap(\.appliesWhen) + rules.map(\.condition)
  }

  /// The facts from which these variables follow by calculation alone: of a fact, itself.
  package func facts(below variables: some Sequence<Int>) -> Set<Int> {
    var found: Set<Int> = []
    var seen: Set<Int> = []
    var waiting = Array(variables)
    while let variable = waiting.popLast() {
      guard seen.insert(variable).inserted else { continue }
      switch self.variables[variable].kind {
      case .fact: found.insert(variable)
      case .derived(let derivation): waiting += derivation.sources
      case .decision, .item: break
      }
    }
    return found
  }

  /// Whether a derived fact is an item of a sum whose total can be entered instead.
  package func isItem(_ variable: Int) -> Bool {
    variables.contains { other in
      if case .derived(.sum(let items, .some)) = other.kind { items.contains(variable) } else { false }
    }
  }
}
