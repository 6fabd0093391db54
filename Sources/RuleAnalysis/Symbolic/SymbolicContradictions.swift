import RuleEngine

extension SymbolicEvaluation {
  /// Whether the intake can be: no contradiction, nothing impossible, and every parameter in force.
  var isPossible: Term {
    var conditions = program.impossibilities.map { bank.not(truth(of: $0.condition).must) }
    for case .derived(.sum(let items, let enteredAs?)) in program.variables.map(\.kind) {
      guard case .interval(let total, _, let isSingle) = values[enteredAs].values else { continue }
      let (lower, upper, cannotApply, _) = sum(of: items)
      conditions.append(
        bank.any(
          bank.not(isSingle), values[enteredAs].mayNotApply, cannotApply,
          bank.all(bank.isAtMost(lower, total), bank.isAtMost(total, upper))))
    }
    let first = program.parameters.compactMap { $0.values.first?.from }.max()
    if let first, let answer = intake.answers[program.assessmentDay], case .number(let day) = answer.value {
      conditions.append(bank.any(bank.not(answer.isKnown), bank.isAtMost(bank.whole(scale.floor(Number(first))), day)))
    }
    return bank.all(conditions)
  }
}
