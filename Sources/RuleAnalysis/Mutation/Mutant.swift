public import RuleEngine

/// A rulebook with one small fault, to see whether some case notices it.
public struct Mutant: Sendable {
  /// What was done, in the words of the program.
  public enum Change: Sendable {
    /// A clause asks for something else.
    case clause(from: Condition, to: Condition)
    /// A clause is gone.
    case clauseDropped(Condition)
    /// A rule never applies.
    case ruleDropped
    /// A rule recommends something else; `nil` if it says nothing there any more.
    case verdict(decision: Int, slot: Int, from: Slot.Verdict, to: Slot.Verdict?)
    /// A rule no longer overrides another.
    case overrideDropped(of: Int)
    /// Where no rule recommends anything stands something else.
    case otherwise(decision: Int, from: Value, to: Value)
    /// A parameter has another value.
    case parameter(Int, from: Number, to: Number)
    /// A band begins elsewhere.
    case band(variable: Int, Int, from: Number, to: Number)
    /// An option counts another number of points.
    case points(variable: Int, Int, from: Number, to: Number)
  }

  /// Where the changed condition stands.
  enum Owner: Hashable, Sendable {
    case rule(Int)
    case guardOfFact(Int)
    case guardOfDecision(Int)
    /// One condition of a derived fact.
    case derived(Int, part: Int)
  }

  enum Edit: Sendable {
    case condition(Owner, Condition)
    case effect(decision: Int, slot: Int, effect: Int, Slot.Verdict?)
    case override(of: Int, by: Int)
    case otherwise(decision: Int, Value)
    case parameter(Int, value: Int, Number)
    case derivation(Int, Derivation)
  }

  public let element: CoverageGoal.Element
  public let change: Change
  let edit: Edit

  /// The rulebook with the fault.
  public func applied(to program: Program) -> Program {
    var program = program
    switch edit {
    case .condition(let owner, let condition): Mutant.replace(owner, condition, in: &program)
    case .effect(let decision, let slot, let effect, let verdict):
      if let verdict {
        program.decisions[decision].slots[slot].effects[effect].verdict = verdict
      } else {
        program.decisions[decision].slots[slot].effects.drop(effect)
      }
    case .override(let target, let rule):
      for decision in program.decisions.indices {
        for slot in program.decisions[decision].slots.indices {
          program.decisions[decision].slots[slot].effects.dropLink(from: rule, to: target)
        }
      }
    case .otherwise(let decision, let value): program.decisions[decision].otherwise?.value = value
    case .parameter(let parameter, let value, let number): program.parameters[parameter].values[value].value = number
    case .derivation(let variable, let derivation): program.variables[variable].kind = .derived(derivation)
    }
    return program
  }

  private static func replace(_ owner: Owner, _ condition: Condition, in program: inout Program) {
    switch owner {
    case .rule(let rule): program.rules[rule].condition = condition
    case .guardOfDecision(let decision): program.decisions[decision].appliesWhen = condition
    case .guardOfFact(let variable):
      guard case .fact(var fact) = program.variables[variable].kind else { return }
      fact.appliesWhen = condition
      program.variables[variable].kind = .fact(fact)
    case .derived(let variable, let part):
      switch program.variables[variable].kind {
      case .derived(.holds): program.variables[variable].kind = .derived(.holds(condition))
      case .derived(.count(var conditions)):
        conditions[part] = condition
        program.variables[variable].kind = .derived(.count(conditions))
      default: break
      }
    }
  }

  // MARK: Who can notice

  /// Whether a plan could be another. What stands above the change is as it was, so a condition that comes out the same
  /// changes nothing below it; only which facts are needed can follow from how an unknown condition is built.
  package func canShow(in evaluation: Evaluation, asksForNeeds: Bool) -> Bool {
    let program = evaluation.program
    switch edit {
    case .condition(let owner, let condition):
      let before = evaluation.truth(of: Mutant.condition(owner, in: program))
      let after = evaluation.truth(of: condition)
      return before != after || (asksForNeeds && before == .unknown)
    case .effect(let decision, let slot, let effect, _):
      return evaluation.ruleTruths[program.decisions[decision].slots[slot].effects[effect].rule] != .no
    case .override(let target, let rule):
      return evaluation.ruleTruths[target] != .no && evaluation.ruleTruths[rule] != .no
    case .otherwise(let decision, _): return evaluation.guardTruths[decision] != .no
    case .parameter, .derivation: return true
    }
  }

