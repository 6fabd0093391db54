import RuleEngine

/// Two rulebooks over the same intakes, complete and partial, and a solver to ask about them.
///
/// What both ask is one and the same unknown, so that whatever they say alike is one and the same term. A fact that only one
/// of them has is free there: nothing is proved unless it holds whatever is answered to it.
final class JointSession {
  let base: SymbolicEvaluation
  let head: SymbolicEvaluation
  let bank = TermBank()
  private let scale: NumberScale
  private let solver: Solver
  /// Whether the intake can be, in both.
  let isPossible: Term

  struct Pair {
    var base: Intake
    var head: Intake
  }

  enum Result {
    case never
    case possible(Pair)
    case gaveUp(String)
  }

  init(_ base: Program, _ head: Program) throws(SolverFailure) {
    scale = NumberScale([base, head])
    let first = SymbolicIntake(base, scope: .partial, scale: scale, bank: bank)
    var second = SymbolicIntake(Program.without(head, factsUnlike: base), scope: .partial, scale: scale, bank: bank)
    for index in head.variables.indices where head.variables[index].fact != nil && second.answers[index] == nil {
      let variable = head.variables[index]
      let answer = SymbolicIntake.answer(variable, scope: .partial, scale: scale, bank: bank, prefix: "head!")
      second.answers[index] = answer
      if let other = base.variable(named: variable.name), let known = first.answers[other] {
        Self.link(known, base.variables[other].domain, answer, variable.domain, bank)
      }
    }
    self.base = SymbolicEvaluation(base, first, scale: scale, bank: bank)
    self.head = SymbolicEvaluation(head, second, scale: scale, bank: bank)
    isPossible = bank.all(self.base.isPossible, self.head.isPossible)
    solver = try Solver(bank)
  }

  func ask(_ formula: Term, _ comment: String) throws(SolverFailure) -> Result {
    switch try solver.ask(formula, comment) {
    case .never: return .never
    case .gaveUp(let reason): return .gaveUp(reason)
    case .possible(let values):
      return .possible(
        Pair(
          base: SymbolicIntake.intake(base.program, base.intake.answers, scale: scale, values),
          head: SymbolicIntake.intake(head.program, head.intake.answers, scale: scale, values)))
    }
  }

  /// Both answers are the same where both rulebooks can read it; what only one can read is not answered.
  private static func link(
    _ one: SymbolicIntake.Answer, _ domain: Domain, _ two: SymbolicIntake.Answer, _ other: Domain, _ bank: TermBank
  ) {
    bank.assume(bank.same(one.isKnown, two.isKnown))
    bank.assume(bank.same(one.isDeclined, two.isDeclined))
    bank.assume(bank.same(one.isNotKnown, two.isNotKnown))
    func whereKnown(_ term: Term) { bank.assume(bank.implies(one.isKnown, term)) }
    switch (one.value, two.value) {
    case (.number(let first), .number(let second)): whereKnown(bank.isEqual(first, second))
    case (.options(let first), .options(let second)):
      for (option, name) in domain.names.enumerated() {
        let same = other.names.firstIndex(of: name).map { second[$0] } ?? .no
        whereKnown(bank.same(first[option], same))
      }
      for (option, name) in other.names.enumerated() where !domain.names.contains(name) {
        whereKnown(bank.not(second[option]))
      }
    case (.members(let first), .members(let second)):
      var isListed = Term.yes
      for (member, name) in domain.names.enumerated() {
        guard let place = other.names.firstIndex(of: name) else { continue }
        bank.assume(bank.same(first[member].isKnown, second[place].isKnown))
        bank.assume(bank.same(first[member].isIn, second[place].isIn))
        isListed = bank.all(isListed, first[member].isKnown)
      }
      // What only one of them has can only be known through a list, in which it does not stand.
      for (members, names, others) in [(first, domain.names, other.names), (second, other.names, domain.names)] {
        for (member, name) in names.enumerated() where !others.contains(name) {
          bank.assume(bank.implies(members[member].isKnown, bank.all(isListed, bank.not(members[member].isIn))))
        }
      }
    default: whereKnown(.no)
    }
  }
}

extension Program {
  /// Hides the facts that another rulebook does not have in just this form.
  fileprivate static func without(_ program: Program, factsUnlike other: Program) -> Program {
    var result = program
    for index in program.variables.indices where program.variables[index].fact != nil {
      let variable = program.variables[index]
      let isAlike = other.variable(named: variable.name).map { place in
        other.variables[place].fact != nil && other.variables[place].domain.holdsTheSame(as: variable.domain)
      }
      if isAlike != true { result.variables[index].kind = .derived(.count([])) }
    }
    return result
  }
}

extension Domain {
  /// Whether the answers are the same at the same places.
  fileprivate func holdsTheSame(as other: Domain) -> Bool {
    switch (self, other) {
    case (.options(let one, _), .options(let two, _)), (.members(let one), .members(let two)): one == two
    case (.numbers(let one), .numbers(let two)): one.interval == two.interval && one.isWhole == two.isWhole
    case (.dates(let one), .dates(let two)): one == two
    default: false
    }
  }
}
