import RuleEngine

/// One thing that may have changed: kinds of change at one place. The solver is asked for an intake that shows it.
struct ComparisonGoal {
  enum Subject {
    case place(ComparedPlace)
    /// Whether a question applies: its place in the base, and in the head.
    case question(name: String, base: Int, head: Int)
    /// Whether answers are missing to a final plan.
    case finality
    /// Whether something that a rule speaks about differs where the rule surely applies, in the base or in the head: its id, its
    /// places in both, and what it speaks about.
    case rule(String, base: Int?, head: Int?, places: [ComparedPlace])

    var name: String {
      switch self {
      case .place(let place): place.name
      case .question(let name, _, _): name
      case .finality: "plan"
      case .rule(let id, _, _, _): id
      }
    }
  }

  let subject: Subject
  /// Of a place, any of these; in their order.
  let kinds: [Comparison.Kind]
  /// Whether it follows only from what another decision became, and not from rules of its own.
  let isConsequence: Bool
  /// Where each new value is looked for on its own: that value, a common one.
  let value: Value?
  /// Whether an intake shows it.
  let formula: Term

  /// Its own name among all of them, also in what is asked of the solver.
  var id: String {
    "\(isOfRule ? "rule " : "")\(name) \(kinds.map(\.rawValue).joined(separator: "/"))" + (value.map { " \($0)" } ?? "")
  }

  /// What it is about.
  var name: String { subject.name }

  private var isOfRule: Bool { if case .rule = subject { true } else { false } }

  func isShown(_ sample: PairPool.Sample) -> Bool { isShown(sample.before, sample.after) }

  /// The same of one person's plan by the base and by the head.
  func isShown(_ before: some PlanReading, _ after: some PlanReading) -> Bool { shown(before, after) != nil }

  /// The kind of change that an intake shows; `nil` if it shows none of those that are meant.
  func shown(_ before: some PlanReading, _ after: some PlanReading) -> Comparison.Kind? {
    switch subject {
    case .place(let place):
      let now = place.head(after)
      if let value, now != [.value(value)] { return nil }
      return place.change(place.base(before), now).flatMap { kinds.contains($0) ? $0 : nil }
    case .question(_, let base, let head):
      return before.applicability(of: base) != after.applicability(of: head) ? .asked : nil
    case .finality:
      return before.hasUnknownFacts() != after.hasUnknownFacts() ? .asked : nil
    case .rule:
      guard case .place(let place) = shownSubject(before, after) else { return nil }
      return place.change(place.base(before), place.head(after))
    }
  }

  /// What two plans show to differ: of a rule, the first place that does; `nil` if there is none.
  func shownSubject(_ before: some PlanReading, _ after: some PlanReading) -> Subject? {
    guard case .rule(_, let base, let head, let places) = subject else { return subject }
    guard
      base.map({ before.truth(ofRule: $0) == .yes }) ?? false || head.map({ after.truth(ofRule: $0) == .yes }) ?? false
    else { return nil }
    return places.first { $0.base(before) != $0.head(after) }.map { .place($0) }
  }

  /// Whether something that touches safety is meant.
  var isAboutSafety: Bool { kinds.contains(where: \.isAboutSafety) }

  /// The variables of the base and of the head that it follows from; `nil` for all.
  func subjects(_ base: Program, _ head: Program) -> (base: Int, head: Int)? {
    switch subject {
    case .place(let place):
      (base.decisions[place.base.decision].variable, head.decisions[place.head.decision].variable)
    case .question(_, let base, let head): (base, head)
    case .finality, .rule: nil
    }
  }

  // MARK: All of them

