import RuleEngine

/// Random intakes with a value for every fact, near the bounds at which the rulebook makes a difference.
///
/// What one of them shows need not be asked of the solver. The same seed gives the same intakes everywhere.
struct Sampler {
  private let program: Program
  private var state: UInt64
  /// For each variable, numbers at which something changes.
  private var bounds: [Int: [Number]] = [:]
  /// Days before or after the assessment at which something changes.
  private var distances: [Int: [Int]] = [:]

  init(_ program: Program, seed: UInt64 = 1) {
    self.program = program
    state = seed
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
    let today = 18_262 + below(2_900)
    for (index, variable) in program.variables.enumerated() where variable.fact != nil {
      intake.answers[variable.name] = index == program.assessmentDay ? .number(Number(today)) : answer(index, today)
    }
    return agreeing(intake)
  }

  /// With each entered total being the sum of its items.
  private func agreeing(_ intake: Intake) -> Intake {
    var result = intake
    let sums = program.variables.compactMap { variable -> (items: [Int], entered: Int)? in
      if case .derived(.sum(let items, let entered?)) = variable.kind { (items, entered) } else { nil }
    }
    guard !sums.isEmpty else { return intake }
    let evaluation = Evaluator.evaluate(program, intake)
    for (items, entered) in sums {
      let sum = evaluation.values.sum(of: items)?.interval.single
      result.answers[program.variables[entered].name] = sum.map { .number($0) }
    }
    return result
  }

  private mutating func answer(_ index: Int, _ today: Int) -> Answer {
    let variable = program.variables[index]
    switch variable.domain {
    case .options(let names, _): return .option(below(names.count))
    case .members(let names):
      let chance = [10, 30, 50][below(3)]
      return .members(names.map { _ in below(100) < chance ? .yes : .no })
    case .dates(let whole):
      let distance = distances[index].map { $0[below($0.count)] + below(3) - 1 } ?? below(400) - 300
      return .number(within(whole, Number(today + distance)))
    case .numbers(let numbers):
      let whole = numbers.interval
      if let near = bounds[index], below(4) > 0 {
        return .number(within(whole, near[below(near.count)] + Number(below(3) - 1)))
      }
      let width = (whole.upper - whole.lower).whole ?? 1_000
      return .number(within(whole, whole.lower + Number(below(min(width, 1_000_000) + 1))))
    }
  }

  private func within(_ whole: Interval, _ number: Number) -> Number {
    min(max(whole.lower, number), whole.upper)
  }

  /// SplitMix64.
  private mutating func below(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    value ^= value >> 31
    return Int(value % UInt64(max(1, count)))
  }
}
