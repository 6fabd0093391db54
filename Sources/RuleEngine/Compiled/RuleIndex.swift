/// Finds the rules that may apply without visiting the others.
///
/// The conditions of all rules of one stage stand in a tree. A node asks about a few signals; below a signal stand branches,
/// one for each literal that some rule has about it, and for each cell a list of the branches that this cell leaves open. A
/// plan walks down the open branches only, so a rule whose first literal is false costs nothing at all.
struct RuleIndex {
  struct Node: BitwiseCopyable {
    var groups: Span32
    /// Ways of which nothing is left to be asked.
    var plainEnds: Span32
    var ends: Span32
  }

  /// The branches about one signal.
  struct Group: BitwiseCopyable {
    var at: Int32
    var words: Int32
    /// The first of the places in `lists`, one for each cell and one more; -1 if lists would take too much room.
    var lists: Int32
    var branches: Span32
  }

  struct Branch: BitwiseCopyable {
    var wanted: Int32
    var node: Int32
  }

  /// One way in which a rule can apply, with what is left to be asked.
  struct End: BitwiseCopyable {
    var rule: Int32
    /// The rank of the rule's only effect, on a ladder; else -1.
    var rank: Int32
    /// The rest of its condition; -1 if there is none.
    var rest: Int32
    var literals: Span32

    var isPlain: Bool { rank < 0 && rest < 0 && literals.isEmpty }
  }

  /// A literal that is asked at an end.
  struct Check: BitwiseCopyable {
    var at: Int32
    var words: Int32
    var wanted: Int32
    /// Of a signal of one word, the wanted cells themselves.
    var oneWord: UInt64
  }

  private(set) var nodes: [Node] = []
  private(set) var groups: [Group] = []
  private(set) var branches: [Branch] = []
  private(set) var lists: [Int32] = []
  private(set) var open: [Int32] = []
  private(set) var ends: [End] = []
  private(set) var checks: [Check] = []

  /// So few ways are checked one by one; more are told apart by a signal.
  private static let fewWays = 3
  /// Entries in the lists of one group at the most, and in all.
  private static let listRoom = 4_000_000
  private static let room = 24_000_000
  /// So few branches of a signal of many words are asked one by one, since lists for all of its cells would be larger.
  private static let fewBranches = 8

  /// One way in which a rule can apply: all of the literals hold, and the rest does.
  private struct Way {
    var rule: Int
    var rank: Int32
    var literals: [Literal]
    var rest: [Formula]
  }

  /// A rule to be found; its rank counts on a ladder only.
  struct Entry {
    var rule: Int
    var condition: Formula
    var rank: Int32 = -1
  }

  /// Adds the tree of some rules of one stage, and returns the place of its root.
  mutating func add(_ rules: [Entry], _ code: inout ConditionCode) -> Int32 {
    let ways = rules.flatMap { entry in
      Self.ways(entry.condition).map {
        Way(rule: entry.rule, rank: entry.rank, literals: $0.literals, rest: $0.rest)
      }
    }
    return node(ways, &code)
  }

  // MARK: Ways

  private typealias Alternative = (literals: [Literal], rest: [Formula])
  private static let mostWays = 16

  /// A condition as alternatives, of which each is a list of literals and a rest. Kleene's *all* and *any* distribute over
  /// each other, so this changes no truth. What would become too many stays whole in the rest.
  private static func ways(_ formula: Formula) -> [Alternative] {
    switch formula {
    case .constant(.yes): return [([], [])]
    case .constant(.no): return []
    case .literal(let literal): return [([literal], [])]
    case .any(let parts):
      let all = parts.flatMap(ways)
      return all.count <= mostWays ? all : [([], [formula])]
    case .all(let parts):
      var result: [Alternative] = [([], [])]
      for part in parts {
        let alternatives = ways(part)
        guard result.count * alternatives.count <= mostWays else {
          for index in result.indices { result[index].rest.append(part) }
          continue
        }
        result = result.flatMap { one in
          alternatives.map { (one.literals + $0.literals, one.rest + $0.rest) }
        }
      }
      return result
    default: return [([], [formula])]
    }
  }

