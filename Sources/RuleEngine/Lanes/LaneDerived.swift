/// What derived facts can be (section 4, clause 4), as in ``PlanMachine``.
extension LaneMachine {
  func derive(_ step: CompiledStep) {
    switch step {
    case .guarded, .holds, .decision: break
    case .count(let variable, let conditions): count(Int(variable), conditions)
    case .sum(let variable, let items, let enteredAs): sum(Int(variable), items, enteredAs: Int(enteredAs))
    case .difference(let variable, let of, let less): combine(variable, of, less) { $0 - $1 }
    case .days(let variable, let from, let to): combine(variable, to, from) { $0 - $1 }
    case .product(let variable, let first, let second):
      combine(variable, first, second) { Bounds($0.interval * $1.interval) }
    case .points(let variable, let of, let points): self.points(Int(variable), Int(of), points)
    case .bands(let variable, let of, let bands): self.bands(Int(variable), Int(of), bands)
    case .extreme(let variable, let items, let isHighest): extreme(Int(variable), items, isHighest: isHighest)
    case .total(let variable, let decision, let slots): total(Int(variable), Int(decision), slots)
    }
  }

  /// Sets a number in each lane in which it can apply.
  @inline(__always)
  func set(
    _ variable: Int, mayNotApply: UInt64, cannotApply: UInt64, _ number: (_ lane: Int) -> Bounds
  ) {
    let place = tables.places[variable]
    clear(place)
    singleNumbers[place.number] = 0
    for lane in 0..<laneCount where cannotApply >> UInt64(lane) & 1 == 0 {
      set(place, lane: lane, to: number(lane))
    }
    cells[notApplicableCell(place)] = mayNotApply | cannotApply
  }

  private func bounds(of variable: Int) -> LaneNumbers { bounds(Int(tables.places[variable].number)) }

  private func count(_ variable: Int, _ conditions: Span32) {
    numbers.fill(with: .zero)
    for condition in conditions.indices {
      let truth = truth(at: Int(tables.references[condition]))
      truth.sure.forEachLane { numbers[$0].lower += Number.unitsPerOne }
      truth.may.forEachLane { numbers[$0].upper += Number.unitsPerOne }
    }
    set(variable, mayNotApply: 0, cannotApply: 0) { numbers[$0] }
  }

  @inline(__always)
  private func combine(_ variable: Int32, _ first: Int32, _ second: Int32, _ operation: (Bounds, Bounds) -> Bounds) {
    let (first, second) = (Int(first), Int(second))
    let (one, other) = (bounds(of: first), bounds(of: second))
    set(
      Int(variable), mayNotApply: mayNotApply(first) | mayNotApply(second),
      cannotApply: cannotApply(first) | cannotApply(second)
    ) { operation(one[$0], other[$0]) }
  }

  /// Leaves in ``numbers`` the lowest and highest sums of the items that apply.
  ///
  /// - Returns: the lanes in which perhaps none applies, and in which none can.
  func sum(of items: Span32) -> (mayNotApply: UInt64, cannotApply: UInt64) {
    numbers.fill(with: .zero)
    let everyone = UInt64.lanes(laneCount)
    var canApply: UInt64 = 0
    var allMayNotApply: UInt64 = ~0
    for item in items.indices {
      let item = Int(tables.references[item])
      let own = ~cannotApply(item)
      let open = mayNotApply(item)
      canApply |= own
      allMayNotApply &= ~own | open
      let bounds = bounds(of: item)
      (own & ~open & everyone).forEachLane { numbers[$0] = numbers[$0] + bounds[$0] }
      (own & open & everyone).forEachLane { numbers[$0] = numbers[$0] + bounds[$0].union(.zero) }
    }
    return (allMayNotApply, ~canApply)
  }

  private func sum(_ variable: Int, _ items: Span32, enteredAs: Int) {
    let (mayNotApply, cannotApply) = sum(of: items)
    if enteredAs >= 0 {
      let entered = singleNumbers[tables.places[enteredAs].number] & ~self.mayNotApply(enteredAs)
      let totals = bounds(of: enteredAs)
      (entered & .lanes(laneCount)).forEachLane { numbers[$0] = totals[$0] }
    }
    set(variable, mayNotApply: mayNotApply, cannotApply: cannotApply) { numbers[$0] }
  }

