import RuleEngine

/// Two rulebooks over the same intakes, complete and partial, and a solver to ask about them.
///
/// What both ask is one and the same unknown, so that whatever they say alike is one and the same term, of which nothing needs
/// to be asked. A fact that only one of them has is free there: nothing is proved unless it holds whatever is answered to it.
final class JointSession {
  let bank = TermBank()
  let scale: NumberScale
  let base: SymbolicEvaluation
  /// As it is; see ``simplify(_:)``.
  let plainHead: SymbolicEvaluation
  /// The same with what was proved equal in the place of what it is equal to.
  private(set) var head: SymbolicEvaluation
  private var solver: (any Solver)?

  /// One person's answers as each of the rulebooks reads them.
  struct Pair: Sendable {
    var base: Intake
    var head: Intake
  }

  enum Result {
    case never
    case possible(Pair)
    case gaveUp(String)
  }

  init(_ base: Program, _ head: Program) {
    scale = NumberScale([base, head])
    let first = SymbolicIntake(base, scope: .partial, scale: scale, bank: bank)
    var second = first
    second.answers = [:]
    for (index, variable) in head.variables.enumerated() where variable.fact != nil {
      let other = base.variable(named: variable.name).flatMap { base.variables[$0].fact == nil ? nil : $0 }
      if let other, let same = first.answers[other]?.renumbered(base.variables[other].domain, variable.domain) {
        second.answers[index] = same
        continue
      }
      let answer = SymbolicIntake.answer(variable, scope: .partial, scale: scale, bank: bank, prefix: "head!")
      second.answers[index] = answer
      if let other, let known = first.answers[other] {
        Self.link(known, base.variables[other].domain, answer, variable.domain, bank)
      }
    }
    self.base = SymbolicEvaluation(base, first, scale: scale, bank: bank)
    plainHead = SymbolicEvaluation(head, second, scale: scale, bank: bank)
    self.head = plainHead
  }

  /// Whether an intake can be in one of them and not in the other: in the base, and in the head.
  var becomesImpossible: Term { bank.all(base.isPossible, bank.not(plainHead.isPossible)) }
  var becomesPossible: Term { bank.all(plainHead.isPossible, bank.not(base.isPossible)) }

  /// Asks only about intakes that can be in both, from now on.
  func assumePossible() { bank.assume(bank.all(base.isPossible, plainHead.isPossible)) }

  /// Goes through the head step by step; what `prove` finds equal to the base takes its terms, so that whatever reads it becomes
  /// equal without a question. What is equal only for intakes that can be may be replaced as well, since no others are asked
  /// about.
  ///
  /// - Parameter prove: called after each step with the head as it is, and with the head as it would be if every decision had come
  ///   out as in the base: there, only what is changed itself differs, and not what follows from it.
  func simplify(
    _ prove: (inout SymbolicEvaluation, inout SymbolicEvaluation, Program.Step) throws(SolverFailure) -> Void
  ) throws(SolverFailure) {
    var simpler = SymbolicEvaluation(unevaluated: plainHead.program, plainHead.intake, scale: scale, bank: bank)
    var apart = simpler
    for step in plainHead.program.evaluationOrder {
      simpler.evaluate(step)
      apart.evaluate(step)
      try prove(&simpler, &apart, step)
    }
    head = simpler
  }

  /// Puts another rulebook in the place of the head, one whose answers are those of the base: a mutant of it.
  func compare(with head: SymbolicEvaluation) { self.head = head }

  func ask(_ formula: Term, _ comment: String) throws(SolverFailure) -> Result {
    guard formula != .no else { return .never }
    if solver == nil { solver = try ProcessSolver(bank) }
    switch try solver!.ask(formula, comment) {
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
    guard domain.isKind(of: other) else { return whereKnown(.no) }
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
        bank.assume(bank.implies(first[member].isKnown, bank.same(first[member].isIn, second[place].isIn)))
        isListed = bank.all(isListed, first[member].isKnown)
      }
      // What only one of them has can only be known through a list, in which it does not stand.
      for (members, names, others) in [(first, domain.names, other.names), (second, other.names, domain.names)] {
        for (member, name) in names.enumerated() where !others.contains(name) {
          bank.assume(bank.same(members[member].isKnown, bank.all(isListed, one.isKnown)))
          bank.assume(bank.implies(members[member].isKnown, bank.not(members[member].isIn)))
        }
      }
    default: whereKnown(.no)
    }
  }
}

extension SymbolicIntake.Answer {
  /// The same answer for a domain that holds the same in another order; `nil` if it does not hold the same.
  fileprivate func renumbered(_ domain: Domain, _ other: Domain) -> Self? {
    guard domain.isKind(of: other) else { return nil }
    var result = self
    switch value {
    case .number:
      return domain.interval == other.interval && domain.isWhole == other.isWhole ? self : nil
    case .options(let options):
      guard let places = domain.places(of: other) else { return nil }
      result.value = .options(places.map { options[$0] })
    case .members(let members):
      guard let places = domain.places(of: other) else { return nil }
      result.value = .members(places.map { members[$0] })
    }
    return result
  }
}

extension Domain {
  /// Whether both hold options, or members, or numbers, or days.
  func isKind(of other: Domain) -> Bool {
    switch (self, other) {
    case (.options, .options), (.members, .members), (.numbers, .numbers), (.dates, .dates): true
    default: false
    }
  }

  /// For each name of another domain, where it stands in this one; `nil` if they have not the same names.
  fileprivate func places(of other: Domain) -> [Int]? {
    let places = other.names.compactMap { names.firstIndex(of: $0) }
    return places.count == names.count && places.count == other.names.count ? places : nil
  }
}
