/// Says formulas of truths as clauses, with a variable for each of their parts (Tseitin, 1968).
///
/// Of each part only that half is said which its place asks for (Plaisted and Greenbaum, 1986): what must be so for it to be
/// true, if it is to be true, and the other way round.
struct ClauseEncoder {
  private let bank: TermBank
  /// The terms that are variables, and for each term of the bank its variable.
  private var parts: [Term] = []
  private var variables: [Int32]
  /// For each term of the bank, whether it was found where it is to be true, and where it is to be false.
  private var isFound: [(whenTrue: Bool, whenFalse: Bool)]
  private var halves: [(term: Term, isTrue: Bool)] = []
  /// The clause that is being said.
  private var clause = Row<Literal>()

  private init(_ bank: TermBank) {
    self.bank = bank
    variables = [Int32](repeating: -1, count: bank.nodes.count)
    isFound = [(whenTrue: Bool, whenFalse: Bool)](repeating: (false, false), count: bank.nodes.count)
  }

  /// A search for values of the unknowns under which all of these formulas hold, and the variables of the unknowns.
  static func search(_ formulas: [Term], in bank: TermBank) -> (
    search: Search, unknowns: [(name: String, variable: Int)]
  ) {
    var encoder = ClauseEncoder(bank)
    let formulas = formulas.filter { $0 != .yes }
    for formula in formulas where formula != .no { encoder.find(formula) }
    encoder.number()
    var search = Search(variables: encoder.parts.count)
    for formula in formulas { encoder.add(formula == .no ? [] : [encoder.literal(formula)], to: &search) }
    for (term, isTrue) in encoder.halves { encoder.say(term, isTrue, &search) }
    encoder.clause.free()
    let unknowns: [(name: String, variable: Int)] = encoder.parts.enumerated().compactMap { variable, term in
      if case .boolean(let name) = bank.node(term) { (name, variable) } else { nil }
    }
    return (search, unknowns)
  }

  /// Finds everything that a formula is made of, where the formula is to be true.
  private mutating func find(_ formula: Term) {
    var open = [(term: formula, isTrue: true)]
    while var (term, isTrue) = open.popLast() {
      while case .not(let inner) = bank.node(term) { (term, isTrue) = (inner, !isTrue) }
      let before = isFound[term.place]
      guard !(isTrue ? before.whenTrue : before.whenFalse) else { continue }
      if isTrue { isFound[term.place].whenTrue = true } else { isFound[term.place].whenFalse = true }
      if !before.whenTrue && !before.whenFalse { parts.append(term) }
      switch bank.node(term) {
      case .all(let parts), .any(let parts): open += parts.map { ($0, isTrue) }
      case .choose(let condition, let first, let second):
        open += [(condition, true), (condition, false), (first, isTrue), (second, isTrue)]
      default: continue
      }
      halves.append((term, isTrue))
    }
  }

  /// What a part is made of has a higher number than the part, and is decided later unless a contradiction says otherwise: that
  /// takes a fifth less than the other way round.
  private mutating func number() {
    parts.sort { $0.place > $1.place }
    for (number, term) in parts.enumerated() { variables[term.place] = Int32(number) }
  }

  private func literal(_ term: Term) -> Literal {
    if case .not(let inner) = bank.node(term) { return !literal(inner) }
    return Literal(variables[term.place])
  }

  private mutating func say(_ term: Term, _ isTrue: Bool, _ search: inout Search) {
    let own = Literal(variables[term.place], isPositive: isTrue)
    /// The literal of a part where the term is to be true, its opposite where it is to be false.
    func part(_ term: Term) -> Literal { isTrue ? literal(term) : !literal(term) }
    switch (bank.node(term), isTrue) {
    case (.all(let parts), true), (.any(let parts), false):
      for term in parts { add([!own, part(term)], to: &search) }
    case (.any(let parts), true), (.all(let parts), false):
      clause.shorten(to: 0)
      clause.append(!own)
      for term in parts { clause.append(part(term)) }
      search.add(clause)
    case (.choose(let condition, let first, let second), _):
      let condition = literal(condition)
      add([!own, !condition, part(first)], to: &search)
      add([!own, condition, part(second)], to: &search)
      // This follows from the others, and lets more be seen at once.
      add([!own, part(first), part(second)], to: &search)
    default: break
    }
  }

  @inline(__always)
  private mutating func add(_ literals: [Literal], to search: inout Search) {
    clause.shorten(to: 0)
    for literal in literals { clause.append(literal) }
    search.add(clause)
  }
}
