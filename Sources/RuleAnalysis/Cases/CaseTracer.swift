import RuleEngine

/// Finds out what decided, where a plan is not what a case expects.
struct CaseTracer {
  let evaluation: Evaluation
  let privacy: CasePrivacy
  private let language: String
  private let plan: Plan
  /// Of rules that did not decide, the nearest.
  private static let mostStandings = 2
  private var program: Program { evaluation.program }

  init(_ aCase: Case, _ evaluation: Evaluation, language: String) {
    self.evaluation = evaluation
    self.language = language
    privacy = CasePrivacy(aCase, evaluation.program)
    plan = Plan(evaluation.program, evaluation.intake, language: language)
  }

  /// - Parameter expected: what should have come out, if that is known.
  func trace(of variable: Int, expected: Matcher?) -> [CaseTrace] {
    let entry = program.variables[variable]
    switch entry.kind {
    case .fact: return []
    case .derived:
      let evidence = EvidenceReader(Wording(evaluation, language: language))
        .evidence(of: .test(variable: variable, expected ?? Matcher(.ranges([]))))
      let below = evidence.flatMap(\.from)
      return below.isEmpty ? [] : [.follows(privacy.without(below))]
    case .decision(let index):
      let decision = program.decisions[index]
      let wanted = expected.map { options($0, entry.domain) } ?? []
      let chosen = self.plan(of: index)?.values ?? []
      // Of a set, what should not be there explains itself; what should be is explained below.
      let shown = decision.hasMembers ? chosen.filter { !wanted.contains($0.name) && isSurplus($0, expected) } : chosen
      return decided(shown) + open(index) + wanted.flatMap { whyNot(entry.name, $0) }
    case .item(let index, let slot):
      let menu = program.variables[program.decisions[index].variable]
      let item = menu.domain.names[slot]
      let chosen = plan(of: index)?.values.filter { $0.name == item } ?? []
      let wanted = expected.map { options($0, entry.domain) } ?? []
      let standing = chosen.isEmpty ? whyNot(menu.name, item) : wanted.flatMap { whyNot(entry.name, $0) }
      return decided(chosen) + open(index) + standing
    }
  }

  private func isSurplus(_ value: ChosenValue, _ expected: Matcher?) -> Bool {
    switch expected?.test {
    case .empty, .exactly, .includesNone: true
    default: false
    }
  }

  /// How a rule, or the rows of a table, stand; of a rule that decides, what made it apply.
  func trace(ofRule id: String) -> [CaseTrace] {
    var traces: [CaseTrace] = []
    for decision in plan.decisions {
      for reason in decision.values.flatMap(\.reasons) {
        guard let rule = reason.rule, rule == id || rule.hasPrefix("\(id)[") else { continue }
        traces.append(
          .decided(rule: rule, chose: decision.label, since: privacy.without(reason.evidence)))
      }
      let standings = decision.lost + decision.notChosen.compactMap(\.nearest)
      for standing in standings where standing.rule == id || standing.rule.hasPrefix("\(id)[") {
        traces.append(.stands(privacy.without(standing)))
      }
    }
    // That a rule does not apply is the same for all that it speaks about.
    var told: Set<String> = []
    traces.removeAll { trace in
      if case .stands(let standing) = trace { !told.insert(standing.rule).inserted } else { false }
    }
    return Array(traces.prefix(Self.mostStandings))
  }

  private func plan(of decision: Int) -> DecisionPlan? {
    let name = program.variables[program.decisions[decision].variable].name
    return plan.decisions.first { $0.name == name }
  }

  private func decided(_ values: [ChosenValue]) -> [CaseTrace] {
    values.flatMap { value in
      value.reasons.map { reason in
        reason.rule.map {
          .decided(rule: $0, chose: value.amount ?? value.label, since: privacy.without(reason.evidence))
        } ?? .otherwise(value.amount ?? value.label)
      }
    }
  }

  private func open(_ decision: Int) -> [CaseTrace] {
    guard let plan = plan(of: decision), plan.status == .open, !plan.needed.isEmpty else { return [] }
    return [.open(plan.needed)]
  }

  /// The options that would have been right, at most three of them.
  private func options(_ matcher: Matcher, _ domain: Domain) -> [String] {
    guard !matcher.isNegated else { return [] }
    switch matcher.test {
    case .options(let options), .includesAny(let options), .includesAll(let options), .exactly(let options):
      return options.prefix(3).map { domain.names[$0] }
    case .ranges(let ranges):
      guard ranges.count == 1, let bound = ranges[0].lower, bound == ranges[0].upper,
        case .constant(let number) = bound.operand
      else { return [] }
      return [number.description]
    case .empty, .includesNone, .declined, .doesNotKnow: return []
    }
  }

  private func whyNot(_ decision: String, _ option: String) -> [CaseTrace] {
    guard
      let answer = try? WhyNot(
        program, evaluation.intake, decision: decision, option: option, language: language),
      answer.status != .chosen
    else { return [] }
    if !answer.guardBlockedBy.isEmpty { return [.doesNotApply(privacy.without(answer.guardBlockedBy))] }
    var traces: [CaseTrace] = []
    if !answer.ruledOutBy.isEmpty {
      traces.append(.ruledOut(option: answer.optionLabel, by: answer.ruledOutBy.map(\.id)))
    }
    let standings = answer.rules.filter { $0.standing != .won && $0.standing != .ruledOut }
    return traces + standings.prefix(Self.mostStandings).map { .stands(privacy.without($0)) }
  }
}
