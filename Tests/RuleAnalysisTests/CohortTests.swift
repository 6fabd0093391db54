import RuleAnalysis
import RuleEngine
import TestSupport
import Testing

/// What keeps a summary private and exact.
struct CohortTests {
  /// Every way to divide few people: no small count is shown, and none follows from the total and the others.
  @Test func smallCountsNeverFollow() {
    let floor = 4
    let cells = SmallCells(below: floor)
    var hiding = 0
    for code in 0..<(9 * 9 * 9 * 9) {
      let counts = [code % 9, code / 9 % 9, code / 81 % 9, code / 729]
      let shown = cells.parts(counts)
      let hidden = counts.indices.filter { shown[$0] == .hidden }
      for (count, cell) in zip(counts, shown) where cell != .hidden {
        #expect(cell == .count(count))
        #expect(count == 0 || count >= floor, "\(counts)")
      }
      guard !hidden.isEmpty else { continue }
      hiding += 1
      #expect(hidden.count > 1, "\(counts)")
      // What the reader knows is the sum of what is hidden.
      #expect(hidden.count == counts.count || hidden.reduce(0) { $0 + counts[$1] } >= floor, "\(counts)")
    }
    #expect(hiding > 1_000)
  }

  @Test func partsOfAWhole() {
    let cells = SmallCells(below: 11)
    #expect(cells.part(0, of: 100) == .count(0))
    #expect(cells.part(10, of: 100) == .hidden)
    #expect(cells.part(11, of: 100) == .count(11))
    #expect(cells.part(95, of: 100) == .hidden)
    #expect(cells.part(100, of: 100) == .count(100))
    #expect(cells.parts([50, 0, 20], of: .hidden) == [.hidden, .count(0), .hidden])
    #expect(SmallCells(below: nil).parts([1, 2]) == [.count(1), .count(2)])
  }

  /// Mean, median and the rest, against all amounts side by side; however they are divided.
  @Test func amounts() throws {
    var generator = SeededGenerator(seed: 3)
    for round in 0..<60 {
      let all = (0..<(1 + generator.below(40))).map { _ in generator.below(200) - 50 }
      var parts = (0..<3).map { _ in AmountTally() }
      for amount in all { parts[generator.below(3)].add(Number(amount)) }
      var tally = parts[2]
      tally.merge(parts[0])
      tally.merge(parts[1])
      let sorted = all.sorted()
      #expect(tally.count == all.count)
      #expect(tally.lowest == Number(sorted[0]) && tally.highest == sorted.last.map { Number($0) })
      #expect(tally.median == Number(sorted[(sorted.count - 1) / 2]), "\(round)")
      let total = all.reduce(0, +)
      #expect(tally.total == Number(total))
      // Half a tenth is rounded away from zero.
      let tenths = (Double(total) * 10 / Double(all.count)).rounded(.toNearestOrAwayFromZero)
      #expect(tally.mean.map { $0 * Number(10) } == Number(Int(tenths)))
      #expect(tally.byAmount?.map(\.count).reduce(0, +) == all.count)
    }
  }

  /// Memory stays small: too many different amounts are forgotten, in whichever order they came.
  @Test func manyAmounts() {
    var first = AmountTally()
    var second = AmountTally()
    for amount in 0..<600 {
      first.add(Number(amount))
      second.add(Number(amount + 600), times: 2)
    }
    #expect(first.byAmount?.count == 600)
    let others = second
    second.merge(first)
    first.merge(others)
    #expect(first == second)
    #expect(first.byAmount == nil && first.median == nil)
    #expect(first.count == 1_800)
    #expect(first.mean == Number("699.5"))
    var huge = AmountTally()
    huge.add(Number.limit, times: 1 << 60)
    huge.add(Number.limit)
    #expect(huge.total == nil && huge.mean == nil)
  }
}
