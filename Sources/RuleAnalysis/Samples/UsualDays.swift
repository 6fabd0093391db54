import RuleEngine

/// Days as they are usual in an assessment. A solver takes any day of any year, and a reader stumbles over it.
struct UsualDays {
  private let program: Program
  /// 1 June 2026.
  private static let today = Number(20_605)
  /// How many days before or after an assessment need no second look.
  private static let distances = Interval(Number(-1_000), Number(400))
  /// What is tried instead, the nearest first.
  private static let nearer = [0, -1, -7, -30, -60, -400]

  init(_ program: Program) {
    self.program = program
  }

  /// The same with every day as far from the day of the assessment, and that in a usual year; `nil` while it is not known.
  func recent(_ intake: Intake) -> Intake? {
    guard case .number(let today)? = intake.answers[program.variables[program.assessmentDay].name] else { return nil }
    var moved = intake
    for (variable, day) in days(of: intake) {
      guard case .dates(let whole) = variable.domain else { continue }
      moved.answers[variable.name] = .number(min(max(whole.lower, day - today + Self.today), whole.upper))
    }
    return moved
  }

  /// The days that are far from that of the assessment, each with nearer ones to be tried instead.
  func nearer(_ intake: Intake) -> [(fact: String, days: [Number])] {
    let assessment = program.variables[program.assessmentDay].name
    var today = Self.today
    if case .number(let day)? = intake.answers[assessment] { today = day }
    return days(of: intake).compactMap { variable, day in
      guard variable.name != assessment, !Self.distances.contains(day - today) else { return nil }
      return (variable.name, Self.nearer.map { today + Number($0) })
    }
  }

  /// The same with another day for a fact, if it is a day that was answered.
  func with(_ day: Number, for fact: String, _ intake: Intake) -> Intake {
    var changed = intake
    if days(of: intake).contains(where: { $0.variable.name == fact }) { changed.answers[fact] = .number(day) }
    return changed
  }

  private func days(of intake: Intake) -> [(variable: Variable, day: Number)] {
    program.variables.compactMap { variable in
      guard case .dates = variable.domain, case .number(let day)? = intake.answers[variable.name] else { return nil }
      return (variable, day)
    }
  }
}
