/// How a rule that speaks about a slot stands in this plan, and why.
public struct RuleStanding: Sendable, Equatable, Codable {
  public enum Standing: String, Sendable, Codable, CaseIterable {
    /// Its value is the plan's.
    case won
    /// It applies, but the decision is open.
    case applies
    /// It applies, but a rule with a higher or lower value, or one preferred, decides.
    case outranked
    /// It applies, but a rule that overrides it applies too.
    case defeated
    /// It applies, but another rule rules the value out.
    case ruledOut = "ruled_out"
    /// It applies and disagrees with another, and neither overrides the other.
    case conflicts
    /// Not enough is known.
    case mayApply = "may_apply"
    case doesNotApply = "does_not_apply"
  }

  /// Which overlay disabled a rule, and why.
  public struct Disabled: Sendable, Equatable, Codable {
    public var overlay: String
    public var reason: String
  }

  public var rule: String
  /// What it would bring about, in words.
  public var recommends: String
  public var standing: Standing
  /// The rules that outrank, defeat or rule it out.
  public var by: [String]
  /// The clauses that would have to be otherwise for it to apply.
  public var blockedBy: [BlockingClause]
  /// Set where it never applies because an overlay disabled it.
  public var disabled: Disabled?
}

/// Why an option was not chosen: every rule that would have chosen it, the nearest first.
public struct OptionStanding: Sendable, Equatable, Codable {
  public var option: String
  public var label: String
  public var rules: [RuleStanding]
}

/// Places the rules of a decision: who won, who lost against whom, and what kept the others from applying.
struct RuleStandings {
  let wording: Wording
  let index: Int
  private let nearest: NearestClauses
  private let slotRules: [SlotRules]
  private var evaluation: Evaluation { wording.evaluation }
  private var program: Program { evaluation.program }
  private var decision: Decision { program.decisions[index] }

  init(_ wording: Wording, decision: Int) {
    self.wording = wording
    index = decision
    nearest = NearestClauses(wording)
    let evaluation = wording.evaluation
    let entry = evaluation.program.decisions[decision]
    slotRules = entry.slots.map { slot in
      SlotRules(
        effects: slot.effects, truths: slot.effects.map { evaluation.ruleTruths[$0.rule] }, combine: entry.combine)
    }
  }

  func rules(of slot: Int) -> SlotRules { slotRules[slot] }

  /// The effects of a slot that decide: they apply, are not defeated, and nothing that counts beats them.
  func winners(in slot: Int) -> [Int] {
    let rules = rules(of: slot)
    let counting = rules.effects.indices.filter { rules.truths[$0] == .yes && rules.isLive($0) }
    return counting.filter { one in
      !counting.contains { rules.spoils(rules.effects[$0].verdict, rules.effects[one].verdict) }
    }
  }

  /// - Parameter isChosen: whether the slot's own result is part of the plan, which an option of a preferred choice may not be
  ///   although it is in.
  func standing(of effect: Int, in slot: Int, isChosen: Bool = true) -> RuleStanding {
    let rules = rules(of: slot)
    let one = rules.effects[effect]
    func ids(_ effects: some Sequence<Int>) -> [String] {
      Set(effects.map { program.rules[rules.effects[$0].rule].id }).sorted()
    }
    var standing = RuleStanding.Standing.won
    var by: [String] = []
    var blocked: [BlockingClause] = []
    switch rules.truths[effect] {
    case .no:
      standing = .doesNotApply
      blocked = nearest.distance(of: program.rules[one.rule].condition).clauses
    case .unknown:
      standing = .mayApply
      blocked = nearest.distance(of: program.rules[one.rule].condition).clauses
    case .yes:
      let counting = rules.effects.indices.filter { rules.truths[$0] == .yes && rules.isLive($0) }
      let beating = counting.filter { rules.spoils(rules.effects[$0].verdict, one.verdict) }
      if !rules.isLive(effect) {
        standing = .defeated
        by = ids(one.overriddenBy.filter { rules.truths[$0] == .yes })
      } else if beating.contains(where: { rules.effects[$0].verdict == .ruleOut }) {
        standing = .ruledOut
        by = ids(beating.filter { rules.effects[$0].verdict == .ruleOut })
      } else if !beating.isEmpty {
        standing = decision.combine == .one ? .conflicts : .outranked
        by = ids(beating)
      } else if !isChosen {
        standing = decision.combine == .preferred ? .outranked : .applies
        by = ids(
          rules.live.filter { rules.truths[$0] == .unknown && rules.spoils(rules.effects[$0].verdict, one.verdict) })
      }
    }
    return RuleStanding(
      rule: program.rules[one.rule].id, recommends: recommends(one.verdict, slot), standing: standing, by: by,
      blockedBy: blocked,
      disabled: program.rules[one.rule].disabled.map {
        RuleStanding.Disabled(overlay: $0.overlay, reason: $0.reason.text(in: wording.language))
      })
  }

  private func recommends(_ verdict: Slot.Verdict, _ slot: Int) -> String {
    switch verdict {
    case .ruleOut: "rules out"
    case .recommend(.included): decision.slots[slot].member.map { wording.option($0, of: decision.variable) } ?? ""
    case .recommend(let value): wording.value(value, in: decision, slot: decision.slots[slot])
    }
  }

  /// Why an option is not the plan's value: the rules that would have chosen it, the nearest first.
  ///
  /// - Parameters:
  ///   - value: the place of the option, member or item in the decision's domain, or the value of a number.
  ///   - item: the slot of a menu item whose amount is asked about, instead of the item as such.
  func whyNot(_ value: Value, item: Int? = nil) -> [RuleStanding] {
    var slot = item ?? 0
    var wanted: (Slot.Verdict) -> Bool = { $0 == .recommend(value) }
    if item == nil, case .option(let option) = value, decision.slots[0].member != nil {
      slot = option
      wanted = { $0 != .ruleOut }
    }
    let order = RuleStanding.Standing.allCases
    return decision.slots[slot].effects.indices
      .filter { wanted(decision.slots[slot].effects[$0].verdict) }
      .map { effect in
        let cost = nearest.distance(of: program.rules[decision.slots[slot].effects[effect].rule].condition).cost
        return (standing(of: effect, in: slot, isChosen: isChosen(value)), cost)
      }
      .sorted {
        (order.firstIndex(of: $0.0.standing)!, $0.1, $0.0.rule) < (
          order.firstIndex(of: $1.0.standing)!, $1.1, $1.0.rule
        )
      }
      .map(\.0)
  }

  private func isChosen(_ value: Value) -> Bool {
    decision.hasMembers || evaluation.decisionOutcomes[index] == [.value(value)]
  }

  /// The rules that apply and rule the option out.
  func rulersOut(of option: Int) -> [String] {
    guard decision.slots[0].member != nil, decision.slots.indices.contains(option) else { return [] }
    let rules = rules(of: option)
    let applying = rules.effects.indices.filter {
      rules.effects[$0].verdict == .ruleOut && rules.truths[$0] == .yes && rules.isLive($0)
    }
    return applying.map { program.rules[rules.effects[$0].rule].id }.sorted()
  }
}
