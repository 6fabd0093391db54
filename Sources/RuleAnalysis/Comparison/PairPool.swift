import Cores
import RuleEngine

/// Intakes that both rulebooks can read, with how they come out: what one of them shows need not be asked of the solver.
struct PairPool {
  /// An intake with both evaluations.
  struct Sample: Sendable {
    let pair: JointSession.Pair
    let before: Evaluation
    let after: Evaluation

    init(_ pair: JointSession.Pair, _ base: Program, _ head: Program) {
      self.pair = pair
      before = Evaluator.evaluate(base, pair.base)
      after = Evaluator.evaluate(head, pair.head)
    }

    /// Whether the answers do not contradict themselves, in either.
    var isPossible: Bool { before.contradictions.isEmpty && after.contradictions.isEmpty }
  }

  private let base: Program
  private let head: Program
  /// Both rulebooks, to work out many intakes quickly.
  private let quick: (base: QuickEvaluator, head: QuickEvaluator)
  private let forth: Translation
  private let back: Translation
  private(set) var samples: [Sample] = []
  private static let complete = 120
  private static let changed = 360

  init(_ base: Program, _ head: Program) {
    self.base = base
    self.head = head
    quick = (QuickEvaluator(base), QuickEvaluator(head))
    forth = Translation(from: base, to: head)
    back = Translation(from: head, to: base)
  }

  func sample(_ pair: JointSession.Pair) -> Sample {
    Sample(pair, base, head)
  }

  /// Adds intakes that were found, if their answers do not contradict themselves.
  mutating func add(_ pairs: [JointSession.Pair]) {
    samples += inParallel(pairs) { [base, head] in Sample($0, base, head) }.filter(\.isPossible)
  }

  /// Fills it with complete intakes near the bounds of either rulebook, and with these changed in a few answers.
  ///
  /// - Parameters:
  ///   - seeds: intakes that are likely to matter, as those of cases.
  ///   - near: the facts that what is written otherwise follows from, by name.
  mutating func fill(_ seeds: [JointSession.Pair], near: Set<String>) {
    var first = Sampler(base)
    var second = Sampler(head, seed: 2)
    var pairs: [JointSession.Pair] = []
    for number in 0..<Self.complete {
      if let pair = joined(first.next(), second.next(), isBaseFirst: number.isMultiple(of: 2)) { pairs.append(pair) }
    }
    let grounds = seeds + pairs + [JointSession.Pair(base: Intake(), head: Intake())]
    let others = pairs
    let names = near.sorted()
    pairs += seeds
    guard !names.isEmpty, !others.isEmpty else { return add(pairs) }
    var draws = 0
    /// The same in every run, and without an order to be seen (the sequence of Weyl).
    func draw(below count: Int) -> Int {
      draws += 1
      return Int((UInt64(draws) &* 0x9E37_79B9_7F4A_7C15) >> 33) % count
    }
    for number in 0..<Self.changed {
      var pair = grounds[number < seeds.count ? number : draw(below: grounds.count)]
      for _ in 0...draw(below: 4) {
        let name = names[draw(below: names.count)]
        let other = others[draw(below: others.count)]
        let isLeftOut = draw(below: 3) == 0
        pair.base.answers[name] = isLeftOut ? nil : other.base.answers[name]
        pair.head.answers[name] = isLeftOut ? nil : other.head.answers[name]
      }
      pairs.append(pair)
    }
    add(pairs)
  }

  /// What both ask is answered as in one of them.
  private func joined(_ one: Intake, _ two: Intake, isBaseFirst: Bool) -> JointSession.Pair? {
    var pair = JointSession.Pair(base: one, head: two)
    if isBaseFirst {
      guard let same = forth.intake(one) else { return nil }
      pair.head.answers.merge(same.answers) { _, new in new }
    } else {
      guard let same = back.intake(two) else { return nil }
      pair.base.answers.merge(same.answers) { _, new in new }
    }
    return pair
  }

  // MARK: Smaller

  /// The same with only the answers without which `shows`, told both plans, would not be so.
  ///
  /// - Parameter related: the names of the facts that can matter.
  func smallest(
    _ pair: JointSession.Pair, related: Set<String>, _ shows: (any PlanReading, any PlanReading) -> Bool
  ) -> Sample {
    let small = sample(
      smaller(pair, related: related) { pair in
        quick.base.read(pair.base)
        quick.head.read(pair.head)
        return shows(quick.base, quick.head)
      })
    // What counts is what the reference evaluator says.
    return shows(small.before, small.after) ? small : sample(pair)
  }

  private func smaller(
    _ pair: JointSession.Pair, related: Set<String>, _ holds: (JointSession.Pair) -> Bool
  ) -> JointSession.Pair {
    var result = pair
    let recent = JointSession.Pair(
      base: UsualDays(base).recent(pair.base) ?? pair.base, head: UsualDays(head).recent(pair.head) ?? pair.head)
    if holds(recent) { result = recent }
    let near = result.without(Set(pair.names).subtracting(related))
    if holds(near) { result = near }
    var size = 16
    while size >= 1 {
      var names = result.names[...]
      while !names.isEmpty {
        let less = result.without(Set(names.suffix(size)))
        if holds(less) { result = less }
        names = names.dropLast(size)
      }
      size /= 4
    }
    for name in result.names { result = fewerMembers(result, name, holds) }
    for (name, days) in UsualDays(base).nearer(result.base) + UsualDays(head).nearer(result.head) {
      for day in days {
        let nearer = JointSession.Pair(
          base: UsualDays(base).with(day, for: name, result.base),
          head: UsualDays(head).with(day, for: name, result.head))
        guard holds(nearer) else { continue }
        result = nearer
        break
      }
    }
    return result
  }

  private func fewerMembers(
    _ pair: JointSession.Pair, _ name: String, _ holds: (JointSession.Pair) -> Bool
  ) -> JointSession.Pair {
    var result = pair
    let isInBase = pair.base.answers[name] != nil
    guard case .members(var kept)? = isInBase ? pair.base.answers[name] : pair.head.answers[name] else { return pair }
    for index in kept.indices where kept[index] != .notAsked {
      var fewer = kept
      fewer[index] = .notAsked
      guard fewer.contains(where: { $0 != .notAsked }) else { break }
      var less = result
      if isInBase { less.base.answers[name] = .members(fewer) }
      if !isInBase || forth.isShared(name) {
        guard let answer = isInBase ? forth.answer(.members(fewer), to: name) : .members(fewer) else { continue }
        less.head.answers[name] = answer
      }
      guard holds(less) else { continue }
      kept = fewer
      result = less
    }
    return result
  }
}

extension JointSession.Pair {
  /// The facts that are answered, sorted.
  fileprivate var names: [String] { Set(base.answers.keys).union(head.answers.keys).sorted() }

  fileprivate func without(_ names: Set<String>) -> Self {
    func less(_ intake: Intake) -> Intake { Intake(answers: intake.answers.filter { !names.contains($0.key) }) }
    return Self(base: less(base), head: less(head))
  }
}
