/// What a derived fact can be, given what the facts below it can be (section 4, clause 4).
extension Evaluator {
  func possibleValues(of derivation: Derivation, domain: Domain) -> PossibleValues {
    switch derivation {
    case .holds(let condition):
      return PossibleValues(truth(of: condition))
    case .count(let conditions):
      let truths = conditions.map(truth(of:))
      let yes = truths.count { $0 == .yes }
      let open = truths.count { $0 == .unknown }
      return number(Interval(Number(yes), Number(yes + open)))
    case .sum(let items, let enteredAs):
      return sum(items, enteredAs: enteredAs)
    case .difference(let of, let less):
      return combine(of, less) { $0 - $1 }
    case .days(let from, let to):
      return combine(to, from) { $0 - $1 }
    case .product(let first, let second):
      return combine(first, second) { $0 * $1 }
    case .points(let of, let points):
      return self.points(values[of], points)
    case .bands(let of, let bands):
      let base = values[of]
      guard let interval = base.interval else { return .notApplicable }
      let touched = bands.indices.filter { bands[$0].overlaps(interval) }
      return PossibleValues(values: .options(Set(touched)), mayNotApply: base.mayNotApply)
    case .highest(let items):
      return extreme(items.map { values[$0] }, isHighest: true)
    case .lowest(let items):
      return extreme(items.map { values[$0] }, isHighest: false)
    case .total(let decision, let slots):
      guard !values[program.decisions[decision].variable].cannotApply else { return .notApplicable }
      // Nothing is built on a conflict: then the total could be anything.
      let isBroken = slots.contains { slotsRead[decision][$0].contains(.conflict) }
      let sum = slots.map { amount(of: slotsRead[decision][$0]) }.reduce(Interval(.zero), +)
      let total = isBroken ? domain.interval ?? sum : sum
      return number(total, mayNotApply: guardTruths[decision] == .unknown)
    }
  }

  private func number(_ interval: Interval, mayNotApply: Bool = false) -> PossibleValues {
    PossibleValues(values: .interval(interval), mayNotApply: mayNotApply)
  }

  private func combine(_ first: Int, _ second: Int, _ operation: (Interval, Interval) -> Interval) -> PossibleValues {
    guard let one = values[first].interval, let other = values[second].interval else { return .notApplicable }
    return number(operation(one, other), mayNotApply: values[first].mayNotApply || values[second].mayNotApply)
  }

  /// An item that does not apply adds nothing. A total that was entered stands for the items, and applies where they do.
  private func sum(_ items: [Int], enteredAs: Int?) -> PossibleValues {
    guard let (items, mayNotApply) = values.sum(of: items) else { return .notApplicable }
    var sum = items
    if let enteredAs, let total = values[enteredAs].interval, total.single != nil, !values[enteredAs].mayNotApply {
      sum = total
    }
    return number(sum, mayNotApply: mayNotApply)
  }

  private func points(_ base: PossibleValues, _ points: [Number]) -> PossibleValues {
    switch base.values {
    case .options(let options):
      let possible = options.map { points[$0] }
      guard let lowest = possible.min(), let highest = possible.max() else { return .notApplicable }
      return number(Interval(lowest, highest), mayNotApply: base.mayNotApply)
    case .members(let members):
      let sum = members.indices.map { index in
        switch members[index] {
        case .no: Interval(.zero)
        case .yes: Interval(points[index])
        case .unknown: Interval(points[index]).union(Interval(.zero))
        }
      }.reduce(Interval(.zero), +)
      return number(sum, mayNotApply: base.mayNotApply)
    case .none, .interval:
      return .notApplicable
    }
  }

  /// Of the items that apply, the highest or lowest. Options are compared by their places, which give their order.
  private func extreme(_ items: [PossibleValues], isHighest: Bool) -> PossibleValues {
    let applicable = items.filter { !$0.cannotApply }
    let ranges = applicable.map(\.range)
    guard !ranges.isEmpty else { return .notApplicable }
    let certain = zip(applicable, ranges).filter { !$0.0.mayNotApply }.map(\.1)
    let lower: Number
    let upper: Number
    if isHighest {
      upper = ranges.map(\.upper).max()!
      lower = certain.map(\.lower).max() ?? ranges.map(\.lower).min()!
    } else {
      lower = ranges.map(\.lower).min()!
      upper = certain.map(\.upper).min() ?? ranges.map(\.upper).max()!
    }
    let range = Interval(lower, upper)
    let mayNotApply = certain.isEmpty
    if case .interval = applicable[0].values { return number(range, mayNotApply: mayNotApply) }
    var options: Set<Int> = []
    for item in applicable {
      if case .options(let possible) = item.values { options.formUnion(possible) }
    }
    return PossibleValues(values: .options(options.filter { range.contains(Number($0)) }), mayNotApply: mayNotApply)
  }
}

extension PossibleValues {
  /// From the lowest to the highest; of options, their places.
  fileprivate var range: Interval {
    switch values {
    case .interval(let interval): interval
    case .options(let options): Interval(Number(options.min() ?? 0), Number(options.max() ?? 0))
    case .none, .members: Interval(.zero)
    }
  }
}

extension [PossibleValues] {
  /// From the lowest to the highest sum of those that apply, and whether perhaps none does; `nil` if none can.
  package func sum(of items: [Int]) -> (interval: Interval, mayNotApply: Bool)? {
    var sum = Interval(.zero)
    var canApply = false
    var mayNotApply = true
    for item in items {
      guard let interval = self[item].interval else { continue }
      canApply = true
      if self[item].mayNotApply {
        sum = sum + interval.union(Interval(.zero))
      } else {
        sum = sum + interval
        mayNotApply = false
      }
    }
    return canApply ? (sum, mayNotApply) : nil
  }
}
