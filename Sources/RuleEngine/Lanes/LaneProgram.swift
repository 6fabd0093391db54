/// Where a ``LaneMachine`` keeps what its 64 intakes can be: of a ``CompiledProgram``, each cell of each signal, and each
/// outcome of each slot, is a word with a bit for each intake.
package final class LaneProgram: Sendable {
  let compiled: CompiledProgram
  /// For each word of the signals, where its cells stand; and one more, where they end.
  let cellAt: Table<Int32>
  /// Where the outcomes of each slot stand.
  let slots: Table<LaneSlot>
  let outcomeCount: Int
  /// The values of the slot that has the most.
  let mostValues: Int
  /// For each variable, whether a condition or a derived fact asks for it, or an amount that fills what others leave.
  let isRead: [Bool]
  /// How many slots fill what others leave.
  let fillCount: Int

  /// Words that all conditions together look at, those that only an index asks included, above which one intake at a time is
  /// quicker.
  private static let mostWork = 400_000

  /// - Returns: `nil` where signals have so many cells that to look at all of them takes longer than the index of a
  ///   ``PlanMachine``, which looks at one.
  package init?(_ compiled: CompiledProgram) {
    let tables = compiled.tables
    self.compiled = compiled
    var widths = Array(repeating: 0, count: compiled.layout.wordCount)
    for place in compiled.layout.places {
      for word in 0..<Int(place.words) {
        widths[Int(place.at) + word] = place.kind == .members ? 3 : min(64, Int(place.cells) + 1 - word * 64)
      }
      if place.recordedAt >= 0 { widths[Int(place.recordedAt)] = SignalLayout.Recorded.cells }
    }
    var work = 0
    for index in 0..<tables.nodes.count {
      let node = tables.nodes[index]
      switch node.operation {
      case .test: work += widths[Int(node.first)]
      case .wideTest: work += 64 * Int(node.third)
      // Each of the parts is counted up to the wanted number.
      case .atLeast: work += Int(node.first) * (Int(node.end) - index)
      default: work += 1
      }
    }
    for slot in 0..<tables.slots.count where tables.slots[slot].hasOverrides {
      work += tables.slots[slot].effects.count * tables.slots[slot].effects.count
    }
    guard work <= Self.mostWork else { return nil }
    isRead = compiled.program.readVariables
    var ends: [Int32] = [0]
    for width in widths { ends.append(ends.last! + Int32(width)) }
    cellAt = Table(ends)
    var slots: [LaneSlot] = []
    var next = 0
    var mostValues = 0
    var fills: Int32 = 0
    for (index, decision) in compiled.program.decisions.enumerated() {
      let own = tables.decisions[index]
      var places = decision.slots.indices.map { compiled.values(of: index, slot: $0).count }
      if own.shape == .preferred { places.append(compiled.values(of: index, slot: nil).count) }
      for (offset, count) in places.enumerated() {
        let isFill = tables.slots[Int(own.slots.start) + offset].fill >= 0
        slots.append(LaneSlot(flags: Int32(next), valueCount: Int32(count), fill: isFill ? fills : -1))
        next = slots.last!.allValues.upperBound
        if isFill { fills += 1 }
        mostValues = max(mostValues, count)
      }
    }
    self.slots = Table(slots)
    self.mostValues = mostValues
    fillCount = Int(fills)
    outcomeCount = next
  }

  deinit {
    cellAt.free()
    slots.free()
  }
}

extension Program {
  fileprivate var readVariables: [Bool] {
    var isRead = variables.map { _ in false }
    let conditions = conditions + impossibilities.map(\.condition)
    for case .test(let variable, _) in conditions.flatMap(\.subtree) { isRead[variable] = true }
    for case .derived(let derivation) in variables.map(\.kind) {
      for source in derivation.sources { isRead[source] = true }
    }
    for fill in decisions.flatMap(\.slots).compactMap(\.fill) { isRead[fill.variable] = true }
    return isRead
  }
}

/// Where the outcomes of a slot stand: first those of ``SlotFlags`` in the order of their bits, then its values.
struct LaneSlot: BitwiseCopyable {
  let flags: Int32
  let valueCount: Int32
  /// Its place among the slots that fill what others leave; -1 if it does not.
  let fill: Int32

  static let flagCount = 5

  var values: Int32 { flags &+ Int32(Self.flagCount) }
  /// One value, where it stands.
  @inline(__always)
  func value(_ value: Int32) -> Int { Int(values &+ value) }

  var allValues: Range<Int> { Int(values)..<Int(values &+ valueCount) }
  var all: Range<Int> { Int(flags)..<Int(values &+ valueCount) }
  var out: Int { Int(flags) }
  var gap: Int { Int(flags) + 1 }
  var conflict: Int { Int(flags) + 2 }
  var notApplicable: Int { Int(flags) + 3 }
  var amount: Int { Int(flags) + 4 }
}