  private static func condition(_ owner: Owner, in program: Program) -> Condition {
    switch owner {
    case .rule(let rule): return program.rules[rule].condition
    case .guardOfDecision(let decision): return program.decisions[decision].appliesWhen ?? .always
    case .guardOfFact(let variable): return program.variables[variable].fact?.appliesWhen ?? .always
    case .derived(let variable, let part):
      guard case .derived(let derivation) = program.variables[variable].kind else { return .always }
      return derivation.conditions[part]
    }
  }

  /// Where the rulebook is otherwise: places of variables, and of rules behind them.
  func places(in program: Program) -> Set<Int> {
    let variables = program.variables.count
    func decisions(_ isMeant: (Decision) -> Bool) -> Set<Int> { Set(program.decisions.filter(isMeant).map(\.variable)) }
    switch edit {
    case .condition(.rule(let rule), _): return [variables + rule]
    case .condition(.guardOfFact(let variable), _), .condition(.derived(let variable, _), _): return [variable]
    case .condition(.guardOfDecision(let decision), _), .effect(let decision, _, _, _), .otherwise(let decision, _):
      return [program.decisions[decision].variable]
    case .override(let target, let rule):
      return decisions { decision in
        decision.slots.contains { slot in
          slot.effects.contains { $0.rule == rule } && slot.effects.contains { $0.rule == target }
        }
      }
    // Anything may read a parameter.
    case .parameter: return Set(0..<(variables + program.rules.count))
    case .derivation(let variable, _): return [variable]
    }
  }

  /// The facts, derived facts and decisions that stand near the change, from which to look for a difference.
  func variables(of program: Program) -> [Int] {
    func read(_ rule: Int) -> [Int] { Mutant.read(program.rules[rule].condition, program) }
    switch edit {
    case .condition(let owner, _): return Mutant.read(Mutant.condition(owner, in: program), program)
    case .effect(let decision, let slot, _, _):
      return program.decisions[decision].slots[slot].effects.flatMap { read($0.rule) }
    case .override(let target, let rule): return read(target) + read(rule)
    case .otherwise(let decision, _):
      return program.decisions[decision].slots.flatMap { slot in slot.effects.flatMap { read($0.rule) } }
    case .parameter(let parameter, _, _):
      return program.rules.map(\.condition).flatMap(\.subtree).compactMap { part in
        if case .test(let variable, let matcher) = part, matcher.parameters.contains(parameter) {
          variable
        } else {
          nil
        }
      }
    case .derivation(let variable, _): return [variable]
    }
  }

  private static func read(_ condition: Condition, _ program: Program) -> [Int] {
    condition.subtree.flatMap { part -> [Int] in
      switch part {
      case .test(let variable, _): [variable]
      case .applies(let rule): read(program.rules[rule].condition, program)
      default: []
      }
    }
  }
}

extension [Slot.Effect] {
  /// The effects without one; a chain that led through it is broken.
  fileprivate mutating func drop(_ place: Int) {
    func moved(_ links: [Int]) -> [Int] { links.filter { $0 != place }.map { $0 > place ? $0 - 1 : $0 } }
    remove(at: place)
    for index in indices { self[index].directlyOverriddenBy = moved(self[index].directlyOverriddenBy) }
    closeOverrides()
  }

  fileprivate mutating func dropLink(from rule: Int, to target: Int) {
    guard let over = firstIndex(where: { $0.rule == rule }), let under = firstIndex(where: { $0.rule == target }) else {
      return
    }
    self[under].directlyOverriddenBy.removeAll { $0 == over }
    closeOverrides()
  }
}
