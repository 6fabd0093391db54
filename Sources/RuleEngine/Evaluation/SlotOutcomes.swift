/// How the rules of one slot can combine.
public enum CombinedResult: Hashable, Sendable {
  /// No rule says anything.
  case none
  case verdict(Slot.Verdict)
  case conflict
}

/// One slot with what is known about its rules: the closed form of section 4, clauses 6 to 8.
///
/// A rule that applies counts for sure; one that may apply does or does not, each freely.
public struct SlotRules {
  public let effects: [Slot.Effect]
  public let truths: [Truth]
  public let combine: Decision.Combine
  /// The effects that can count: their rule applies or may apply, and no rule that overrides it applies.
  public let live: [Int]

  public init(effects: [Slot.Effect], truths: [Truth], combine: Decision.Combine) {
    self.effects = effects
    self.truths = truths
    self.combine = combine
    live = effects.indices.filter { effect in
      truths[effect] != .no && !effects[effect].overriddenBy.contains { truths[$0] == .yes }
    }
  }

  /// Whether an effect can count.
  public func isLive(_ effect: Int) -> Bool { live.contains(effect) }

  func overrides(_ first: Int, _ second: Int) -> Bool { effects[second].overriddenBy.contains(first) }

  /// Whether the verdict `first` keeps `second` from being the result where both count.
  public func spoils(_ first: Slot.Verdict, _ second: Slot.Verdict) -> Bool {
    switch (first, second) {
    case (.ruleOut, .recommend): true
    case (_, .ruleOut): false
    case (.recommend(let one), .recommend(let other)):
      switch combine {
      case .one: one != other
      case .highest: one > other
      case .lowest: one < other
      case .all, .preferred: false
      }
    }
  }

  /// Every result, over every way in which the rules that may apply do or do not.
  public func results() -> Set<CombinedResult> {
    var results: Set<CombinedResult> = []
    if !truths.contains(.yes) { results.insert(.none) }
    for winner in live where !results.contains(.verdict(effects[winner].verdict)) {
      let verdict = effects[winner].verdict
      let spoilers = live.filter { truths[$0] == .yes && spoils(effects[$0].verdict, verdict) }
      let canWin = spoilers.allSatisfy { spoiler in
        live.contains { rescuer in
          truths[rescuer] == .unknown && overrides(rescuer, spoiler)
            && !spoils(effects[rescuer].verdict, verdict) && !overrides(rescuer, winner)
        }
      }
      if canWin { results.insert(.verdict(verdict)) }
    }
    if combine == .one {
      let clash = live.contains { first in
        live.contains { second in
          effects[first].verdict != effects[second].verdict && !overrides(first, second) && !overrides(second, first)
        }
      }
      if clash { results.insert(.conflict) }
    }
    return results
  }

  /// Whether knowing more about a live rule that may apply cannot matter (section 4, clause 10).
  public func isIdle(_ effect: Int) -> Bool {
    guard !live.contains(where: { overrides(effect, $0) }) else { return false }
    return live.contains { other in
      truths[other] == .yes && !live.contains { overrides($0, other) }
        && (effects[other].verdict == effects[effect].verdict
          || (combine != .one && spoils(effects[other].verdict, effects[effect].verdict)))
    }
  }
}
