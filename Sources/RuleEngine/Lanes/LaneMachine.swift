/// Works out the plans of up to 64 people at once, one in each lane.
///
/// What can be true or possible is one bit of a person, so that one operation on a word asks a condition of all 64. Only
/// numbers are reckoned lane by lane. It says what a ``PlanMachine`` says, which is quicker for a single plan: it need not
/// look at every rule. It is not shared between threads; each has its own.
package final class LaneMachine {
  let program: LaneProgram
  let tables: CompiledTables
  let cellAt: Table<Int32>
  let slotPlaces: Table<LaneSlot>
  let lanes = LaneIntake.laneCount
  /// How many lanes hold someone.
  var laneCount = 0
  /// For each cell of each signal, the lanes in which it is possible.
  let cells: Table<UInt64>
  /// For each number and date that is no fact, 64 bounds; those of facts stand in the intake.
  private let bounds: Table<Bounds>
  private var factBounds: Table<Bounds>
  /// Whose plans were worked out last; kept for its bounds.
  private var intake: LaneIntake?
  private let factNumbers: Int
  /// For each number, the lanes in which just one is possible.
  let singleNumbers: Table<UInt64>
  let ruleTruths: Table<LaneTruth>
  let guardTruths: Table<LaneTruth>
  /// What can come out of slots, as ``LaneSlot`` says where.
  let outcomes: Table<UInt64>
  /// For each slot, the lanes in which rules may say nothing, and in which they may rule it out.
  let combined: Table<Combined>
  /// For each slot that fills, 64 amounts.
  let amounts: Table<Bounds>
  /// Of those, the lanes in which just one amount is possible.
  let singleAmounts: Table<UInt64>
  /// Of a slot, the values that are said for sure; of effects, the lanes in which they can count.
  let sureValues: Table<UInt64>
  let live: Table<UInt64>
  /// For each matcher that depends on the day, its truth in this run, once it was asked for.
  let dynamicTruths: Table<LaneTruth>
  let isDynamicKnown: Table<Bool>
  let dayMatchers: DayMatchers
  /// Room for numbers, lane by lane, while one step is worked out.
  let numbers: Table<Bounds>
  let others: Table<Bounds>
  /// For each slot, the lanes in which it has one outcome; known once the statuses were read.
  let settledSlots: Table<UInt64>
  let statuses: LaneStatuses
  /// For each slot, the lanes in which more is possible than that it is out.
  let notOut: Table<UInt64>

  struct Combined: BitwiseCopyable {
    var none: UInt64
    var ruledOut: UInt64

    static let nothing = Combined(none: 0, ruledOut: 0)
  }

  package init(_ program: LaneProgram) {
    self.program = program
    let compiled = program.compiled
    tables = compiled.tables
    cellAt = program.cellAt
    slotPlaces = program.slots
    cells = Table(repeating: 0, count: Int(cellAt[compiled.layout.wordCount]))
    factNumbers = compiled.layout.factNumbers
    bounds = Table(repeating: .zero, count: (compiled.layout.numberCount - factNumbers) * lanes)
    factBounds = bounds
    singleNumbers = Table(repeating: 0, count: compiled.layout.numberCount)
    ruleTruths = Table(repeating: .no, count: compiled.program.rules.count)
    guardTruths = Table(repeating: .yes, count: tables.decisions.count)
    outcomes = Table(repeating: 0, count: program.outcomeCount)
    combined = Table(repeating: .nothing, count: tables.slots.count)
    amounts = Table(repeating: .zero, count: program.fillCount * lanes)
    singleAmounts = Table(repeating: 0, count: program.fillCount)
    sureValues = Table(repeating: 0, count: program.mostValues)
    live = Table(repeating: 0, count: tables.effects.count)
    dynamicTruths = Table(repeating: .no, count: tables.dynamics.count)
    isDynamicKnown = Table(repeating: false, count: tables.dynamics.count)
    dayMatchers = DayMatchers(tables)
    numbers = Table(repeating: .zero, count: lanes)
    others = Table(repeating: .zero, count: lanes)
    settledSlots = Table(repeating: 0, count: tables.slots.count)
    statuses = LaneStatuses(decisions: tables.decisions.count)
    notOut = Table(repeating: 0, count: tables.slots.count)
  }

  deinit {
    cells.free()
    bounds.free()
    singleNumbers.free()
    ruleTruths.free()
    guardTruths.free()
    outcomes.free()
    combined.free()
    amounts.free()
    singleAmounts.free()
    sureValues.free()
    live.free()
    dynamicTruths.free()
    isDynamicKnown.free()
    dayMatchers.free()
    numbers.free()
    others.free()
    settledSlots.free()
    statuses.free()
    notOut.free()
  }

  /// Works out the plans of everyone in an intake. In lanes that hold no one nothing is meant by what is found.
  package func run(_ intake: LaneIntake) {
    laneCount = intake.count
    isDynamicKnown.fill(with: false)
    factBounds = intake.bounds
    self.intake = intake
    begin(intake)
    for stage in 0..<tables.stages.count {
      let stage = tables.stages[stage]
      for step in stage.steps.indices { perform(tables.steps[step]) }
      for place in stage.ownRules.indices {
        let rule = tables.references[place]
        ruleTruths[rule] = truth(at: Int(tables.ruleConditions[rule]))
      }
    }
  }

  /// The bounds of a number in each lane.
  @inline(__always)
  func bounds(_ number: Int) -> LaneNumbers {
    number < factNumbers
      ? LaneNumbers(table: factBounds, start: number * lanes)
      : LaneNumbers(table: bounds, start: (number - factNumbers) * lanes)
  }

  private func perform(_ step: CompiledStep) {
    switch step {
    case .guarded(let variables, let condition):
      let truth = truth(at: Int(condition))
      if truth.sure == ~0 { return }
      for place in variables.indices { limit(Int(tables.references[place]), by: truth) }
    case .holds(let variable, let condition):
      let truth = truth(at: Int(condition))
      let at = Int(cellAt[tables.places[variable].at])
      (cells[at], cells[at + 1], cells[at + 2]) = (~truth.sure, truth.may, 0)
    case .decision(let decision): decide(Int(decision))
    default: derive(step)
    }
  }
}

/// The bounds of one number in 64 lanes.
struct LaneNumbers: BitwiseCopyable {
  fileprivate let table: Table<Bounds>
  fileprivate let start: Int

  @inline(__always)
  subscript(_ lane: Int) -> Bounds {
    get { table[start + lane] }
    nonmutating set { table[start + lane] = newValue }
  }
}
