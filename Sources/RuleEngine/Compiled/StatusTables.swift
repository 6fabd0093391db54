/// What the statuses of plans ask about a program, worked out once.
struct StatusTables: Sendable {
  /// All facts.
  let facts: [Int]
  /// The facts for which something is assumed while they are not known.
  let assumable: [(fact: Int, answer: Answer)]
  /// Sums whose total can be entered instead: what is spared once they are settled, and what they read until then.
  let sums: [EnteredSum]
  /// For each variable, whether it counts while it is unknown, whatever is settled.
  let alwaysCounts: [Bool]
  /// The first day on which every parameter has a value.
  let firstDay: Number

  struct EnteredSum: Sendable {
    var variable: Int
    var spared: Set<Int>
    /// Empty if the sum is itself an item of another.
    var reads: Set<Int>
  }

  init(_ program: Program) {
    facts = program.variables.indices.filter { program.variables[$0].fact != nil }
    var assumable: [(fact: Int, answer: Answer)] = []
    for fact in facts {
      if let assumed = program.variables[fact].fact?.assumed { assumable.append((fact, assumed)) }
    }
    self.assumable = assumable
    var sums: [EnteredSum] = []
    var read: Set<Int> = []
    for (index, variable) in program.variables.enumerated() {
      guard case .derived(let derivation) = variable.kind else { continue }
      let isItem = program.isItem(index)
      if case .sum(let items, let enteredAs?) = derivation {
        sums.append(
          EnteredSum(
            variable: index,
            spared: program.facts(below: items).union([enteredAs]), reads: isItem ? [] : Set(derivation.sources)))
      } else if !isItem {
        read.formUnion(derivation.sources)
      }
    }
    self.sums = sums
    for condition in program.conditions.flatMap(\.subtree) {
      guard case .test(let variable, let matcher) = condition else { continue }
      read.insert(variable)
      if matcher.dependsOnDay { read.insert(program.assessmentDay) }
    }
    let canBeSpared = sums.reduce(into: Set([program.assessmentDay])) { $0.formUnion($1.spared) }
    firstDay = Number(program.parameters.compactMap { $0.values.first?.from }.max() ?? CalendarDate.first.days)
    alwaysCounts = program.variables.indices.map { !canBeSpared.contains($0) || read.contains($0) }
  }
}
