import RuleEngine
import RuleLanguage
import TestSupport
import Testing

/// What selecting promises (section 4, clause 9), over random rulebooks, intakes and selections.
struct SelectionTests {
  /// Selecting what is recommended and settled changes no other decision, and no outcome at all.
  @Test func selectingTheRecommendedChangesNothing() throws {
    var selected = 0
    try each { program, intake, generator, seed in
      let before = Evaluator.evaluate(program, intake)
      var chosen = intake
      for decision in program.decisions.indices where generator.chance(50) {
        for (slot, outcomes) in slots(before, decision) where outcomes.count == 1 && generator.chance(70) {
          let name = program.selectableName(decision, slot: slot)
          switch outcomes.first {
          case .value(let value): chosen.selections[name] = Selection(value)
          case .out where program.decisions[decision].hasMembers: chosen.selections[name] = Selection(nil)
          default: continue
          }
          selected += 1
        }
      }
      let after = Evaluator.evaluate(program, chosen)
      #expect(after.decisionOutcomes == before.decisionOutcomes, "seed \(seed)")
      #expect(after.slotOutcomes == before.slotOutcomes, "seed \(seed)")
      #expect(after.values == before.values, "seed \(seed)")
      #expect(after.ruleTruths == before.ruleTruths, "seed \(seed)")
    }
    #expect(selected > 1000)
  }

  /// Whatever is selected, what is recommended in the selected slot stays, and so does all that does not read it.
  @Test func theRecommendationStays() throws {
    var changed = 0
    try each { program, intake, generator, seed in
      let before = Evaluator.evaluate(program, intake)
      let decision = generator.below(program.decisions.count)
      let entry = program.decisions[decision]
      guard entry.slots.allSatisfy({ $0.fill == nil }) else { return }
      var chosen = intake
      let all = RandomSelections.make(program, chance: 100, using: &generator)
      for (slot, _) in slots(before, decision) {
        let name = program.selectableName(decision, slot: slot)
        chosen.selections[name] = all[name]
      }
      let after = Evaluator.evaluate(program, chosen)
      #expect(after.slotOutcomes[decision] == before.slotOutcomes[decision], "seed \(seed)")
      #expect(after.decisionOutcomes[decision] == before.decisionOutcomes[decision], "seed \(seed)")
      #expect(after.combined[decision] == before.combined[decision], "seed \(seed)")
      let own = program.evaluationOrder.firstIndex(of: .variable(entry.variable)) ?? 0
      for case .variable(let variable) in program.evaluationOrder[..<own] {
        #expect(after.values[variable] == before.values[variable], "seed \(seed)")
      }
      if after.values != before.values { changed += 1 }
    }
    #expect(changed > 100)
  }

  /// What reads a decision reads just what was selected.
  @Test func whatReadsItReadsTheSelectedValue() throws {
    try each { program, intake, generator, seed in
      var chosen = intake
      chosen.selections = RandomSelections.make(program, chance: 60, using: &generator)
      let after = Evaluator.evaluate(program, chosen)
      for (index, decision) in program.decisions.enumerated() where after.guardTruths[index] == .yes {
        guard let selection = chosen.selections[program.selectableName(index, slot: nil)], !decision.hasMembers else {
          continue
        }
        let expected: PossibleValues.Values? =
          switch selection.value {
          case .option(let option): .options([option])
          case .number(let number): .interval(Interval(number))
          case .included, nil: nil
          }
        #expect(after.values[decision.variable].values == expected, "seed \(seed)")
        #expect(!after.values[decision.variable].mayNotApply, "seed \(seed)")
      }
    }
  }

  /// With selections, too: answering what was not asked never adds an outcome.
  @Test func monotoneWithSelections() throws {
    try each { program, intake, generator, seed in
      var chosen = intake
      chosen.selections = RandomSelections.make(program, chance: 40, using: &generator)
      let before = Evaluator.evaluate(program, chosen)
      var more = chosen
      for variable in program.variables where variable.fact != nil && more.answers[variable.name] == nil {
        guard generator.chance(40) else { continue }
        more.answers[variable.name] = RandomIntake.answer(variable.domain, unanswered: 30, using: &generator)
      }
      more = RandomIntake.consistent(more, program, before: chosen)
      let after = Evaluator.evaluate(program, more)
      for decision in program.decisions.indices where !program.decisions[decision].isMenu {
        for (one, all) in zip(slots(after, decision), slots(before, decision)) {
          #expect(one.outcomes.isSubset(of: all.outcomes), "seed \(seed)")
        }
      }
    }
  }

  /// With selections, too: no answers to facts needed neither now nor later change any decision.
  @Test func neededWithSelections() throws {
    try each { program, intake, generator, seed in
      var chosen = intake
      chosen.selections = RandomSelections.make(program, chance: 40, using: &generator)
      let before = Evaluator.evaluate(program, chosen)
      for wanted in program.decisions.indices {
        let needed = before.neededFacts(for: [wanted])
        var more = chosen
        for index in program.variables.indices where !needed.now.contains(index) && !needed.later.contains(index) {
          let variable = program.variables[index]
          guard variable.fact != nil, more.answers[variable.name] == nil, generator.chance(70) else { continue }
          more.answers[variable.name] = RandomIntake.answer(variable.domain, unanswered: 20, using: &generator)
        }
        more = RandomIntake.consistent(more, program, before: chosen)
        let after = Evaluator.evaluate(program, more)
        #expect(slots(after, wanted).map(\.outcomes) == slots(before, wanted).map(\.outcomes), "seed \(seed)")
      }
    }
  }

  /// The slots that can be selected, with what is recommended there.
  private func slots(_ evaluation: Evaluation, _ decision: Int) -> [(slot: Int?, outcomes: Set<Evaluation.Outcome>)] {
    guard evaluation.program.decisions[decision].hasMembers else {
      return [(nil, evaluation.decisionOutcomes[decision])]
    }
    return evaluation.slotOutcomes[decision].enumerated().map { ($0, $1) }
  }

  private func each(_ body: (Program, Intake, inout SeededGenerator, Int) throws -> Void) throws {
    for seed in 0..<100 {
      var generator = SeededGenerator(seed: seed)
      let text = RandomRulebook.text(RandomRulebook(seed: seed).trees)
      let program = try #require(Compiling.compile([("a.yaml", text)]).program)
      for _ in 0..<8 {
        let intake = RandomIntake.make(program, unanswered: generator.pick([20, 50, 80]), using: &generator)
        try body(program, intake, &generator, seed)
      }
    }
  }
}
