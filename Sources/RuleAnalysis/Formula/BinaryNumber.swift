/// A number as the truths of its binary digits: `offset + step * digits`.
///
/// Numbers of a rulebook lie in small ranges, often a hundred steps of the scale apart. Kept beside the digits, offset and
/// step cost nothing.
struct BinaryNumber {
  var offset: Int128
  /// Positive, also where there are no digits.
  var step: Int128
  /// The lowest first.
  var digits: [Term]

  init(_ constant: Int128) {
    self.init(offset: constant, step: 1, digits: [])
  }

  init(offset: Int128, step: Int128, digits: [Term]) {
    self.offset = offset
    self.step = step
    self.digits = digits
  }
}

/// Calculates with binary numbers as a circuit does: half and full adders, and a comparison from the lowest digit up.
extension TermBank {
  func sum(_ numbers: [BinaryNumber]) -> BinaryNumber {
    let step = Self.step(of: numbers)
    // The short ones first, so that most adders stay short.
    var open = numbers.map { multiplied($0.digits, by: $0.step / step) }
    while open.count > 1 {
      open.sort { $0.count > $1.count }
      let (one, other) = (open.removeLast(), open.removeLast())
      open.append(added(one, other))
    }
    return BinaryNumber(offset: numbers.reduce(0) { $0 + $1.offset }, step: step, digits: open.first ?? [])
  }

  func times(_ factor: Int128, _ number: BinaryNumber) -> BinaryNumber {
    guard factor < 0 else {
      return BinaryNumber(offset: factor * number.offset, step: max(1, factor * number.step), digits: number.digits)
    }
    // Counted down from the most that the digits can say.
    let most = number.offset + number.step * ((1 << Int128(number.digits.count)) - 1)
    return BinaryNumber(offset: factor * most, step: -factor * number.step, digits: number.digits.map { not($0) })
  }

  func choose(_ condition: Term, _ first: BinaryNumber, _ second: BinaryNumber) -> BinaryNumber {
    let (offset, step) = common(first, second)
    let (one, other) = filled(digits(of: first, offset, step), digits(of: second, offset, step))
    return BinaryNumber(offset: offset, step: step, digits: zip(one, other).map { choose(condition, $0, $1) })
  }

  func isAtMost(_ first: BinaryNumber, _ second: BinaryNumber) -> Term {
    if second.digits.isEmpty {
      // At most so many whole steps, rounded down.
      let room = second.offset - first.offset
      return room < 0 ? .no : isAtMost(first.digits, binary(room / first.step))
    }
    if first.digits.isEmpty {
      let missing = first.offset - second.offset
      return missing <= 0 ? .yes : isAtMost(binary((missing + second.step - 1) / second.step), second.digits)
    }
    let (offset, step) = common(first, second)
    return isAtMost(digits(of: first, offset, step), digits(of: second, offset, step))
  }

  /// The digits of a constant, none of them superfluous.
  func binary(_ constant: Int128) -> [Term] {
    (0..<(Int128.bitWidth - constant.leadingZeroBitCount)).map { self.constant(constant >> Int128($0) & 1 == 1) }
  }

  // MARK: One measure for two numbers

  private static func step(of numbers: [BinaryNumber]) -> Int128 {
    let steps = numbers.filter { !$0.digits.isEmpty }.map(\.step)
    return steps.dropFirst().reduce(steps.first ?? 1, greatestDivisor)
  }

  private static func greatestDivisor(_ first: Int128, _ second: Int128) -> Int128 {
    var (one, other) = (first, second)
    while other != 0 { (one, other) = (other, one % other) }
    return one
  }

  private func common(_ first: BinaryNumber, _ second: BinaryNumber) -> (offset: Int128, step: Int128) {
    let offset = min(first.offset, second.offset)
    let apart = max(first.offset, second.offset) - offset
    let steps = [first, second].filter { !$0.digits.isEmpty }.map(\.step) + (apart == 0 ? [] : [apart])
    return (offset, steps.dropFirst().reduce(steps.first ?? 1, Self.greatestDivisor))
  }

  private func digits(of number: BinaryNumber, _ offset: Int128, _ step: Int128) -> [Term] {
    let own = number.digits.isEmpty ? [] : multiplied(number.digits, by: number.step / step)
    return added(own, binary((number.offset - offset) / step))
  }

  // MARK: Digits

  private func filled(_ first: [Term], _ second: [Term]) -> ([Term], [Term]) {
    let length = max(first.count, second.count)
    func filled(_ digits: [Term]) -> [Term] { digits + [Term](repeating: .no, count: length - digits.count) }
    return (filled(first), filled(second))
  }

  private func added(_ first: [Term], _ second: [Term]) -> [Term] {
    if first.isEmpty { return second }
    if second.isEmpty { return first }
    var carry = Term.no
    var result: [Term] = []
    let (one, other) = filled(first, second)
    for (a, b) in zip(one, other) {
      let half = differs(a, b)
      result.append(differs(half, carry))
      carry = most(of: a, b, carry)
    }
    result.append(carry)
    while result.last == .no { result.removeLast() }
    return result
  }

  private func multiplied(_ digits: [Term], by factor: Int128) -> [Term] {
    var result: [Term] = []
    for (place, digit) in binary(factor).enumerated() where digit == .yes {
      result = added(result, [Term](repeating: .no, count: place) + digits)
    }
    return result
  }

  private func isAtMost(_ first: [Term], _ second: [Term]) -> Term {
    var result = Term.yes
    let (one, other) = filled(first, second)
    // Where two digits differ they decide; where not, what is below them.
    for (a, b) in zip(one, other) { result = most(of: not(a), b, result) }
    return result
  }

  private func differs(_ first: Term, _ second: Term) -> Term {
    switch (first, second) {
    case (.no, _): second
    case (_, .no): first
    default: first == second ? .no : choose(first, not(second), second)
    }
  }

  /// Whether at least two of the three hold.
  private func most(of first: Term, _ second: Term, _ third: Term) -> Term {
    if first == second { return first }
    if third == first || third == second { return third }
    if not(first) == second { return third }
    return any(all(first, second), all(first, third), all(second, third))
  }
}
