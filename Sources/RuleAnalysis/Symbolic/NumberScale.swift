import RuleEngine

/// How the exact decimals of a program become whole numbers for the solver: all are counted in the same small unit, which
/// is fine enough for every constant of the program and for a number between any two of them.
struct NumberScale: Equatable {
  /// How many make 1.
  let perOne: Int128

  init(_ programs: [Program]) {
    var digits = 0
    var hasDecimals = false
    for program in programs {
      for variable in program.variables {
        if case .numbers(let numbers) = variable.domain {
          if !numbers.isWhole { hasDecimals = true }
          for bound in [numbers.interval.lower, numbers.interval.upper] { digits = max(digits, bound.fractionDigits) }
        }
        if case .derived(.points(_, let points)) = variable.kind {
          for number in points { digits = max(digits, number.fractionDigits) }
        }
        if case .derived(.bands(_, let bands)) = variable.kind {
          // A bound that is left out lies one smallest step beside the one that was written.
          for band in bands { digits = max(digits, min(band.lower.fractionDigits, band.upper.fractionDigits)) }
        }
      }
      for range in program.conditions.flatMap(\.subtree).flatMap(\.ranges) {
        for case .constant(let number) in range.operands { digits = max(digits, number.fractionDigits) }
      }
      for value in program.parameters.flatMap(\.values) { digits = max(digits, value.value.fractionDigits) }
      for slot in program.decisions.flatMap(\.slots) {
        for case .recommend(.number(let number)) in slot.effects.map(\.verdict) {
          digits = max(digits, number.fractionDigits)
        }
      }
    }
    var perOne: Int128 = 1
    // A product has as many digits as both factors together.
    let hasProducts = programs.contains { program in
      program.variables.contains { if case .derived(.product) = $0.kind { true } else { false } }
    }
    for _ in 0..<(hasDecimals ? min(digits + 1, 9) * (hasProducts ? 2 : 1) : 0) { perOne *= 10 }
    self.perOne = perOne
  }

  /// For answers as they come: the nine digits that an answer can have behind the point, and twice as many where two numbers
  /// are multiplied.
  init(anyAnswerOf program: Program) {
    var hasDecimals = false
    var hasProducts = false
    for variable in program.variables {
      if case .numbers(let numbers) = variable.domain, !numbers.isWhole { hasDecimals = true }
      if case .derived(.product) = variable.kind { hasProducts = true }
    }
    perOne = !hasDecimals ? 1 : hasProducts ? 1_000_000_000_000_000_000 : 1_000_000_000
  }

  /// The number in the small unit; between two units, the lower one.
  func floor(_ number: Number) -> Int128 {
    let unit = Number.unitsPerOne / perOne
    let rest = number.units % unit
    return (number.units - rest) / unit - (rest < 0 ? 1 : 0)
  }

  /// The same; between two units, the upper one.
  func ceiling(_ number: Number) -> Int128 { -floor(Number.zero - number) }

  func number(_ scaled: Int128) -> Number { Number(units: scaled * (Number.unitsPerOne / perOne)) }
}

extension Number {
  fileprivate var fractionDigits: Int {
    var units = units
    guard units % Number.unitsPerOne != 0 else { return 0 }
    var digits = 18
    while units % 10 == 0 {
      units /= 10
      digits -= 1
    }
    return digits
  }
}

extension Condition {
  fileprivate var ranges: [MatcherRange] {
    if case .test(_, let matcher) = self { matcher.ranges } else { [] }
  }
}
