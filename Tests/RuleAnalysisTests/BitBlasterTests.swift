import Testing

@testable import RuleAnalysis

/// Formulas about numbers, and the same as truths: equal for every assignment.
@Suite struct BitBlasterTests {
  @Test func sameTruthForRandomFormulas() {
    var chance = Chance(seed: 7)
    for _ in 0..<300 {
      let bank = TermBank()
      var blaster = BitBlaster(bank)
      var formulas = Formulas(bank, chance)
      let formula = formulas.truth(depth: 4)
      chance = formulas.chance
      let bits = blaster.truth(formula)
      for _ in 0..<20 {
        var assignment = Assignment()
        for name in Formulas.truthNames { assignment.booleans[name] = chance.below(2) == 0 }
        for (name, range) in Formulas.numbers {
          let number = range.lowerBound + Int128(chance.below(Int(range.upperBound - range.lowerBound) + 1))
          assignment.integers[name] = number
          // Where the digit of an unknown is turned round, its truth is too.
          for (place, digit) in (blaster.unknowns[name]?.digits ?? []).enumerated() {
            let isSet = (number - range.lowerBound) >> Int128(place) & 1 == 1
            switch bank.node(digit) {
            case .boolean(let digit): assignment.booleans[digit] = isSet
            case .not(let inner):
              if case .boolean(let digit) = bank.node(inner) { assignment.booleans[digit] = !isSet }
            default: Issue.record("a digit is an unknown")
            }
          }
        }
        let values = assignment.values(in: bank)
        #expect(values[formula.place] == values[bits.place])
      }
    }
  }

  /// What a solver leaves at no is the number next to nought.
  @Test(arguments: [(-5...3, 0), (2...9, 2), (-9 ... -4, -4)])
  func unasked(range: ClosedRange<Int>, usual: Int) {
    let bank = TermBank()
    var blaster = BitBlaster(bank)
    let number = bank.integer("n", in: Int128(range.lowerBound)...Int128(range.upperBound))
    let isUsual = blaster.truth(bank.isEqual(number, bank.whole(Int128(usual))))
    #expect(Assignment().values(in: bank)[isUsual.place] == 1)
  }
}
