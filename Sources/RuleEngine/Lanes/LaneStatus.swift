/// How far plans are settled (section 4, clauses 10 to 13), as in ``PlanMachine``.
extension LaneMachine {
  /// Works out the statuses of the plans just worked out, with `assumed` as the machine for what is assumed while they are
  /// open.
  ///
  /// - Parameter scratch: room for the answers together with what is assumed.
  package func readStatuses(
    _ intake: LaneIntake, assumed: LaneMachine, scratch: LaneIntake
  ) {
    readPlainStatuses()
    var open: UInt64 = 0
    for decision in 0..<tables.decisions.count { open |= statuses.decisions[decision].open }
    open &= .lanes(laneCount)
    if open != 0 {
      let taken = takeAssumptions(intake, in: open, into: scratch)
      if taken != 0 {
        assumed.run(scratch)
        assumed.readPlainStatuses()
        for decision in 0..<tables.decisions.count { take(assumed, of: decision, in: taken) }
      }
    }
    var (conflict, gap, left, provisional) = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
    for decision in 0..<tables.decisions.count {
      let own = statuses.decisions[decision]
      conflict |= own.conflict
      gap |= own.gap
      left |= own.open
      provisional |= own.assumed
    }
    statuses.conflict.value = conflict
    statuses.gap.value = gap
    statuses.open.value = left
    statuses.provisional.value = provisional
    statuses.unknownFacts.value = unknownFacts()
  }

  private func take(_ assumed: LaneMachine, of index: Int, in taken: UInt64) {
    var own = statuses.decisions[index]
    let other = assumed.statuses.decisions[index]
    let shown = taken & ~isSettled(decision: index) & assumed.isSettled(decision: index) & ~assumed.isBroken(index)
    guard shown != 0 else { return }
    own.conflict &= ~shown
    own.gap &= ~shown
    own.settled &= ~shown
    own.regardless &= ~shown
    own.notApplicable = own.notApplicable & ~shown | shown & other.notApplicable
    own.assumed = shown & ~other.notApplicable
    statuses.decisions[index] = own
  }

  // MARK: Decisions

  private func readPlainStatuses() {
    for slot in 0..<tables.slots.count { findSettled(slot) }
    for decision in 0..<tables.decisions.count { statuses.decisions[decision] = plainStatus(of: decision) }
  }

  private func findSettled(_ index: Int) {
    let place = slotPlaces[index]
    var counter = LaneCounter()
    for outcome in place.all where outcome != place.out { counter.add(outcomes[outcome]) }
    let out = outcomes[place.out]
    notOut[index] = ~out | counter.once
    counter.add(out)
    let amount = outcomes[place.amount]
    settledSlots[index] = counter.exactlyOnce & (amount == 0 ? ~0 : ~amount | singleAmounts[place.fill])
  }

  /// The outcomes of these slots make up a decision.
  private func outcomeSlots(_ decision: CompiledDecision) -> Range<Int> {
    decision.own >= 0 ? Int(decision.own)..<(Int(decision.own) + 1) : decision.slots.indices
  }

  /// The lanes in which each slot of the decision has one outcome.
  func isSettled(decision index: Int) -> UInt64 {
    outcomeSlots(tables.decisions[index]).reduce(~0) { $0 & settledSlots[$1] }
  }

  /// The lanes in which some slot came out or may come out as a gap or a conflict.
  private func isBroken(_ index: Int) -> UInt64 {
    let decision = tables.decisions[index]
    var broken: UInt64 = 0
    for slot in decision.slots.indices {
      broken |= outcomes[slotPlaces[slot].gap] | outcomes[slotPlaces[slot].conflict]
    }
    guard decision.own >= 0 else { return broken }
    return broken | outcomes[slotPlaces[decision.own].gap] | outcomes[slotPlaces[decision.own].conflict]
  }

