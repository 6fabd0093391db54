/// Says formulas about numbers as formulas about truths alone ("bit-blasting").
///
/// Every number of an intake lies within bounds, so this loses nothing. A solver for truths answers in milliseconds what one
/// for whole numbers, given the same formulas, searches for minutes: the sums of a rulebook are many and short.
struct BitBlaster {
  private let bank: TermBank
  /// For each term of the bank that is a truth, the same without numbers; as far as asked for.
  private var truths: [Term?] = []
  private var numbers: [Int: BinaryNumber] = [:]
  /// The digits of the unknown numbers, whose values an answer of the solver gives.
  private(set) var unknowns: [String: BinaryNumber] = [:]

  init(_ bank: TermBank) {
    self.bank = bank
  }

  /// The truth without any number in it. It holds for the same intakes.
  mutating func truth(_ term: Term) -> Term {
    if term.place < truths.count, let known = truths[term.place] { return known }
    truths += [Term?](repeating: nil, count: max(0, term.place + 1 - truths.count))
    var stack = [term]
    while let next = stack.last {
      if isDone(next) {
        stack.removeLast()
        continue
      }
      let missing = bank.node(next).operands.filter { !isDone($0) }
      guard missing.isEmpty else {
        stack += missing
        continue
      }
      if bank.isNumber(next) { numbers[next.place] = number(next) } else { truths[next.place] = made(next) }
      stack.removeLast()
    }
    return truths[term.place]!
  }

  /// The values of all terms, by their places, where just these unknown truths hold.
  func values(of truths: Set<String>) -> [Int128] {
    var assignment = Assignment()
    for name in truths { assignment.booleans[name] = true }
    for (name, number) in unknowns {
      let digits = number.digits.enumerated().filter { assignment.holds($0.element, in: bank) }
      assignment.integers[name] = number.offset + digits.reduce(0) { $0 + (1 << Int128($1.offset)) }
    }
    return assignment.values(in: bank)
  }

  private func isDone(_ term: Term) -> Bool {
    bank.isNumber(term) ? numbers[term.place] != nil : truths[term.place] != nil
  }

  private func made(_ term: Term) -> Term {
    func truth(_ part: Term) -> Term { truths[part.place]! }
    switch bank.node(term) {
    case .not(let part): return bank.not(truth(part))
    case .all(let parts): return bank.all(parts.map(truth))
    case .any(let parts): return bank.any(parts.map(truth))
    case .choose(let condition, let first, let second):
      return bank.choose(truth(condition), truth(first), truth(second))
    case .isAtMost(let first, let second): return bank.isAtMost(numbers[first.place]!, numbers[second.place]!)
    default: return term
    }
  }

  private mutating func number(_ term: Term) -> BinaryNumber {
    func number(_ part: Term) -> BinaryNumber { numbers[part.place]! }
    var result: BinaryNumber
    switch bank.node(term) {
    case .integer(let name):
      let range = bank.bounds(of: term)
      let count = bank.binary(range.upperBound - range.lowerBound).count
      // Left alone, a solver says no to everything: to all of these is the number next to nought, which reads well.
      let usual = min(max(0, range.lowerBound), range.upperBound) - range.lowerBound
      let digits = (0..<count).map { place in
        let digit = bank.boolean("\(name)#\(place)")
        return usual >> Int128(place) & 1 == 1 ? bank.not(digit) : digit
      }
      result = BinaryNumber(offset: range.lowerBound, step: 1, digits: digits)
      unknowns[name] = result
      return result
    case .choose(let condition, let first, let second):
      result = bank.choose(truths[condition.place]!, number(first), number(second))
    case .sum(let parts): result = bank.sum(parts.map(number))
    case .times(let factor, let part): result = bank.times(factor, number(part))
    case .whole(let value): return BinaryNumber(value)
    default: preconditionFailure("a truth is no number")
    }
    // What is known to be out of reach needs no digit.
    let most = (bank.bounds(of: term).upperBound - result.offset) / result.step
    result.digits = Array(result.digits.prefix(bank.binary(most).count))
    return result
  }
}
