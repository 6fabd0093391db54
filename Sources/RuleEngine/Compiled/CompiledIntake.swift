/// The answers of one person by the places of a ``CompiledProgram``: what each fact can be before its guard is asked.
///
/// One is used again and again: ``begin()`` forgets the last person.
package struct CompiledIntake: AnswerSheet, ~Copyable {
  package let program: CompiledProgram
  private let tables: CompiledTables
  let cells: Table<UInt64>
  let bounds: Table<Bounds>
  /// For each variable, how it was answered.
  private let marks: Table<AnswerMark>
  /// For each cell word of a member, how it was answered.
  private let members: Table<AnswerMark>
  private let initialMarks: Table<AnswerMark>
  private let initialMembers: Table<AnswerMark>

  package init(_ program: CompiledProgram) {
    self.program = program
    tables = program.tables
    cells = Table(repeating: 0, count: program.tables.initialCells.count)
    bounds = Table(repeating: .zero, count: program.tables.initialBounds.count)
    marks = Table(repeating: .notAsked, count: program.tables.places.count)
    initialMarks = Table(repeating: .notAsked, count: program.tables.places.count)
    members = Table(repeating: .notAsked, count: program.layout.factWords)
    initialMembers = Table(repeating: .notAsked, count: program.layout.factWords)
    cells.copy(from: tables.restingCells)
    bounds.copy(from: tables.initialBounds)
  }

  deinit {
    cells.free()
    bounds.free()
    marks.free()
    initialMarks.free()
    members.free()
    initialMembers.free()
  }

  package func begin() {
    cells.copy(from: tables.restingCells)
    bounds.copy(from: tables.initialBounds)
    marks.copy(from: initialMarks)
    members.copy(from: initialMembers)
  }

  package func mark(of fact: Int) -> AnswerMark { marks[fact] }

  /// How one member of a fact with several answers was answered.
  func mark(of fact: Int, member: Int) -> AnswerMark { members[Int(tables.places[fact].at) + member] }

  package func isAsked(_ fact: Int, member: Int) -> Bool { members[Int(tables.places[fact].at) + member] != .notAsked }

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

  package func set(_ fact: Int, member: Int, _ answer: Answer.Member) {
    let word = Int(tables.places[fact].at) + member
    switch answer {
    case .yes: (cells[word], members[word]) = (SignalLayout.Member.isIn, .value)
    case .no: (cells[word], members[word]) = (SignalLayout.Member.out, .value)
    case .declined: (cells[word], members[word]) = (SignalLayout.Member.open, .declined)
    case .doesNotKnow: (cells[word], members[word]) = (SignalLayout.Member.open, .doesNotKnow)
    case .notAsked: (cells[word], members[word]) = (SignalLayout.Member.open, .notAsked)
    }
    record(fact, .value)
  }

  package func setNone(_ fact: Int) {
    let place = tables.places[fact]
    for word in Int(place.at)..<Int(place.at + place.words) {
      cells[word] = SignalLayout.Member.out
      members[word] = .value
    }
    record(fact, .value)
  }

  package func setDeclined(_ fact: Int) { record(fact, .declined) }
  package func setDoesNotKnow(_ fact: Int) { record(fact, .doesNotKnow) }

  private func record(_ fact: Int, _ mark: AnswerMark) {
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

  package func set(_ fact: Int, _ answer: Answer) {
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
    begin()
    for (name, answer) in intake.answers {
      if let fact = program.program.variable(named: name) { set(fact, answer) }
    }
  }

  /// The same answers by name, for the reference evaluator.
  package func answers() -> Intake {
    var intake = Intake()
    for (fact, variable) in program.program.variables.enumerated() where variable.fact != nil {
      switch marks[fact] {
      case .notAsked: continue
      case .declined: intake.answers[variable.name] = .declined
      case .doesNotKnow: intake.answers[variable.name] = .doesNotKnow
      case .value: intake.answers[variable.name] = value(of: fact, variable.domain)
      }
    }
    return intake
  }

  private func value(of fact: Int, _ domain: Domain) -> Answer {
    let place = tables.places[fact]
    switch domain {
    case .numbers, .dates: return .number(Number(scaled: bounds[place.number].lower))
    case .options(let names, _):
      return .option(names.indices.first { cells[Int(place.at) + $0 >> 6] & (1 << UInt64($0 & 63)) != 0 } ?? 0)
    case .members(let names):
      return .members(
        names.indices.map { member in
          let word = Int(place.at) + member
          switch members[word] {
          case .notAsked: return .notAsked
          case .declined: return .declined
          case .doesNotKnow: return .doesNotKnow
          case .value: return cells[word] == SignalLayout.Member.isIn ? .yes : .no
          }
        })
    }
  }

  /// Takes over the answers of another, which must be of the same program.
  func copy(_ other: borrowing CompiledIntake) {
    cells.copy(from: other.cells)
    bounds.copy(from: other.bounds)
    marks.copy(from: other.marks)
    members.copy(from: other.members)
  }
}
