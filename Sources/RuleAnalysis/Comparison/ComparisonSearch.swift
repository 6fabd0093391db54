import RuleEngine

/// Finds what comes out otherwise, first among samples, then with the solver, which also proves that nothing else does.
struct ComparisonSearch {
  private let base: Program
  private let head: Program
  private let session: JointSession
  private let places: [ComparedPlace]
  private let seeds: [JointSession.Pair]
  private let baseDependencies: Dependencies
  private let headDependencies: Dependencies
  private let isOver: () -> Bool
  private let progress: (String) -> Void
  private var pool: PairPool
  /// What was neither shown nor proved to be impossible yet.
  private var open: [ComparisonGoal] = []
  private(set) var examples: [Comparison.Example] = []
  private(set) var notProved: [Comparison.NotProved] = []
  /// The ids of rules that are written otherwise and proved to change nothing where they apply.
  private(set) var idleRules: Set<String> = []

  /// - Parameter seeds: invented intakes that are likely to matter.
  init(
    _ base: Program, _ head: Program, seeds: [JointSession.Pair], isOver: @escaping () -> Bool,
    progress: @escaping (String) -> Void
  ) {
    self.base = base
    self.head = head
    self.seeds = seeds
    self.isOver = isOver
    self.progress = progress
    baseDependencies = Dependencies(base)
    headDependencies = Dependencies(head)
    session = JointSession(base, head)
    places = ComparedPlace.all(base, head)
    pool = PairPool(base, head)
  }

  mutating func run() throws(SolverFailure) {
    try findImpossible()
    session.assumePossible()
    let candidates = ComparisonGoal.all(places, session, direct: [])
    guard !candidates.isEmpty else { return }
    progress("comparing samples")
    let parts = ChangedPart.all(base, head)
    pool.fill(seeds, near: ChangedPart.facts(near: parts, base).union(ChangedPart.facts(near: parts, head)))
    let direct = try simplify()
    open = ComparisonGoal.all(places, session, direct: direct)
    showSamples(pool.samples)
    try settle(\.isAboutSafety)
    try settle { _ in true }
    try settleRules(parts.filter { $0.kind == .rule }.map(\.name))
  }

  /// Finds an example for every rule that is written otherwise and stands in none yet.
  private mutating func settleRules(_ ids: [String]) throws(SolverFailure) {
    let shown = Set(examples.flatMap(\.changes).flatMap { $0.rulesBefore + $0.rulesAfter })
    let names = Dictionary((base.rules + head.rules).map { ($0.id, $0.baseID) }) { first, _ in first }
    open = ComparisonGoal.all(ofRules: ids.filter { !shown.contains(names[$0] ?? $0) }, places, session)
    showSamples(pool.samples)
    try settle { _ in true }
    let changing = Set(examples.flatMap(\.changes).flatMap { $0.rulesBefore + $0.rulesAfter })
    let unknown = Set(notProved.map(\.about))
    idleRules = Set(ids.filter { !changing.contains(names[$0] ?? $0) && !unknown.contains("the rule `\($0)`") })
  }

  // MARK: What is equal

  /// Proves step by step that what is written otherwise is the same after all, and so all that reads it.
  ///
  /// - Returns: the names of the places that differ even if every decision that they read comes out as before.
  private mutating func simplify() throws(SolverFailure) -> Set<String> {
    var pool = pool
    defer { self.pool = pool }
    var direct: Set<String> = []
    let (session, places, progress, isOver) = (session, places, progress, isOver)
    try session.simplify {
      (head: inout SymbolicEvaluation, apart: inout SymbolicEvaluation, step: Program.Step) throws(SolverFailure) in
      guard case .variable(let index) = step else { return }
      for difference in StepDifference.all(at: index, session.base, head, session.bank) {
        guard !isOver(), !pool.samples.contains(where: difference.isShown) else { continue }
        progress("comparing \(difference.name)")
        switch try session.ask(difference.formula, "equal: \(difference.name)") {
        case .never:
          difference.takeOver(&head)
          difference.takeOver(&apart)
        case .possible(let pair): pool.add([pair])
        case .gaveUp: break
        }
      }
      guard case .decision(let decision) = head.program.variables[index].kind else { return }
      for place in places where place.head.decision == decision {
        if place.differs(place.base(session.base), place.head(apart), session) != .no { direct.insert(place.name) }
      }
      for difference in StepDifference.all(at: index, session.base, apart, session.bank) { difference.takeOver(&apart) }
    }
    return direct
  }

