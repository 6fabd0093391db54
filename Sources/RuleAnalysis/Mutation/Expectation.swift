import RuleEngine

/// One thing that a case can expect and that tells two rulebooks apart.
struct Expectation {
  enum Demand {
    case condition(Condition)
    /// The questions whose answers the plan still waits for.
    case needs([String])
  }

  var demand: Demand
  /// As an author writes it: `track` and `evening`.
  var name: String
  var text: String
  /// What it is about: a decision, or all of them.
  var subjects: [Int]

  /// Whether it asks only how much is known.
  var isAboutKnowing: Bool {
    switch demand {
    case .condition(.outcome(_, .open)), .condition(.outcome(_, .settled)), .condition(.plan), .needs: true
    case .condition: false
    }
  }

  func holds(in evaluation: Evaluation) -> Bool {
    switch demand {
    case .condition(let condition): evaluation.truth(of: condition) == .yes
    case .needs(let names): evaluation.namesOfNeeds == names
    }
  }

  /// What holds in the first plan for sure, and not in the second; `nil` if nothing tells them apart.
  static func telling(_ before: Evaluation, _ after: Evaluation) -> Expectation? {
    for index in before.program.decisions.indices
    where before.decisionOutcomes[index] != after.decisionOutcomes[index]
      || before.slotOutcomes[index] != after.slotOutcomes[index]
    {
      let holding = all(before, index).first { $0.holds(in: before) && !$0.holds(in: after) }
      if let holding { return holding }
    }
    return all(before).first { $0.holds(in: before) && !$0.holds(in: after) }
  }

  /// What could be expected of the plan as a whole.
  private static func all(_ evaluation: Evaluation) -> [Expectation] {
    let subjects = evaluation.program.decisions.map(\.variable)
    let tests = [Condition.OutcomeTest.final, .settled, .open].map { test in
      Expectation(demand: .condition(.plan(test)), name: "plan", text: test.rawValue, subjects: subjects)
    }
    let needs = evaluation.namesOfNeeds
    let list = "[\(needs.joined(separator: ", "))]"
    return tests + [Expectation(demand: .needs(needs), name: "needs", text: list, subjects: subjects)]
  }

  /// What could be expected of a decision that came out like this.
  private static func all(_ evaluation: Evaluation, _ index: Int) -> [Expectation] {
    let program = evaluation.program
    let decision = program.decisions[index]
    let name = program.variables[decision.variable].name
    func expectation(_ condition: Condition, _ name: String, _ text: String) -> Expectation {
      Expectation(demand: .condition(condition), name: name, text: text, subjects: [decision.variable])
    }
    func outcome(_ test: Condition.OutcomeTest) -> Expectation {
      expectation(.outcome(decision: index, test), name, test.rawValue)
    }
    func oneOf(_ outcomes: Set<Evaluation.Outcome>, _ variable: Int) -> [Expectation] {
      guard let (matcher, text) = outcomes.matcher(of: variable, program) else { return [] }
      return [expectation(.test(variable: variable, matcher), program.variables[variable].name, text)]
    }
    let whole = [outcome(.notApplicable), outcome(.gap), outcome(.conflict)]
    let rest = whole + [outcome(.settled), outcome(.open)]
    guard decision.hasMembers else { return oneOf(evaluation.decisionOutcomes[index], decision.variable) + rest }
    var expectations: [Expectation] = []
    for (place, slot) in decision.slots.enumerated() {
      let outcomes = evaluation.slotOutcomes[index][place]
      if let item = slot.variable { expectations += oneOf(outcomes, item) }
      guard let only = outcomes.first, outcomes.count == 1 else { continue }
      let member = program.variables[decision.variable].domain.names[slot.member ?? place]
      let isOut = only == .out
      expectations.append(
        expectation(
          .test(
            variable: decision.variable, Matcher(.includesAll([slot.member ?? place]), isNegated: isOut)),
          name, "\(isOut ? "not includes" : "includes") \(member)"))
    }
    return expectations + rest
  }
}

extension Evaluation {
  /// The names of the questions whose answers the plan still waits for, in order.
  fileprivate var namesOfNeeds: [String] {
    neededFacts(for: program.decisions.indices).now.map { program.variables[$0].name }.sorted()
  }
}

extension Set<Evaluation.Outcome> {
  /// That it is one of these values, as an author writes it; `nil` if anything else is possible, too.
  fileprivate func matcher(of variable: Int, _ program: Program) -> (Matcher, text: String)? {
    var values: [Value] = []
    for outcome in self {
      guard case .value(let value) = outcome else { return nil }
      values.append(value)
    }
    values.sort()
    switch (values.first, values.last) {
    case (.option, _):
      let options = values.compactMap { if case .option(let option) = $0 { option } else { nil } }
      let names = options.map { program.variables[variable].domain.names[$0] }
      return (Matcher(.options(options)), names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]")
    case (.number(let least), .number(let most)):
      let range = MatcherRange(
        lower: .init(.constant(least), isIncluded: true), upper: .init(.constant(most), isIncluded: true))
      return (Matcher(.ranges([range])), least == most ? "\(least)" : "\(least) to \(most)")
    default: return nil
    }
  }
}
