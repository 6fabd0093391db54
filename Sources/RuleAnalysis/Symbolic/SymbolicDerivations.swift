import RuleEngine

/// What a derived fact can be, as formulas (section 4, clause 4).
extension SymbolicEvaluation {
  func derived(_ derivation: Derivation, domain: Domain) -> SymbolicValues {
    switch derivation {
    case .holds(let condition):
      let truth = truth(of: condition)
      return applicable(.options([bank.not(truth.must), truth.may]))
    case .count(let conditions):
      let truths = conditions.map(truth(of:))
      return number(
        bank.sum(truths.map { one(if: $0.must) }), bank.sum(truths.map { one(if: $0.may) }), cannotApply: .no,
        mayNotApply: .no)
    case .sum(let items, let enteredAs): return entered(enteredAs, or: sum(of: items))
    case .difference(let of, let less): return difference(of, less)
    case .days(let from, let to): return difference(to, from)
    case .product(let first, let second): return product(first, second)
    case .points(let of, let points): return self.points(values[of], points)
    case .bands(let of, let bands): return self.bands(values[of], bands)
    case .highest(let items): return extreme(items.map { values[$0] }, isHighest: true)
    case .lowest(let items): return extreme(items.map { values[$0] }, isHighest: false)
    case .total(let decision, let slots): return total(decision, slots, domain)
    }
  }

  private func applicable(_ values: SymbolicValues.Values) -> SymbolicValues {
    SymbolicValues(values: values, cannotApply: .no, mayNotApply: .no)
  }

  private func one(if term: Term) -> Term { bank.choose(term, bank.whole(scale.perOne), bank.whole(0)) }

  private func constant(_ number: Number) -> Term { bank.whole(scale.floor(number)) }

  private func number(_ lower: Term, _ upper: Term, cannotApply: Term, mayNotApply: Term) -> SymbolicValues {
    SymbolicValues(
      values: .interval(lower: lower, upper: upper, isSingle: bank.isEqual(lower, upper)), cannotApply: cannotApply,
      mayNotApply: bank.any(mayNotApply, cannotApply))
  }

  // MARK: Sums

  func sum(_ loosened: LoosenedSum) -> SymbolicValues {
    let item = sum(of: [loosened.item])
    let all = sum(of: [loosened.item] + loosened.others)
    return entered(
      loosened.enteredAs,
      or: (
        bank.sum([item.lower, loosened.rest]), bank.sum([item.upper, loosened.rest]), all.cannotApply, all.mayNotApply
      ))
  }

  typealias Sum = (lower: Term, upper: Term, cannotApply: Term, mayNotApply: Term)

  /// What is entered in place of the items, if it is, else the sum of the items.
  private func entered(_ total: Int?, or items: Sum) -> SymbolicValues {
    guard let total, case .interval(let least, let most, let isSingle) = values[total].values else {
      return number(items.lower, items.upper, cannotApply: items.cannotApply, mayNotApply: items.mayNotApply)
    }
    let isEntered = bank.all(isSingle, bank.not(values[total].mayNotApply))
    return number(
      bank.choose(isEntered, least, items.lower), bank.choose(isEntered, most, items.upper),
      cannotApply: items.cannotApply, mayNotApply: items.mayNotApply)
  }

  /// From the lowest to the highest sum of those that apply.
  func sum(of items: [Int]) -> Sum {
    let zero = bank.whole(0)
    var lower: [Term] = []
    var upper: [Term] = []
    for item in items {
      guard case .interval(let least, let most, _) = values[item].values else { continue }
      let (cannot, mayNot) = (values[item].cannotApply, values[item].mayNotApply)
      lower.append(bank.choose(cannot, zero, bank.choose(mayNot, bank.lesser(zero, least), least)))
      upper.append(bank.choose(cannot, zero, bank.choose(mayNot, bank.greater(zero, most), most)))
    }
    return (
      bank.sum(lower), bank.sum(upper), bank.all(items.map { values[$0].cannotApply }),
      bank.all(items.map { values[$0].mayNotApply })
    )
  }

