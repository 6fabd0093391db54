/// Finds the rules that may apply: down the open branches of ``RuleIndex``.
extension PlanMachine {
  /// Looks for the rules that speak about one slot, from those that beat all others to those that beat none.
  func climb(down ladder: RuleLadders.Ladder) {
    var effect = firstEffect[ladder.slot]
    while effect >= 0 {
      let own = tables.effects[effect]
      if ruleTruths[own.rule] == .yes { surest.value = max(surest.value, own.rank) }
      effect = nextEffect[effect]
    }
    for rung in ladder.rungs.indices {
      let rung = tables.rungs[rung]
      top.value = rung.rank
      if surest.value >= top.value || findRules(at: Int(rung.root), soFar: .yes) { break }
    }
    surest.value = -2
    top.value = Int32.max
  }

  /// Forgets the rules of the last plan: all at once where many were found.
  func forgetRules() {
    if touchedCount.value * 16 > ruleTruths.count {
      ruleTruths.fill(with: .no)
      firstEffect.fill(with: -1)
      firstTouched.fill(with: -1)
    } else {
      for index in 0..<touchedCount.value {
        let rule = touchedRules[index]
        ruleTruths[rule] = .no
        for effect in tables.ruleEffects[rule].indices {
          let effect = tables.effectsOfRules[effect]
          firstEffect[effect.slot] = -1
          firstTouched[effect.decision] = -1
        }
      }
    }
    touchedCount.value = 0
  }

  /// Walks down the open branches of the index; whether what is left of it is needless.
  func findRules(at node: Int, soFar: CompiledTruth) -> Bool {
    let node = tables.indexNodes[node]
    for end in node.plainEnds.indices { note(tables.indexEnds[end].rule, soFar) }
    for end in node.ends.indices { reach(tables.indexEnds[end], soFar) }
    if surest.value >= top.value { return true }
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
  private func follow(cell: Int, of group: RuleIndex.Group, _ soFar: CompiledTruth) -> Bool {
    let list = Int(group.lists) + cell
    for open in Int(tables.indexLists[list])..<Int(tables.indexLists[list + 1]) {
      if findRules(at: Int(tables.indexOpen[open]), soFar: soFar) { return true }
    }
    return false
  }

  /// Asks what is left of one way in which a rule can apply.
  @inline(__always)
  private func reach(_ end: RuleIndex.End, _ soFar: CompiledTruth) {
    if end.rank <= surest.value { return }
    var truth = soFar
    for check in end.literals.indices {
      let check = tables.indexChecks[check]
      let own =
        check.words == 1
        ? self.truth(cells[check.at], wanted: check.oneWord)
        : wideTruth(Int(check.at), Int(check.wanted), words: Int(check.words))
      if own == .no { return }
      truth = min(truth, own)
    }
    if end.rest >= 0 {
      truth = min(truth, self.truth(at: Int(end.rest)))
      if truth == .no { return }
    }
    note(end.rule, truth)
    if truth == .yes, end.rank >= 0 { surest.value = end.rank }
  }

  /// Keeps a rule that applies or may apply, and what it says. It can be reached in several ways; the best counts.
  private func note(_ rule: Int32, _ truth: CompiledTruth) {
    let before = ruleTruths[rule]
    guard truth > before else { return }
    ruleTruths[rule] = truth
    guard before == .no else { return }
    touchedRules[touchedCount.value] = rule
    touchedCount.value += 1
    for effect in tables.ruleEffects[rule].indices {
      let effect = tables.effectsOfRules[effect]
      let before = firstEffect[effect.slot]
      nextEffect[effect.place] = before
      firstEffect[effect.slot] = effect.place
      if before < 0 {
        nextTouched[effect.slot] = firstTouched[effect.decision]
        firstTouched[effect.decision] = effect.slot
      }
    }
  }
}
