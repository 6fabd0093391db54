/// Formulas written out as one flat list, each part behind the whole it belongs to.
struct ConditionCode {
  struct Node: BitwiseCopyable {
    enum Operation: UInt8 {
      case constant
      /// A literal of one word, which `first` is; its wanted cells stand in the node itself.
      case test
      /// A literal of `third` words; `second` is the place of the wanted cells.
      case wideTest
      case dynamic
      case applies
      case all
      case any
      case atLeast
    }

    var operation: Operation
    var isNegated = false
    var first: Int32 = 0
    var second: Int32 = 0
    var third: Int32 = 0
    /// Behind the last of its parts.
    var end: Int32 = 0
    var wanted: UInt64 = 0
  }

  private(set) var nodes: [Node] = []
  /// The wanted cells of all literals.
  private(set) var wanted: [UInt64] = []
  private var wantedAt: [[UInt64]: Int32] = [:]
  private var places: [Formula: Int32] = [:]

  /// Where the wanted cells of a literal stand; the same cells stand only once.
  mutating func place(of cells: [UInt64]) -> Int32 {
    if let place = wantedAt[cells] { return place }
    let place = Int32(wanted.count)
    wanted += cells
    wantedAt[cells] = place
    return place
  }

  /// Writes a formula unless it was written before, and returns where it stands.
  mutating func append(_ formula: Formula) -> Int32 {
    if let place = places[formula] { return place }
    let place = write(formula)
    places[formula] = place
    return place
  }

  private mutating func write(_ formula: Formula) -> Int32 {
    let place = nodes.count
    nodes.append(Node(operation: .constant))
    switch formula {
    case .constant(let truth): nodes[place].first = Int32(truth)
    case .literal(let literal):
      nodes[place].operation = literal.wanted.count == 1 ? .test : .wideTest
      nodes[place].first = Int32(literal.at)
      nodes[place].second = self.place(of: literal.wanted)
      nodes[place].third = Int32(literal.wanted.count)
      nodes[place].wanted = literal.wanted[0]
    case .dynamic(let index, let isNegated):
      nodes[place].operation = .dynamic
      nodes[place].first = Int32(index)
      nodes[place].isNegated = isNegated
    case .applies(let rule, let isNegated):
      nodes[place].operation = .applies
      nodes[place].first = Int32(rule)
      nodes[place].isNegated = isNegated
    case .all(let parts):
      nodes[place].operation = .all
      for part in parts.simpleFirst { _ = write(part) }
    case .any(let parts):
      nodes[place].operation = .any
      for part in parts.simpleFirst { _ = write(part) }
    case .atLeast(let count, let parts, let isNegated):
      nodes[place].operation = .atLeast
      nodes[place].first = Int32(count)
      nodes[place].isNegated = isNegated
      for part in parts { _ = write(part) }
    }
    nodes[place].end = Int32(nodes.count)
    return Int32(place)
  }
}

extension [Formula] {
  /// The same parts with literals in front, since one of them often settles the whole.
  fileprivate var simpleFirst: [Formula] {
    func isSimple(_ formula: Formula) -> Bool { if case .literal = formula { true } else { false } }
    return filter(isSimple) + filter { !isSimple($0) }
  }
}
