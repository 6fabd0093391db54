@testable import RuleAnalysis

/// Random formulas over a few unknowns.
struct Formulas {
  static let truthNames = ["a", "b"]
  static let numbers: [(String, ClosedRange<Int128>)] = [("x", -7...5), ("y", 0...30), ("z", 100...100), ("w", 3...18)]
  let bank: TermBank
  var chance: Chance

  init(_ bank: TermBank, _ chance: Chance) {
    self.bank = bank
    self.chance = chance
  }

  mutating func truth(depth: Int) -> Term {
    if depth == 0 { return bank.boolean(Self.truthNames[chance.below(Self.truthNames.count)]) }
    switch chance.below(6) {
    case 0: return bank.not(truth(depth: depth - 1))
    case 1: return bank.all([truth(depth: depth - 1), truth(depth: depth - 1)])
    case 2: return bank.any([truth(depth: depth - 1), truth(depth: depth - 1)])
    case 3: return bank.choose(truth(depth: depth - 1), truth(depth: depth - 1), truth(depth: depth - 1))
    default: return bank.isAtMost(number(depth: depth - 1), number(depth: depth - 1))
    }
  }

  mutating func number(depth: Int) -> Term {
    if depth == 0 || chance.below(5) == 0 {
      if chance.below(3) == 0 { return bank.whole(Int128(chance.below(41) - 20)) }
      let (name, range) = Self.numbers[chance.below(Self.numbers.count)]
      return bank.integer(name, in: range)
    }
    switch chance.below(3) {
    case 0: return bank.times(Int128(chance.below(15) - 7), number(depth: depth - 1))
    case 1: return bank.choose(truth(depth: depth - 1), number(depth: depth - 1), number(depth: depth - 1))
    default: return bank.sum([number(depth: depth - 1), number(depth: depth - 1), number(depth: depth - 1)])
    }
  }
}
