/// A formula over the answers of an intake, or a number that follows from them: a place in a ``TermBank``.
struct Term: Hashable, Sendable {
  fileprivate let number: Int32

  static let no = Term(number: 0)
  static let yes = Term(number: 1)

  /// Its place in the bank, for names in SMT-LIB.
  var place: Int { Int(number) }
}

/// Holds every formula once, so that equal formulas are the same ``Term``, and simplifies them as they are made.
///
/// That the terms of two rulebooks, or of one rulebook under two intakes, share whatever does not differ is what makes
/// comparing them cheap: a decision that cannot differ is one and the same term.
final class TermBank {
  enum Node: Equatable {
    case constant(Bool)
    /// An unknown of the solver: yes or no.
    case boolean(String)
    case not(Term)
    case all([Term])
    case any([Term])
    /// The first if the condition holds, else the second; of truths or of numbers.
    case choose(Term, Term, Term)
    // Rare, and wider than all others.
    indirect case whole(Int128)
    /// An unknown of the solver: a whole number within its bounds.
    case integer(String)
    case sum([Term])
    indirect case times(Int128, Term)
    case isAtMost(Term, Term)

    /// Of equal nodes the same.
    fileprivate var mixed: UInt64 {
      func mix(_ sum: UInt64, _ term: Term) -> UInt64 {
        (sum ^ UInt64(UInt32(bitPattern: term.number))) &* 0x9E37_79B9_7F4A_7C15
      }
      switch self {
      case .not(let part): return mix(1, part)
      case .all(let parts): return parts.reduce(2, mix)
      case .any(let parts): return parts.reduce(3, mix)
      case .choose(let condition, let first, let second): return mix(mix(mix(4, condition), first), second)
      case .sum(let parts): return parts.reduce(5, mix)
      case .times(let factor, let part): return mix(UInt64(truncatingIfNeeded: factor) &* 8 &+ 6, part)
      case .isAtMost(let first, let second): return mix(mix(7, first), second)
      case .constant(let value): return value ? 8 : 9
      case .boolean(let name), .integer(let name): return UInt64(truncatingIfNeeded: name.hashValue)
      case .whole(let value): return UInt64(truncatingIfNeeded: value.hashValue)
      }
    }
  }

  private struct ComparedTerms: Hashable {
    var first: Term
    var second: Term
  }

  private(set) var nodes: [Node] = []
  private var places = HashedPlaces()
  /// Comparisons made before: numbers chosen by conditions share their parts, which must not be gone through twice.
  private var comparisons: [ComparedTerms: Term] = [:]
  /// For numbers, between what they must lie; for truths nothing.
  private var bounds: [ClosedRange<Int128>?] = []
  /// What is known of the unknowns, such as that just one option is chosen.
  private(set) var facts: [Term] = []

  init() {
    _ = make(.constant(false))
    _ = make(.constant(true))
  }

  func node(_ term: Term) -> Node { nodes[term.place] }
  func isNumber(_ term: Term) -> Bool { bounds[term.place] != nil }

  /// Notes something that holds for every intake.
  func assume(_ fact: Term) {
    if fact != .yes { facts.append(fact) }
  }

  private func make(_ node: Node, bounds range: ClosedRange<Int128>? = nil) -> Term {
    let hash = node.mixed
    if let known = places.place(hash, where: { nodes[$0] == node }) { return Term(number: Int32(known)) }
    let term = Term(number: Int32(nodes.count))
    nodes.append(node)
    bounds.append(range)
    places.append(hash)
    return term
  }

  // MARK: Truths

  func boolean(_ name: String) -> Term { make(.boolean(name)) }
  func constant(_ value: Bool) -> Term { value ? .yes : .no }

  func not(_ term: Term) -> Term {
    switch node(term) {
    case .constant(let value): constant(!value)
    case .not(let inner): inner
    default: make(.not(term))
    }
  }

  func all(_ terms: some Sequence<Term>) -> Term {
    join(terms, neutral: .yes) { .all($0) }
  }

  func all(_ terms: Term...) -> Term { all(terms) }

  func any(_ terms: some Sequence<Term>) -> Term {
    join(terms, neutral: .no) { .any($0) }
  }

  func any(_ terms: Term...) -> Term { any(terms) }

  private func join(_ terms: some Sequence<Term>, neutral: Term, _ node: ([Term]) -> Node) -> Term {
    let dominant: Term = neutral == .yes ? .no : .yes
    var parts: [Term] = []
    for term in terms where term != neutral {
      if term == dominant { return dominant }
      parts.append(term)
    }
    parts.sort { $0.number < $1.number }
    var kept = 0
    for part in parts where kept == 0 || parts[kept - 1] != part {
      parts[kept] = part
      kept += 1
    }
    parts.removeSubrange(kept...)
    for (place, part) in parts.enumerated() {
      // What is made of a term comes after it.
      if case .not(let inner) = nodes[part.place], parts[..<place].contains(inner) { return dominant }
    }
    guard parts.count > 1 else { return parts.first ?? neutral }
    return make(node(parts))
  }

  func implies(_ condition: Term, _ consequence: Term) -> Term { any(not(condition), consequence) }

