package import RuleEngine
import SourceText

/// What a line of output holds of a plan.
package enum PlanColumn: Sendable, Equatable {
  /// The number of the line in the input, counted from 1.
  case line
  /// What the input calls the intake.
  case id
  /// How far the plan as a whole is settled.
  case status
  /// The decisions without a settled value, and how each stands.
  case noValue
  /// The facts that are needed to settle what is open.
  case needed
  /// The rules that decided something.
  case rules
  /// The value of a decision.
  case value(Int)
  /// How far a decision is settled.
  case decisionStatus(Int)
  /// What a decision can still be.
  case possible(Int)
  /// One member of a set, or the amount of one item of a menu.
  case member(Int, slot: Int)
  /// The plan with all its reasons.
  case plan

  /// A name that is no column, with those that are near.
  package struct Unknown: Error {
    package let name: String
    package let suggestion: String?
  }

  /// What stands in the output unless something else is asked for: the value of each decision, and why some have none.
  package static func standard(_ program: Program, hasID: Bool) -> [PlanColumn] {
    [.line] + (hasID ? [.id] : []) + [.status]
      + program.presentation.decisions.map { .value($0) } + [.noValue]
  }

  package init(_ name: String, _ program: Program) throws(Unknown) {
    switch name {
    case "line": self = .line
    case "id": self = .id
    case "status": self = .status
    case "no_value": self = .noValue
    case "needed": self = .needed
    case "rules": self = .rules
    case "plan": self = .plan
    default:
      guard let column = PlanColumn.ofDecision(name, program) else {
        let names = PlanColumn.all(program).map { $0.name(program) }
        throw Unknown(name: name, suggestion: likelyMeant(name, among: names))
      }
      self = column
    }
  }

  private static func ofDecision(_ name: String, _ program: Program) -> PlanColumn? {
    all(program).first { $0.name(program) == name }
  }

  /// Every column there is.
  package static func all(_ program: Program) -> [PlanColumn] {
    var columns: [PlanColumn] = [.line, .id, .status, .noValue, .needed, .rules, .plan]
    for index in program.presentation.decisions {
      columns += [.value(index), .decisionStatus(index), .possible(index)]
      let decision = program.decisions[index]
      if decision.hasMembers { columns += decision.slots.indices.map { .member(index, slot: $0) } }
    }
    return columns
  }

  package func name(_ program: Program) -> String {
    func decision(_ index: Int) -> String { program.variables[program.decisions[index].variable].name }
    switch self {
    case .line: return "line"
    case .id: return "id"
    case .status: return "status"
    case .noValue: return "no_value"
    case .needed: return "needed"
    case .rules: return "rules"
    case .plan: return "plan"
    case .value(let index): return decision(index)
    case .decisionStatus(let index): return "\(decision(index)).status"
    case .possible(let index): return "\(decision(index)).possible"
    case .member(let index, let slot):
      let variable = program.variables[program.decisions[index].variable]
      let member = program.decisions[index].slots[slot].member ?? slot
      return "\(variable.name).\(variable.domain.names[member])"
    }
  }

  /// Whether the reference evaluator must be asked, which takes longer than all the rest.
  package var needsReasons: Bool {
    switch self {
    case .needed, .rules, .plan: true
    default: false
    }
  }

  /// Whether every rule must be looked for, those too that can change no outcome.
  package var needsEveryRule: Bool {
    if case .decisionStatus = self { true } else { false }
  }
}
