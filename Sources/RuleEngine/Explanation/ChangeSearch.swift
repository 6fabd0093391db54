/// Finds the smallest sets of changes that settle another outcome.
///
/// Sets are tried by size. For each set the plan is evaluated with its facts not asked: by the promise *sound* that shows
/// every outcome that any answers to them can lead to, so a set that shows nothing new is done. Otherwise a fact that is
/// needed is cut into cells, options one by one and numbers in halves, until what is open is settled, or no fact of the set
/// is needed: by the promise *needed* no answers to them can settle it then.
struct ChangeSearch {
  /// What can be changed by itself: a fact, or one option of a fact with several.
  struct Atom: Hashable, Comparable {
    var fact: Int
    var member: Int?

    static func < (left: Atom, right: Atom) -> Bool {
      (left.fact, left.member ?? -1) < (right.fact, right.member ?? -1)
    }
  }

  /// Answers that lead to the same.
  enum Cell: Hashable {
    case options(Set<Int>)
    case interval(Interval)
    case member(Bool)
  }

  /// What can come out otherwise: a decision, or one member or item of it.
  struct Target: Hashable, Comparable {
    var decision: Int
    var slot: Int?

    static func < (left: Target, right: Target) -> Bool {
      (left.decision, left.slot ?? -1) < (right.decision, right.slot ?? -1)
    }
  }

  struct Found: Comparable {
    var box: [Atom: Cell]
    var target: Target
    var outcome: Evaluation.Outcome

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

    static func < (left: Found, right: Found) -> Bool {
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
  private(set) var found: [Found] = []
  private(set) var limit: WhatWouldChange.Limit?
  private var plans = 0
  /// What has not been found yet with fewer changes.
  private var wanted: [Target: Set<Evaluation.Outcome>] = [:]
  private var ofThisSize: [Found] = []

  init(_ base: Evaluation, mostChanges: Int, mostPlans: Int) {
    self.base = base
    self.mostChanges = mostChanges
    self.mostPlans = mostPlans
  }

  mutating func run() {
    let atoms = changeableAtoms()
    guard !atoms.isEmpty else { return }
    let everything = evaluate(atoms[...], [:])
    for target in settledTargets() {
      let others = outcomes(of: target, everything).filter { isValue($0) }.subtracting(outcomes(of: target, base))
      if !others.isEmpty { wanted[target] = others }
    }
    var size = 1
    while size <= min(mostChanges, atoms.count), !wanted.isEmpty, limit == nil {
      ofThisSize = []
      choose(size, from: atoms[...], [])
      // Only what was found by all sets of a size is told: the smallest, and all of them.
      guard limit == nil else { break }
      for one in ofThisSize { wanted[one.target]?.remove(one.outcome) }
      wanted = wanted.filter { !$0.value.isEmpty }
      found += merged(ofThisSize)
      size += 1
    }
    if limit == nil, !wanted.isEmpty, size <= atoms.count { limit = .changes(mostChanges) }
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

  /// That a decision is broken or does not apply is no value that somebody could want.
  private func isValue(_ outcome: Evaluation.Outcome) -> Bool {
    switch outcome {
    case .value, .out: true
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
    descend(atoms, [:], Array(wanted.keys.sorted()))
  }

  private mutating func descend(_ atoms: [Atom], _ box: [Atom: Cell], _ targets: [Target]) {
    guard plans < mostPlans else {
      limit = .plans(mostPlans)
      return
    }
    let evaluation = evaluate(atoms[...], box)
    var open: [Target] = []
    for target in targets {
      let outcomes = outcomes(of: target, evaluation)
      guard !outcomes.isDisjoint(with: wanted[target] ?? []) else { continue }
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
        descend(atoms, box.merging([atom: cell]) { $1 }, open)
        if limit != nil { return }
      }
      return
    }
  }

  private func isImpossible(_ evaluation: Evaluation) -> Bool {
    program.impossibilities.contains { evaluation.truth(of: $0.condition) == .yes }
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
  private mutating func evaluate(_ atoms: ArraySlice<Atom>, _ box: [Atom: Cell]) -> Evaluation {
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
