/// One clause that stands between a rule and applying.
public struct BlockingClause: Sendable, Equatable, Codable {
  /// The name of the fact, derived fact, decision or rule that is asked about.
  public var name: String
  public var label: String
  /// What it would have to be, in words.
  public var needs: String
  /// What it is.
  public var found: String
}

/// Finds the smallest number of clauses that would have to be otherwise (section 5, *nearest*): a clause costs 0 if it has
/// the wanted truth, else 1; *all* adds, *any* takes the least, `at_least` n the n smallest.
struct NearestClauses {
  let wording: Wording
  /// Distances of rules that others ask for, so that each is measured once.
  private let known = KnownDistances()
  private var program: Program { wording.evaluation.program }

  struct Distance {
    var cost = 0
    var clauses: [BlockingClause] = []

    /// Further than whatever can be reached.
    static let never = Distance(cost: 1_000_000)

    static func + (left: Distance, right: Distance) -> Distance {
      Distance(cost: left.cost + right.cost, clauses: left.clauses + right.clauses)
    }
  }

  init(_ wording: Wording) {
    self.wording = wording
  }

  /// What keeps the condition from being true (or false). Ties go to the first part; parts stand in the program's order.
  func distance(of condition: Condition, toBe wanted: Bool = true) -> Distance {
    switch condition {
    case .always, .outcome:
      return wanted ? Distance() : Distance(cost: 1)
    case .test(let variable, let matcher):
      guard wording.evaluation.truth(of: condition) != Truth(wanted) else { return Distance() }
      let asked = wording.matcher(matcher, of: variable)
      let clause = BlockingClause(
        name: program.variables[variable].name, label: wording.label(of: variable),
        needs: wanted ? asked : "anything but \(asked)", found: wording.value(of: variable))
      return Distance(cost: 1, clauses: [clause])
    case .applies(let rule):
      let key = KnownDistances.Key(rule: rule, wanted: wanted)
      if let distance = known.distances[key] { return distance }
      let distance = distance(of: program.rules[rule].condition, toBe: wanted)
      known.distances[key] = distance
      return distance
    case .not(let part): return distance(of: part, toBe: !wanted)
    // The condition of a disabled rule: no answer makes it hold.
    case .any(let parts) where parts.isEmpty && wanted: return .never
    case .all(let parts): return least(wanted ? parts.count : 1, of: parts, toBe: wanted)
    case .any(let parts): return least(wanted ? 1 : parts.count, of: parts, toBe: wanted)
    case .atLeast(let count, let parts):
      return least(wanted ? count : parts.count - count + 1, of: parts, toBe: wanted)
    }
  }

  private func least(_ count: Int, of parts: [Condition], toBe wanted: Bool) -> Distance {
    let distances = parts.map { distance(of: $0, toBe: wanted) }
    let nearest = distances.indices.sorted { (distances[$0].cost, $0) < (distances[$1].cost, $1) }.prefix(max(0, count))
    return nearest.sorted().map { distances[$0] }.reduce(Distance(), +)
  }
}

/// What was measured so far, shared by all copies of the reader.
private final class KnownDistances {
  struct Key: Hashable {
    var rule: Int
    var wanted: Bool
  }

  var distances: [Key: NearestClauses.Distance] = [:]
}
