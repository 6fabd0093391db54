/// Matchers whose bounds depend on the day of the assessment.
extension PlanMachine {
  func truth(ofDynamic index: Int) -> CompiledTruth {
    let test = tables.dynamics[index]
    let variable = Int(test.variable)
    guard !cannotApply(variable) else { return .no }
    let plain = dayMatchers.truth(of: index, bounds[tables.places[variable].number], days: assessmentDays)
    let truth = test.isNegated ? plain.opposite : plain
    return truth == .yes && mayNotApply(variable) ? .unknown : truth
  }

  /// The possible days of the assessment.
  var assessmentDays: Bounds {
    cannotApply(dayVariable) ? .zero : bounds[tables.places[dayVariable].number]
  }
}
