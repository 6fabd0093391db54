/// One step of a stage.
enum CompiledStep: BitwiseCopyable {
  /// Facts that apply only where a condition holds, which is asked once for all of them.
  case guarded(variables: Span32, condition: Int32)
  case holds(variable: Int32, condition: Int32)
  case count(variable: Int32, conditions: Span32)
  case sum(variable: Int32, items: Span32, enteredAs: Int32)
  case difference(variable: Int32, of: Int32, less: Int32)
  case days(variable: Int32, from: Int32, to: Int32)
  case product(variable: Int32, first: Int32, second: Int32)
  case points(variable: Int32, of: Int32, points: Span32)
  case bands(variable: Int32, of: Int32, bands: Span32)
  case extreme(variable: Int32, items: Span32, isHighest: Bool)
  case total(variable: Int32, decision: Int32, slots: Span32)
  case decision(Int32)
}

/// The steps of one stage, then the rules that read nothing of a later stage.
struct CompiledStage: BitwiseCopyable {
  var steps: Span32
  /// The places of those rules, among the references.
  var ownRules: Span32
  /// The root of the tree of its rules; -1 if it has none.
  var rules: Int32
  /// The root of the tree of those of them that stand on no ladder; -1 if there are none.
  var offLadders: Int32
  var ladders: Span32
}

struct CompiledDecision: BitwiseCopyable {
  enum Shape: UInt8 { case single, preferred, members }

  var variable: Int32
  var shape: Shape
  var combine: Combine
  /// When it applies; -1 for always.
  var condition: Int32
  var slots: Span32
  /// The outcomes of the decision as a whole: its only slot, or one more slot for a preferred choice; -1 for members.
  var own: Int32
  /// Of a preferred choice, what stands where nothing is in: the option, or -1.
  var otherwise: Int32
  var preference: Span32
  /// Its slots that fill what the others leave.
  var fills: Span32

  enum Combine: UInt8 {
    case one, highest, lowest, all, preferred

    /// Whether of two values that surely count the first leaves nothing to the second.
    @inline(__always)
    func prefers(_ first: Int32, to second: Int32) -> Bool {
      self == .highest && first > second || self == .lowest && first < second
    }
  }
}

struct CompiledSlot: BitwiseCopyable {
  var decision: Int32
  /// The words of its set of possible values.
  var at: Int32
  var words: Int32
  /// The numbers that its values stand for, ascending; empty unless they are numbers.
  var numbers: Span32
  /// What rules say about it.
  var effects: Span32 = .none
  /// Whether it is a member of a set, an item of a menu or an option of a preferred choice.
  var isMember: Bool
  /// Whether one of its rules overrides another.
  var hasOverrides: Bool
  /// The value that stands where no rule recommends one; -1 for none.
  var otherwise: Int32
  /// The variable of a menu item; -1 if it has none.
  var item: Int32
  /// The number that the item fills; -1 unless it fills.
  var fill: Int32
  /// The slots whose amounts are taken away from it.
  var less: Span32
}

/// What one rule says about one slot.
struct CompiledEffect: BitwiseCopyable {
  var slot: Int32
  var rule: Int32
  /// The place of the value among those of the slot; -1 where it is ruled out.
  var value: Int32
  /// How much it beats: where nothing overrides, an effect that counts for sure leaves nothing to others of the same rank or
  /// a lower one. Never negative.
  var rank: Int32
  /// The effects that override it, ascending.
  var overriders: Span32
  /// In a slot of one word, the bit of the value; the highest, which no value has, where it is ruled out.
  var bit: UInt64

  static let ruledOut: UInt64 = 1 << 63
}

/// Where an effect of a rule stands and what it is about, for the rules that are found.
struct RuleEffect: BitwiseCopyable {
  /// Its place among all effects.
  var place: Int32
  var slot: Int32
  var decision: Int32
}

/// What is possible for a slot beside its values.
struct SlotFlags: OptionSet, BitwiseCopyable {
  let rawValue: UInt8

  /// A member or item is not in.
  static let out = SlotFlags(rawValue: 1)
  static let gap = SlotFlags(rawValue: 2)
  static let conflict = SlotFlags(rawValue: 4)
  static let notApplicable = SlotFlags(rawValue: 8)
  /// An amount that fills what the others leave.
  static let amount = SlotFlags(rawValue: 16)

  /// Of what rules say together, before `otherwise`: nothing.
  static let none = SlotFlags(rawValue: 32)
  /// Of what rules say together: ruled out.
  static let ruledOut = SlotFlags(rawValue: 64)
}

/// From the lowest to the highest number, both in the units of ``Number``.
struct Bounds: BitwiseCopyable, Equatable {
  var lower: Int128
  var upper: Int128

  static let zero = Bounds(lower: 0, upper: 0)

  init(lower: Int128, upper: Int128) {
    self.lower = lower
    self.upper = upper
  }

  init(_ interval: Interval) {
    self.init(lower: interval.lower.scaled, upper: interval.upper.scaled)
  }

  static func + (left: Bounds, right: Bounds) -> Bounds {
    Bounds(lower: left.lower + right.lower, upper: left.upper + right.upper)
  }

  static func - (left: Bounds, right: Bounds) -> Bounds {
    Bounds(lower: left.lower - right.upper, upper: left.upper - right.lower)
  }

  func union(_ other: Bounds) -> Bounds {
    Bounds(lower: min(lower, other.lower), upper: max(upper, other.upper))
  }

  var interval: Interval { Interval(Number(scaled: lower), Number(scaled: upper)) }
}

/// One bound of a range that depends on the day of the assessment.
struct DynamicBound: BitwiseCopyable {
  enum Operand: BitwiseCopyable {
    case open
    case constant(Int128)
    case parameter(Int32, times: Int32)
    case daysFromAssessment(Int32)
  }

  var operand: Operand
  var isIncluded: Bool
}

struct DynamicRange: BitwiseCopyable {
  var lower: DynamicBound
  var upper: DynamicBound
}

/// A matcher whose bounds depend on the day of the assessment.
struct DynamicMatcher: BitwiseCopyable {
  var variable: Int32
  var isNegated: Bool
  /// Whether a bound is counted from the day, so that nothing is known while the day is not.
  var isRelative: Bool
  /// Whether another day can give another answer.
  var dayMatters: Bool
  var isWhole: Bool
  var ranges: Span32
  /// The days on which a parameter of it changes.
  var changes: Span32
}

/// A value of a parameter and the day from which it holds.
struct DatedNumber: BitwiseCopyable {
  var from: Int64
  var value: Int128
}
