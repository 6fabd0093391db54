/// What derived facts can be (section 4, clause 4), as in the reference's `DerivedValues.swift`.
extension PlanMachine {
  func derive(_ step: CompiledStep) {
    switch step {
    case .guarded, .holds, .decision: break
    case .count(let variable, let conditions):
      var yes: Int128 = 0
      var open: Int128 = 0
      for condition in conditions.indices {
        let truth = truth(at: Int(tables.references[condition]))
        if truth == .yes { yes += 1 }
        if truth == .unknown { open += 1 }
      }
      let one = Number.unitsPerOne
      set(Int(variable), to: Bounds(lower: yes * one, upper: (yes + open) * one), mayNotApply: false)
    case .sum(let variable, let items, let enteredAs): sum(Int(variable), items, enteredAs: Int(enteredAs))
    case .difference(let variable, let of, let less):
      combine(variable, of, less) { $0 - $1 }
    case .days(let variable, let from, let to):
      combine(variable, to, from) { $0 - $1 }
    case .product(let variable, let first, let second):
      combine(variable, first, second) { Bounds($0.interval * $1.interval) }
    case .points(let variable, let of, let points): self.points(Int(variable), Int(of), points)
    case .bands(let variable, let of, let bands): self.bands(Int(variable), Int(of), bands)
    case .extreme(let variable, let items, let isHighest): extreme(Int(variable), items, isHighest: isHighest)
    case .total(let variable, let decision, let slots): total(Int(variable), Int(decision), slots)
    }
  }

  @inline(__always)
  private func combine(_ variable: Int32, _ first: Int32, _ second: Int32, _ operation: (Bounds, Bounds) -> Bounds) {
    guard !cannotApply(Int(first)), !cannotApply(Int(second)) else { return setNotApplicable(Int(variable)) }
    let one = bounds[tables.places[first].number]
    let other = bounds[tables.places[second].number]
    set(
      Int(variable), to: operation(one, other), mayNotApply: mayNotApply(Int(first)) || mayNotApply(Int(second)))
  }

  /// From the lowest to the highest sum of the items that apply, and whether perhaps none does; `nil` if none can.
  func sum(of items: Span32) -> (bounds: Bounds, mayNotApply: Bool)? {
    var sum = Bounds.zero
    var canApply = false
    var allMayNotApply = true
    for item in items.indices {
      let item = Int(tables.references[item])
      guard !cannotApply(item) else { continue }
      canApply = true
      let own = bounds[tables.places[item].number]
      if mayNotApply(item) {
        sum = sum + own.union(.zero)
      } else {
        sum = sum + own
        allMayNotApply = false
      }
    }
    return canApply ? (sum, allMayNotApply) : nil
  }

  private func sum(_ variable: Int, _ items: Span32, enteredAs: Int) {
    guard let (ofItems, mayNotApply) = sum(of: items) else { return setNotApplicable(variable) }
    var sum = ofItems
    if enteredAs >= 0, !self.mayNotApply(enteredAs) {
      let total = bounds[tables.places[enteredAs].number]
      if total.lower == total.upper { sum = total }
    }
    set(variable, to: sum, mayNotApply: mayNotApply)
  }

  private func points(_ variable: Int, _ of: Int, _ points: Span32) {
    guard !cannotApply(of) else { return setNotApplicable(variable) }
    let place = tables.places[of]
    var result: Bounds?
    if place.kind == .members {
      var sum = Bounds.zero
      for member in 0..<points.count {
        let own = tables.numbers[Int(points.start) + member]
        switch cells[Int(place.at) + member] & SignalLayout.Member.open {
        case SignalLayout.Member.out: break
        case SignalLayout.Member.isIn: sum = sum + Bounds(lower: own, upper: own)
        default: sum = sum + Bounds(lower: min(own, 0), upper: max(own, 0))
        }
      }
      result = sum
    } else {
      for option in 0..<points.count where isPossible(of, option: option) {
        let own = tables.numbers[Int(points.start) + option]
        let single = Bounds(lower: own, upper: own)
        result = result?.union(single) ?? single
      }
    }
    guard let result else { return setNotApplicable(variable) }
    set(variable, to: result, mayNotApply: mayNotApply(of))
  }

  private func bands(_ variable: Int, _ of: Int, _ bands: Span32) {
    guard !cannotApply(of) else { return setNotApplicable(variable) }
    let base = bounds[tables.places[of].number]
    clear(variable)
    for (option, band) in bands.indices.enumerated() {
      let band = tables.bands[band]
      if band.lower <= base.upper, base.lower <= band.upper { setOption(variable, option) }
    }
    if mayNotApply(of) { setMayNotApply(variable) }
  }

  /// From the lowest to the highest number; of options, their places.
  private func range(_ variable: Int) -> Bounds {
    let place = tables.places[variable]
    if place.number >= 0 { return bounds[place.number] }
    var lowest: Int?
    var highest = 0
    for option in 0..<Int(place.cells) where isPossible(variable, option: option) {
      if lowest == nil { lowest = option }
      highest = option
    }
    return Bounds(lower: Int128(lowest ?? 0), upper: Int128(highest))
  }

  private func extreme(_ variable: Int, _ items: Span32, isHighest: Bool) {
    var all: Bounds?
    var certain: Bounds?
    for item in items.indices {
      let item = Int(tables.references[item])
      guard !cannotApply(item) else { continue }
      let own = range(item)
      // `lower` holds the best lower bound, and `upper` the best upper one, of those that can apply, and of those that do.
      all = all?.union(own) ?? own
      if !mayNotApply(item) { certain = certain.map { $0.extreme(own, isHighest: isHighest) } ?? own }
    }
    guard let all else { return setNotApplicable(variable) }
    var result = all
    if let certain {
      if isHighest { result.lower = certain.lower } else { result.upper = certain.upper }
    }
    if tables.places[variable].number >= 0 { return set(variable, to: result, mayNotApply: certain == nil) }
    clear(variable)
    for item in items.indices {
      let item = Int(tables.references[item])
      guard !cannotApply(item) else { continue }
      for option in 0..<Int(tables.places[item].cells)
      where isPossible(item, option: option) && Int128(option) >= result.lower && Int128(option) <= result.upper {
        setOption(variable, option)
      }
    }
    if certain == nil { setMayNotApply(variable) }
  }

  private func total(_ variable: Int, _ decision: Int, _ slots: Span32) {
    guard !cannotApply(Int(tables.decisions[decision].variable)) else { return setNotApplicable(variable) }
    var sum = Bounds.zero
    var isBroken = false
    for slot in slots.indices {
      let slot = Int(tables.references[slot])
      // Nothing is built on a conflict: then the total could be anything.
      if flags[slot].contains(.conflict) { isBroken = true }
      sum = sum + amount(of: slot)
    }
    if isBroken { sum = tables.initialBounds[tables.places[variable].number] }
    set(variable, to: sum, mayNotApply: guardTruths[decision] == .unknown)
  }
}

extension Bounds {
  /// Of two numbers, what the higher or the lower can be.
  func extreme(_ other: Bounds, isHighest: Bool) -> Bounds {
    isHighest
      ? Bounds(lower: max(lower, other.lower), upper: max(upper, other.upper))
      : Bounds(lower: min(lower, other.lower), upper: min(upper, other.upper))
  }
}
