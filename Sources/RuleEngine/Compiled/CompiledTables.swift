/// The tables of a compiled program. They are read only once they are built, and belong to the ``CompiledProgram``.
struct CompiledTables: Sendable {
  let places: Table<SignalLayout.Place>
  let cuts: Table<Int128>
  /// The first words of the signals that have several.
  let wideSignals: Table<Int32>
  let stages: Table<CompiledStage>
  let steps: Table<CompiledStep>
  let nodes: Table<ConditionCode.Node>
  let wanted: Table<UInt64>
  let dynamics: Table<DynamicMatcher>
  let ranges: Table<DynamicRange>
  let changes: Table<Int64>
  let parameters: Table<Span32>
  let datedNumbers: Table<DatedNumber>
  let indexNodes: Table<RuleIndex.Node>
  let indexGroups: Table<RuleIndex.Group>
  let indexBranches: Table<RuleIndex.Branch>
  let indexLists: Table<Int32>
  let indexOpen: Table<Int32>
  let indexEnds: Table<RuleIndex.End>
  let indexChecks: Table<RuleIndex.Check>
  let ladders: Table<RuleLadders.Ladder>
  let rungs: Table<RuleLadders.Rung>
  let decisions: Table<CompiledDecision>
  let slots: Table<CompiledSlot>
  let effects: Table<CompiledEffect>
  let ruleEffects: Table<Span32>
  /// For each rule, where its condition stands as a whole.
  let ruleConditions: Table<Int32>
  /// The effects of each rule, one after the other.
  let effectsOfRules: Table<RuleEffect>
  /// The effects that override others.
  let overriders: Table<Int32>
  /// Places that steps, slots and decisions refer to.
  let references: Table<Int32>
  /// Numbers that steps and slots refer to: points and recommended numbers.
  let numbers: Table<Int128>
  let bands: Table<Bounds>
  /// What is possible before anything is known: every variable's whole domain.
  let initialCells: Table<UInt64>
  let initialBounds: Table<Bounds>
  /// The same, with every set and menu as it is where no rule says anything; what is possible for all slots then.
  let restingCells: Table<UInt64>
  let restingFlags: Table<SlotFlags>
  let restingValues: Table<UInt64>

  init(_ builder: ProgramCompiler) {
    places = Table(builder.layout.places)
    cuts = Table(builder.layout.cuts)
    wideSignals = Table(builder.layout.places.filter { $0.kind != .members && $0.words > 1 }.map(\.at))
    stages = Table(builder.stages)
    steps = Table(builder.steps)
    nodes = Table(builder.code.nodes)
    wanted = Table(builder.code.wanted)
    dynamics = Table(builder.dynamics)
    ranges = Table(builder.ranges)
    changes = Table(builder.changes)
    parameters = Table(builder.parameters)
    datedNumbers = Table(builder.datedNumbers)
    indexNodes = Table(builder.index.nodes)
    indexGroups = Table(builder.index.groups)
    indexBranches = Table(builder.index.branches)
    indexLists = Table(builder.index.lists)
    indexOpen = Table(builder.index.open)
    indexEnds = Table(builder.index.ends)
    indexChecks = Table(builder.index.checks)
    ladders = Table(builder.ladders.ladders)
    rungs = Table(builder.ladders.rungs)
    decisions = Table(builder.decisions)
    slots = Table(builder.slots)
    effects = Table(builder.effects)
    ruleEffects = Table(builder.ruleEffects)
    ruleConditions = Table(builder.ruleConditions)
    effectsOfRules = Table(builder.effectsOfRules)
    overriders = Table(builder.overriders)
    references = Table(builder.references)
    numbers = Table(builder.numbers)
    bands = Table(builder.bands)
    initialCells = Table(builder.initialCells)
    initialBounds = Table(builder.initialBounds)
    restingCells = Table(builder.restingCells)
    restingFlags = Table(builder.restingFlags)
    restingValues = Table(builder.restingValues)
  }

  func free() {
    places.free()
    cuts.free()
    wideSignals.free()
    stages.free()
    steps.free()
    nodes.free()
    wanted.free()
    dynamics.free()
    ranges.free()
    changes.free()
    parameters.free()
    datedNumbers.free()
    indexNodes.free()
    indexGroups.free()
    indexBranches.free()
    indexLists.free()
    indexOpen.free()
    indexEnds.free()
    indexChecks.free()
    ladders.free()
    rungs.free()
    decisions.free()
    slots.free()
    effects.free()
    ruleEffects.free()
    ruleConditions.free()
    effectsOfRules.free()
    overriders.free()
    references.free()
    numbers.free()
    bands.free()
    initialCells.free()
    initialBounds.free()
    restingCells.free()
    restingFlags.free()
    restingValues.free()
  }
}