  // MARK: Tree

  private mutating func node(_ ways: [Way], _ code: inout ConditionCode) -> Int32 {
    let place = nodes.count
    nodes.append(Node(groups: .none, plainEnds: .none, ends: .none))
    var left = ways
    var grouped: [(at: Int, ways: [Way])] = []
    while left.count > Self.fewWays, let signal = Self.mostTelling(left) {
      grouped.append((signal, left.filter { way in way.literals.contains { $0.at == signal } }))
      left.removeAll { way in way.literals.contains { $0.at == signal } }
    }
    let ends = left.map { way in
      let first = checks.count
      for literal in way.literals.sorted(by: { $0.share < $1.share }) {
        checks.append(
          Check(
            at: Int32(literal.at), words: Int32(literal.wanted.count), wanted: code.place(of: literal.wanted),
            oneWord: literal.wanted[0]))
      }
      return End(
        rule: Int32(way.rule), rank: way.rank,
        rest: way.rest.isEmpty ? -1 : code.append(.either(way.rest, all: true)),
        literals: Span32(start: Int32(first), end: Int32(checks.count)))
    }
    nodes[place].plainEnds = add(ends: ends.filter(\.isPlain))
    nodes[place].ends = add(ends: ends.filter { !$0.isPlain })
    let built = grouped.map { group($0.at, $0.ways, &code) }
    nodes[place].groups = Span32(start: Int32(groups.count), end: Int32(groups.count + built.count))
    groups += built
    return Int32(place)
  }

  private mutating func add(ends: [End]) -> Span32 {
    self.ends += ends
    return Span32(start: Int32(self.ends.count - ends.count), end: Int32(self.ends.count))
  }

  /// The signal that keeps the most ways from being visited; `nil` if none is asked about more than once.
  private static func mostTelling(_ ways: [Way]) -> Int? {
    var saved: [Int: (ways: Int, gain: Double)] = [:]
    for way in ways {
      var seen: Set<Int> = []
      for literal in way.literals where seen.insert(literal.at).inserted {
        let before = saved[literal.at, default: (0, 0)]
        saved[literal.at] = (before.ways + 1, before.gain + 1.05 - literal.share)
      }
    }
    return saved.filter { $0.value.ways > 1 }.min { ($1.value.gain, $0.key) < ($0.value.gain, $1.key) }?.key
  }

  private mutating func group(_ signal: Int, _ ways: [Way], _ code: inout ConditionCode) -> Group {
    var byLiteral: [Literal: [Way]] = [:]
    for way in ways {
      let own = way.literals.indices.filter { way.literals[$0].at == signal }.min {
        way.literals[$0].share < way.literals[$1].share
      }!
      var rest = way
      let literal = rest.literals.remove(at: own)
      byLiteral[literal, default: []].append(rest)
    }
    let literals = byLiteral.keys.sorted { $0.wanted.lexicographicallyPrecedes($1.wanted) }
    let built = literals.map { literal in
      Branch(wanted: code.place(of: literal.wanted), node: node(byLiteral[literal]!, &code))
    }
    let first = branches.count
    branches += built
    let cells = literals[0].cells
    var group = Group(
      at: Int32(signal), words: Int32(literals[0].wanted.count), lists: -1,
      branches: Span32(start: Int32(first), end: Int32(branches.count)))
    let entries = literals.reduce(cells) { $0 + $1.wanted.reduce(0) { $0 + $1.nonzeroBitCount } }
    guard entries <= Self.listRoom, lists.count + open.count + entries <= Self.room,
      group.words == 1 || literals.count > Self.fewBranches
    else { return group }
    group.lists = Int32(lists.count)
    for cell in 0..<cells {
      lists.append(Int32(open.count))
      for (literal, branch) in zip(literals, built) where literal.wanted[cell >> 6] & (1 << UInt64(cell & 63)) != 0 {
        open.append(branch.node)
      }
    }
    lists.append(Int32(open.count))
    return group
  }
}
