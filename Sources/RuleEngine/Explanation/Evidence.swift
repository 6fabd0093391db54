/// A fact that mattered, with those below it that gave a derived fact its value.
public struct Evidence: Sendable, Equatable, Encodable {
  public var name: String
  public var label: String
  /// What it is, in words: `Days`, `12`, `not known`.
  public var value: String
  public var from: [Evidence]
}

/// Chooses the evidence of a truth (section 5): of a true *any* all its true parts, of a false *all* all its false parts.
/// No choice is made, so none can vary.
struct EvidenceReader {
  let wording: Wording
  private var program: Program { wording.evaluation.program }

  init(_ wording: Wording) {
    self.wording = wording
  }

  /// The variables that make the condition as true, false or unknown as it is, each once, in the order of their names.
  func evidence(of condition: Condition) -> [Evidence] {
    Set(variables(of: condition, being: wording.evaluation.truth(of: condition))).sorted().map(evidence(of:))
  }

  private func variables(of condition: Condition, being truth: Truth) -> [Int] {
    switch condition {
    case .always, .outcome: []
    case .test(let variable, _): [variable]
    case .applies(let rule): variables(of: program.rules[rule].condition, being: truth)
    case .not(let part): variables(of: part, being: !truth)
    case .all(let parts), .any(let parts), .atLeast(_, let parts):
      parts.filter { counts($0, in: condition, being: truth) }.flatMap {
        variables(of: $0, being: wording.evaluation.truth(of: $0))
      }
    }
  }

  private func counts(_ part: Condition, in whole: Condition, being truth: Truth) -> Bool {
    let partTruth = wording.evaluation.truth(of: part)
    guard truth != .unknown else { return partTruth == .unknown }
    return partTruth == truth
  }

  private func evidence(of variable: Int) -> Evidence {
    var below: [Evidence] = []
    if case .derived(let derivation) = program.variables[variable].kind {
      switch derivation {
      case .holds(let condition): below = evidence(of: condition)
      case .count(let conditions):
        let mattering = conditions.filter { wording.evaluation.truth(of: $0) != .no }
        below = Set(mattering.flatMap { variables(of: $0, being: wording.evaluation.truth(of: $0)) }).sorted().map(
          evidence(of:))
      case .bands, .points, .days, .difference, .product, .highest, .lowest:
        below = Set(derivation.sources).subtracting([program.assessmentDay]).sorted().map(evidence(of:))
      case .sum, .total: break
      }
    }
    let entry = program.variables[variable]
    return Evidence(
      name: entry.name, label: wording.label(of: variable), value: wording.value(of: variable), from: below)
  }
}
