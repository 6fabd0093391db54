import RuleEngine

/// Every intake at once: for each fact, unknowns of the solver for whether and how it is answered.
struct SymbolicIntake {
  /// Which intakes are meant.
  enum Scope {
    /// A value for every fact.
    case complete
    /// The same, but that facts of which a rule asks whether they were declined or not known may be so.
    case recorded
    /// Any facts answered, declined, not known to the person, or not asked.
    case partial
  }

  /// What is unknown of one fact.
  struct Answer {
    enum Value {
      /// For each option, whether it is the answer.
      case options([Term])
      case number(Term)
      /// For each member, whether it was asked and answered, and whether it is in.
      case members([(isKnown: Term, isIn: Term)])
    }

    var value: Value
    /// Whether there is a value; of a set, whether something about a member is recorded.
    var isKnown: Term
    var isDeclined: Term
    var isNotKnown: Term
  }

  /// By the places of the facts in ``Program/variables``.
  var answers: [Int: Answer]

  /// An intake whose answers are made elsewhere.
  init(answers: [Int: Answer]) { self.answers = answers }

  /// - Parameter prefix: tells apart the unknowns of two intakes that are compared.
  init(_ program: Program, scope: Scope, scale: NumberScale, bank: TermBank, prefix: String = "") {
    answers = [:]
    for index in program.variables.indices where program.variables[index].fact != nil {
      answers[index] = Self.answer(program.variables[index], scope: scope, scale: scale, bank: bank, prefix: prefix)
    }
    if scope == .recorded {
      for fact in program.recordedFacts.sorted() {
        answers[fact] = Self.answer(program.variables[fact], scope: .partial, scale: scale, bank: bank, prefix: prefix)
        if let answer = answers[fact] { bank.assume(bank.any(answer.isKnown, answer.isDeclined, answer.isNotKnown)) }
      }
    }
    // A total need not be entered where all its items are known.
    if scope != .partial {
      for entered in program.enteredTotals.sorted() {
        answers[entered]?.isKnown = bank.boolean("\(prefix)\(program.variables[entered].name)?")
      }
    }
  }

  /// Fresh unknowns for one fact. The same name and prefix give the same unknowns.
  static func answer(
    _ variable: Variable, scope: Scope, scale: NumberScale, bank: TermBank, prefix: String = ""
  ) -> Answer {
    let name = prefix + variable.name
    let isPartial = scope == .partial
    var known: Term = isPartial ? bank.boolean("\(name)?") : .yes
    let value: Answer.Value
    switch variable.domain {
    case .options(let names, _) where names.count == 2:
      let second = bank.boolean("\(name)=\(names[1])")
      value = .options([bank.not(second), second])
    case .options(let names, _):
      let options = names.map { bank.boolean("\(name)=\($0)") }
      bank.assume(bank.any(options))
      bank.assume(bank.atMostOne(options))
      value = .options(options.count == 1 ? [.yes] : options)
    case .members(let names):
      let members = names.map { member in
        (isKnown: isPartial ? bank.boolean("\(name).\(member)?") : .yes, isIn: bank.boolean("\(name).\(member)"))
      }
      for member in members { bank.assume(bank.implies(member.isKnown, known)) }
      value = .members(members)
    case .numbers, .dates:
      let whole = variable.domain.interval!
      let step = variable.domain.isWhole ? scale.perOne : 1
      let lower = scale.ceiling(whole.lower) / step
      let upper = scale.floor(whole.upper) / step
      value = .number(bank.times(step, bank.integer(name, in: lower...max(lower, upper))))
    }
    var declined: Term = .no
    var notKnown: Term = .no
    if isPartial {
      declined = bank.boolean("\(name)?declined")
      notKnown = bank.boolean("\(name)?does_not_know")
      bank.assume(bank.atMostOne([known, declined, notKnown]))
    } else {
      known = .yes
    }
    return Answer(value: value, isKnown: known, isDeclined: declined, isNotKnown: notKnown)
  }

  /// The intake that an assignment stands for.
  static func intake(_ program: Program, _ answers: [Int: Answer], scale: NumberScale, _ values: [Int128]) -> Intake {
    func holds(_ term: Term) -> Bool { values[term.place] != 0 }
    var intake = Intake()
    for (index, answer) in answers {
      let name = program.variables[index].name
      if holds(answer.isDeclined) {
        intake.answers[name] = .declined
      } else if holds(answer.isNotKnown) {
        intake.answers[name] = .doesNotKnow
      } else if holds(answer.isKnown) {
        switch answer.value {
        case .options(let options): intake.answers[name] = .option(options.firstIndex(where: holds) ?? 0)
        case .number(let number): intake.answers[name] = .number(scale.number(values[number.place]))
        case .members(let members):
          intake.answers[name] = .members(
            members.map { member in holds(member.isKnown) ? (holds(member.isIn) ? .yes : .no) : .notAsked })
        }
      }
    }
    return intake
  }
}

extension Domain {
  /// Whether its values lie a whole one apart.
  var isWhole: Bool {
    if case .numbers(let numbers) = self { numbers.isWhole } else { true }
  }
}

extension Program {
  /// The facts of which a condition asks whether they were declined or not known to the person.
  var recordedFacts: Set<Int> {
    Set(
      conditions.flatMap(\.subtree).compactMap { part in
        if case .test(let variable, let matcher) = part, matcher.test == .declined || matcher.test == .doesNotKnow {
          variable
        } else {
          nil
        }
      })
  }

  /// The facts that can be answered instead of the items of a sum.
  var enteredTotals: Set<Int> {
    Set(
      variables.compactMap { variable in
        if case .derived(.sum(_, let entered)) = variable.kind { entered } else { nil }
      })
  }
}
