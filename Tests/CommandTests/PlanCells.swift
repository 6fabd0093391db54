import RuleEngine

/// What a query or a batch says of a plan, by the names of the columns, worked out from the reference evaluator.
///
/// `nil` where there is nothing to say.
struct PlanCells {
  private let evaluation: Evaluation
  private let program: Program
  private let statuses: [String: DecisionPlan.Status]
  private(set) var cells: [String: String?] = [:]

  /// All columns that can be compared, in the order of the plan.
  static func names(_ program: Program) -> [String] {
    ["status", "no_value"]
      + program.presentation.decisions.flatMap { index -> [String] in
        let decision = program.decisions[index]
        let name = program.variables[decision.variable].name
        let members = program.variables[decision.variable].domain.names
        return [name, "\(name).status", "\(name).possible"]
          + (decision.hasMembers ? decision.slots.indices.map { "\(name).\(members[decision.slots[$0].member!])" } : [])
      }
  }

  init(_ program: Program, _ intake: Intake) {
    self.program = program
    evaluation = Evaluator.evaluate(program, intake)
    let plan = Plan(program, intake)
    statuses = Dictionary(uniqueKeysWithValues: plan.decisions.map { ($0.name, $0.status) })
    cells["status"] = plan.status.rawValue
    cells["no_value"] = plan.decisions.filter { ![.settled, .settledRegardless].contains($0.status) }
      .map { "\($0.name)=\($0.status.rawValue)" }.joined(separator: ";")
    for index in program.decisions.indices { addCells(of: index) }
  }

  private mutating func addCells(of index: Int) {
    let decision = program.decisions[index]
    let variable = program.variables[decision.variable]
    let name = variable.name
    cells["\(name).status"] = statuses[name]?.rawValue
    guard decision.hasMembers else {
      let outcomes = evaluation.decisionOutcomes[index].sorted()
      cells["\(name).possible"] = outcomes.map { word($0, variable.domain) }.joined(separator: ";")
      if outcomes.count == 1, case .value = outcomes[0] {
        cells[name] = word(outcomes[0], variable.domain)
      } else {
        cells[name] = .some(nil)
      }
      return
    }
    var list: [String] = []
    var possible: [String] = []
    for slot in decision.slots.indices {
      let member = variable.domain.names[decision.slots[slot].member!]
      let domain = decision.slots[slot].variable.map { program.variables[$0].domain } ?? variable.domain
      let outcomes = evaluation.slotOutcomes[index][slot].sorted()
      possible += outcomes.filter { $0 != .out && $0 != .notApplicable }.map {
        $0 == .value(.included) ? member : "\(member)=\(word($0, domain))"
      }
      cells["\(name).\(member)"] = .some(nil)
      guard outcomes.count == 1 else { continue }
      if case .value(let value) = outcomes[0] {
        cells["\(name).\(member)"] = value == .included ? "yes" : word(outcomes[0], domain)
        list.append(decision.isMenu ? "\(member)=\(word(outcomes[0], domain))" : member)
      } else if outcomes[0] == .out {
        cells["\(name).\(member)"] = "no"
      }
    }
    let hasList = evaluation.slotOutcomes[index].allSatisfy { $0 != [.notApplicable] && $0 != [.conflict] }
    cells[name] = evaluation.isSettled(index) && hasList ? list.joined(separator: ";") : .some(nil)
    cells["\(name).possible"] = possible.joined(separator: ";")
  }

  private func word(_ outcome: Evaluation.Outcome, _ domain: Domain) -> String {
    switch outcome {
    case .value(.option(let option)): domain.names[option]
    case .value(.number(let number)): number.description
    case .value(.included): "in"
    case .between(let interval): "\(interval.lower) to \(interval.upper)"
    case .out: "out"
    case .gap: "gap"
    case .conflict: "conflict"
    case .notApplicable: "not_applicable"
    }
  }
}
