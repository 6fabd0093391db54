/// A condition on its way into the compiled program: negation stands only at the leaves, and each leaf about a variable is a
/// set of cells.
indirect enum Formula: Hashable {
  case constant(CompiledTruth)
  case literal(Literal)
  /// A matcher whose bounds depend on the day of the assessment, by its place in the program's dynamic tests.
  case dynamic(Int, isNegated: Bool)
  case applies(rule: Int, isNegated: Bool)
  case all([Formula])
  case any([Formula])
  case atLeast(Int, [Formula], isNegated: Bool)

  static func either(_ parts: [Formula], all: Bool) -> Formula {
    if parts.count == 1 { return parts[0] }
    return all ? .all(parts) : .any(parts)
  }
}

/// Holds for some of the cells of a signal.
///
/// A *signal* is what can be said of a variable in a few bits: of an option, which; of a number, between which two constants
/// of the rulebook it lies; of a member, whether it is in. Its last cell is *not applicable*. What is still possible is a set
/// of cells too, so that every matcher is one comparison of sets: all possible cells are wanted, none is, or some are.
struct Literal: Hashable {
  /// The first word of the signal's possible cells.
  var at: Int
  /// How many cells there are, the one for *not applicable* included.
  var cells: Int
  /// The wanted cells, as many words as the signal has.
  var wanted: [UInt64]

  /// The share of the cells that is wanted: how little it tells.
  var share: Double {
    Double(wanted.reduce(0) { $0 + $1.nonzeroBitCount }) / Double(cells)
  }
}

/// Kleene's truth in order, so that *all* is the least and *any* is the greatest.
typealias CompiledTruth = UInt8

extension CompiledTruth {
  static let no: CompiledTruth = 0
  static let unknown: CompiledTruth = 1
  static let yes: CompiledTruth = 2

  /// `not`.
  @inline(__always) var opposite: CompiledTruth { 2 - self }
}

extension Truth {
  init(_ compiled: CompiledTruth) {
    self = compiled == .yes ? .yes : compiled == .no ? .no : .unknown
  }
}

/// The cells of one signal as words of 64 bits.
struct CellSet: Hashable {
  private(set) var words: [UInt64]

  init(count: Int) {
    words = Array(repeating: 0, count: Swift.max(1, (count + 63) / 64))
  }

  mutating func insert(_ cell: Int) {
    words[cell >> 6] |= 1 << UInt64(cell & 63)
  }

  func contains(_ cell: Int) -> Bool {
    words[cell >> 6] & (1 << UInt64(cell & 63)) != 0
  }

  /// All of the first `count` cells that are not in this set.
  func complement(count: Int) -> CellSet {
    var result = CellSet(count: words.count * 64)
    for cell in 0..<count where !contains(cell) { result.insert(cell) }
    return result
  }
}
