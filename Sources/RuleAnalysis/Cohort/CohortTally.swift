package import RuleEngine

/// Counts what many people's plans come out as, plan by plan, in memory that does not grow.
///
/// Each thread counts with its own; ``merge(_:)`` adds them up, in any order.
package final class CohortTally {
  /// What came out of one decision.
  struct DecisionCounts {
    /// By the cases of the status.
    var statuses = [Int](repeating: 0, count: DecisionPlan.Status.allCases.count)
    /// Of a decision with one value, how often each came out, by its place among the values of the slot.
    var values: [Int]
    /// Of a set or menu, by its slots.
    var members: [MemberCounts]
    /// How often each fact was needed while it was open, by the places of variables; empty if none was.
    var needed: [Int] = []
  }

  struct MemberCounts {
    /// In the plan for sure, though its amount may be open.
    var included = 0
    /// Neither in nor out.
    var open = 0
    /// How often each amount came out, by its place among the values of the slot.
    var values: [Int]
    /// What fills the time that others leave has amounts of its own.
    var fill = AmountTally()
  }

  struct NeedCounts: Equatable {
    var now = 0
    var later = 0
    var unanswerable = 0
  }

  let program: CompiledProgram
  /// How many plans were counted.
  package private(set) var planCount = 0
  /// Plans in which some fact is needed.
  private(set) var waitingCount = 0
  private(set) var statuses = [Int](repeating: 0, count: Plan.Status.allCases.count)
  private(set) var decisions: [DecisionCounts]
  /// For each derived number that follows from the plan, what it came to.
  private(set) var derived: [(variable: Int, amounts: AmountTally)]
  /// By the places of rules, in how many plans each applied, and in how many it decided something.
  private(set) var applied: [Int]
  private(set) var decided: [Int]
  /// By the places of variables.
  private(set) var needs: [NeedCounts]

  private var questions: OpenQuestions
  /// The plan in which a rule or fact was counted last, so that it counts once in each.
  private var lastDecided: [Int]
  private var planNeeds: [OpenQuestions.Need]

  package init(_ program: CompiledProgram) {
    self.program = program
    let own = program.program
    decisions = own.decisions.indices.map { index in
      let hasMembers = own.decisions[index].hasMembers
      return DecisionCounts(
        values: hasMembers ? [] : program.values(of: index, slot: nil).map { _ in 0 },
        members: !hasMembers
          ? []
          : own.decisions[index].slots.indices.map { slot in
            MemberCounts(values: program.values(of: index, slot: slot).map { _ in 0 })
          })
    }
    derived = own.plannedNumbers.map { ($0, AmountTally()) }
    applied = own.rules.map { _ in 0 }
    decided = applied
    lastDecided = own.rules.map { _ in -1 }
    needs = own.variables.map { _ in NeedCounts() }
    planNeeds = own.variables.map { _ in [] }
    questions = OpenQuestions(program)
  }

  // MARK: One plan

  /// Counts the plan that the machine worked out last.
  ///
  /// - Parameters:
  ///   - assumed: the machine for what is assumed, as it was when the statuses were read.
  package func count(
    _ machine: borrowing PlanMachine, assumed: borrowing PlanMachine, _ found: PlanStatuses,
    _ intake: borrowing CompiledIntake
  ) {
    statuses[found.plan.place] += 1
    for index in decisions.indices {
      decisions[index].statuses[found.decisions[index].place] += 1
      if program.program.decisions[index].hasMembers {
        count(membersOf: index, machine)
      } else if case .value(let place) = machine.result(of: index) {
        decisions[index].values[place] += 1
      }
      if machine.isAssumed(index, found) {
        machine.forEachDecider(of: index, shown: assumed, isAssumed: true) { countDecider($0) }
      } else {
        machine.forEachDecider(of: index, shown: machine, isAssumed: false) { countDecider($0) }
      }
    }
    for index in derived.indices {
      if let number = machine.settledNumber(derived[index].variable) { derived[index].amounts.add(number) }
    }
    machine.forEachApplyingRule { applied[$0] += 1 }
    if found.plan != .final, found.plan != .finalRegardless { countNeeds(machine, found, intake) }
    planCount += 1
  }

  private func count(membersOf index: Int, _ machine: borrowing PlanMachine) {
    for slot in decisions[index].members.indices {
      switch machine.result(of: index, slot: slot) {
      case .value(let place):
        decisions[index].members[slot].included += 1
        decisions[index].members[slot].values[place] += 1
      case .amount(let amount):
        decisions[index].members[slot].included += 1
        decisions[index].members[slot].fill.add(amount)
      case .open, .conflict, .gap:
        if machine.isCertain(index, slot: slot) {
          decisions[index].members[slot].included += 1
        } else {
          decisions[index].members[slot].open += 1
        }
      case .out, .notApplicable: break
      }
    }
  }

  private func countDecider(_ rule: Int) {
    guard lastDecided[rule] != planCount else { return }
    lastDecided[rule] = planCount
    decided[rule] += 1
  }

  private func countNeeds(
    _ machine: borrowing PlanMachine, _ found: PlanStatuses, _ intake: borrowing CompiledIntake
  ) {
    var facts: [Int] = []
    for index in decisions.indices {
      questions.forEachNeeded(for: index, machine, intake) { fact, need in
        if planNeeds[fact].isEmpty { facts.append(fact) }
        planNeeds[fact].formUnion(need)
        guard found.decisions[index] == .open else { return }
        if decisions[index].needed.isEmpty { decisions[index].needed = Array(repeating: 0, count: needs.count) }
        decisions[index].needed[fact] += 1
      }
    }
    for fact in facts {
      if planNeeds[fact].contains(.now) {
        needs[fact].now += 1
      } else if planNeeds[fact].contains(.unanswerable) {
        needs[fact].unanswerable += 1
      } else {
        needs[fact].later += 1
      }
      planNeeds[fact] = []
    }
    if !facts.isEmpty { waitingCount += 1 }
  }

  // MARK: All together

  /// Adds all that another counted, of the same program.
  package func merge(_ other: CohortTally) {
    planCount += other.planCount
    waitingCount += other.waitingCount
    statuses.add(other.statuses)
    for index in decisions.indices {
      decisions[index].statuses.add(other.decisions[index].statuses)
      decisions[index].values.add(other.decisions[index].values)
      if decisions[index].needed.isEmpty {
        decisions[index].needed = other.decisions[index].needed
      } else if !other.decisions[index].needed.isEmpty {
        decisions[index].needed.add(other.decisions[index].needed)
      }
      for slot in decisions[index].members.indices {
        let theirs = other.decisions[index].members[slot]
        decisions[index].members[slot].included += theirs.included
        decisions[index].members[slot].open += theirs.open
        decisions[index].members[slot].values.add(theirs.values)
        decisions[index].members[slot].fill.merge(theirs.fill)
      }
    }
    for index in derived.indices { derived[index].amounts.merge(other.derived[index].amounts) }
    applied.add(other.applied)
    decided.add(other.decided)
    for fact in needs.indices {
      needs[fact].now += other.needs[fact].now
      needs[fact].later += other.needs[fact].later
      needs[fact].unanswerable += other.needs[fact].unanswerable
    }
  }
}

extension Program {
  /// The derived numbers that follow from decisions: totals and products, such as the minutes of a week.
  fileprivate var plannedNumbers: [Int] {
    variables.indices.filter { index in
      switch variables[index].kind {
      case .derived(.product), .derived(.total): true
      default: false
      }
    }
  }
}

extension [Int] {
  fileprivate mutating func add(_ other: [Int]) {
    for index in indices { self[index] += other[index] }
  }
}
