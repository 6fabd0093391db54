/// What variables can be, while a plan is worked out.
extension PlanMachine {
  @inline(__always)
  func mayNotApply(_ variable: Int) -> Bool {
    let place = tables.places[variable]
    return cells[place.lastWord] & place.notApplicable != 0
  }

  @inline(__always)
  func cannotApply(_ variable: Int) -> Bool {
    let place = tables.places[variable]
    guard cells[place.lastWord] == place.notApplicable else { return false }
    return place.words == 1 || place.kind == .members || hasNoOtherCells(place)
  }

  private func hasNoOtherCells(_ place: SignalLayout.Place) -> Bool {
    for word in place.at..<(place.at + place.words) where word != place.lastWord && cells[word] != 0 { return false }
    return true
  }

  /// Whether just one thing is possible.
  func isSettled(_ variable: Int) -> Bool {
    let place = tables.places[variable]
    if cannotApply(variable) { return true }
    switch place.kind {
    case .members:
      for word in place.at..<(place.at + place.words) {
        let member = cells[word]
        if member & (member &- 1) != 0 { return false }
      }
      return true
    case .number:
      let bounds = bounds[place.number]
      return bounds.lower == bounds.upper && !mayNotApply(variable)
    case .options:
      if place.words == 1 { return cells[place.at] != 0 && cells[place.at] & (cells[place.at] &- 1) == 0 }
      var count = 0
      for word in place.at..<(place.at + place.words) { count += cells[word].nonzeroBitCount }
      return count == 1
    }
  }

  /// The number or day that a variable has for sure; `nil` if it has none, or may have another.
  package func settledNumber(_ variable: Int) -> Number? {
    let place = tables.places[variable]
    guard place.number >= 0, isSettled(variable), !cannotApply(variable) else { return nil }
    return Number(scaled: bounds[place.number].lower)
  }

  @inline(__always)
  func clear(_ variable: Int) {
    let place = tables.places[variable]
    cells.fill(place.at, count: place.words, with: 0)
  }

  func setNotApplicable(_ variable: Int) {
    let place = tables.places[variable]
    if place.kind == .members {
      cells.fill(place.at, count: place.words, with: SignalLayout.Member.notApplicable)
    } else {
      clear(variable)
      cells[place.lastWord] = place.notApplicable
    }
    if place.recordedAt >= 0 { cells[place.recordedAt] = SignalLayout.Recorded.notApplicable }
  }

  func setMayNotApply(_ variable: Int) {
    let place = tables.places[variable]
    if place.kind == .members {
      for word in place.at..<(place.at + place.words) { cells[word] |= SignalLayout.Member.notApplicable }
    } else {
      cells[place.lastWord] |= place.notApplicable
    }
    if place.recordedAt >= 0 { cells[place.recordedAt] |= SignalLayout.Recorded.notApplicable }
  }

  /// Limits a variable by its guard: nothing while that is false, perhaps nothing while it is unknown.
  func apply(_ guardTruth: CompiledTruth, to variable: Int) {
    if guardTruth == .no { setNotApplicable(variable) }
    if guardTruth == .unknown { setMayNotApply(variable) }
  }

  /// Makes a number or date possible within bounds.
  func set(_ variable: Int, to bounds: Bounds, mayNotApply: Bool) {
    let place = tables.places[variable]
    self.bounds[place.number] = bounds
    cells.setCells(of: place, bounds, tables.cuts)
    if mayNotApply { setMayNotApply(variable) }
  }

  /// Makes every value of the domain possible.
  func setToDomain(_ variable: Int) {
    let place = tables.places[variable]
    for word in place.at..<(place.at + place.words) { cells[word] = tables.initialCells[word] }
    if place.number >= 0 { bounds[place.number] = tables.initialBounds[place.number] }
  }

  func setOption(_ variable: Int, _ option: Int) {
    cells[Int(tables.places[variable].at) + option >> 6] |= 1 << UInt64(option & 63)
  }

  func isPossible(_ variable: Int, option: Int) -> Bool {
    cells[Int(tables.places[variable].at) + option >> 6] & (1 << UInt64(option & 63)) != 0
  }
}

extension Table<UInt64> {
  /// Sets the cells of a number's signal that its bounds touch, and no others.
  func setCells(of place: SignalLayout.Place, _ bounds: Bounds, _ cuts: Table<Int128>) {
    // Many numbers are compared with nothing.
    if place.cuts.isEmpty { return self[place.at] = 1 }
    let first = cuts.cell(of: bounds.lower, in: place.cuts)
    let last = bounds.lower == bounds.upper ? first : cuts.cell(of: bounds.upper, in: place.cuts)
    if place.words == 1 {
      self[place.at] = (~0 << UInt64(first)) & (~0 >> UInt64(63 - last))
      return
    }
    for word in 0..<Int(place.words) {
      let from = Swift.max(first - word << 6, 0)
      let to = Swift.min(last - word << 6, 63)
      self[Int(place.at) + word] = from > to ? 0 : (~0 << UInt64(from)) & (~0 >> UInt64(63 - to))
    }
  }
}

extension Table<Int128> {
  /// How many cuts are not above a number, by binary search.
  func cell(of number: Int128, in cuts: Span32) -> Int {
    var low = Int(cuts.start)
    var high = Int(cuts.end)
    while low < high {
      let middle = (low + high) >> 1
      if self[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return low - Int(cuts.start)
  }
}
