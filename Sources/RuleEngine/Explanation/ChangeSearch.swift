/// Finds the smallest sets of changes that settle another outcome.
///
/// Sets are tried by size. For each set the plan is evaluated with its facts not asked: by the promise *sound* that shows
/// every outcome that any answers to them can lead to, so a set that shows nothing new is done. Otherwise a fact that is
/// needed is cut into cells, options one by one and numbers in halves, until what is open is settled, or no fact of the set
/// is needed: by the promise *needed* no answers to them can settle it then.
///
/// Of all sets only those are tried that hold every fact without which an outcome cannot be (it is lost as soon as that fact
/// alone stays as it is), and none that the outcome does not depend on.
package struct ChangeSearch {
  /// What can be changed by itself: a fact, or one option of a fact with several.
  package struct Atom: Hashable, Comparable {
    package var fact: Int
    package var member: Int?

    package init(fact: Int, member: Int? = nil) {
      self.fact = fact
      self.member = member
    }

    package static func < (left: Atom, right: Atom) -> Bool {
      (left.fact, left.member ?? -1) < (right.fact, right.member ?? -1)
    }
  }

  /// Answers that lead to the same.
  package enum Cell: Hashable {
    case options(Set<Int>)
    case interval(Interval)
    case member(Bool)
  }

  /// What can come out otherwise: a decision, or one member or item of it.
  package struct Target: Hashable, Comparable {
    package var decision: Int
    package var slot: Int?

    package init(decision: Int, slot: Int? = nil) {
      self.decision = decision
      self.slot = slot
    }

    package static func < (left: Target, right: Target) -> Bool {
      (left.decision, left.slot ?? -1) < (right.decision, right.slot ?? -1)
    }
  }

  package struct Found: Comparable {
    package var box: [Atom: Cell]
    package var target: Target
    package var outcome: Evaluation.Outcome

    private var key: [[Int]] {
      box.sorted { $0.key < $1.key }.map { atom, cell in
        [atom.fact, atom.member ?? -1]
          + {
            switch cell {
            case .options(let options): options.sorted()
            case .interval, .member: []
            }
          }()
      }
    }

    /// Numbers in the order of their cells.
    private var bounds: [Number] {
      box.sorted { $0.key < $1.key }.compactMap {
        if case .interval(let interval) = $0.value { interval.lower } else { nil }
      }
    }

    package static func < (left: Found, right: Found) -> Bool {
      if left.box.count != right.box.count { return left.box.count < right.box.count }
      if left.key != right.key {
        return left.key.lexicographicallyPrecedes(right.key) { $0.lexicographicallyPrecedes($1) }
      }
      if left.bounds != right.bounds { return left.bounds.lexicographicallyPrecedes(right.bounds) }
      return (left.target, left.outcome) < (right.target, right.outcome)
    }
  }

  private let base: Evaluation
  private let mostChanges: Int
  private let mostPlans: Int
  private var program: Program { base.program }
  package private(set) var found: [Found] = []
  package private(set) var limit: WhatWouldChange.Limit?
  private var plans = 0
  /// What has not been found yet with fewer changes.
  private var goals: [Goal] = []
  private var ofThisSize: [Found] = []

  private struct Goal {
    var target: Target
    var outcome: Evaluation.Outcome
    /// What must change for it, whatever else does.
    var necessary: Set<Atom>
    /// What it can depend on at all.
    var relevant: Set<Atom>

    func admits(_ atoms: Set<Atom>) -> Bool { necessary.isSubset(of: atoms) && atoms.isSubset(of: relevant) }
  }

  package init(_ base: Evaluation, mostChanges: Int, mostPlans: Int) {
    self.base = base
    self.mostChanges = mostChanges
    self.mostPlans = mostPlans
  }

  package mutating func run() {
    let atoms = changeableAtoms()
    guard !atoms.isEmpty else { return }
    findGoals(atoms)
    var size = 1
    while size <= min(mostChanges, atoms.count), !goals.isEmpty, limit == nil {
      ofThisSize = []
      choose(size, from: atoms[...], [])
      // Only what was found by all sets of a size is told: the smallest, and all of them.
      guard limit == nil else { break }
      let reached = ofThisSize
      goals.removeAll { goal in reached.contains { $0.target == goal.target && $0.outcome == goal.outcome } }
      found += merged(reached)
      size += 1
    }
    // What depends on no more facts than were changed at once was tried in every way.
    if limit == nil, goals.contains(where: { $0.relevant.count >= size }) { limit = .changes(mostChanges) }
  }

  private mutating func findGoals(_ atoms: [Atom]) {
    let everything = evaluate(atoms, [:])
    let targets = settledTargets().filter { outcomes(of: $0, everything).count > 1 }
    let withOneFixed = atoms.map { atom in evaluate(atoms.filter { $0 != atom }, [:]) }
    let dependencies = FactDependencies(program)
    for target in targets {
      let facts = dependencies.facts(behind: target.decision, slot: target.slot)
      let before = outcomes(of: target, base)
      for outcome in outcomes(of: target, everything).subtracting(before).sorted()
      where isValue(outcome, insteadOf: before) {
        let necessary = atoms.indices.filter { !outcomes(of: target, withOneFixed[$0]).contains(outcome) }
        goals.append(
          Goal(
            target: target, outcome: outcome, necessary: Set(necessary.map { atoms[$0] }),
            relevant: Set(atoms.filter { facts.contains($0.fact) })))
      }
    }
  }

  // MARK: What can change, and what can come of it

  private func changeableAtoms() -> [Atom] {
    program.variables.indices.filter { program.variables[$0].fact?.isChangeable == true }.flatMap { fact -> [Atom] in
      guard case .members(let names) = program.variables[fact].domain else { return [Atom(fact: fact)] }
      return names.indices.map { Atom(fact: fact, member: $0) }
    }
  }

  /// What is settled. What only fills the time that others leave follows from those.
  private func settledTargets() -> [Target] {
    program.decisions.indices.flatMap { index -> [Target] in
      let decision = program.decisions[index]
      let targets =
        decision.hasMembers
        ? decision.slots.indices.filter { decision.slots[$0].fill == nil }.map { Target(decision: index, slot: $0) }
        : [Target(decision: index)]
      return targets.filter { outcomes(of: $0, base).isSettled }
    }
  }

  /// That a decision is broken or does not apply is no value that somebody could want, nor that it applies without this.
  private func isValue(_ outcome: Evaluation.Outcome, insteadOf before: Set<Evaluation.Outcome>) -> Bool {
    switch outcome {
    case .value: true
    case .out: before != [.notApplicable]
    case .between, .gap, .conflict, .notApplicable: false
    }
  }

  private func outcomes(of target: Target, _ evaluation: Evaluation) -> Set<Evaluation.Outcome> {
    target.slot.map { evaluation.slotOutcomes[target.decision][$0] } ?? evaluation.decisionOutcomes[target.decision]
  }

  // MARK: Search

  /// Every set of so many, in the order of facts.
  private mutating func choose(_ count: Int, from atoms: ArraySlice<Atom>, _ chosen: [Atom]) {
    guard limit == nil else { return }
    guard count > 0 else { return tryOut(chosen) }
    for place in atoms.indices where atoms.endIndex - place >= count {
      choose(count - 1, from: atoms[(place + 1)...], chosen + [atoms[place]])
    }
  }

  private mutating func tryOut(_ atoms: [Atom]) {
    let set = Set(atoms)
    var wanted: [Target: Set<Evaluation.Outcome>] = [:]
    for goal in goals where goal.admits(set) { wanted[goal.target, default: []].insert(goal.outcome) }
    if !wanted.isEmpty { descend(atoms, [:], wanted) }
  }

  private mutating func descend(
    _ atoms: [Atom], _ box: [Atom: Cell], _ wanted: [Target: Set<Evaluation.Outcome>]
  ) {
    guard plans < mostPlans else {
      limit = .plans(mostPlans)
      return
    }
    let evaluation = evaluate(atoms, box)
    var open: [Target] = []
    for (target, outcomesWanted) in wanted.sorted(by: { $0.key < $1.key }) {
      let outcomes = outcomes(of: target, evaluation)
      guard !outcomes.isDisjoint(with: outcomesWanted) else { continue }
      guard outcomes.isSettled, let outcome = outcomes.first else {
        open.append(target)
        continue
      }
      if box.count == atoms.count, !isImpossible(evaluation) {
        ofThisSize.append(Found(box: box, target: target, outcome: outcome))
      }
    }
    while let target = open.first {
      let needed = evaluation.neededFacts(for: [target.decision])
      let atom = atoms.first { atom in
        (needed.now.contains(atom.fact) || needed.later.contains(atom.fact)) && !cells(of: atom, box[atom]).isEmpty
      }
      guard let atom else {
        open.removeFirst()
        continue
      }
      for cell in cells(of: atom, box[atom]) {
        descend(atoms, box.merging([atom: cell]) { $1 }, wanted.filter { open.contains($0.key) })
        if limit != nil { return }
      }
      return
    }
  }

  /// Whether these answers cannot be: an impossible intake, or an entered total that its items do not add up to.
  private func isImpossible(_ evaluation: Evaluation) -> Bool {
    if program.impossibilities.contains(where: { evaluation.truth(of: $0.condition) == .yes }) { return true }
    return program.variables.contains { variable in
      guard case .derived(.sum(let items, let enteredAs?)) = variable.kind,
        let entered = evaluation.values[enteredAs].interval, let sum = evaluation.values.sum(of: items)
      else { return false }
      return !sum.interval.overlaps(entered)
    }
  }

  /// The smaller cells of a cell; none if it holds only one answer.
  private func cells(of atom: Atom, _ cell: Cell?) -> [Cell] {
    let domain = program.variables[atom.fact].domain
    switch (cell, domain) {
    case (nil, .options(let names, _)): return names.indices.map { .options([$0]) }
    case (nil, .members): return [.member(false), .member(true)]
    case (nil, .numbers), (nil, .dates): return domain.interval.map { halves($0, domain) } ?? []
    case (.interval(let interval), _): return halves(interval, domain)
    case (.options, _), (.member, _): return []
    }
  }

  /// Answers have at most nine digits behind the point.
  private func halves(_ interval: Interval, _ domain: Domain) -> [Cell] {
    guard interval.single == nil else { return [] }
    let grain = domain.step == Number(1) ? Number(1) : Number.finestAnswer
    let middle = interval.lower.middle(interval.upper, grain: grain)
    return [.interval(Interval(interval.lower, middle)), .interval(Interval(middle + grain, interval.upper))]
  }

  /// The plan with these facts as the box says, and not asked where it says nothing.
  private mutating func evaluate(_ atoms: [Atom], _ box: [Atom: Cell]) -> Evaluation {
    plans += 1
    var intake = base.intake
    var supposed: [Int: PossibleValues.Values] = [:]
    for atom in atoms {
      let name = program.variables[atom.fact].name
      switch box[atom] {
      case .options(let options): supposed[atom.fact] = .options(options)
      case .interval(let interval): supposed[atom.fact] = .interval(interval)
      case .member, nil:
        guard let member = atom.member else {
          intake.answers[name] = nil
          continue
        }
        // Options that are not changed stay as they are recorded.
        var members = intake.answers[name]?.members ?? program.variables[atom.fact].domain.names.map { _ in .notAsked }
        members[member] = if case .member(let isIn)? = box[atom] { isIn ? .yes : .no } else { .notAsked }
        intake.answers[name] = .members(members)
      }
      if supposed[atom.fact] != nil { intake.answers[name] = nil }
    }
    return Evaluator.evaluate(program, intake, supposing: supposed)
  }

  // MARK: Merging

  /// Boxes that lead to the same and differ in one cell only become one, so that a range is told as a range.
  private func merged(_ all: [Found]) -> [Found] {
    var groups: [[Found]] = []
    for one in all.sorted() {
      let place = groups.firstIndex {
        $0[0].target == one.target && $0[0].outcome == one.outcome && Set($0[0].box.keys) == Set(one.box.keys)
      }
      if let place { groups[place].append(one) } else { groups.append([one]) }
    }
    return groups.flatMap { group -> [Found] in
      var group = group
      var next = 0
      while next < group.count {
        if let (other, box) = partner(of: next, in: group) {
          group[next].box = box
          group.remove(at: other)
          next = 0
        } else {
          next += 1
        }
      }
      return group
    }
  }

  private func partner(of place: Int, in group: [Found]) -> (Int, [Atom: Cell])? {
    for other in group.indices where other > place {
      let first = group[place].box
      let differing = first.keys.filter { first[$0] != group[other].box[$0] }
      guard differing.count == 1, let one = first[differing[0]], let two = group[other].box[differing[0]],
        let union = union(one, two, program.variables[differing[0].fact].domain)
      else { continue }
      return (other, first.merging([differing[0]: union]) { $1 })
    }
    return nil
  }

  private func union(_ first: Cell, _ second: Cell, _ domain: Domain) -> Cell? {
    switch (first, second) {
    case (.options(let one), .options(let other)): return .options(one.union(other))
    case (.interval(let one), .interval(let other)):
      let grain = domain.step == Number(1) ? Number(1) : Number.finestAnswer
      let touches = one.upper + grain == other.lower || other.upper + grain == one.lower
      return touches ? .interval(one.union(other)) : nil
    default: return nil
    }
  }
}

extension Answer {
  fileprivate var members: [Member]? {
    if case .members(let members) = self { members } else { nil }
  }
}
