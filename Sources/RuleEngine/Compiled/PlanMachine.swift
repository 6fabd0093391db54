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
    live = Table(repeating: 0, count: tables.effects.count)
    guardTruths = Table(repeating: .yes, count: tables.decisions.count)
    flags = Table(repeating: [], count: tables.slots.count)
    combinedFlags = Table(repeating: [], count: tables.slots.count)
    values = Table(repeating: 0, count: program.valueWords)
    amounts = Table(repeating: .zero, count: tables.slots.count)
    dayVariable = program.program.assessmentDay
    cells.copy(from: tables.initialCells)
    bounds.copy(from: tables.initialBounds)
  }

  deinit {
    cells.free()
    bounds.free()
    ruleTruths.free()
    touchedRules.free()
    firstEffect.free()
    nextEffect.free()
    live.free()
    guardTruths.free()
    flags.free()
    combinedFlags.free()
    values.free()
    amounts.free()
  }

  /// Works out every variable, rule and decision for the answers of one person.
  package mutating func run(_ intake: borrowing CompiledIntake) {
    cells.copy(from: intake.cells)
    bounds.copy(from: intake.bounds)
    forgetRules()
    for stage in 0..<tables.stages.count {
      let stage = tables.stages[stage]
      for step in stage.steps.indices { perform(tables.steps[step]) }
      if stage.rules >= 0 { findRules(at: Int(stage.rules), soFar: .yes) }
    }
  }

  private mutating func forgetRules() {
    for index in 0..<touchedCount {
      let rule = touchedRules[index]
      ruleTruths[rule] = .no
      for effect in tables.ruleEffects[rule].indices {
        firstEffect[tables.effects[tables.effectsOfRules[effect]].slot] = -1
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
    var inside = false
    var outside = false
    for word in 0..<words {
      let possible = cells[at + word]
      if possible & tables.wanted[wanted + word] != 0 { inside = true }
      if possible & ~tables.wanted[wanted + word] != 0 { outside = true }
    }
    return inside ? (outside ? .unknown : .yes) : .no
  }

  // MARK: Rules

  /// Walks down the open branches of the index.
  private mutating func findRules(at node: Int, soFar: CompiledTruth) {
    let node = tables.indexNodes[node]
    for end in node.ends.indices { reach(tables.indexEnds[end], soFar) }
    for group in node.groups.indices {
      let group = tables.indexGroups[group]
      if group.words == 1 {
        let possible = cells[group.at]
        if group.lists >= 0, possible & (possible &- 1) == 0 {
          follow(cell: possible.trailingZeroBitCount, of: group, soFar)
        } else {
          for branch in group.branches.indices {
            let branch = tables.indexBranches[branch]
            let truth = truth(possible, wanted: tables.wanted[branch.wanted])
            if truth != .no { findRules(at: Int(branch.node), soFar: min(soFar, truth)) }
          }
        }
      } else if group.lists >= 0, let cell = onlyCell(Int(group.at), words: Int(group.words)) {
        follow(cell: cell, of: group, soFar)
      } else {
        for branch in group.branches.indices {
          let branch = tables.indexBranches[branch]
          let truth = wideTruth(Int(group.at), Int(branch.wanted), words: Int(group.words))
          if truth != .no { findRules(at: Int(branch.node), soFar: min(soFar, truth)) }
        }
      }
    }
  }

  @inline(__always)
  private mutating func follow(cell: Int, of group: RuleIndex.Group, _ soFar: CompiledTruth) {
    let list = Int(group.lists) + cell
    for open in Int(tables.indexLists[list])..<Int(tables.indexLists[list + 1]) {
      findRules(at: Int(tables.indexOpen[open]), soFar: soFar)
    }
  }

  private func onlyCell(_ at: Int, words: Int) -> Int? {
    var found: Int?
    for word in 0..<words {
      let possible = cells[at + word]
      guard possible != 0 else { continue }
      guard found == nil, possible & (possible &- 1) == 0 else { return nil }
      found = word << 6 + possible.trailingZeroBitCount
    }
    return found
  }

  @inline(__always)
  private mutating func reach(_ end: RuleIndex.End, _ soFar: CompiledTruth) {
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
        nextEffect[effect] = firstEffect[slot]
        firstEffect[slot] = effect
      }
    }
    if truth > ruleTruths[end.rule] { ruleTruths[end.rule] = truth }
  }
}
