/// What variables can be, while plans are worked out.
extension LaneMachine {
  /// The words of a variable's cells.
  @inline(__always)
  func cells(of place: SignalLayout.Place) -> Range<Int> {
    Int(cellAt[place.at])..<Int(cellAt[place.at + place.words])
  }

  /// Where the cell *not applicable* of a variable stands; of members, that of the first.
  @inline(__always)
  func notApplicableCell(_ place: SignalLayout.Place) -> Int {
    Int(cellAt[place.lastWord]) + place.notApplicable.trailingZeroBitCount
  }

  /// The lanes in which a variable may not apply.
  @inline(__always)
  func mayNotApply(_ variable: Int) -> UInt64 { cells[notApplicableCell(tables.places[variable])] }

  /// The lanes in which it surely does not.
  func cannotApply(_ variable: Int) -> UInt64 {
    let place = tables.places[variable]
    let own = notApplicableCell(place)
    var result = cells[own]
    if result == 0 { return 0 }
    if place.kind == .members { return result & ~(cells[own - 1] | cells[own - 2]) }
    for cell in cells(of: place) where cell != own { result &= ~cells[cell] }
    return result
  }

  /// The lanes in which just one thing is possible.
  func isSettled(_ variable: Int) -> UInt64 {
    let place = tables.places[variable]
    switch place.kind {
    case .members:
      var settled: UInt64 = ~0
      for word in place.at..<(place.at + place.words) {
        var counter = LaneCounter()
        for cell in Int(cellAt[word])..<Int(cellAt[word + 1]) { counter.add(cells[cell]) }
        settled &= ~counter.twice
      }
      return settled | cannotApply(variable)
    case .number:
      return singleNumbers[place.number] & ~mayNotApply(variable) | cannotApply(variable)
    case .options:
      var counter = LaneCounter()
      for cell in cells(of: place) { counter.add(cells[cell]) }
      return counter.exactlyOnce
    }
  }

  /// What facts can be by the answers, before their guards are asked.
  func begin(_ intake: LaneIntake) {
    let layout = program.compiled.layout
    for word in 0..<layout.factWords {
      let open = ~intake.answered[word]
      let initial = tables.initialCells[word]
      let first = Int(cellAt[word])
      for cell in first..<Int(cellAt[word + 1]) {
        let isPossible = 0 &- (initial &>> UInt64(truncatingIfNeeded: cell - first) & 1)
        cells[cell] = intake.cells[cell] | open & isPossible
      }
    }
    for fact in program.compiled.status.facts {
      let number = tables.places[fact].number
      guard number >= 0 else { continue }
      let whole = tables.initialBounds[number]
      singleNumbers[number] = whole.lower == whole.upper ? ~0 : intake.valued[fact]
    }
  }

  /// Limits a variable by its guard: nothing where that is false, perhaps nothing where it is unknown.
  func limit(_ variable: Int, by truth: LaneTruth) {
    let place = tables.places[variable]
    for cell in cells(of: place) { cells[cell] &= truth.may }
    let first = notApplicableCell(place)
    for cell in stride(from: first, to: place.kind == .members ? cells(of: place).upperBound : first + 1, by: 3) {
      cells[cell] |= ~truth.sure
    }
    guard place.recordedAt >= 0 else { return }
    let recorded = Int(cellAt[place.recordedAt])
    for cell in recorded..<(recorded + 3) { cells[cell] &= truth.may }
    cells[recorded + 3] |= ~truth.sure
  }

  func clear(_ place: SignalLayout.Place) {
    for cell in cells(of: place) { cells[cell] = 0 }
  }

  /// Makes a number or date possible within bounds, in one lane. The cells of the variable are clear.
  @inline(__always)
  func set(_ place: SignalLayout.Place, lane: Int, to own: Bounds) {
    bounds(Int(place.number))[lane] = own
    let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: lane)
    if own.lower == own.upper { singleNumbers[place.number] |= bit }
    let at = Int(cellAt[place.at])
    // Many numbers are compared with nothing.
    if place.cuts.isEmpty { return cells[at] |= bit }
    let first = tables.cuts.cell(of: own.lower, in: place.cuts)
    let last = own.lower == own.upper ? first : tables.cuts.cell(of: own.upper, in: place.cuts)
    for cell in first...last { cells[at + cell] |= bit }
  }
}
