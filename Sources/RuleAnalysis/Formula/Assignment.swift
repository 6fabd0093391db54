/// Values for the unknowns of a ``TermBank``, and through them for every term.
struct Assignment {
  var booleans: [String: Bool] = [:]
  var integers: [String: Int128] = [:]

  /// Whether an unknown truth, or its opposite, holds.
  func holds(_ term: Term, in bank: TermBank) -> Bool {
    switch bank.node(term) {
    case .boolean(let name): booleans[name] ?? false
    case .not(let inner): !holds(inner, in: bank)
    default: false
    }
  }

  /// The value of every term, by its place: 0 and 1 for truths. An unknown that is not named is no, or its lowest value.
  func values(in bank: TermBank) -> [Int128] {
    var values: [Int128] = []
    values.reserveCapacity(bank.nodes.count)
    func holds(_ term: Term) -> Bool { values[term.place] != 0 }
    for (place, node) in bank.nodes.enumerated() {
      let value: Int128 =
        switch node {
        case .constant(let constant): constant ? 1 : 0
        case .boolean(let name): booleans[name] ?? false ? 1 : 0
        case .not(let term): holds(term) ? 0 : 1
        case .all(let terms): terms.allSatisfy(holds) ? 1 : 0
        case .any(let terms): terms.contains(where: holds) ? 1 : 0
        case .choose(let condition, let first, let second): values[(holds(condition) ? first : second).place]
        case .whole(let number): number
        case .integer(let name): integers[name] ?? bank.bounds(ofPlace: place).lowerBound
        case .sum(let terms): terms.reduce(0) { $0 + values[$1.place] }
        case .times(let factor, let term): factor * values[term.place]
        case .isAtMost(let first, let second): values[first.place] <= values[second.place] ? 1 : 0
        }
      values.append(value)
    }
    return values
  }
}
