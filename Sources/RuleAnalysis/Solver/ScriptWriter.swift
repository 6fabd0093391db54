/// Writes questions about formulas of a ``TermBank`` in SMT-LIB, for the solver or to be saved.
///
/// What one question defines is taken back after it; what a second one is made of is told for good.
struct ScriptWriter {
  /// What a script begins with.
  static let head = """
    (set-option :produce-models true)
    (set-logic QF_UF)

    """

  private let bank: TermBank
  private var isWritten: [Bool] = []
  /// Terms that an earlier question was made of.
  private var isKnown: [Bool] = []
  /// The names of the unknowns that are declared.
  private(set) var unknowns: [String] = []
  /// Those parts, and that many unknowns, are to be taken back.
  private var passing: [Term] = []
  private var lastingUnknowns = 0
  private var factsTold = 0
  private var text = ""

  init(_ bank: TermBank) {
    self.bank = bank
  }

  /// A question up to where the solver is to answer.
  mutating func begin(_ formula: Term, _ comment: String, _ blaster: inout BitBlaster) -> String {
    text = ""
    tellFacts(&blaster)
    let truth = blaster.truth(formula)
    let parts = unwritten(below: truth)
    for part in parts where isKnown[part.place] { define(part) }
    line("(push)")
    passing = parts.filter { !isWritten[$0.place] }
    lastingUnknowns = unknowns.count
    line("; \(comment)")
    for part in passing { define(part) }
    line("(assert \(name(truth)))")
    return text
  }

  /// What follows the answer.
  mutating func end() -> String {
    for term in passing {
      isWritten[term.place] = false
      isKnown[term.place] = true
    }
    unknowns.removeSubrange(lastingUnknowns...)
    return "(pop)\n"
  }

  /// Tells what is known of the unknowns that were made since the last question.
  private mutating func tellFacts(_ blaster: inout BitBlaster) {
    while factsTold < bank.facts.count {
      let truth = blaster.truth(bank.facts[factsTold])
      for part in unwritten(below: truth) { define(part) }
      line("(assert \(name(truth)))")
      factsTold += 1
    }
  }

  /// What a term is made of and is not defined yet, parts first.
  private mutating func unwritten(below term: Term) -> [Term] {
    let count = bank.nodes.count - isWritten.count
    isWritten += [Bool](repeating: false, count: count)
    isKnown += [Bool](repeating: false, count: count)
    var isFound = isWritten
    var parts: [Term] = []
    var stack = [term]
    while let next = stack.last {
      let missing = isFound[next.place] ? [] : bank.node(next).operands.filter { !isFound[$0.place] }
      guard missing.isEmpty else {
        stack += missing
        continue
      }
      if !isFound[next.place] {
        isFound[next.place] = true
        parts.append(next)
      }
      stack.removeLast()
    }
    return parts
  }

  private func name(_ term: Term) -> String {
    switch bank.node(term) {
    case .constant(let value): value ? "true" : "false"
    case .boolean(let name): "|\(name)|"
    case .not(let inner): "(not \(name(inner)))"
    default: "t\(term.place)"
    }
  }

  private mutating func define(_ term: Term) {
    isWritten[term.place] = true
    func list(_ terms: [Term]) -> String { terms.map(name).joined(separator: " ") }
    let body: String
    switch bank.node(term) {
    case .constant, .not: return
    case .boolean(let name):
      unknowns.append(name)
      line("(declare-const |\(name)| Bool)")
      return
    case .all(let parts): body = "(and \(list(parts)))"
    case .any(let parts): body = "(or \(list(parts)))"
    case .choose(let condition, let first, let second): body = "(ite \(list([condition, first, second])))"
    case .whole, .integer, .sum, .times, .isAtMost: preconditionFailure("numbers are told as truths")
    }
    // Not `define-fun`, which the solver replaces by its text wherever it stands; parts shared by many would be gone through
    // for each of them.
    line("(declare-const t\(term.place) Bool)")
    line("(assert (= t\(term.place) \(body)))")
  }

  private mutating func line(_ command: String) {
    text += command
    text += "\n"
  }
}