  private func points(_ variable: Int, _ of: Int, _ points: Span32) {
    let place = tables.places[of]
    let first = cells(of: place).lowerBound
    numbers.fill(with: .zero)
    var found: UInt64 = 0
    for index in 0..<points.count {
      let own = tables.numbers[Int(points.start) + index]
      let single = Bounds(lower: own, upper: own)
      if place.kind == .members {
        let isIn = cells[first + index * 3 + 1]
        let open = isIn & cells[first + index * 3]
        (isIn & ~open).forEachLane { numbers[$0] = numbers[$0] + single }
        open.forEachLane { numbers[$0] = numbers[$0] + single.union(.zero) }
      } else {
        let possible = cells[first + index]
        (possible & ~found).forEachLane { numbers[$0] = single }
        (possible & found).forEachLane { numbers[$0] = numbers[$0].union(single) }
        found |= possible
      }
    }
    let cannotApply = cannotApply(of) | (place.kind == .members ? 0 : ~found)
    set(variable, mayNotApply: mayNotApply(of), cannotApply: cannotApply) { numbers[$0] }
  }

  private func bands(_ variable: Int, _ of: Int, _ bands: Span32) {
    let place = tables.places[variable]
    let cannotApply = cannotApply(of)
    let mayNotApply = mayNotApply(of)
    clear(place)
    let first = cells(of: place).lowerBound
    let bounds = bounds(of: of)
    for lane in 0..<laneCount where cannotApply >> UInt64(lane) & 1 == 0 {
      let base = bounds[lane]
      for (option, band) in bands.indices.enumerated() {
        let band = tables.bands[band]
        if band.lower <= base.upper, base.lower <= band.upper { cells[first + option] |= 1 << UInt64(lane) }
      }
    }
    cells[notApplicableCell(place)] = mayNotApply | cannotApply
  }

  private func total(_ variable: Int, _ decision: Int, _ slots: Span32) {
    let whole = tables.initialBounds[tables.places[variable].number]
    var broken: UInt64 = 0
    others.fill(with: .zero)
    for slot in slots.indices {
      let slot = Int(tables.references[slot])
      // Nothing is built on a conflict: then the total could be anything.
      broken |= outcomes[slotPlaces[slot].conflict]
      let some = readAmounts(of: slot)
      for lane in 0..<laneCount where some >> UInt64(lane) & 1 != 0 {
        others[lane] = others[lane] + numbers[lane]
      }
    }
    set(
      variable, mayNotApply: guardTruths[decision].open,
      cannotApply: cannotApply(Int(tables.decisions[decision].variable))
    ) { broken >> UInt64($0) & 1 != 0 ? whole : others[$0] }
  }

  private func extreme(_ variable: Int, _ items: Span32, isHighest: Bool) {
    let place = tables.places[variable]
    // In each lane, the lowest and the highest of all items that can apply, and the best of both bounds of those that do.
    let (all, certain) = (numbers, others)
    var anyApplies: UInt64 = 0
    var anyCertain: UInt64 = 0
    for item in items.indices {
      let item = Int(tables.references[item])
      let applies = ~cannotApply(item)
      let surely = applies & ~mayNotApply(item)
      for lane in 0..<laneCount where applies >> UInt64(lane) & 1 != 0 {
        let own = range(item, lane)
        let bit: UInt64 = 1 << UInt64(lane)
        all[lane] = anyApplies & bit != 0 ? all[lane].union(own) : own
        anyApplies |= bit
        guard surely & bit != 0 else { continue }
        certain[lane] = anyCertain & bit != 0 ? certain[lane].extreme(own, isHighest: isHighest) : own
        anyCertain |= bit
      }
    }
    anyCertain.forEachLane {
      if isHighest { all[$0].lower = certain[$0].lower } else { all[$0].upper = certain[$0].upper }
    }
    if place.number >= 0 { return set(variable, mayNotApply: ~anyCertain, cannotApply: ~anyApplies) { all[$0] } }
    clear(place)
    let first = cells(of: place).lowerBound
    for item in items.indices {
      let item = Int(tables.references[item])
      let itemPlace = tables.places[item]
      let applies = ~cannotApply(item)
      let itemFirst = cells(of: itemPlace).lowerBound
      for option in 0..<Int(itemPlace.cells) {
        (cells[itemFirst + option] & applies).forEachLane { lane in
          if Int128(option) >= all[lane].lower, Int128(option) <= all[lane].upper {
            cells[first + option] |= 1 << UInt64(lane)
          }
        }
      }
    }
    cells[notApplicableCell(place)] = ~anyCertain
  }

  /// From the lowest to the highest number; of options, their places.
  private func range(_ variable: Int, _ lane: Int) -> Bounds {
    let place = tables.places[variable]
    if place.number >= 0 { return bounds(of: variable)[lane] }
    let first = cells(of: place).lowerBound
    var lowest: Int?
    var highest = 0
    for option in 0..<Int(place.cells) where cells[first + option] >> UInt64(lane) & 1 != 0 {
      if lowest == nil { lowest = option }
      highest = option
    }
    return Bounds(lower: Int128(lowest ?? 0), upper: Int128(highest))
  }
}
