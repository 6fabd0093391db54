/// What an evaluation found: for every variable, rule and slot, what is still possible.
public struct Evaluation: Valuation, Sendable {
  /// One way a slot, or a preferred choice as a whole, can come out.
  public enum Outcome: Hashable, Sendable, Comparable {
    case value(Value)
    /// An amount that fills what the others leave, between two bounds.
    case between(Interval)
    /// A member or item is not in.
    case out
    /// No rule says anything.
    case gap
    /// Two rules disagree, and neither overrides the other.
    case conflict
    case notApplicable

    private var rank: Int {
      switch self {
      case .value: 0
      case .between: 1
      case .out: 2
      case .gap: 3
      case .conflict: 4
      case .notApplicable: 5
      }
    }

    public static func < (left: Outcome, right: Outcome) -> Bool {
      switch (left, right) {
      case (.value(let first), .value(let second)): first < second
      case (.between(let first), .between(let second)): (first.lower, first.upper) < (second.lower, second.upper)
      default: left.rank < right.rank
      }
    }
  }

  public let program: Program
  public let intake: Intake
  /// For each variable, what it can be.
  public internal(set) var values: [PossibleValues]
  /// For each rule, whether it applies.
  public internal(set) var ruleTruths: [Truth]
  /// For each decision and slot, how the rules can combine, before `otherwise` and the guard are considered.
  public internal(set) var combined: [[Set<CombinedResult>]]
  /// For each decision and slot, the outcomes.
  public internal(set) var slotOutcomes: [[Set<Outcome>]]
  /// For each decision that has one value, its outcomes; empty for sets and menus.
  public internal(set) var decisionOutcomes: [Set<Outcome>]
  /// For each decision, whether it applies.
  public internal(set) var guardTruths: [Truth]

  /// Whether each slot of the decision has one outcome (section 4, clause 10). Of a preferred choice, the value counts:
  /// what else would have been possible may stay open.
  public func isSettled(_ decision: Int) -> Bool {
    program.decisions[decision].hasMembers
      ? slotOutcomes[decision].allSatisfy(\.isSettled) : decisionOutcomes[decision].isSettled
  }

  /// Whether a clinician selected a value for the slot of a set or menu, or for a decision with one value.
  func isSelected(_ decision: Int, slot: Int?) -> Bool {
    intake.selection(for: decision, slot: slot, in: program) != nil
  }

  public func answer(of variable: Int) -> Answer? {
    intake.answers[program.variables[variable].name]
  }

  public func truth(ofOutcome test: Condition.OutcomeTest, of decision: Int) -> Truth {
    let outcomes = program.decisions[decision].hasMembers ? slotOutcomes[decision] : [decisionOutcomes[decision]]
    return switch test {
    case .open: Truth(!isSettled(decision))
    case .settled: Truth(isSettled(decision))
    case .gap: Truth(outcomes.contains([.gap]))
    case .conflict: Truth(outcomes.contains([.conflict]))
    case .notApplicable: Truth(guardTruths[decision] == .no)
    case .final: truth(ofPlan: .final)
    }
  }

  public func truth(ofPlan test: Condition.OutcomeTest) -> Truth {
    let decisions = program.decisions.indices
    func some(_ test: Condition.OutcomeTest) -> Truth { Truth.any(decisions.map { truth(ofOutcome: test, of: $0) }) }
    return switch test {
    case .open, .gap, .conflict: some(test)
    case .settled: !some(.open)
    case .notApplicable: .no
    case .final:
      Truth.all([
        !some(.open), !some(.gap), !some(.conflict), Truth(program.variables.indices.allSatisfy(isKnownOrNoFact)),
      ])
    }
  }

  private func isKnownOrNoFact(_ variable: Int) -> Bool {
    program.variables[variable].fact == nil || values[variable].cannotApply || values[variable].hasOneValue
  }
}

extension Set<Evaluation.Outcome> {
  /// Whether there is just one outcome, and not one of many amounts.
  package var isSettled: Bool {
    guard count == 1, let only = first else { return false }
    if case .between = only { return false }
    return true
  }
}
