/// Why the answers of an intake cannot all be right. Places are those of the ``Program``.
package enum Contradiction: Hashable, Sendable {
  /// An intake that the rulebook calls impossible: the place in ``Program/impossibilities``.
  case impossible(Int)
  /// The entered total cannot be what the items of this sum add up to.
  case totalDisagrees(sum: Int, entered: Int)
  /// The parameter has no value on the day of the assessment.
  case noParameterInForce(Int)
}

extension Evaluation {
  /// What contradicts itself in the answers, for sure: what is not known contradicts nothing.
  package var contradictions: [Contradiction] {
    var found: [Contradiction] = []
    for (index, variable) in program.variables.enumerated() {
      guard case .derived(.sum(let items, let entered?)) = variable.kind, disagrees(items, entered) else { continue }
      found.append(.totalDisagrees(sum: index, entered: entered))
    }
    for (index, impossibility) in program.impossibilities.enumerated()
    where truth(of: impossibility.condition) == .yes {
      found.append(.impossible(index))
    }
    if let day = values[program.assessmentDay].interval?.single?.whole {
      for (index, parameter) in program.parameters.enumerated() where parameter.value(on: day) == nil {
        found.append(.noParameterInForce(index))
      }
    }
    return found
  }

  private func disagrees(_ items: [Int], _ entered: Int) -> Bool {
    guard let total = values[entered].interval?.single, !values[entered].mayNotApply else { return false }
    return values.sum(of: items).map { !$0.interval.contains(total) } ?? false
  }
}
