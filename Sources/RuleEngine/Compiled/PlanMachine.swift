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
  private(set) var touchedCount = 0
  /// For each slot, the last effect found of a rule that applies or may apply; -1 for none.
  let firstEffect: Table<Int32>
  /// The effect of the same slot found before this one.
  let nextEffect: Table<Int32>
  /// For each decision, the last of its slots about which some rule was found; -1 for none.
  let firstTouched: Table<Int32>
  /// The slot of the same decision found before this one.
  let nextTouched: Table<Int32>
  /// What the last plan was worked out for.
  package private(set) var extent = Extent.rules
  /// On a ladder, the highest rank of a rule that applies; below zero for none.
  private var surest: Int32 = -2
  /// The rank that ends the walk through a tree.
  private var top = Int32.max
  /// For the first word of each signal of many words, its only possible cell once that was looked for.
  let onlyCells: Table<Int32>
  /// Of ``onlyCells``: not looked for in this plan.
  private static let notSought: Int32 = -2
  private static let several: Int32 = -1
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
  }

  /// What a plan is worked out for.
  package enum Extent {
    /// Every variable and decision. A rule that can change no outcome, since another that applies beats it or says the same,
    /// may be passed over, and counts as one that does not apply: for ``DecisionPlan/Status/settledRegardless`` too.
    case decisions
    /// Every rule, too.
    case rules
  }

  /// Works out the plan for the answers of one person.
  package mutating func run(_ intake: borrowing CompiledIntake, _ extent: Extent = .rules) {
    self.extent = extent
    cells.copy(from: intake.cells)
    bounds.copy(from: intake.bounds)
    for index in 0..<tables.wideSignals.count { onlyCells[tables.wideSignals[index]] = Self.notSought }
    forgetRules()
    flags.copy(from: tables.restingFlags)
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

  /// Looks for the rules that speak about one slot, from those that beat all others to those that beat none.
  private mutating func climb(down ladder: RuleLadders.Ladder) {
    var effect = firstEffect[ladder.slot]
    while effect >= 0 {
      let own = tables.effects[effect]
      if ruleTruths[own.rule] == .yes { surest = max(surest, own.rank) }
      effect = nextEffect[effect]
    }
    for rung in ladder.rungs.indices {
      let rung = tables.rungs[rung]
      top = rung.rank
      if surest >= top || findRules(at: Int(rung.root), soFar: .yes) { break }
    }
    surest = -2
    top = Int32.max
  }

  private mutating func forgetRules() {
    for index in 0..<touchedCount {
      let rule = touchedRules[index]
      ruleTruths[rule] = .no
      for effect in tables.ruleEffects[rule].indices {
        let slot = tables.effects[tables.effectsOfRules[effect]].slot
        firstEffect[slot] = -1
        firstTouched[tables.slots[slot].decision] = -1
      }
    }
    touchedCount = 0
  }

  private func perform(_ step: CompiledStep) {
    switch step {
    case .guarded(let variable, let condition): apply(truth(at: Int(condition)), to: Int(variable))
    case .holds(let variable, let condition):
      let truth = truth(at: Int(condition))
      cells[tables.places[variable].at] = truth == .yes ? 2 : truth == .no ? 1 : 3
    case .decision(let decision): decide(Int(decision))
    default: derive(step)
    }
  }

  // MARK: Conditions

  /// The truth of the condition that stands at a place.
  func truth(at place: Int) -> CompiledTruth {
    let node = tables.nodes[place]
    switch node.operation {
    case .constant: return CompiledTruth(truncatingIfNeeded: node.first)
    case .test: return truth(cells[node.first], wanted: tables.wanted[node.second])
    case .wideTest: return wideTruth(Int(node.first), Int(node.second), words: Int(node.third))
    case .dynamic:
      let truth = truth(ofDynamic: Int(node.first))
      return node.isNegated ? truth.opposite : truth
    case .applies:
      let truth = ruleTruths[node.first]
      return node.isNegated ? truth.opposite : truth
    case .all:
      var result = CompiledTruth.yes
      var part = place + 1
      while part < Int(node.end) {
        result = min(result, truth(at: part))
        if result == .no { break }
        part = Int(tables.nodes[part].end)
      }
      return result
    case .any:
      var result = CompiledTruth.no
      var part = place + 1
      while part < Int(node.end) {
        result = max(result, truth(at: part))
        if result == .yes { break }
        part = Int(tables.nodes[part].end)
      }
      return result
    case .atLeast:
      var yes: Int32 = 0
      var open: Int32 = 0
      var part = place + 1
      while part < Int(node.end) {
        let truth = truth(at: part)
        if truth == .yes { yes += 1 }
        if truth == .unknown { open += 1 }
        part = Int(tables.nodes[part].end)
      }
      let truth: CompiledTruth = yes >= node.first ? .yes : yes + open < node.first ? .no : .unknown
      return node.isNegated ? truth.opposite : truth
    }
  }

  @inline(__always)
  private func truth(_ possible: UInt64, wanted: UInt64) -> CompiledTruth {
    possible & wanted == 0 ? .no : possible & ~wanted == 0 ? .yes : .unknown
  }

  private func wideTruth(_ at: Int, _ wanted: Int, words: Int) -> CompiledTruth {
    if let cell = onlyCell(at, words: words) {
      return tables.wanted[wanted + cell >> 6] & (1 << UInt64(cell & 63)) == 0 ? .no : .yes
    }
    var inside = false
    var outside = false
    for word in 0..<words {
      let possible = cells[at + word]
      if possible & tables.wanted[wanted + word] != 0 { inside = true }
      if possible & ~tables.wanted[wanted + word] != 0 { outside = true }
      if inside, outside { return .unknown }
    }
    return inside ? (outside ? .unknown : .yes) : .no
  }

  // MARK: Rules

  /// Walks down the open branches of the index; whether what is left of it is needless.
  private mutating func findRules(at node: Int, soFar: CompiledTruth) -> Bool {
    let node = tables.indexNodes[node]
    for end in node.ends.indices { reach(tables.indexEnds[end], soFar) }
    if surest >= top { return true }
    for group in node.groups.indices {
      let group = tables.indexGroups[group]
      if group.words == 1 {
        let possible = cells[group.at]
        if group.lists >= 0, possible & (possible &- 1) == 0 {
          if follow(cell: possible.trailingZeroBitCount, of: group, soFar) { return true }
        } else {
          for branch in group.branches.indices {
            let branch = tables.indexBranches[branch]
            let truth = truth(possible, wanted: tables.wanted[branch.wanted])
            if truth != .no, findRules(at: Int(branch.node), soFar: min(soFar, truth)) { return true }
          }
        }
      } else if group.lists >= 0, let cell = onlyCell(Int(group.at), words: Int(group.words)) {
        if follow(cell: cell, of: group, soFar) { return true }
      } else {
        for branch in group.branches.indices {
          let branch = tables.indexBranches[branch]
          let truth = wideTruth(Int(group.at), Int(branch.wanted), words: Int(group.words))
          if truth != .no, findRules(at: Int(branch.node), soFar: min(soFar, truth)) { return true }
        }
      }
    }
    return false
  }

  @inline(__always)
  private mutating func follow(cell: Int, of group: RuleIndex.Group, _ soFar: CompiledTruth) -> Bool {
    let list = Int(group.lists) + cell
    for open in Int(tables.indexLists[list])..<Int(tables.indexLists[list + 1]) {
      if findRules(at: Int(tables.indexOpen[open]), soFar: soFar) { return true }
    }
    return false
  }

  /// The only possible cell of a signal of many words, looked for once in a plan: no signal changes once it is read.
  @inline(__always)
  private func onlyCell(_ at: Int, words: Int) -> Int? {
    if onlyCells[at] == Self.notSought { seekOnlyCell(at, words: words) }
    let cell = onlyCells[at]
    return cell == Self.several ? nil : Int(cell)
  }

  private func seekOnlyCell(_ at: Int, words: Int) {
    var found = Self.several
    for word in 0..<words {
      let possible = cells[at + word]
      guard possible != 0 else { continue }
      guard found == Self.several, possible & (possible &- 1) == 0 else { return onlyCells[at] = Self.several }
      found = Int32(word << 6 + possible.trailingZeroBitCount)
    }
    onlyCells[at] = found
  }

  @inline(__always)
  private mutating func reach(_ end: RuleIndex.End, _ soFar: CompiledTruth) {
    if end.rank <= surest { return }
    var truth = soFar
    for check in end.literals.indices {
      let check = tables.indexChecks[check]
      let own =
        check.words == 1
        ? self.truth(cells[check.at], wanted: tables.wanted[check.wanted])
        : wideTruth(Int(check.at), Int(check.wanted), words: Int(check.words))
      if own == .no { return }
      truth = min(truth, own)
    }
    if end.rest >= 0 {
      truth = min(truth, self.truth(at: Int(end.rest)))
      if truth == .no { return }
    }
    // A rule can be reached in several ways; the best counts.
    if ruleTruths[end.rule] == .no {
      touchedRules[touchedCount] = end.rule
      touchedCount += 1
      for effect in tables.ruleEffects[end.rule].indices {
        let effect = tables.effectsOfRules[effect]
        let slot = tables.effects[effect].slot
        if firstEffect[slot] < 0 {
          let decision = tables.slots[slot].decision
          nextTouched[slot] = firstTouched[decision]
          firstTouched[decision] = slot
        }
        nextEffect[effect] = firstEffect[slot]
        firstEffect[slot] = effect
      }
    }
    if truth > ruleTruths[end.rule] { ruleTruths[end.rule] = truth }
    if truth == .yes, end.rank >= 0 { surest = end.rank }
  }
}
