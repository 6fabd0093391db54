/// How much an answer would settle (section 4, clause 11): for each cell of the fact's domain, the plan is evaluated and
/// the outcomes beyond one of all slots are added up.
struct Decisiveness: Comparable {
  var worst: Int
  var sum: Int
  var name: String

  static func < (left: Self, right: Self) -> Bool {
    (left.worst, left.sum, left.name) < (right.worst, right.sum, right.name)
  }
}

extension Evaluation {
  /// The facts, the most decisive first.
  public func mostDecisiveFirst(_ facts: some Sequence<Int>) -> [Int] {
    let cells = FactCells(program)
    return facts.map { fact in
      let open = cells.cells(of: fact).map { cell in
        Evaluator.evaluate(program, intake, supposing: [fact: cell]).openOutcomes
      }
      let name = program.variables[fact].name
      return (fact, Decisiveness(worst: open.max() ?? 0, sum: open.reduce(0, +), name: name))
    }
    .sorted { $0.1 < $1.1 }
    .map(\.0)
  }

  /// The outcomes beyond one, of all slots.
  private var openOutcomes: Int {
    program.decisions.indices.reduce(0) { sum, decision in
      let outcomes = program.decisions[decision].hasMembers ? slotOutcomes[decision] : [decisionOutcomes[decision]]
      return sum + outcomes.reduce(0) { $0 + ($1.isSettled ? 0 : Swift.max(1, $1.count - 1)) }
    }
  }
}

/// Cuts the domains of facts where the rulebook makes a difference.
private struct FactCells {
  let program: Program
  /// For each variable, the first numbers of new cells.
  private var cuts: [Int: Set<Number>] = [:]
  /// Facts that a sum, a difference or the like reads, so that each of their values can matter.
  private var isCalculatedWith: Set<Int> = []
  private static let mostValuesTriedOneByOne = 12
  private static let mostCells = 64

  init(_ program: Program) {
    self.program = program
    for condition in program.conditions.flatMap(\.subtree) { cut(condition) }
    for variable in program.variables {
      guard case .derived(let derivation) = variable.kind else { continue }
      switch derivation {
      case .bands(let of, let bands): cuts[of, default: []].formUnion(bands.map(\.lower))
      default: isCalculatedWith.formUnion(derivation.sources)
      }
    }
  }

  private mutating func cut(_ condition: Condition) {
    guard case .test(let variable, let matcher) = condition else { return }
    let domain = program.variables[variable].domain
    for range in matcher.ranges {
      if case .constant(let number)? = range.lower?.operand {
        cuts[variable, default: []]
          .insert(domain.closed(number, isIncluded: range.lower?.isIncluded ?? true, isLower: true))
      }
      if case .constant(let number)? = range.upper?.operand {
        let last = domain.closed(number, isIncluded: range.upper?.isIncluded ?? true, isLower: false)
        cuts[variable, default: []].insert(last + domain.step)
      }
    }
  }

  /// The options, each member alone, or the intervals between the constants the fact is compared with.
  func cells(of fact: Int) -> [PossibleValues.Values] {
    switch program.variables[fact].domain {
    case .options(let names, _):
      return names.indices.map { .options([$0]) }
    case .members(let names):
      let none = names.map { _ in Truth.no }
      return [.members(none)]
        + names.indices.map { member in
          var only = none
          only[member] = .yes
          return .members(only)
        }
    case .numbers, .dates:
      return intervals(of: fact).map(PossibleValues.Values.interval)
    }
  }

  private func intervals(of fact: Int) -> [Interval] {
    let domain = program.variables[fact].domain
    guard let whole = domain.interval else { return [] }
    if isCalculatedWith.contains(fact), domain.step == Number(1), let first = whole.lower.whole,
      let last = whole.upper.whole, last - first < Self.mostValuesTriedOneByOne
    {
      return (first...last).map { Interval(Number($0)) }
    }
    var starts = cuts[fact, default: []].filter { whole.contains($0) && $0 > whole.lower }.sorted()
    starts.insert(whole.lower, at: 0)
    // Of very many cells a spread is tried: this orders questions and decides nothing.
    let stride = max(1, starts.count / Self.mostCells)
    return starts.indices.filter { $0 % stride == 0 }.map { index in
      let upper = index + 1 < starts.count ? starts[index + 1] - domain.step : whole.upper
      return Interval(starts[index], upper)
    }
  }
}