  /// Everything that is not one and the same term: what touches safety first, in each what changed by itself.
  ///
  /// - Parameter direct: the names of the places whose own rules changed.
  static func all(_ places: [ComparedPlace], _ session: JointSession, direct: Set<String>) -> [ComparisonGoal] {
    var goals = places.flatMap { Self.all($0, session, isConsequence: !direct.contains($0.name)) }
    let (base, head) = (session.base, session.head)
    func add(_ subject: Subject, _ formula: Term) {
      guard formula != .no else { return }
      goals.append(
        ComparisonGoal(subject: subject, kinds: [.asked], isConsequence: false, value: nil, formula: formula))
    }
    for (index, variable) in base.program.variables.enumerated() where variable.fact != nil {
      guard let other = head.program.variable(named: variable.name), head.program.variables[other].fact != nil else {
        continue
      }
      add(
        .question(name: variable.name, base: index, head: other),
        head.values[other].appliesUnlike(base.values[index], session.bank))
    }
    // That a plan is final is otherwise where other questions are asked, which is said.
    if base.program.factNames == head.program.factNames {
      add(.finality, session.bank.not(session.bank.same(base.hasUnknownFacts(), head.hasUnknownFacts())))
    }
    let ranks = Dictionary(uniqueKeysWithValues: zip(Comparison.Kind.allCases, 0...))
    let sorted = goals.enumerated().sorted { one, two in
      func key(_ entry: (offset: Int, element: ComparisonGoal)) -> (Int, Int, Int) {
        (entry.element.isConsequence ? 1 : 0, ranks[entry.element.kinds[0]] ?? 0, entry.offset)
      }
      return key(one) < key(two)
    }
    return sorted.map(\.element)
  }

  /// For each of these rules, whether it changes anything where it applies.
  static func all(ofRules ids: [String], _ places: [ComparedPlace], _ session: JointSession) -> [ComparisonGoal] {
    let (base, head) = (session.base, session.head)
    return ids.compactMap { id in
      let one = base.program.rules.firstIndex { $0.id == id }
      let two = head.program.rules.firstIndex { $0.id == id }
      let spoken = places.filter { place in
        (one.map { place.base.isSpokenAbout(by: $0, base.program) } ?? false)
          || (two.map { place.head.isSpokenAbout(by: $0, head.program) } ?? false)
      }
      let applies = session.bank.any(
        one.map { base.ruleTruths[$0].must } ?? .no, two.map { head.ruleTruths[$0].must } ?? .no)
      let differs = session.bank.any(spoken.map { $0.differs($0.base(base), $0.head(head), session) })
      let formula = session.bank.all(applies, differs)
      guard formula != .no else { return nil }
      return ComparisonGoal(
        subject: .rule(id, base: one, head: two, places: spoken), kinds: Comparison.Kind.allCases, isConsequence: false,
        value: nil, formula: formula)
    }
  }

  private static func all(_ place: ComparedPlace, _ session: JointSession, isConsequence: Bool) -> [ComparisonGoal] {
    let (one, two) = (place.base(session.base), place.head(session.head))
    let differs = place.differs(one, two, session)
    guard differs != .no else { return [] }
    func goal(_ kinds: [Comparison.Kind], _ value: Value?, _ formula: Term) -> ComparisonGoal? {
      guard formula != .no else { return nil }
      return ComparisonGoal(
        subject: .place(place), kinds: kinds, isConsequence: isConsequence, value: value, formula: formula)
    }
    let kinds = Comparison.Kind.allCases.filter { !isConsequence || $0.isAboutSafety }
    let goals = kinds.flatMap { kind -> [ComparisonGoal] in
      let formula = place.change(kind, one, two, session)
      guard kind == .lower || kind == .value, !isConsequence, place.member == nil, !place.options.isEmpty else {
        return [goal([kind], nil, formula)].compactMap(\.self)
      }
      // Each level that can be given to somebody else, for itself.
      return two.values.compactMap { goal([kind], $0.value, session.bank.all(formula, $0.term)) }
    }
    guard isConsequence else { return goals }
    // Of what only follows, one example of whatever does not touch safety is enough.
    let rest = Comparison.Kind.allCases.filter { !$0.isAboutSafety }
    let formula = session.bank.all([differs] + goals.map { session.bank.not($0.formula) })
    return goals + [goal(rest, nil, formula)].compactMap(\.self)
  }
}

extension ComparedPlace.Side {
  fileprivate func isSpokenAbout(by rule: Int, _ program: Program) -> Bool {
    let slots = program.decisions[decision].slots
    return (slot.map { [slots[$0]] } ?? slots).contains { $0.effects.contains { $0.rule == rule } }
  }
}

extension SymbolicValues {
  /// Whether one applies where the other does not, or may not.
  func appliesUnlike(_ other: SymbolicValues, _ bank: TermBank) -> Term {
    bank.any(
      bank.not(bank.same(cannotApply, other.cannotApply)), bank.not(bank.same(mayNotApply, other.mayNotApply)))
  }
}

extension Program {
  fileprivate var factNames: Set<String> { Set(variables.filter { $0.fact != nil }.map(\.name)) }
}
