/// Where each variable keeps what it can be, and into which cells its values are divided.
struct SignalLayout {
  /// One variable of the compiled program.
  struct Place: BitwiseCopyable {
    enum Kind: UInt8 { case options, number, members }

    var kind: Kind
    /// The first word of its possible cells; of members, the word of the first one.
    var at: Int32
    /// The words of its signal; of members, how many there are, one word each.
    var words: Int32
    /// Its cells without *not applicable*, which is the next.
    var cells: Int32
    /// The word of the cell *not applicable*, and its bit there; of members, in each word.
    var lastWord: Int32 = 0
    var notApplicable: UInt64 = 0
    /// Where its interval stands; -1 unless it is a number or a date.
    var number: Int32 = -1
    /// The first numbers of its second and later cells.
    var cuts: Span32 = .none
    /// The word that tells how a fact was recorded; -1 where nothing asks.
    var recordedAt: Int32 = -1
  }

  /// The cells of a member: out, in, not applicable.
  enum Member {
    static let out: UInt64 = 1
    static let isIn: UInt64 = 2
    static let open: UInt64 = 3
    static let notApplicable: UInt64 = 4
  }

  /// The cells of how a fact was recorded.
  enum Recorded {
    static let declined: UInt64 = 1
    static let doesNotKnow: UInt64 = 2
    static let value: UInt64 = 4
    static let notAsked: UInt64 = 7
    static let notApplicable: UInt64 = 8
    static let cells = 4
  }

  private(set) var places: [Place] = []
  private(set) var cuts: [Int128] = []
  private(set) var wordCount = 0
  private(set) var numberCount = 0
  /// The words and numbers that belong to facts come first, so that an intake is the beginning of a state.
  private(set) var factWords = 0
  private(set) var factNumbers = 0

  init(_ program: Program) {
    let tests = program.conditions.flatMap(\.subtree) + program.impossibilities.flatMap { $0.condition.subtree }
    var starts: [Int: Set<Number>] = [:]
    var recorded: Set<Int> = []
    for case .test(let variable, let matcher) in tests {
      switch matcher.test {
      case .declined, .doesNotKnow: recorded.insert(variable)
      case .ranges where !matcher.dependsOnDay:
        let domain = program.variables[variable].domain
        for interval in domain.closedIntervals(matcher.ranges) {
          starts[variable, default: []].insert(interval.lower)
          starts[variable, default: []].insert(interval.upper + domain.step)
        }
      default: break
      }
    }
    let facts = program.variables.indices.filter { program.variables[$0].fact != nil }
    let others = program.variables.indices.filter { program.variables[$0].fact == nil }
    let unplaced = Place(kind: .options, at: 0, words: 0, cells: 0)
    places = Array(repeating: unplaced, count: program.variables.count)
    for variable in facts {
      place(variable, program.variables[variable].domain, starts[variable, default: []])
      if recorded.contains(variable) {
        places[variable].recordedAt = Int32(wordCount)
        wordCount += 1
      }
    }
    (factWords, factNumbers) = (wordCount, numberCount)
    for variable in others { place(variable, program.variables[variable].domain, starts[variable, default: []]) }
  }

  private mutating func place(_ variable: Int, _ domain: Domain, _ starts: Set<Number>) {
    var place = Place(kind: .options, at: Int32(wordCount), words: 1, cells: 0)
    switch domain {
    case .options(let names, _):
      place.cells = Int32(names.count)
      place.words = Int32(names.count / 64 + 1)
    case .members(let names):
      place.kind = .members
      place.cells = 2
      place.words = Int32(max(1, names.count))
    case .numbers, .dates:
      place.kind = .number
      place.number = Int32(numberCount)
      place.cuts = Span32(start: Int32(cuts.count), end: Int32(cuts.count + starts.count))
      cuts += starts.sorted().map(\.scaled)
      place.cells = Int32(starts.count + 1)
      place.words = place.cells / 64 + 1
      numberCount += 1
    }
    let isSet = place.kind == .members
    place.lastWord = place.at + (isSet ? 0 : place.cells / 64)
    place.notApplicable = 1 << UInt64(place.cells & 63)
    wordCount += Int(place.words)
    places[variable] = place
  }

  /// The cells that closed intervals are made of.
  func cells(of intervals: [Interval], variable: Int) -> CellSet {
    let place = places[variable]
    var cells = CellSet(count: Int(place.cells) + 1)
    for interval in intervals {
      let first = cell(of: interval.lower, variable: variable)
      let last = cell(of: interval.upper, variable: variable)
      for cell in first...last { cells.insert(cell) }
    }
    return cells
  }

  private func cell(of number: Number, variable: Int) -> Int {
    places[variable].cuts.indices.count { cuts[$0] <= number.scaled }
  }
}

extension Domain {
  /// Ranges of constants as closed intervals of values of this domain; those that hold no value are left out.
  func closedIntervals(_ ranges: [MatcherRange]) -> [Interval] {
    var intervals: [Interval] = []
    for range in ranges {
      var interval = Interval(Number.zero - Number.limit, Number.limit)
      if let bound = range.lower, case .constant(let number) = bound.operand {
        interval.lower = closed(number, isIncluded: bound.isIncluded, isLower: true)
      }
      if let bound = range.upper, case .constant(let number) = bound.operand {
        interval.upper = closed(number, isIncluded: bound.isIncluded, isLower: false)
      }
      if interval.lower <= interval.upper { intervals.append(interval) }
    }
    return intervals
  }
}