  /// Whether two truths are the same.
  func same(_ first: Term, _ second: Term) -> Term {
    first == second ? .yes : choose(first, second, not(second))
  }

  /// Whether no more than one of them holds.
  func atMostOne(_ terms: [Term]) -> Term {
    var before = Term.no
    var parts: [Term] = []
    for term in terms {
      parts.append(not(all(term, before)))
      before = any(before, term)
    }
    return all(parts)
  }

  // MARK: Numbers

  func integer(_ name: String, in range: ClosedRange<Int128>) -> Term {
    let count = nodes.count
    let term = make(.integer(name), bounds: range)
    if nodes.count > count {
      // Made by hand: with the bounds known, a comparison would be simplified away.
      facts.append(make(.isAtMost(whole(range.lowerBound), term)))
      facts.append(make(.isAtMost(term, whole(range.upperBound))))
    }
    return term
  }

  func whole(_ value: Int128) -> Term { make(.whole(value), bounds: value...value) }

  func bounds(of term: Term) -> ClosedRange<Int128> { bounds(ofPlace: term.place) }
  func bounds(ofPlace place: Int) -> ClosedRange<Int128> { bounds[place] ?? 0...0 }

  func choose(_ condition: Term, _ first: Term, _ second: Term) -> Term {
    if condition == .yes || first == second { return first }
    if condition == .no { return second }
    if case .not(let inner) = node(condition) { return choose(inner, second, first) }
    guard isNumber(first) else {
      switch (first, second) {
      case (.yes, _): return any(condition, second)
      case (.no, _): return all(not(condition), second)
      case (_, .yes): return any(not(condition), first)
      case (_, .no): return all(condition, first)
      default: return make(.choose(condition, first, second))
      }
    }
    let one = bounds(of: first)
    let other = bounds(of: second)
    return make(
      .choose(condition, first, second),
      bounds: min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound))
  }

  func sum(_ terms: [Term]) -> Term {
    var constant: Int128 = 0
    var parts: [Term] = []
    for term in terms {
      switch node(term) {
      case .whole(let value): constant += value
      case .sum(let inner):
        for part in inner {
          if case .whole(let value) = node(part) { constant += value } else { parts.append(part) }
        }
      default: parts.append(term)
      }
    }
    if constant != 0 { parts.append(whole(constant)) }
    guard parts.count > 1 else { return parts.first ?? whole(0) }
    parts.sort { $0.number < $1.number }
    let ranges = parts.map(bounds(of:))
    let lower = ranges.reduce(0) { $0 + $1.lowerBound }
    let upper = ranges.reduce(0) { $0 + $1.upperBound }
    return make(.sum(parts), bounds: lower...upper)
  }

  func times(_ factor: Int128, _ term: Term) -> Term {
    switch (factor, node(term)) {
    case (0, _): return whole(0)
    case (1, _): return term
    case (_, .whole(let value)): return whole(factor * value)
    case (_, .choose(let condition, let first, let second)):
      return choose(condition, times(factor, first), times(factor, second))
    default:
      let range = bounds(of: term)
      let ends = [factor * range.lowerBound, factor * range.upperBound].sorted()
      return make(.times(factor, term), bounds: ends[0]...ends[1])
    }
  }

  func difference(_ first: Term, _ second: Term) -> Term { sum([first, times(-1, second)]) }

  func lesser(_ first: Term, _ second: Term) -> Term { choose(isAtMost(first, second), first, second) }
  func greater(_ first: Term, _ second: Term) -> Term { choose(isAtMost(first, second), second, first) }

  func isAtMost(_ first: Term, _ second: Term) -> Term {
    let key = ComparedTerms(first: first, second: second)
    if let known = comparisons[key] { return known }
    let term = simplifiedIsAtMost(first, second)
    comparisons[key] = term
    return term
  }

  private func simplifiedIsAtMost(_ first: Term, _ second: Term) -> Term {
    if first == second { return .yes }
    let left = bounds(of: first)
    let right = bounds(of: second)
    if left.upperBound <= right.lowerBound { return .yes }
    if left.lowerBound > right.upperBound { return .no }
    // A number chosen by conditions and compared with a constant is just those conditions.
    if case .choose(let condition, let one, let other) = node(first), case .whole = node(second) {
      return choose(condition, isAtMost(one, second), isAtMost(other, second))
    }
    if case .choose(let condition, let one, let other) = node(second), case .whole = node(first) {
      return choose(condition, isAtMost(first, one), isAtMost(first, other))
    }
    return make(.isAtMost(first, second))
  }

  func isLess(_ first: Term, _ second: Term) -> Term { not(isAtMost(second, first)) }
  func isEqual(_ first: Term, _ second: Term) -> Term { all(isAtMost(first, second), isAtMost(second, first)) }
}

extension TermBank.Node {
  /// The terms it is made of.
  var operands: [Term] {
    switch self {
    case .constant, .boolean, .whole, .integer: []
    case .not(let part), .times(_, let part): [part]
    case .all(let parts), .any(let parts), .sum(let parts): parts
    case .choose(let condition, let first, let second): [condition, first, second]
    case .isAtMost(let first, let second): [first, second]
    }
  }
}
