/// Works out plans with a ``CompiledProgram``, one after the other, in memory that it keeps from plan to plan.
///
/// It is not shared between threads; each has its own.
package struct PlanMachine: ~Copyable {
  package let program: CompiledProgram
  let tables: CompiledTables
  /// For each signal, the cells that are possible.
  let cells: Table<UInt64>
  /// For each number and date, from the lowest to the highest that is possible.
  let bounds: Table<Bounds>
  /// For each rule, whether it applies; only rules that were come upon are other than no.
  let ruleTruths: Table<CompiledTruth>
  let touchedRules: Table<Int32>
  let touchedCount = Kept(0)
  /// For each slot, the last effect found of a rule that applies or may apply; -1 for none.
  let firstEffect: Table<Int32>
  /// The effect of the same slot found before this one.
  let nextEffect: Table<Int32>
  /// For each decision, the last of its slots about which some rule was found; -1 for none.
  let firstTouched: Table<Int32>
  /// The slot of the same decision found before this one.
  let nextTouched: Table<Int32>
  /// What the last plan was worked out for.
  package var extent: Extent { lastExtent.value }
  private let lastExtent = Kept(Extent.rules)
  /// On a ladder, the highest rank of a rule that applies; below zero for none.
  let surest = Kept<Int32>(-2)
  /// The rank that ends the walk through a tree.
  let top = Kept(Int32.max)
  /// For the first word of each signal of many words, its only possible cell once that was looked for.
  let onlyCells: Table<Int32>
  /// Of ``onlyCells``: not looked for in this plan.
  static let notSought: Int32 = -2
  /// Room for the effects of one slot.
  let live: Table<Int32>
  let guardTruths: Table<CompiledTruth>
  /// For each slot, what is possible beside values.
  let flags: Table<SlotFlags>
  /// The same before `otherwise` and the guard were considered.
  let combinedFlags: Table<SlotFlags>
  /// For each slot, the values that are possible.
  let values: Table<UInt64>
  /// For each slot that fills, its amount.
  let amounts: Table<Bounds>
  /// The day of the assessment.
  let dayVariable: Int
  let dayMatchers: DayMatchers

  package init(_ program: CompiledProgram) {
    self.program = program
    tables = program.tables
    cells = Table(repeating: 0, count: tables.initialCells.count)
    bounds = Table(repeating: .zero, count: tables.initialBounds.count)
    ruleTruths = Table(repeating: .no, count: program.program.rules.count)
    touchedRules = Table(repeating: 0, count: program.program.rules.count)
    firstEffect = Table(repeating: -1, count: tables.slots.count)
    nextEffect = Table(repeating: -1, count: tables.effects.count)
    firstTouched = Table(repeating: -1, count: tables.decisions.count)
    nextTouched = Table(repeating: -1, count: tables.slots.count)
    live = Table(repeating: 0, count: tables.effects.count)
    guardTruths = Table(repeating: .yes, count: tables.decisions.count)
    flags = Table(repeating: [], count: tables.slots.count)
    combinedFlags = Table(repeating: [], count: tables.slots.count)
    values = Table(repeating: 0, count: program.valueWords)
    amounts = Table(repeating: .zero, count: tables.slots.count)
    dayVariable = program.program.assessmentDay
    dayMatchers = DayMatchers(tables)
    onlyCells = Table(repeating: Self.notSought, count: tables.wideSignals.count == 0 ? 0 : cells.count)
    cells.copy(from: tables.restingCells)
    bounds.copy(from: tables.initialBounds)
  }

  deinit {
    onlyCells.free()
    cells.free()
    bounds.free()
    ruleTruths.free()
    touchedRules.free()
    firstEffect.free()
    nextEffect.free()
    firstTouched.free()
    nextTouched.free()
    live.free()
    guardTruths.free()
    flags.free()
    combinedFlags.free()
    values.free()
    amounts.free()
    dayMatchers.free()
    touchedCount.free()
    lastExtent.free()
    surest.free()
    top.free()
  }

  /// What a plan is worked out for.
  package enum Extent: BitwiseCopyable {
    /// Every variable and decision. A rule that can change no outcome, since another that applies beats it or says the same,
    /// may be passed over, and counts as one that does not apply, or of which that is not known if only some of the ways in
    /// which it can were passed over: for ``DecisionPlan/Status/settledRegardless`` too.
    case decisions
    /// Every rule, too.
    case rules
  }

  /// Works out the plan for the answers of one person.
  package func run(_ intake: borrowing CompiledIntake, _ extent: Extent = .rules) {
    lastExtent.value = extent
    cells.copy(from: intake.cells)
    bounds.copy(from: intake.bounds)
    for index in 0..<tables.wideSignals.count { onlyCells[tables.wideSignals[index]] = Self.notSought }
    forgetRules()
    flags.copy(from: tables.restingFlags)
    combinedFlags.fill(with: .none)
    values.copy(from: tables.restingValues)
    for stage in 0..<tables.stages.count {
      let stage = tables.stages[stage]
      for step in stage.steps.indices { perform(tables.steps[step]) }
      let root = extent == .rules ? stage.rules : stage.offLadders
      if root >= 0 { _ = findRules(at: Int(root), soFar: .yes) }
      guard extent == .decisions else { continue }
      for ladder in stage.ladders.indices { climb(down: tables.ladders[ladder]) }
    }
  }

  private func perform(_ step: CompiledStep) {
    switch step {
    case .guarded(let variables, let condition):
      let truth = truth(at: Int(condition))
      if truth == .yes { return }
      for place in variables.indices { apply(truth, to: Int(tables.references[place])) }
    case .holds(let variable, let condition):
      let truth = truth(at: Int(condition))
      cells[tables.places[variable].at] = truth == .yes ? 2 : truth == .no ? 1 : 3
    case .decision(let decision): decide(Int(decision))
    default: derive(step)
    }
  }
}