  private func difference(_ of: Int, _ less: Int) -> SymbolicValues {
    guard case .interval(let one, let two, _) = values[of].values,
      case .interval(let three, let four, _) = values[less].values
    else { return .notApplicable }
    return number(
      bank.difference(one, four), bank.difference(two, three),
      cannotApply: bank.any(values[of].cannotApply, values[less].cannotApply),
      mayNotApply: bank.any(values[of].mayNotApply, values[less].mayNotApply))
  }

  private func total(_ decision: Int, _ slots: [Int], _ domain: Domain) -> SymbolicValues {
    let variable = program.decisions[decision].variable
    let outcomes = slots.map { slotOutcomes[decision][$0] }
    let amounts = outcomes.map(amount(of:))
    let isBroken = bank.any(outcomes.map(\.conflict))
    let whole = interval(domain)
    return number(
      bank.choose(isBroken, whole.lower, bank.sum(amounts.map(\.lower))),
      bank.choose(isBroken, whole.upper, bank.sum(amounts.map(\.upper))),
      cannotApply: values[variable].cannotApply, mayNotApply: bank.not(guardTruths[decision].must))
  }

  // MARK: Products

  private func product(_ first: Int, _ second: Int) -> SymbolicValues {
    guard case .interval(let one, let two, _) = values[first].values,
      case .interval(let three, let four, _) = values[second].values
    else { return .notApplicable }
    let lower: Term
    let upper: Term
    if bank.bounds(of: one).lowerBound >= 0, bank.bounds(of: three).lowerBound >= 0 {
      (lower, upper) = (product(one, three), product(two, four))
    } else {
      let corners = [product(one, three), product(one, four), product(two, three), product(two, four)]
      lower = corners.dropFirst().reduce(corners[0], bank.lesser)
      upper = corners.dropFirst().reduce(corners[0], bank.greater)
    }
    return number(
      lower, upper, cannotApply: bank.any(values[first].cannotApply, values[second].cannotApply),
      mayNotApply: bank.any(values[first].mayNotApply, values[second].mayNotApply))
  }

  /// The product of two decisions, whose values are constants that rules recommend: constant by constant, so that nothing
  /// but sums is left to the solver.
  private func product(_ first: Term, _ second: Term) -> Term {
    switch (bank.node(first), bank.node(second)) {
    case (.choose(let condition, let one, let two), _):
      return bank.choose(condition, product(one, second), product(two, second))
    case (.whole(let factor), _) where factor % scale.perOne == 0:
      return bank.times(factor / scale.perOne, second)
    case (_, .choose(let condition, let one, let two)):
      return bank.choose(condition, product(first, one), product(first, two))
    case (_, .whole(let factor)) where factor % scale.perOne == 0:
      return bank.times(factor / scale.perOne, first)
    case (.whole(let one), .whole(let two)): return bank.whole(one * two / scale.perOne)
    // A constant with a fraction: the amount is gone through instead.
    case (.whole, _): return product(second, first)
    default:
      // An amount that fills what others leave: value by value.
      let range = bank.bounds(of: first)
      var result = product(bank.whole(range.upperBound), second)
      for value in stride(from: range.upperBound - 1, through: range.lowerBound, by: -1) {
        let constant = bank.whole(value)
        result = bank.choose(bank.isAtMost(first, constant), product(constant, second), result)
      }
      return result
    }
  }

  // MARK: Points and bands

  private func points(_ base: SymbolicValues, _ points: [Number]) -> SymbolicValues {
    let zero = bank.whole(0)
    switch base.values {
    case .options(let options):
      let order = options.indices.sorted { (points[$0], $0) < (points[$1], $1) }
      var lower = constant(points[order.last ?? 0])
      for option in order.reversed() { lower = bank.choose(options[option], constant(points[option]), lower) }
      var upper = constant(points[order.first ?? 0])
      for option in order { upper = bank.choose(options[option], constant(points[option]), upper) }
      return number(lower, upper, cannotApply: base.cannotApply, mayNotApply: base.mayNotApply)
    case .members(let members):
      var lower: [Term] = []
      var upper: [Term] = []
      for (member, number) in zip(members, points) {
        let isPositive = number >= .zero
        lower.append(bank.choose(isPositive ? member.must : member.may, constant(number), zero))
        upper.append(bank.choose(isPositive ? member.may : member.must, constant(number), zero))
      }
      return number(bank.sum(lower), bank.sum(upper), cannotApply: base.cannotApply, mayNotApply: base.mayNotApply)
    case .none, .interval: return .notApplicable
    }
  }

