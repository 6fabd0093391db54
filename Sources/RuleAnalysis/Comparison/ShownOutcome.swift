import RuleEngine

/// How something came out in one rulebook, in words, and by which rules.
struct ShownOutcome {
  enum Rulebook {
    case base
    case head
  }

  let label: String
  let text: String
  /// The ids of the rules that win, or that may still win, sorted.
  let rules: [String]

  init(_ subject: ComparisonGoal.Subject, _ evaluation: Evaluation, _ rulebook: Rulebook) {
    switch subject {
    case .place(let place):
      let side = rulebook == .base ? place.base : place.head
      self.init(place.label.text(in: "en"), evaluation, side, isMember: place.member != nil)
    case .question(_, let base, let head):
      let place = rulebook == .base ? base : head
      let values = evaluation.values[place]
      self.init(
        evaluation.program.variables[place].label.text(in: "en"),
        values.cannotApply ? "does not apply" : values.mayNotApply ? "may apply" : "applies")
    case .rule(let id, _, _, _): self.init(id, "")
    case .finality:
      self.init(
        "The plan, once it is settled",
        evaluation.unknownFacts().isEmpty ? "final" : "settled regardless of answers that are missing")
    }
  }

  private init(_ label: String, _ text: String) {
    (self.label, self.text, rules) = (label, text, [])
  }

  private init(_ label: String, _ evaluation: Evaluation, _ side: ComparedPlace.Side, isMember: Bool) {
    self.label = label
    let program = evaluation.program
    let decision = program.decisions[side.decision]
    guard !isMember || side.slot != nil else {
      text = evaluation.guardTruths[side.decision] == .no ? "does not apply" : "not in the plan"
      rules = []
      return
    }
    let slots = side.slot.map { [decision.slots[$0]] } ?? decision.slots
    let outcomes =
      side.slot.map { evaluation.slotOutcomes[side.decision][$0] } ?? evaluation.decisionOutcomes[side.decision]
    let wording = Wording(evaluation, language: "en")
    let shown = side.slot.map { decision.slots[$0] } ?? Slot(member: nil, variable: nil, effects: [])
    text = outcomes.sorted().map { wording.outcome($0, in: decision, slot: shown) }.joined(separator: " or ")
    var found: Set<String> = []
    for slot in slots where evaluation.guardTruths[side.decision] != .no {
      let truths = slot.effects.map { evaluation.ruleTruths[$0.rule] }
      let rules = SlotRules(effects: slot.effects, truths: truths, combine: decision.combine)
      for (index, effect) in slot.effects.enumerated() where rules.isLive(index) {
        let isShown: Bool
        switch effect.verdict {
        case .ruleOut: isShown = outcomes.contains(.out)
        case .recommend(.included):
          // Of a preferred choice, the options that are in and are not chosen did nothing.
          isShown = isMember || slot.member.map { outcomes.contains(.value(.option($0))) } ?? true
        case .recommend(let value): isShown = outcomes.contains(.value(value)) || outcomes.contains(.conflict)
        }
        if isShown { found.insert(program.rules[effect.rule].baseID) }
      }
    }
    rules = found.sorted()
  }
}
