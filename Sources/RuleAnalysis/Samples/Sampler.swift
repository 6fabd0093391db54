import RuleEngine

/// Random intakes with a value for every fact, near the bounds at which the rulebook makes a difference.
///
/// What one of them shows need not be asked of the solver. The same seed gives the same intakes everywhere.
struct Sampler {
  /// The last day that an assessment has: late enough that every parameter has a value.
  private static let lastDay = 21_162
  private let program: Program
  /// What is answered instead of items is left to these.
  private let enteredTotals: Set<Int>
  private let impossible: ImpossibleNumbers
  private var chance: Chance
  /// For each variable, numbers at which something changes.
  private var bounds: [Int: [Number]] = [:]
  /// Days before or after the assessment at which something changes.
  private var distances: [Int: [Int]] = [:]

  init(_ program: Program, seed: UInt64 = 1) {
    self.program = program
    enteredTotals = program.enteredTotals
    impossible = ImpossibleNumbers(program)
    chance = Chance(seed: seed)
    for case .test(let variable, let matcher) in program.conditions.flatMap(\.subtree) {
      for operand in matcher.ranges.flatMap(\.operands) {
        switch operand {
        case .constant(let number): bounds[variable, default: []].append(number)
        case .daysFromAssessment(let days): distances[variable, default: []].append(days)
        case .parameter(let index, let times):
          bounds[variable, default: []] += program.parameters[index].values.map { $0.value * Number(times) }
        }
      }
    }
  }

  mutating func next() -> Intake {
    var intake = Intake()
    let today = Self.lastDay - chance.below(2_900)
    for (index, variable) in program.variables.enumerated() where variable.fact != nil {
      if index == program.assessmentDay {
        intake.answers[variable.name] = .number(Number(today))
      } else if !enteredTotals.contains(index) {
        intake.answers[variable.name] = answer(index, today)
      }
    }
    return intake
  }

  /// The first option or lowest number of each fact, and no member of any set: mostly a person in whom little is the matter.
  func calm() -> Intake {
    var intake = Intake()
    for (index, variable) in program.variables.enumerated() where variable.fact != nil {
      guard !enteredTotals.contains(index) else { continue }
      intake.answers[variable.name] =
        switch variable.domain {
        case .options: .option(0)
        case .members(let names): .members(names.map { _ in .no })
        case .numbers(let numbers): .number(numbers.interval.lower)
        case .dates(let whole): .number(within(whole, Number(Self.lastDay)))
        }
    }
    return intake
  }

  private mutating func answer(_ index: Int, _ today: Int) -> Answer {
    let variable = program.variables[index]
    switch variable.domain {
    case .options(let names, _): return .option(chance.below(names.count))
    case .members(let names):
      let percent = [10, 30, 50][chance.below(3)]
      return .members(names.map { _ in chance.below(100) < percent ? .yes : .no })
    case .dates(let whole):
      let distance =
        distances[index].map { $0[chance.below($0.count)] + chance.below(3) - 1 } ?? chance.below(400) - 300
      return .number(within(whole, Number(today + distance)))
    case .numbers(let numbers):
      for _ in 0..<8 {
        let number = number(index, numbers.interval)
        if !impossible.contains(index, number) { return .number(number) }
      }
      return .number(numbers.interval.lower)
    }
  }

  private mutating func number(_ index: Int, _ whole: Interval) -> Number {
    if let near = bounds[index], chance.below(4) > 0 {
      return within(whole, near[chance.below(near.count)] + Number(chance.below(3) - 1))
    }
    let width = (whole.upper - whole.lower).whole ?? 1_000
    return within(whole, whole.lower + Number(chance.below(min(width, 1_000_000) + 1)))
  }

  private func within(_ whole: Interval, _ number: Number) -> Number {
    min(max(whole.lower, number), whole.upper)
  }
}