  private func bands(_ base: SymbolicValues, _ bands: [Interval]) -> SymbolicValues {
    guard case .interval(let lower, let upper, _) = base.values else { return .notApplicable }
    let touched = bands.map { band in
      bank.all(
        bank.isAtMost(bank.whole(scale.ceiling(band.lower)), upper),
        bank.isAtMost(lower, bank.whole(scale.floor(band.upper))))
    }
    return SymbolicValues(values: .options(touched), cannotApply: base.cannotApply, mayNotApply: base.mayNotApply)
  }

  // MARK: The highest and the lowest

  private func extreme(_ items: [SymbolicValues], isHighest: Bool) -> SymbolicValues {
    let cannotApply = bank.all(items.map(\.cannotApply))
    let mayNotApply = bank.all(items.map(\.mayNotApply))
    if items.contains(where: { if case .options = $0.values { true } else { false } }) {
      return SymbolicValues(
        values: .options(extremeOptions(items, isHighest: isHighest)), cannotApply: cannotApply,
        mayNotApply: mayNotApply)
    }
    // `near` is the bound that each item pushes, `far` the one that only an item that surely applies can push.
    // One beyond all that the items can be.
    let ranges = items.compactMap { item in
      if case .interval(let lower, let upper, _) = item.values {
        bank.bounds(of: lower).lowerBound...bank.bounds(of: upper).upperBound
      } else {
        nil
      }
    }
    let below = bank.whole((ranges.map(\.lowerBound).min() ?? 0) - 1)
    let above = bank.whole((ranges.map(\.upperBound).max() ?? 0) + 1)
    let none = isHighest ? below : above
    func further(_ first: Term, _ second: Term) -> Term {
      isHighest ? bank.greater(first, second) : bank.lesser(first, second)
    }
    func nearer(_ first: Term, _ second: Term) -> Term {
      isHighest ? bank.lesser(first, second) : bank.greater(first, second)
    }
    var near = none
    var certain = none
    var loosest = isHighest ? above : below
    for item in items {
      guard case .interval(let lower, let upper, _) = item.values else { continue }
      let (outer, inner) = isHighest ? (upper, lower) : (lower, upper)
      near = bank.choose(item.cannotApply, near, further(near, outer))
      certain = bank.choose(item.mayNotApply, certain, further(certain, inner))
      loosest = bank.choose(item.cannotApply, loosest, nearer(loosest, inner))
    }
    let far = bank.choose(mayNotApply, loosest, certain)
    return isHighest
      ? number(far, near, cannotApply: cannotApply, mayNotApply: mayNotApply)
      : number(near, far, cannotApply: cannotApply, mayNotApply: mayNotApply)
  }

  /// An option is possible if an item that may apply can have it, and no item that surely applies must lie beyond it.
  private func extremeOptions(_ items: [SymbolicValues], isHighest: Bool) -> [Term] {
    let options: [(possible: [Term], item: SymbolicValues)] = items.compactMap { item in
      if case .options(let possible) = item.values { (possible, item) } else { nil }
    }
    let count = options.map(\.possible.count).max() ?? 0
    return (0..<count).map { option in
      let isHad = bank.any(options.map { bank.all(bank.not($0.item.cannotApply), $0.possible[option]) })
      let reach = options.map { possible, item in
        let within = isHighest ? possible[...option] : possible[option...]
        return bank.any(item.mayNotApply, bank.any(within))
      }
      return bank.all([isHad] + reach)
    }
  }
}