  // MARK: What differs

  /// Asks about goals until each was shown, or proved impossible, or given up.
  private mutating func settle(_ isMeant: (ComparisonGoal) -> Bool) throws(SolverFailure) {
    var groups = [open.filter(isMeant).map(\.id)]
    while let ids = groups.popLast() {
      let group = open.filter { ids.contains($0.id) }
      guard !group.isEmpty else { continue }
      guard !isOver() else {
        giveUp(group, "the time was up")
        continue
      }
      progress("comparing \(group[0].name)" + (group.count > 1 ? " and \(group.count - 1) more" : ""))
      let formula = session.bank.any(group.map(\.formula))
      switch try session.ask(formula, group.map(\.id).joined(separator: ", ")) {
      case .never: open.removeAll { ids.contains($0.id) }
      case .possible(let pair):
        let sample = pool.sample(pair)
        if sample.isPossible, group.contains(where: { $0.isShown(sample) }) {
          showSamples([sample])
          groups.append(ids)
        } else if group.count == 1 {
          giveUp(group, Self.disagreement)
        } else {
          groups += group.halves
        }
      case .gaveUp(let reason):
        if group.count == 1 { giveUp(group, "the solver gave up \(reason)") } else { groups += group.halves }
      }
    }
  }

  /// Says what stays without an answer, a line for each place.
  private mutating func giveUp(_ goals: [ComparisonGoal], _ reason: String) {
    for goal in goals {
      if let line = notProved.firstIndex(where: { $0.reason == reason && $0.about == goal.about }) {
        if !notProved[line].questions.contains(goal.question) { notProved[line].questions.append(goal.question) }
      } else {
        notProved.append(Comparison.NotProved(about: goal.about, questions: [goal.question], reason: reason))
      }
    }
    let ids = Set(goals.map(\.id))
    open.removeAll { ids.contains($0.id) }
  }

  /// Notes what samples show that no example has shown yet: what changed by itself in examples as small as can be, what follows
  /// from it in these, too, and else together in few.
  private mutating func showSamples(_ samples: [PairPool.Sample]) {
    var wanted = open[...]
    while let goal = wanted.popFirst() {
      guard open.contains(where: { $0.id == goal.id }) else { continue }
      guard let sample = samples.first(where: goal.isShown) else { continue }
      show(goal.isConsequence ? open.filter { $0.isConsequence && $0.isShown(sample) } : [goal], sample)
    }
  }

  /// Notes an example of goals, as small as can be, with whatever else of the open goals it shows.
  private mutating func show(_ goals: [ComparisonGoal], _ sample: PairPool.Sample) {
    let related = goals.reduce(into: Set<String>()) { $0.formUnion(self.related($1)) }
    let small = pool.smallest(sample.pair, related: related) { before, after in
      before.isPossible && after.isPossible && goals.allSatisfy { $0.isShown(before, after) }
    }
    let shown = open.filter { $0.isShown(small) }
    let ids = Set(shown.map(\.id))
    open.removeAll { ids.contains($0.id) }
    examples.append(
      Comparison.Example(
        base: small.pair.base, head: small.pair.head, answers: answers(small.pair),
        changes: shown.compactMap { change($0, small) }))
  }

  /// The names of the facts that it follows from.
  private func related(_ goal: ComparisonGoal) -> Set<String> {
    guard let (one, two) = goal.subjects(base, head) else {
      return Set((base.variables + head.variables).filter { $0.fact != nil }.map(\.name))
    }
    func facts(_ program: Program, _ dependencies: Dependencies, _ variable: Int) -> [String] {
      dependencies.below([variable]).filter { $0 < program.variables.count }.map { program.variables[$0].name }
    }
    return Set(facts(base, baseDependencies, one) + facts(head, headDependencies, two))
  }

