import Cores
public import RuleEngine

/// Which rules decide the plans of which cases.
public enum CaseDeciders {
  /// For each rule, by its id without the phase, the cases in whose plans it decides something, in the order of their ids.
  public static func casesByRule(_ cases: [Case], _ program: Program) -> [String: [String]] {
    let deciding = inParallel(cases) {
      Plan.decidingRules(Evaluator.evaluate(program, $0.intake), in: program.decisions.indices)
    }
    var result: [String: Set<String>] = [:]
    for (aCase, rules) in zip(cases, deciding) {
      for rule in rules {
        let phase = Program.phases.first { rule.hasSuffix("[\($0)]") }
        let id = phase.map { String(rule.dropLast($0.count + 2)) } ?? rule
        result[id, default: []].insert(aCase.id)
      }
    }
    return result.mapValues { $0.sorted() }
  }
}
