public import RuleEngine

extension Comparison {
  /// Compares for every intake, complete or not.
  ///
  /// - Parameters:
  ///   - cohort: what a ``ChangeCounter`` counted of persons.
  ///   - isOver: whether the time is up. What was not looked at by then is said to be not proved.
  ///   - progress: told what is being compared.
  public static func compare(
    _ base: Program, _ head: Program, baseCases: [Case] = [], headCases: [Case] = [],
    cohort: Count? = nil, isOver: @escaping () -> Bool = { false },
    progress: @escaping (String) -> Void = { _ in }
  ) throws(SolverFailure) -> Comparison {
    var result = Comparison()
    let cases = CasePair.all(base, baseCases, head, headCases)
    if base.digest.isEmpty || base.digest != head.digest {
      result.declared = DeclaredChange.all(base, head)
      result.parts = ChangedPart.all(base, head)
      let seeds = cases.compactMap(\.withoutPersons)
      var search = ComparisonSearch(base, head, seeds: seeds, isOver: isOver, progress: progress)
      try search.run()
      result.examples = search.examples.sortedByWeight()
      result.notProved = search.notProved
      for index in result.parts.indices where search.idleRules.contains(result.parts[index].name) {
        result.parts[index].changesNothing = result.parts[index].kind == .rule
      }
    }
    progress("counting intakes")
    result.cases = ChangeCounter(base, head).count(cases.map { ($0.id, $0.base, $0.head) })
    result.cohort = cohort
    return result
  }
}

extension [Comparison.Example] {
  /// What touches safety first; in each what changed by itself before what only follows; then by the kind of change.
  fileprivate func sortedByWeight() -> [Comparison.Example] {
    let ranks = Dictionary(uniqueKeysWithValues: zip(Comparison.Kind.allCases, 0...))
    func key(_ place: Int) -> (Int, Int, Int) {
      let weights = self[place].changes.map { ($0.isConsequence ? 1 : 0, ranks[$0.kind] ?? 0, place) }
      return weights.min { $0 < $1 } ?? (2, 0, place)
    }
    let sorted = indices.map { ($0, key($0)) }.sorted { $0.1 < $1.1 }.map { self[$0.0] }
    return sorted.filter { $0.isAboutSafety } + sorted.filter { !$0.isAboutSafety }
  }
}
