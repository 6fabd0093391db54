import RuleEngine
import TestSupport
import Testing

/// Clause 8 of the meaning: the closed form against trying every way in which the rules that may apply do or do not.
struct SlotOutcomesTests {
  @Test(arguments: [Decision.Combine.one, .highest, .lowest, .all])
  func closedFormIsWhatBruteForceFinds(combine: Decision.Combine) {
    var generator = SeededGenerator(seed: 8)
    for trial in 0..<15_000 {
      let slot = randomSlot(combine, using: &generator)
      let expected = bruteForce(slot)
      let found = slot.results()
      #expect(found == expected, "trial \(trial): \(slot)")
      if found != expected { return }
    }
  }

  @Test(arguments: [Decision.Combine.one, .highest, .lowest, .all])
  func idleRulesCannotMatter(combine: Decision.Combine) {
    var generator = SeededGenerator(seed: 9)
    var bad = 0
    var idle = 0
    for _ in 0..<15_000 {
      let slot = randomSlot(combine, using: &generator)
      for effect in slot.effects.indices
      where slot.truths[effect] == .unknown && slot.isLive(effect) && slot.isIdle(effect) {
        idle += 1
        for truth in [Truth.yes, .no] {
          var truths = slot.truths
          truths[effect] = truth
          if SlotRules(effects: slot.effects, truths: truths, combine: combine).results() != slot.results() { bad += 1 }
        }
      }
    }
    #expect(idle > 100)
    #expect(bad == 0)
  }

  private func randomSlot(_ combine: Decision.Combine, using generator: inout SeededGenerator) -> SlotRules {
    let count = 1 + generator.below(6)
    var direct: [[Int]] = []
    for index in 0..<count {
      direct.append((0..<index).filter { _ in generator.chance(35) })
    }
    // A rule is overridden by earlier ones, and by those that override them.
    var closed: [[Int]] = []
    for index in 0..<count {
      closed.append(Set(direct[index] + direct[index].flatMap { closed[$0] }).sorted())
    }
    let effects = (0..<count).map { index -> Slot.Effect in
      var verdict = Slot.Verdict.recommend(.number(Number(generator.below(3))))
      if combine == .all { verdict = .recommend(.included) }
      if combine != .one, generator.chance(25) { verdict = .ruleOut }
      return Slot.Effect(rule: index, verdict: verdict, overriddenBy: closed[index])
    }
    let truths = (0..<count).map { _ in generator.pick([Truth.yes, .no, .unknown, .unknown]) }
    return SlotRules(effects: effects, truths: truths, combine: combine)
  }

  /// Clause 7 in every world, and nothing else.
  private func bruteForce(_ slot: SlotRules) -> Set<CombinedResult> {
    let open = slot.truths.indices.filter { slot.truths[$0] == .unknown }
    var results: Set<CombinedResult> = []
    for world in 0..<(1 << open.count) {
      var applies = slot.truths.map { $0 == .yes }
      for (bit, rule) in open.enumerated() { applies[rule] = world & (1 << bit) != 0 }
      let undefeated = slot.effects.indices.filter { rule in
        applies[rule] && !slot.effects[rule].overriddenBy.contains { applies[$0] }
      }
      results.insert(combined(undefeated.map { slot.effects[$0].verdict }, slot.combine))
    }
    return results
  }

  private func combined(_ verdicts: [Slot.Verdict], _ combine: Decision.Combine) -> CombinedResult {
    if verdicts.isEmpty { return .none }
    if verdicts.contains(.ruleOut) { return .verdict(.ruleOut) }
    switch combine {
    case .one: return Set(verdicts).count == 1 ? .verdict(verdicts[0]) : .conflict
    case .highest: return .verdict(verdicts.max()!)
    case .lowest: return .verdict(verdicts.min()!)
    case .all, .preferred: return .verdict(verdicts[0])
    }
  }
}
