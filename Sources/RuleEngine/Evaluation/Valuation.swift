/// What the truth of a condition is read from: an evaluation, under way or finished.
public protocol Valuation {
  var program: Program { get }
  /// For each variable, what it can be.
  var values: [PossibleValues] { get }
  /// For each rule, whether it applies.
  var ruleTruths: [Truth] { get }
  /// What is recorded for a fact; `nil` if it was not asked.
  func answer(of variable: Int) -> Answer?
  /// Whether a decision as a whole came out in a certain way.
  func truth(ofOutcome test: Condition.OutcomeTest, of decision: Int) -> Truth
  /// Whether the plan as a whole came out in a certain way.
  func truth(ofPlan test: Condition.OutcomeTest) -> Truth
}

extension Valuation {
  /// Section 4, clause 3: three-valued, and nothing cleverer.
  public func truth(of condition: Condition) -> Truth {
    switch condition {
    case .always: .yes
    case .test(let variable, let matcher):
      MatcherTruth(program: program, assessmentDays: values[program.assessmentDay].interval ?? Interval(.zero)).truth(
        of: matcher, domain: program.variables[variable].domain, possible: values[variable],
        answer: answer(of: variable))
    case .applies(let rule): ruleTruths[rule]
    case .all(let parts): Truth.all(parts.map(truth(of:)))
    case .any(let parts): Truth.any(parts.map(truth(of:)))
    case .not(let part): !truth(of: part)
    case .atLeast(let count, let parts): Truth.atLeast(count, of: parts.map(truth(of:)))
    case .outcome(let decision, let test): truth(ofOutcome: test, of: decision)
    case .plan(let test): truth(ofPlan: test)
    case .unknown(let variable): Truth(!values[variable].cannotApply && !values[variable].hasOneValue)
    }
  }
}
