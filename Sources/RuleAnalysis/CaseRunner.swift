public import RuleEngine

/// Runs the cases of a rulebook: each intake must get the plan that was promised.
public enum CaseRunner {
  /// How one case came out.
  public struct Result: Sendable {
    public let id: String
    /// What differs from the promise, a line each; empty if nothing does.
    public let failures: [String]
  }

  /// Every case, in the order of the ids.
  public static func run(_ cases: [Case], _ program: Program, language: String = "en") -> [Result] {
    cases.map { Result(id: $0.id, failures: failures(of: $0, program, language)) }
  }

  private static func failures(of aCase: Case, _ program: Program, _ language: String) -> [String] {
    let evaluation = Evaluator.evaluate(program, aCase.intake)
    var failures = expectations(aCase.expect, evaluation, language, aCase.personalFacts)
    // The rules that decided are known only from a whole plan, so they are looked for only where a case asks.
    let asksForRules = !aCase.because.isEmpty || !aCase.notBecause.isEmpty
    let deciding = asksForRules ? decidingRules(evaluation) : []
    for rule in aCase.because where !isAmong(deciding, rule) {
      failures.append("because: `\(rule)` decides nothing here")
    }
    for rule in aCase.notBecause where isAmong(deciding, rule) {
      failures.append("not_because: `\(rule)` decides something here")
    }
    if let needs = aCase.needs {
      let found = evaluation.neededFacts(for: program.decisions.indices).now.map { program.variables[$0].name }.sorted()
      if found != needs.sorted() {
        failures.append("needs: expected \(list(needs.sorted())), found \(list(found))")
      }
    }
    for impossibility in program.impossibilities
    where evaluation.truth(of: impossibility.condition) == .yes {
      failures.append("given: these answers cannot all be right (`\(impossibility.id)`)")
    }
    return failures
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "nothing" : names.joined(separator: ", ")
  }

  /// Each part of an expectation that does not surely hold, with what was found.
  private static func expectations(
    _ condition: Condition, _ evaluation: Evaluation, _ language: String, _ personal: Set<String>
  ) -> [String] {
    let wording = Wording(evaluation, language: language)
    let program = evaluation.program
    guard evaluation.truth(of: condition) != .yes else { return [] }
    switch condition {
    case .all(let parts): return parts.flatMap { expectations($0, evaluation, language, personal) }
    case .test(let variable, let matcher):
      let name = program.variables[variable].name
      return [
        "\(name): expected \(wording.matcher(matcher, of: variable)), found \(found(variable, wording, personal))"
      ]
    case .outcome(let decision, let test):
      let variable = program.decisions[decision].variable
      let name = program.variables[variable].name
      return ["\(name): expected \(test.rawValue), found \(wording.outcomes(of: variable))"]
    default:
      let variables = condition.subtree.compactMap { part -> Int? in
        if case .test(let variable, _) = part { variable } else { nil }
      }
      let found = Set(variables).sorted().map {
        "\(program.variables[$0].name) is \(self.found($0, wording, personal))"
      }
      return ["expected a condition that does not hold: \(found.joined(separator: ", "))"]
    }
  }

  /// How a variable came out; nothing that would tell an answer of an intake file.
  private static func found(_ variable: Int, _ wording: Wording, _ personal: Set<String>) -> String {
    let program = wording.evaluation.program
    let facts = program.facts(below: [variable]).map { program.variables[$0].name }
    return personal.isDisjoint(with: facts) ? wording.outcomes(of: variable) : "something else"
  }

  /// The ids of the rules that won a slot, without the phase.
  private static func decidingRules(_ evaluation: Evaluation) -> Set<String> {
    Set(Plan(evaluation.program, evaluation.intake).decidingRules)
  }

  /// Whether the rule, a row of the table, or a phase of the rule is among them.
  private static func isAmong(_ ids: Set<String>, _ rule: String) -> Bool {
    ids.contains(rule) || ids.contains { $0.hasPrefix("\(rule)[") }
  }
}
