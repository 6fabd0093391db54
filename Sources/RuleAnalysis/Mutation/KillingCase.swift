import RuleEngine

/// One thing that a case can expect and that tells two rulebooks apart.
struct Expectation {
  var condition: Condition
  /// As an author writes it: `track` and `evening`.
  var name: String
  var text: String

  /// Whether it asks only how much is known.
  var isAboutKnowing: Bool {
    switch condition {
    case .outcome(_, .open), .outcome(_, .settled): true
    default: false
    }
  }

  /// What holds in the first plan for sure, and not in the second; `nil` if nothing tells them apart.
  static func telling(_ before: Evaluation, _ after: Evaluation) -> Expectation? {
    for index in before.program.decisions.indices
    where before.decisionOutcomes[index] != after.decisionOutcomes[index]
      || before.slotOutcomes[index] != after.slotOutcomes[index]
    {
      let holding = all(before, index).first {
        before.truth(of: $0.condition) == .yes && after.truth(of: $0.condition) != .yes
      }
      if let holding { return holding }
    }
    return nil
  }

  /// What could be expected of a decision that came out like this.
  private static func all(_ evaluation: Evaluation, _ index: Int) -> [Expectation] {
    let program = evaluation.program
    let decision = program.decisions[index]
    let name = program.variables[decision.variable].name
    func outcome(_ test: Condition.OutcomeTest) -> Expectation {
      Expectation(condition: .outcome(decision: index, test), name: name, text: test.rawValue)
    }
    let whole = [outcome(.notApplicable), outcome(.gap), outcome(.conflict)]
    var expectations: [Expectation] = []
    if !decision.hasMembers {
      if case .value(let value)? = evaluation.decisionOutcomes[index].first {
        expectations += value.expectation(of: decision.variable, program).map { [$0] } ?? []
      }
      return expectations + whole + [outcome(.settled), outcome(.open)]
    }
    for (place, slot) in decision.slots.enumerated() {
      guard let only = evaluation.slotOutcomes[index][place].first, evaluation.slotOutcomes[index][place].count == 1
      else {
        continue
      }
      if case .value(let value) = only, let item = slot.variable, let amount = value.expectation(of: item, program) {
        expectations.append(amount)
      }
      let member = program.variables[decision.variable].domain.names[slot.member ?? place]
      let isOut = only == .out
      expectations.append(
        Expectation(
          condition: .test(
            variable: decision.variable, Matcher(.includesAll([slot.member ?? place]), isNegated: isOut)),
          name: name, text: "\(isOut ? "not includes" : "includes") \(member)"))
    }
    return expectations + whole + [outcome(.settled), outcome(.open)]
  }
}

extension Value {
  fileprivate func expectation(of variable: Int, _ program: Program) -> Expectation? {
    let entry = program.variables[variable]
    switch self {
    case .option(let option):
      return Expectation(
        condition: .test(variable: variable, Matcher(.options([option]))), name: entry.name,
        text: entry.domain.names[option])
    case .number(let number):
      let bound = MatcherRange.Bound(.constant(number), isIncluded: true)
      return Expectation(
        condition: .test(variable: variable, Matcher(.ranges([MatcherRange(lower: bound, upper: bound)]))),
        name: entry.name, text: number.description)
    case .included: return nil
    }
  }
}

/// Makes a case that passes with a rulebook and fails with a mutant of it, with no answer more than it takes.
struct KillingCase {
  private let program: Program
  private let changed: Program

  init(_ program: Program, _ changed: Program) {
    self.program = program
    self.changed = changed
  }

  /// The case as YAML, ready to be pasted below `cases:`; `nil` if nothing a case can expect tells the two apart.
  func make(from intake: Intake, id: String) -> String? {
    let before = Evaluator.evaluate(program, intake)
    guard let expectation = Expectation.telling(before, Evaluator.evaluate(changed, intake)) else { return nil }
    return CaseYAML(program).entry(
      id: id, why: "No other case would notice another rule here.", shrunk(intake, expectation),
      expect: [(expectation.name, expectation.text)])
  }

  /// The intake without the answers that the difference does not need, larger parts first.
  private func shrunk(_ intake: Intake, _ expectation: Expectation) -> Intake {
    var intake = intake
    var size = max(1, intake.answers.count / 2)
    while true {
      var names = intake.answers.keys.sorted()[...]
      while !names.isEmpty {
        var fewer = intake
        for name in names.prefix(size) { fewer.answers[name] = nil }
        if tells(fewer, expectation) { intake = fewer }
        names = names.dropFirst(size)
      }
      guard size > 1 else { return intake }
      size /= 2
    }
  }

  private func tells(_ intake: Intake, _ expectation: Expectation) -> Bool {
    let before = Evaluator.evaluate(program, intake)
    guard before.contradictions.isEmpty, before.truth(of: expectation.condition) == .yes else { return false }
    return Evaluator.evaluate(changed, intake).truth(of: expectation.condition) != .yes
  }
}
