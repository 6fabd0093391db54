import RuleEngine

/// A case as both rulebooks read it; `nil` where one cannot.
struct CasePair {
  let id: String
  let base: Intake?
  let head: Intake?
  private let personal: Set<String>

  /// The cases of both. One that both have counts once, but twice where its intake was changed.
  static func all(_ base: Program, _ baseCases: [Case], _ head: Program, _ headCases: [Case]) -> [CasePair] {
    let forth = Translation(from: base, to: head)
    let back = Translation(from: head, to: base)
    let later = headCases.map { aCase in
      let intake = Intake(answers: aCase.intake.answers)
      return CasePair(id: aCase.id, base: back.intake(intake), head: intake, personal: aCase.personalFacts)
    }
    let known = Dictionary(later.map { ($0.id, $0) }) { first, _ in first }
    let earlier = baseCases.map { aCase in
      let intake = Intake(answers: aCase.intake.answers)
      return CasePair(id: aCase.id, base: intake, head: forth.intake(intake), personal: aCase.personalFacts)
    }
    return later + earlier.filter { known[$0.id].map { [earlier = $0] in !earlier.isSame(as: $0) } ?? true }
  }

  private func isSame(as other: CasePair) -> Bool { base == other.base && head == other.head }

  /// Without the answers that come from an intake file.
  var withoutPersons: JointSession.Pair? {
    guard let base, let head else { return nil }
    func invented(_ intake: Intake) -> Intake {
      Intake(answers: intake.answers.filter { !personal.contains($0.key) })
    }
    return JointSession.Pair(base: invented(base), head: invented(head))
  }
}
