/// The answers of up to 64 people, each in a lane, as ``CompiledIntake`` holds those of one.
///
/// Answers are given lane by lane: ``begin()`` goes on to the next. Each fact is answered once in a lane; ``reset()`` forgets
/// everyone.
package final class LaneIntake: AnswerSheet {
  package static let laneCount = 64

  let program: LaneProgram
  private let tables: CompiledTables
  let cellAt: Table<Int32>
  /// The cells that answers leave.
  let cells: Table<UInt64>
  /// For each word of the signals, the lanes in which it was answered.
  let answered: Table<UInt64>
  /// For each number of a fact, what it can be in 64 lanes.
  let bounds: Table<Bounds>
  /// For each variable, the lanes in which it was answered with a value, declined, or not known.
  let valued: Table<UInt64>
  private let declined: Table<UInt64>
  private let unknown: Table<UInt64>
  /// For each word of a member, the lanes in which it was asked.
  let asked: Table<UInt64>
  /// The lane begun last.
  private var lane = -1

  package init(_ program: LaneProgram) {
    self.program = program
    tables = program.compiled.tables
    cellAt = program.cellAt
    let layout = program.compiled.layout
    cells = Table(repeating: 0, count: Int(cellAt[layout.factWords]))
    answered = Table(repeating: 0, count: layout.factWords)
    asked = Table(repeating: 0, count: layout.factWords)
    bounds = Table(repeating: .zero, count: layout.factNumbers * Self.laneCount)
    valued = Table(repeating: 0, count: layout.places.count)
    declined = Table(repeating: 0, count: layout.places.count)
    unknown = Table(repeating: 0, count: layout.places.count)
    for number in 0..<layout.factNumbers {
      for lane in 0..<Self.laneCount { bounds[number * Self.laneCount + lane] = tables.initialBounds[number] }
    }
  }

  deinit {
    cells.free()
    answered.free()
    asked.free()
    bounds.free()
    valued.free()
    declined.free()
    unknown.free()
  }

  package func reset() {
    for fact in program.compiled.status.facts {
      let number = Int(tables.places[fact].number)
      guard number >= 0 else { continue }
      valued[fact].forEachLane { bounds[number * Self.laneCount + $0] = tables.initialBounds[number] }
    }
    cells.fill(with: 0)
    answered.fill(with: 0)
    asked.fill(with: 0)
    valued.fill(with: 0)
    declined.fill(with: 0)
    unknown.fill(with: 0)
    lane = -1
  }

  /// How many lanes were begun.
  var count: Int { lane + 1 }
  package var isFull: Bool { count == Self.laneCount }

  package func begin() {
    assert(!isFull)
    lane += 1
  }

  /// Gives the next lane the answers of one person.
  package func read(_ person: Intake) {
    begin()
    for (name, answer) in person.answers {
      if let fact = program.compiled.program.variable(named: name) { set(fact, answer, in: bit) }
    }
  }

  private var bit: UInt64 { 1 &<< UInt64(truncatingIfNeeded: lane) }

  // MARK: Answers of the lane begun last

  package func mark(of fact: Int) -> AnswerMark {
    if valued[fact] & bit != 0 { return .value }
    if declined[fact] & bit != 0 { return .declined }
    return unknown[fact] & bit != 0 ? .doesNotKnow : .notAsked
  }

  package func isAsked(_ fact: Int, member: Int) -> Bool { asked[Int(tables.places[fact].at) + member] & bit != 0 }

  package func set(_ fact: Int, option: Int) { set(fact, option: option, in: bit) }

  package func set(_ fact: Int, number: Number) { set(fact, number: number, in: bit) }

  package func set(_ fact: Int, member: Int, _ answer: Answer.Member) { set(fact, member: member, answer, in: bit) }

  package func setNone(_ fact: Int) {
    let place = tables.places[fact]
    for word in place.at..<(place.at + place.words) { set(word: Int(word), cell: 0, in: bit) }
    record(fact, in: valued, SignalLayout.Recorded.value, bit)
  }

  package func setDeclined(_ fact: Int) { record(fact, in: declined, SignalLayout.Recorded.declined, bit) }

  package func setDoesNotKnow(_ fact: Int) { record(fact, in: unknown, SignalLayout.Recorded.doesNotKnow, bit) }

  // MARK: Answers of several lanes

  func set(_ fact: Int, _ answer: Answer, in lanes: UInt64) {
    switch answer {
    case .option(let option): set(fact, option: option, in: lanes)
    case .number(let number): set(fact, number: number, in: lanes)
    case .members(let members):
      for (member, answer) in members.enumerated() { set(fact, member: member, answer, in: lanes) }
      record(fact, in: valued, SignalLayout.Recorded.value, lanes)
    case .declined: record(fact, in: declined, SignalLayout.Recorded.declined, lanes)
    case .doesNotKnow: record(fact, in: unknown, SignalLayout.Recorded.doesNotKnow, lanes)
    }
  }

  func set(_ fact: Int, option: Int, in lanes: UInt64) {
    let place = tables.places[fact]
    markAnswered(place, lanes)
    cells[Int(cellAt[Int(place.at) + option >> 6]) + option & 63] |= lanes
    record(fact, in: valued, SignalLayout.Recorded.value, lanes)
  }

  func set(_ fact: Int, number: Number, in lanes: UInt64) {
    let place = tables.places[fact]
    let start = Int(place.number) * Self.laneCount
    lanes.forEachLane { bounds[start + $0] = Bounds(lower: number.scaled, upper: number.scaled) }
    let cell = place.cuts.isEmpty ? 0 : tables.cuts.cell(of: number.scaled, in: place.cuts)
    markAnswered(place, lanes)
    cells[Int(cellAt[Int(place.at) + cell >> 6]) + cell & 63] |= lanes
    record(fact, in: valued, SignalLayout.Recorded.value, lanes)
  }

  func set(_ fact: Int, member: Int, _ answer: Answer.Member, in lanes: UInt64) {
    let word = Int(tables.places[fact].at) + member
    switch answer {
    case .yes: set(word: word, cell: 1, in: lanes)
    case .no: set(word: word, cell: 0, in: lanes)
    case .declined, .doesNotKnow: leaveOpen(word, isAsked: true, lanes)
    case .notAsked: leaveOpen(word, isAsked: false, lanes)
    }
    record(fact, in: valued, SignalLayout.Recorded.value, lanes)
  }

  private func markAnswered(_ place: SignalLayout.Place, _ lanes: UInt64) {
    assert(answered[place.at] & lanes == 0, "a fact is answered once")
    answered[place.at] |= lanes
    if place.words > 1 { for word in place.at..<(place.at + place.words) { answered[word] |= lanes } }
  }

  /// A member is out (cell 0) or in (cell 1), whatever was said of it before.
  private func set(word: Int, cell: Int, in lanes: UInt64) {
    let at = Int(cellAt[word])
    cells[at + cell] |= lanes
    cells[at + 1 - cell] &= ~lanes
    answered[word] |= lanes
    asked[word] |= lanes
  }

  private func leaveOpen(_ word: Int, isAsked: Bool, _ lanes: UInt64) {
    let at = Int(cellAt[word])
    cells[at] &= ~lanes
    cells[at + 1] &= ~lanes
    answered[word] &= ~lanes
    if isAsked { asked[word] |= lanes } else { asked[word] &= ~lanes }
  }

  private func record(_ fact: Int, in marks: Table<UInt64>, _ recorded: UInt64, _ lanes: UInt64) {
    marks[fact] |= lanes
    let recordedAt = tables.places[fact].recordedAt
    guard recordedAt >= 0 else { return }
    cells[Int(cellAt[recordedAt]) + recorded.trailingZeroBitCount] |= lanes
    answered[recordedAt] |= lanes
  }

  /// The lanes in which a fact was not asked at all.
  func notAsked(_ fact: Int) -> UInt64 { ~(valued[fact] | declined[fact] | unknown[fact]) }

  /// Takes over the answers of another, which must be of the same program.
  func copy(_ other: LaneIntake) {
    cells.copy(from: other.cells)
    answered.copy(from: other.answered)
    asked.copy(from: other.asked)
    bounds.copy(from: other.bounds)
    valued.copy(from: other.valued)
    declined.copy(from: other.declined)
    unknown.copy(from: other.unknown)
    lane = other.lane
  }
}
