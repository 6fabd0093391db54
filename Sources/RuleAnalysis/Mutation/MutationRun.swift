import Cores
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
    /// Why no case was found that would notice it.
    public let reason: String?
  }

  /// Mutants that count: all but those that were proved equal.
  public let counted: Int
  public let killed: Int
  /// Those of them that only the recorded explanation of a case notices, and no expectation.
  public let killedByRecords: Int
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
  ///   - proves: whether the solver is asked about what no search tells apart; without it every mutant counts.
  ///   - record: what is recorded of the plan of a case; with it, a changed record notices a fault, too.
  ///   - progress: called now and then with how many are done, of how many.
  /// - Throws: ``SolverFailure`` if the solver is missing or broke.
  public static func run(
    _ cases: [Case], _ program: Program, proves: Bool = true,
    record: (@Sendable (Case, Program) -> String?)? = nil,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(SolverFailure) -> MutationRun {
    let witnesses = inParallel(cases) { Witness(aCase: $0, evaluation: Evaluator.evaluate(program, $0.intake)) }
    let mutants = MutantMaker.all(of: program)
    let search = DifferenceSearch(program, seeds: cases.map(\.intake))
    let done = Mutex(0)
    let ids = ids(mutants, program)
    @Sendable func isDone() {
      let count = done.withLock { done in
        done += 1
        return done
      }
      progress(count, mutants.count)
    }
    var fates = inParallel(Array(mutants.indices)) { place -> Fate? in
      let fate = fate(of: mutants[place], id: ids[place], program, witnesses, search, record, proves: proves)
      if fate != nil { isDone() }
      return fate
    }
    for (place, fate) in try proved(mutants.indices.filter { fates[$0] == nil }, mutants, ids, program, isDone) {
      fates[place] = fate
    }
    var killed = 0
    var killedByRecords = 0
    var equivalent = 0
    var survivors: [Survivor] = []
    for (mutant, fate) in zip(mutants, fates) {
      switch fate {
      case nil: break
      case .killed: killed += 1
      case .killedByRecord: killedByRecords += 1
      case .equivalent: equivalent += 1
      case .survived(let killer, let reason):
        survivors.append(Survivor(mutant: mutant, killer: killer, reason: reason))
      }
    }
    return MutationRun(
      counted: mutants.count - equivalent, killed: killed + killedByRecords, killedByRecords: killedByRecords,
      equivalent: equivalent, survivors: survivors)
  }

  private struct Witness: Sendable {
    var aCase: Case
    var evaluation: Evaluation
  }

  private enum Fate: Sendable {
    case killed
    case killedByRecord
    case equivalent
    case survived(killer: String?, reason: String?)
  }

  /// What the cases and a search say of a mutant; `nil` if they cannot tell.
  private static func fate(
    of mutant: Mutant, id: String, _ program: Program, _ witnesses: [Witness], _ search: DifferenceSearch,
    _ record: (@Sendable (Case, Program) -> String?)?, proves: Bool
  ) -> Fate? {
    let changed = mutant.applied(to: program)
    var otherwise: [Case] = []
    for witness in witnesses
    where mutant.canShow(in: witness.evaluation, asksForNeeds: witness.aCase.needs != nil) {
      let after = Evaluator.evaluate(changed, witness.aCase.intake)
      if !CaseRunner.passes(witness.aCase, after) { return .killed }
      if !after.comesOut(like: witness.evaluation) { otherwise.append(witness.aCase) }
    }
    if let record, otherwise.contains(where: { record($0, program) != record($0, changed) }) { return .killedByRecord }
    if let difference = search.difference(between: changed, mutant) {
      return .survived(killer: KillingCase(program, changed).make(from: difference, id: id), reason: nil)
    }
    return proves ? nil : .survived(killer: nil, reason: nil)
  }

  /// What the solver says of the others. What it finds depends on what it was asked before, so they are divided alike on every
  /// machine and in every run.
  private static func proved(
    _ open: [Int], _ mutants: [Mutant], _ ids: [String], _ program: Program, _ isDone: @Sendable () -> Void
  ) throws(SolverFailure) -> [(Int, Fate)] {
    let pieces = (0..<min(open.count, mostPieces)).map { first in
      stride(from: first, to: open.count, by: mostPieces).map { open[$0] }
    }
    let found = inParallel(pieces) { piece in
      Result { () throws(SolverFailure) -> [(Int, Fate)] in
        let prover = EquivalenceProver(program)
        var fates: [(Int, Fate)] = []
        for place in piece {
          fates.append((place, try fate(of: mutants[place], id: ids[place], program, prover)))
          isDone()
        }
        return fates
      }
    }
    var fates: [(Int, Fate)] = []
    for result in found { fates += try result.get() }
    return fates
  }

  /// Each has a solver of its own.
  private static let mostPieces = 8

  private static func fate(
    of mutant: Mutant, id: String, _ program: Program, _ prover: EquivalenceProver
  ) throws(SolverFailure) -> Fate {
    switch try prover.find(mutant) {
    case .equal: return .equivalent
    case .differs(let intake):
      let killer = KillingCase(program, mutant.applied(to: program)).make(from: intake, id: id)
      return .survived(
        killer: killer, reason: killer == nil ? "it changes a plan in nothing that a case can expect" : nil)
    case .unknown(let reason): return .survived(killer: nil, reason: reason)
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

extension Evaluation {
  fileprivate func comesOut(like other: Evaluation) -> Bool {
    slotOutcomes == other.slotOutcomes && decisionOutcomes == other.decisionOutcomes
  }
}
