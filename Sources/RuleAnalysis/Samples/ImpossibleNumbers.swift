import RuleEngine

/// Numbers that a rulebook calls impossible whatever else is answered, such as 3 points of an item that knows 0, 1, 2 and 4.
struct ImpossibleNumbers {
  private let program: Program
  /// What is impossible of each fact by itself.
  private(set) var tests: [Int: [Matcher]] = [:]
  /// Facts whose answers may be impossible together with others.
  private(set) var entangled: Set<Int> = []

  init(_ program: Program) {
    self.program = program
    for impossibility in program.impossibilities { note(impossibility.condition) }
  }

  private mutating func note(_ condition: Condition) {
    switch condition {
    case .any(let parts): for part in parts { note(part) }
    case .all(let parts) where parts.count == 1: note(parts[0])
    case .test(let fact, let matcher) where !matcher.isRelative && matcher.parameters.isEmpty && !matcher.isNegated:
      tests[fact, default: []].append(matcher)
    default:
      for case .test(let variable, _) in condition.subtree { entangled.insert(variable) }
    }
  }

  func contains(_ fact: Int, _ number: Number) -> Bool {
    tests[fact, default: []].flatMap(\.ranges).contains { range in
      func holds(_ bound: MatcherRange.Bound?, isLower: Bool) -> Bool {
        guard let bound, case .constant(let limit) = bound.operand else { return true }
        if number == limit { return bound.isIncluded }
        return isLower ? limit < number : number < limit
      }
      return holds(range.lower, isLower: true) && holds(range.upper, isLower: false)
    }
  }
}
