/// A fact that mattered, with those below it that gave a derived fact its value.
public struct Evidence: Sendable, Equatable, Codable {
  public var name: String
  public var label: String
  /// What it is, in words: `Days`, `12`, `not known`.
  public var value: String
  public var from: [Evidence]
}

/// Chooses the evidence of a truth (section 5): of a true *any* all its true parts, of a false *all* all its false parts.
/// No choice is made, so none can vary.
package struct EvidenceReader {
  package let wording: Wording
  private var program: Program { wording.evaluation.program }

  package init(_ wording: Wording) {
    self.wording = wording
  }

  /// The variables that make the condition as true, false or unknown as it is, each once, in the order of their names. What
  /// stands below a derived fact is told where it is met first.
  package func evidence(of condition: Condition) -> [Evidence] {
    var told: Set<Int> = []
    return evidence(of: condition, &told)
  }

  private func evidence(of condition: Condition, _ told: inout Set<Int>) -> [Evidence] {
    var rules: Set<Int> = []
    let truth = wording.evaluation.truth(of: condition)
    return evidence(of: Set(variables(of: condition, being: truth, &rules)), &told)
  }

  private func evidence(of variables: Set<Int>, _ told: inout Set<Int>) -> [Evidence] {
    var result: [Evidence] = []
    for variable in variables.sorted() { result.append(evidence(of: variable, &told)) }
    return result
  }

  /// - Parameter rules: the rules that were passed on the way, each of which is passed once.
  private func variables(of condition: Condition, being truth: Truth, _ rules: inout Set<Int>) -> [Int] {
    switch condition {
    case .always, .outcome: return []
    case .test(let variable, _): return [variable]
    case .applies(let rule):
      guard rules.insert(rule).inserted else { return [] }
      return variables(of: program.rules[rule].condition, being: truth, &rules)
    case .not(let part): return variables(of: part, being: !truth, &rules)
    case .all(let parts), .any(let parts), .atLeast(_, let parts):
      var found: [Int] = []
      for part in parts where counts(part, being: truth) {
        found += variables(of: part, being: wording.evaluation.truth(of: part), &rules)
      }
      return found
    }
  }

  private func counts(_ part: Condition, being truth: Truth) -> Bool {
    wording.evaluation.truth(of: part) == truth
  }

  private func evidence(of variable: Int, _ told: inout Set<Int>) -> Evidence {
    var below: [Evidence] = []
    if case .derived(let derivation) = program.variables[variable].kind, told.insert(variable).inserted {
      switch derivation {
      case .holds(let condition): below = evidence(of: condition, &told)
      case .count(let conditions):
        var rules: Set<Int> = []
        var mattering: Set<Int> = []
        for condition in conditions {
          let truth = wording.evaluation.truth(of: condition)
          if truth != .no { mattering.formUnion(variables(of: condition, being: truth, &rules)) }
        }
        below = evidence(of: mattering, &told)
      case .bands, .points, .days, .difference, .product, .highest, .lowest:
        below = evidence(of: Set(derivation.sources).subtracting([program.assessmentDay]), &told)
      case .sum, .total: break
      }
    }
    let entry = program.variables[variable]
    return Evidence(
      name: entry.name, label: wording.label(of: variable), value: wording.value(of: variable), from: below)
  }
}
