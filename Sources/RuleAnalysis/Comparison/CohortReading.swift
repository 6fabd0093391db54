public import RuleEngine

/// Brings what two rulebooks read of one person's intake together.
public struct CohortReading: Sendable {
  private let forth: Translation
  private let back: Translation

  public init(_ base: Program, _ head: Program) {
    forth = Translation(from: base, to: head)
    back = Translation(from: head, to: base)
  }

  /// The intake as both read it. Where one rulebook cannot read it, since it does not ask for all that is answered, it gets the
  /// answers that it asks for; `nil` if it cannot hold one of these.
  ///
  /// - Parameters:
  ///   - base: as the base reads it; `nil` where it cannot.
  ///   - head: the same of the head.
  public func pair(base: Intake?, head: Intake?) -> (base: Intake?, head: Intake?) {
    func plain(_ intake: Intake?) -> Intake? { intake.map { Intake(answers: $0.answers) } }
    let (one, two) = (plain(base), plain(head))
    return (one ?? two.flatMap(back.intake), two ?? one.flatMap(forth.intake))
  }
}