  private func answers(_ pair: JointSession.Pair) -> [(name: String, text: String)] {
    let first = CaseYAML(base).answers(pair.base)
    let known = Set(first.map(\.name))
    return first + CaseYAML(head).answers(pair.head).filter { !known.contains($0.name) }
  }

  private func change(_ goal: ComparisonGoal, _ sample: PairPool.Sample) -> Comparison.Change? {
    guard let kind = goal.shown(sample.before, sample.after),
      let subject = goal.shownSubject(sample.before, sample.after)
    else { return nil }
    let before = ShownOutcome(subject, sample.before, .base)
    let after = ShownOutcome(subject, sample.after, .head)
    return Comparison.Change(
      kind: kind, name: subject.name, label: before.label, before: before.text, after: after.text,
      rulesBefore: before.rules, rulesAfter: after.rules, isConsequence: goal.isConsequence)
  }

  // MARK: What can be

  private static let disagreement =
    "the solver finds an intake that the evaluator does not confirm, a defect of Handrail; please report it"

  private mutating func giveUpOnPossible(_ reason: String) {
    notProved.append(
      Comparison.NotProved(
        about: "answers together", questions: ["can be where they could, and only there"], reason: reason))
  }

  /// Answers that become impossible together, or possible.
  private mutating func findImpossible() throws(SolverFailure) {
    progress("comparing what is possible")
    for (isNew, formula) in [(true, session.becomesImpossible), (false, session.becomesPossible)] {
      guard !isOver() else {
        if formula != .no { giveUpOnPossible("the time was up") }
        continue
      }
      switch try session.ask(formula, isNew ? "impossible now" : "possible now") {
      case .never: break
      case .gaveUp(let reason):
        giveUpOnPossible("the solver gave up \(reason)")
      case .possible(let pair):
        let isShown = { (before: any PlanReading, after: any PlanReading) in
          before.isPossible == isNew && after.isPossible != isNew
        }
        let sample = pool.sample(pair)
        guard isShown(sample.before, sample.after) else {
          giveUpOnPossible(Self.disagreement)
          continue
        }
        let everything = Set((base.variables + head.variables).map(\.name))
        let small = pool.smallest(pair, related: everything, isShown).pair
        let change = Comparison.Change(
          kind: .possible, name: "impossible", label: "These answers together",
          before: isNew ? "possible" : "impossible",
          after: isNew ? "impossible" : "possible", rulesBefore: [], rulesAfter: [],
          isConsequence: false)
        examples.append(
          Comparison.Example(base: small.base, head: small.head, answers: answers(small), changes: [change]))
      }
    }
  }
}

extension ComparisonGoal {
  /// The name of the place.
  fileprivate var about: String {
    switch subject {
    case .finality: "the plan"
    case .rule: "the rule `\(name)`"
    case .place, .question: "`\(name)`"
    }
  }

  /// What is asked about it, behind `whether it`.
  fileprivate var question: String {
    if case .rule = subject { return "changes a plan where it applies" }
    guard kinds.count == 1, let kind = kinds.first else { return "changes in what does not touch safety" }
    switch kind {
    case .lower: return "can come out lower or later"
    case .lost: return "can be lost"
    case .heldBack: return "waits for answers that it did not wait for"
    case .settledEarlier: return "is settled where it was open"
    case .broken: return "is without a value where it had one"
    case .value: return "can have another value"
    case .opened: return "is open where it was settled"
    case .other: return "is open with other outcomes"
    case .asked:
      if case .finality = subject { return "is final where it was" }
      return "is asked of the same persons"
    case .possible: return "is possible where it was"
    }
  }
}

extension [ComparisonGoal] {
  fileprivate var halves: [[String]] {
    let ids: [String] = map { $0.id }
    return [[String](ids[(count / 2)...]), [String](ids[..<(count / 2)])]
  }
}
