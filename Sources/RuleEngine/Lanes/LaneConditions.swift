/// The truth of conditions (section 4, clause 3), as in ``PlanMachine``.
extension LaneMachine {
  /// The truth of the condition that stands at a place.
  func truth(at place: Int) -> LaneTruth {
    let node = tables.nodes[place]
    let end = Int(node.end)
    var part = place + 1
    switch node.operation {
    case .constant: return LaneTruth(CompiledTruth(truncatingIfNeeded: node.first))
    case .test:
      let (inside, outside) = possible(inWord: Int(node.first), wanted: node.wanted)
      return LaneTruth(may: inside, sure: inside & ~outside)
    case .wideTest: return wideTruth(node)
    case .dynamic: return truth(ofDynamic: Int(node.first)).opposite(if: node.isNegated)
    case .applies: return ruleTruths[node.first].opposite(if: node.isNegated)
    case .all:
      var result = LaneTruth.yes
      while part < end, result.may != 0 {
        let own = truth(at: part)
        result = LaneTruth(may: result.may & own.may, sure: result.sure & own.sure)
        part = Int(tables.nodes[part].end)
      }
      return result
    case .any:
      var result = LaneTruth.no
      while part < end, result.sure != ~0 {
        let own = truth(at: part)
        result = LaneTruth(may: result.may | own.may, sure: result.sure | own.sure)
        part = Int(tables.nodes[part].end)
      }
      return result
    case .atLeast: return atLeast(Int(node.first), partsFrom: part, to: end).opposite(if: node.isNegated)
    }
  }

  /// Whether all cells of a signal that are possible are wanted, none is, or some are.
  private func wideTruth(_ node: ConditionCode.Node) -> LaneTruth {
    var (inside, outside) = (UInt64(0), UInt64(0))
    for word in 0..<Int(node.third) {
      let own = possible(inWord: Int(node.first) + word, wanted: tables.wanted[Int(node.second) + word])
      inside |= own.inside
      outside |= own.outside
    }
    return LaneTruth(may: inside, sure: inside & ~outside)
  }

  /// The lanes in which a wanted cell of one word is possible, and in which another is.
  @inline(__always)
  private func possible(inWord word: Int, wanted: UInt64) -> (inside: UInt64, outside: UInt64) {
    let first = Int(cellAt[word])
    let count = Int(cellAt[word + 1]) - first
    var (inside, outside) = (UInt64(0), UInt64(0))
    for cell in 0..<count {
      let own = cells[first + cell]
      let isWanted = 0 &- (wanted &>> UInt64(truncatingIfNeeded: cell) & 1)
      inside |= own & isWanted
      outside |= own & ~isWanted
    }
    return (inside, outside)
  }

  /// For each number up to the wanted one, the lanes in which so many parts hold, part by part.
  private func atLeast(_ wanted: Int, partsFrom first: Int, to end: Int) -> LaneTruth {
    guard wanted > 0 else { return .yes }
    return withUnsafeTemporaryAllocation(of: LaneTruth.self, capacity: wanted + 1) { reached in
      reached.initialize(repeating: .no)
      reached[0] = .yes
      var part = first
      while part < end {
        let own = truth(at: part)
        for count in stride(from: wanted, to: 0, by: -1) {
          reached[count].may |= reached[count - 1].may & own.may
          reached[count].sure |= reached[count - 1].sure & own.sure
        }
        part = Int(tables.nodes[part].end)
      }
      return reached[wanted]
    }
  }

  private func truth(ofDynamic index: Int) -> LaneTruth {
    if isDynamicKnown[index] { return dynamicTruths[index] }
    let test = tables.dynamics[index]
    let variable = Int(test.variable)
    let applies = ~cannotApply(variable)
    let surely = ~mayNotApply(variable)
    let bounds = bounds(Int(tables.places[variable].number))
    let days = assessmentDays()
    var found = LaneTruth.no
    for lane in 0..<laneCount where applies >> UInt64(lane) & 1 != 0 {
      let plain = dayMatchers.truth(of: index, bounds[lane], days: days(lane))
      let truth = test.isNegated ? plain.opposite : plain
      let bit: UInt64 = 1 << UInt64(lane)
      if truth != .no { found.may |= bit }
      if truth == .yes { found.sure |= bit & surely }
    }
    dynamicTruths[index] = found
    isDynamicKnown[index] = true
    return found
  }

  /// The possible days of the assessment in each lane.
  @inline(__always)
  func assessmentDays() -> (_ lane: Int) -> Bounds {
    let day = program.compiled.program.assessmentDay
    let cannotApply = cannotApply(day)
    let bounds = bounds(Int(tables.places[day].number))
    return { cannotApply >> UInt64($0) & 1 != 0 ? .zero : bounds[$0] }
  }
}
