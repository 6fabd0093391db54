/// The answers of one person by the places of a ``CompiledProgram``: what each fact can be before its guard is asked.
///
/// One is used again and again: ``reset()`` forgets the last person.
package struct CompiledIntake: ~Copyable {
  package let program: CompiledProgram
  private let tables: CompiledTables
  let cells: Table<UInt64>
  let bounds: Table<Bounds>
  /// For each variable, how it was answered.
  private let marks: Table<Mark>
  /// For each cell word of a member, whether it was asked.
  private let memberIsAsked: Table<Bool>
  private let initialMarks: Table<Mark>
  private let initialAsked: Table<Bool>

  /// How a fact was answered.
  package enum Mark: UInt8, BitwiseCopyable {
    case notAsked
    case value
    case declined
    case doesNotKnow
  }

  package init(_ program: CompiledProgram) {
    self.program = program
    tables = program.tables
    cells = Table(repeating: 0, count: program.tables.initialCells.count)
    bounds = Table(repeating: .zero, count: program.tables.initialBounds.count)
    marks = Table(repeating: .notAsked, count: program.tables.places.count)
    initialMarks = Table(repeating: .notAsked, count: program.tables.places.count)
    memberIsAsked = Table(repeating: false, count: program.layout.factWords)
    initialAsked = Table(repeating: false, count: program.layout.factWords)
    cells.copy(from: tables.initialCells)
    bounds.copy(from: tables.initialBounds)
  }

  deinit {
    cells.free()
    bounds.free()
    marks.free()
    initialMarks.free()
    memberIsAsked.free()
    initialAsked.free()
  }

  /// Nothing was asked.
  package func reset() {
    cells.copy(from: tables.initialCells)
    bounds.copy(from: tables.initialBounds)
    marks.copy(from: initialMarks)
    memberIsAsked.copy(from: initialAsked)
  }

  package func mark(of fact: Int) -> Mark { marks[fact] }

  func isAsked(member: Int, of fact: Int) -> Bool { memberIsAsked[Int(tables.places[fact].at) + member] }

  // MARK: Answers

  package func set(_ fact: Int, option: Int) {
    let place = tables.places[fact]
    for word in place.at..<(place.at + place.words) { cells[word] = 0 }
    cells[Int(place.at) + option >> 6] = 1 << UInt64(option & 63)
    record(fact, .value)
  }

  package func set(_ fact: Int, number: Number) {
    let place = tables.places[fact]
    let own = Bounds(lower: number.scaled, upper: number.scaled)
    bounds[place.number] = own
    cells.setCells(of: place, own, tables.cuts)
    record(fact, .value)
  }

  /// Records one member; the others of the fact are as they were.
  package func set(_ fact: Int, member: Int, _ answer: Answer.Member) {
    let word = Int(tables.places[fact].at) + member
    switch answer {
    case .yes: cells[word] = SignalLayout.Member.isIn
    case .no: cells[word] = SignalLayout.Member.out
    case .declined, .doesNotKnow, .notAsked: cells[word] = SignalLayout.Member.open
    }
    memberIsAsked[word] = answer != .notAsked
    record(fact, .value)
  }

  /// No member is in; those that are can be set then.
  package func setNone(_ fact: Int) {
    let place = tables.places[fact]
    for word in Int(place.at)..<Int(place.at + place.words) {
      cells[word] = SignalLayout.Member.out
      memberIsAsked[word] = true
    }
    record(fact, .value)
  }

  package func setDeclined(_ fact: Int) { record(fact, .declined) }
  package func setDoesNotKnow(_ fact: Int) { record(fact, .doesNotKnow) }

  private func record(_ fact: Int, _ mark: Mark) {
    marks[fact] = mark
    let recordedAt = tables.places[fact].recordedAt
    guard recordedAt >= 0 else { return }
    switch mark {
    case .notAsked: cells[recordedAt] = SignalLayout.Recorded.notAsked
    case .value: cells[recordedAt] = SignalLayout.Recorded.value
    case .declined: cells[recordedAt] = SignalLayout.Recorded.declined
    case .doesNotKnow: cells[recordedAt] = SignalLayout.Recorded.doesNotKnow
    }
  }

  func set(_ fact: Int, _ answer: Answer) {
    switch answer {
    case .option(let option): set(fact, option: option)
    case .number(let number): set(fact, number: number)
    case .members(let members):
      for (member, answer) in members.enumerated() { set(fact, member: member, answer) }
      record(fact, .value)
    case .declined: setDeclined(fact)
    case .doesNotKnow: setDoesNotKnow(fact)
    }
  }

  /// Takes over the answers of an ``Intake``.
  package func read(_ intake: Intake) {
    reset()
    for (name, answer) in intake.answers {
      if let fact = program.program.variable(named: name) { set(fact, answer) }
    }
  }

  /// Takes over the answers of another, which must be of the same program.
  func copy(_ other: borrowing CompiledIntake) {
    cells.copy(from: other.cells)
    bounds.copy(from: other.bounds)
    marks.copy(from: other.marks)
    memberIsAsked.copy(from: other.memberIsAsked)
  }
}
