public import RuleEngine
import Synchronization

/// Whether the cases of a rulebook would notice small faults in it.
public struct MutationRun: Sendable {
  /// A fault that no case notices.
  public struct Survivor: Sendable {
    public let mutant: Mutant
    /// A case that passes now and would fail with the fault, as YAML ready to be pasted below `cases:`; `nil` if no
    /// difference was found.
    public let killer: String?
  }

  /// Mutants that count: all but those that were proved equal.
  public let counted: Int
  public let killed: Int
  /// Mutants that a prover showed to be no other rulebook at all.
  public let equivalent: Int
  public let survivors: [Survivor]

  /// In tenths of a percent, never rounded up.
  public var permille: Int { counted == 0 ? 1000 : killed * 1000 / counted }

  /// Whether at least so many percent are noticed, exactly.
  public func reaches(_ percent: Number) -> Bool {
    counted == 0 || percent * Number(counted) <= Number(killed * 100)
  }

  /// Makes all mutants and runs the cases that can notice them.
  ///
  /// - Parameters:
  ///   - cases: cases that pass; one that fails would kill everything.
  ///   - prover: who proves that a mutant is no other rulebook; without one every mutant counts.
  ///   - progress: called now and then with how many are done, of how many.
  public static func run(
    _ cases: [Case], _ program: Program, prover: (any EquivalenceProver)? = nil,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> MutationRun {
    let witnesses = inParallel(cases) { Witness(aCase: $0, evaluation: Evaluator.evaluate(program, $0.intake)) }
    let mutants = MutantMaker.all(of: program)
    let search = DifferenceSearch(program, seeds: cases.map(\.intake))
    let done = Mutex(0)
    let ids = ids(mutants, program)
    let fates = inParallel(Array(mutants.indices)) { place -> Fate in
      let fate = fate(of: mutants[place], id: ids[place], program, witnesses, search, prover)
      let count = done.withLock { done in
        done += 1
        return done
      }
      progress(count, mutants.count)
      return fate
    }
    var killed = 0
    var equivalent = 0
    var survivors: [Survivor] = []
    for (mutant, fate) in zip(mutants, fates) {
      switch fate {
      case .killed: killed += 1
      case .equivalent: equivalent += 1
      case .survived(let killer): survivors.append(Survivor(mutant: mutant, killer: killer))
      }
    }
    return MutationRun(
      counted: mutants.count - equivalent, killed: killed, equivalent: equivalent, survivors: survivors)
  }

  private struct Witness: Sendable {
    var aCase: Case
    var evaluation: Evaluation
  }

  private enum Fate: Sendable {
    case killed
    case equivalent
    case survived(String?)
  }

  private static func fate(
    of mutant: Mutant, id: String, _ program: Program, _ witnesses: [Witness], _ search: DifferenceSearch,
    _ prover: (any EquivalenceProver)?
  ) -> Fate {
    let changed = mutant.applied(to: program)
    for witness in witnesses
    where mutant.canShow(in: witness.evaluation, asksForNeeds: witness.aCase.needs != nil) {
      if !CaseRunner.passes(witness.aCase, Evaluator.evaluate(changed, witness.aCase.intake)) { return .killed }
    }
    let killing = KillingCase(program, changed)
    if let difference = search.difference(between: changed, mutant) {
      return .survived(killing.make(from: difference, id: id))
    }
    switch prover?.compare(program, changed) {
    case .equal: return .equivalent
    case .differs(let intake): return .survived(killing.make(from: intake, id: id))
    case .unknown, nil: return .survived(nil)
    }
  }

  /// A name for a case that notices each: `notices-keep-the-day-job-2`, from the letters and digits of the element's name.
  private static func ids(_ mutants: [Mutant], _ program: Program) -> [String] {
    var counts: [CoverageGoal.Element: Int] = [:]
    return mutants.map { mutant in
      let name =
        switch mutant.element {
        case .rule(let rule): program.rules[rule].id
        case .variable(let variable): program.variables[variable].name
        case .parameter(let parameter): program.parameters[parameter].name
        }
      let count = counts[mutant.element, default: 0] + 1
      counts[mutant.element] = count
      return "notices-" + name.split { !($0.isLetter || $0.isNumber) }.joined(separator: "-") + "-\(count)"
    }
  }
}