  private func plainStatus(of index: Int) -> LaneStatuses.Decision {
    let decision = tables.decisions[index]
    let guardTruth = guardTruths[index]
    var settled: UInt64 = ~0
    var (conflict, gap, applies) = (UInt64(0), UInt64(0), UInt64(0))
    for slot in outcomeSlots(decision) {
      let place = slotPlaces[slot]
      let own = settledSlots[slot]
      settled &= own
      conflict |= own & outcomes[place.conflict]
      gap |= own & outcomes[place.gap]
      applies |= ~(own & outcomes[place.notApplicable])
    }
    var result = LaneStatuses.Decision()
    var plain = settled & ~conflict
    if decision.shape != .members {
      result.conflict = conflict
      result.gap = gap & ~conflict
      plain &= ~gap
      result.notApplicable = plain & ~applies
      plain &= applies
    } else if !decision.slots.isEmpty {
      // Of a set or menu that applies no member is a gap, or does not apply.
      result.conflict = guardTruth.sure & conflict
      result.notApplicable = ~guardTruth.may
      plain &= guardTruth.sure
    }
    let depends = dependsOnUnknown(index)
    result.settled = plain & ~depends
    result.regardless = plain & depends
    return result
  }

  private func dependsOnUnknown(_ index: Int) -> UInt64 {
    var open = guardTruths[index].open
    for slot in tables.decisions[index].slots.indices {
      for effect in tables.slots[slot].effects.indices { open |= ruleTruths[tables.effects[effect].rule].open }
    }
    return open
  }

  // MARK: Facts

  /// The lanes in which a fact that applies or may apply is not known, and its being unknown counts.
  private func unknownFacts() -> UInt64 {
    let status = program.compiled.status
    let settledSums = status.sums.map { isSettled($0.variable) }
    var found: UInt64 = 0
    for fact in status.facts {
      let open = ~isSettled(fact)
      if open & ~found == 0 { continue }
      if status.alwaysCounts[fact] {
        found |= open
        continue
      }
      var spared: UInt64 = fact == program.compiled.program.assessmentDay ? ~0 : 0
      var read: UInt64 = 0
      for (sum, settled) in zip(status.sums, settledSums) {
        if sum.spared.contains(fact) { spared |= settled }
        if sum.reads.contains(fact) { read |= ~settled }
      }
      found |= open & (read | ~spared)
    }
    return found
  }

  /// Takes every assumption as an answer, but for what was asked.
  ///
  /// - Returns: those of the lanes in which there was one to take.
  private func takeAssumptions(
    _ intake: LaneIntake, in open: UInt64, into scratch: LaneIntake
  ) -> UInt64 {
    var taken: UInt64 = 0
    for (fact, answer) in program.compiled.status.assumable {
      let missing = open & ~isSettled(fact) & ~cannotApply(fact)
      if missing == 0 { continue }
      let whole = missing & intake.notAsked(fact)
      if whole != 0 {
        if taken == 0 { scratch.copy(intake) }
        taken |= whole
        scratch.set(fact, answer, in: whole)
      }
      guard case .members(let members) = answer else { continue }
      let valued = missing & intake.valued[fact]
      for (member, assumed) in members.enumerated() {
        let some = valued & ~intake.asked[Int(tables.places[fact].at) + member]
        if some == 0 { continue }
        if taken == 0 { scratch.copy(intake) }
        taken |= some
        scratch.set(fact, member: member, assumed, in: some)
      }
    }
    return taken
  }

  // MARK: Contradictions

  /// The lanes in which the answers, taken together, are an error, as ``PlanMachine/contradictsItself()``.
  package func contradictions() -> UInt64 {
    var found: UInt64 = 0
    for condition in program.compiled.impossibilities { found |= truth(at: Int(condition)).sure }
    let assessmentDays = assessmentDays()
    for lane in 0..<laneCount {
      let days = assessmentDays(lane)
      if days.lower == days.upper, days.lower < program.compiled.status.firstDay.scaled { found |= 1 << UInt64(lane) }
    }
    for step in program.compiled.enteredSums { found |= disagreements(tables.steps[step]) }
    return found
  }

  private func disagreements(_ step: CompiledStep) -> UInt64 {
    guard case .sum(_, let items, let enteredAs) = step else { return 0 }
    let entered = singleNumbers[tables.places[enteredAs].number] & ~mayNotApply(Int(enteredAs))
    if entered == 0 { return 0 }
    let candidates = entered & ~sum(of: items).cannotApply & .lanes(laneCount)
    let totals = bounds(Int(tables.places[enteredAs].number))
    var found: UInt64 = 0
    candidates.forEachLane { lane in
      let total = totals[lane].lower
      if total < numbers[lane].lower || total > numbers[lane].upper { found |= 1 << UInt64(lane) }
    }
    return found
  }
}
