extension Plan {
  /// The ids of the rules that decided something in these decisions: won a value, or ruled an option out.
  package static func decidingRules(_ evaluation: Evaluation, in decisions: some Sequence<Int>) -> Set<String> {
    let assumed = evaluation.withAssumptions().map { Wording($0, language: "en") }
    let builder = DecisionPlanBuilder(wording: Wording(evaluation, language: "en"), assumed: assumed)
    return deciding(decisions.map(builder.decisionPlan))
  }

  /// The same of this plan, sorted.
  package var decidingRules: [String] { Plan.deciding(decisions).sorted() }

  private static func deciding(_ decisions: [DecisionPlan]) -> Set<String> {
    let winners = decisions.flatMap(\.values).flatMap(\.reasons).compactMap(\.rule)
    return Set(winners + decisions.flatMap(\.notChosen).flatMap(\.ruledOutBy))
  }
}
