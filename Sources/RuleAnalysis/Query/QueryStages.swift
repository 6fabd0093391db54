/// Divides formulas into the steps of a query: what is used more than once, or has grown too long, gets a column of its own,
/// and each step reads only columns of the steps before. So the query is as long as the formulas, and no longer.
struct QueryStages {
  /// Whole numbers up to this magnitude fit into 64 bits, with room for a sign and a neighbour.
  static let narrowest: Int128 = 4_000_000_000_000_000_000
  /// The longest expression and the deepest that stands in one column.
  private static let longest = 60
  private static let deepest = 12
  /// What is shorter is written again wherever it is used.
  private static let shortest = 3

  private let bank: TermBank
  private let dialect: QueryDialect
  private let unknowns: [String: (text: String, reads: [String])]
  /// For each term that has a column, the step that makes it.
  private var stageOfColumn: [Int: Int] = [:]
  /// For each column, the last step that reads it.
  private var lastUse: [String: Int] = [:]
  private(set) var count = 0

  /// - Parameter roots: the terms that are read after the last step.
  init(
    _ bank: TermBank, roots: [Term], unknowns: [String: (text: String, reads: [String])], dialect: QueryDialect
  ) {
    self.bank = bank
    self.dialect = dialect
    self.unknowns = unknowns
    divide(roots)
  }

  // MARK: Dividing

  private mutating func divide(_ roots: [Term]) {
    var uses = [Int](repeating: 0, count: bank.nodes.count)
    for root in roots { uses[root.place] += 2 }
    // Parts are made before what they are parts of.
    for place in bank.nodes.indices.reversed() where uses[place] > 0 {
      for part in bank.nodes[place].operands { uses[part.place] += 1 }
    }
    var lengths = [Int](repeating: 0, count: bank.nodes.count)
    var depths = lengths
    /// For each term, the step before which what it reads is there.
    var levels = lengths
    /// For a term without a column, the columns that it reads.
    var reads = [Set<String>](repeating: [], count: bank.nodes.count)
    for place in bank.nodes.indices where uses[place] > 0 {
      let node = bank.nodes[place]
      let parts = node.operands
      lengths[place] = 1 + parts.reduce(0) { $0 + lengths[$1.place] }
      depths[place] = 1 + (parts.map { depths[$0.place] }.max() ?? 0)
      levels[place] = parts.map { levels[$0.place] }.max() ?? 0
      reads[place] = parts.reduce(into: []) { $0.formUnion(reads[$1.place]) }
      if case .boolean(let name) = node { reads[place] = Set(unknowns[name]?.reads ?? []) }
      if case .integer(let name) = node { reads[place] = Set(unknowns[name]?.reads ?? []) }
      let isShared = uses[place] > 1 && lengths[place] > Self.shortest
      guard isShared || lengths[place] > Self.longest || depths[place] > Self.deepest else { continue }
      let stage = levels[place] + 1
      stageOfColumn[place] = stage
      for column in reads[place] { lastUse[column] = max(lastUse[column] ?? 0, stage) }
      (lengths[place], depths[place], levels[place], reads[place]) = (1, 1, stage, [name(place)])
      count = max(count, stage)
    }
    for root in roots { for column in reads[root.place] { lastUse[column] = count + 1 } }
  }

  // MARK: Writing

  /// The columns of each step, new ones behind those that later steps still need.
  ///
  /// - Parameters:
  ///   - first: the columns that are there before the first step.
  ///   - kept: those of them that every step passes on.
  func steps(first: [String], kept: [String]) -> [[String]] {
    var there = first
    return (0..<count).map { index in
      let stage = index + 1
      let passedOn = kept + there.filter { (lastUse[$0] ?? 0) > stage }
      let new = stageOfColumn.filter { $0.value == stage }.map(\.key).sorted()
      there = passedOn.filter { !kept.contains($0) } + new.map(name)
      return passedOn + new.map { "\(written($0)) AS \(name($0))" }
    }
  }

  /// The columns that are read after the last step.
  func last(of first: [String]) -> [String] {
    (first + stageOfColumn.keys.sorted().map(name)).filter { (lastUse[$0] ?? 0) > count }
  }

  private func name(_ place: Int) -> String { "v\(place)" }

  /// A term, as an expression over the columns of the step before.
  func text(_ term: Term) -> String {
    stageOfColumn[term.place] == nil ? written(term.place) : name(term.place)
  }

  private func written(_ place: Int) -> String {
    func list(_ terms: [Term], _ word: String) -> String { "(\(terms.map(text).joined(separator: " \(word) ")))" }
    switch bank.nodes[place] {
    case .constant(let value): return value ? "TRUE" : "FALSE"
    case .boolean(let name), .integer(let name): return unknowns[name]?.text ?? name
    case .not(let term):
      if stageOfColumn[term.place] == nil, case .isAtMost(let first, let second) = bank.node(term) {
        return "(\(text(first)) > \(text(second)))"
      }
      return "(NOT \(text(term)))"
    case .all(let terms): return list(terms, "AND")
    case .any(let terms): return list(terms, "OR")
    case .choose: return chosen(place)
    case .whole(let number): return number < 0 ? "(\(number))" : "\(number)"
    case .sum(let terms):
      let most = terms.reduce(0) { $0 + magnitude($1) }
      let first = widened(terms[0], to: most)
      return "(\(([first] + terms.dropFirst().map(text)).joined(separator: " + ")))"
    case .times(let factor, let term):
      return "(\(widened(term, to: abs(factor) * magnitude(term))) * \(factor))"
    case .isAtMost(let first, let second): return "(\(text(first)) <= \(text(second)))"
    }
  }

  /// A choice, with further choices in its last branch written beside it.
  private func chosen(_ place: Int) -> String {
    var branches = ""
    var next = place
    while case .choose(let condition, let first, let second) = bank.nodes[next] {
      branches += " WHEN \(text(condition)) THEN \(text(first))"
      guard stageOfColumn[second.place] == nil, case .choose = bank.node(second) else {
        return "CASE\(branches) ELSE \(text(second)) END"
      }
      next = second.place
    }
    return "NULL"
  }

  private func magnitude(_ term: Term) -> Int128 {
    let bounds = bank.bounds(of: term)
    return max(abs(bounds.lowerBound), abs(bounds.upperBound))
  }

  /// Small numbers are 32 bits wide unless something is said.
  private func widened(_ term: Term, to magnitude: Int128) -> String {
    if magnitude > Self.narrowest { return "CAST(\(text(term)) AS \(dialect.wideType))" }
    return magnitude > 2_000_000_000 ? "CAST(\(text(term)) AS BIGINT)" : text(term)
  }
}
