/// One part of the plan, and how recommendations for it combine.
public struct Decision: Sendable, Codable, Equatable {
  public enum Combine: String, Sendable, Codable {
    case one
    case highest
    case lowest
    case all
    case preferred
  }

  /// What stands where no rule recommends anything.
  public struct Otherwise: Sendable, Codable, Equatable {
    public var value: Value
    public var because: Template
    public var sources: [Int]

    public init(value: Value, because: Template, sources: [Int]) {
      self.value = value
      self.because = because
      self.sources = sources
    }
  }

  /// The place of its ``Variable`` in the program.
  public var variable: Int
  /// The name without the phase: `sessions_per_week` of `sessions_per_week.intensive`.
  public var family: String
  public var phase: String?
  /// What the decision is called, without the phase.
  public var label: LocalizedText
  public var combine: Combine
  public var isMenu: Bool
  /// Options in the order of preference, for ``Combine/preferred``.
  public var preference: [Int]
  public var appliesWhen: Condition?
  public var otherwise: Otherwise?
  /// One for the decision itself, or one for each member of a set, item of a menu, or option of a preferred choice.
  public var slots: [Slot]

  public init(
    variable: Int, family: String, phase: String?, label: LocalizedText, combine: Combine, isMenu: Bool,
    preference: [Int],
    appliesWhen: Condition?, otherwise: Otherwise?, slots: [Slot]
  ) {
    self.variable = variable
    self.family = family
    self.phase = phase
    self.label = label
    self.combine = combine
    self.isMenu = isMenu
    self.preference = preference
    self.appliesWhen = appliesWhen
    self.otherwise = otherwise
    self.slots = slots
  }

  /// Whether the value is one member or several, and not one thing.
  public var hasMembers: Bool { combine == .all || isMenu }
}

/// What a rule can recommend for a slot.
public enum Value: Hashable, Sendable, Codable, Comparable {
  /// An option, or the amount of a menu item that is an ordered choice.
  case option(Int)
  case number(Number)
  /// A member of a set or an option of a preferred choice is in.
  case included

  public static func < (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.option(let first), .option(let second)): first < second
    case (.number(let first), .number(let second)): first < second
    case (.option, .number), (.option, .included), (.number, .included): true
    default: false
    }
  }
}

/// The smallest thing that rules speak about (section 4, clause 5).
public struct Slot: Sendable, Codable, Equatable {
  /// What one rule says about the slot.
  public struct Effect: Sendable, Codable, Equatable {
    /// The place of the rule in the program.
    public var rule: Int
    public var verdict: Verdict
    /// The effects of this slot whose rules override this one, through any chain of rules that all speak about the slot.
    public var overriddenBy: [Int]
    /// Those of them whose rules name this one themselves: the links of the chains.
    public var directlyOverriddenBy: [Int]

    public init(rule: Int, verdict: Verdict, overriddenBy: [Int] = [], directlyOverriddenBy: [Int] = []) {
      self.rule = rule
      self.verdict = verdict
      self.overriddenBy = overriddenBy
      self.directlyOverriddenBy = directlyOverriddenBy
    }
  }

  public enum Verdict: Hashable, Sendable, Codable, Comparable {
    case recommend(Value)
    case ruleOut
  }

  /// The item's amount follows from the others: a derived number, less the total of the slots that count.
  public struct Fill: Sendable, Codable, Equatable {
    public var variable: Int
    public var less: [Int]

    public init(variable: Int, less: [Int]) {
      self.variable = variable
      self.less = less
    }
  }

  /// The member of the decision's domain; `nil` where the slot is the decision itself.
  public var member: Int?
  /// The ``Variable`` of a menu item.
  public var variable: Int?
  public var effects: [Effect]
  public var fill: Fill?
  public var item: Item?

  public init(member: Int?, variable: Int?, effects: [Effect], fill: Fill? = nil, item: Item? = nil) {
    self.member = member
    self.variable = variable
    self.effects = effects
    self.fill = fill
    self.item = item
  }
}

/// What a catalogue says of an item.
public struct Item: Sendable, Codable, Equatable {
  public var countsTowardHours: Bool
  /// `core` or `enhanced`.
  public var kind: String?
  /// Who gives it.
  public var givenBy: String?
  public var help: LocalizedText?

  public init(countsTowardHours: Bool, kind: String?, givenBy: String?, help: LocalizedText?) {
    self.countsTowardHours = countsTowardHours
    self.kind = kind
    self.givenBy = givenBy
    self.help = help
  }
}

extension [Slot.Effect] {
  /// Finds who overrides whom through any chain, from the links of the chains (section 4, clause 6).
  public mutating func closeOverrides() {
    let links = map(\.directlyOverriddenBy)
    for index in indices {
      var found: Set<Int> = []
      var waiting = links[index]
      while let next = waiting.popLast() {
        if found.insert(next).inserted { waiting += links[next] }
      }
      self[index].overriddenBy = found.sorted()
    }
  }
}
