/// Asks one process, question by question, whether formulas of a ``TermBank`` can hold.
final class Solver {
  enum Answer {
    /// No intake makes it true.
    case never
    /// An intake does: the values of all terms, by their places.
    case possible([Int128])
    /// The solver gave up.
    case gaveUp(String)
  }

  private let bank: TermBank
  private var blaster: BitBlaster
  private let process: Z3
  /// How much work one question may take, in the solver's own steps, which are the same on every machine.
  private static let mostSteps = 60_000_000
  private var isWritten: [Bool] = []
  /// Terms that an earlier question was made of.
  private var isKnown: [Bool] = []
  private var unknowns: [String] = []
  private var factsTold = 0

  init(_ bank: TermBank, keepsTranscript: Bool = false) throws(SolverFailure) {
    self.bank = bank
    blaster = BitBlaster(bank)
    process = try Z3(keepsTranscript: keepsTranscript)
    process.tell("(set-option :produce-models true)")
    process.tell("(set-logic QF_UF)")
    process.tell("(set-option :rlimit \(Self.mostSteps))")
  }

  /// Every question so far, as a script that any solver reads.
  var script: String { process.transcript }

  /// Whether the formula can hold.
  ///
  /// - Parameter comment: what is asked, for the saved script.
  func ask(_ formula: Term, _ comment: String) throws(SolverFailure) -> Answer {
    if formula == .no { return .never }
    tellFacts()
    let truth = blaster.truth(formula)
    // What one question defines would be a burden to the next; what a second one is made of is told for good.
    let parts = unwritten(below: truth)
    for part in parts where isKnown[part.place] { define(part) }
    process.tell("(push)")
    let passing = parts.filter { !isWritten[$0.place] }
    let known = unknowns.count
    defer {
      process.tell("(pop)")
      for term in passing {
        isWritten[term.place] = false
        isKnown[term.place] = true
      }
      unknowns.removeSubrange(known...)
    }
    process.tell("; \(comment)")
    for part in passing { define(part) }
    process.tell("(assert \(name(truth)))")
    switch try process.ask("(check-sat)") {
    case "unsat": return .never
    case "sat": return .possible(try assignment().values(in: bank))
    default:
      let reason = try process.ask("(get-info :reason-unknown)")
      return .gaveUp(reason)
    }
  }

  /// Tells what is known of the unknowns that were made since the last question.
  private func tellFacts() {
    while factsTold < bank.facts.count {
      let truth = blaster.truth(bank.facts[factsTold])
      for part in unwritten(below: truth) { define(part) }
      process.tell("(assert \(name(truth)))")
      factsTold += 1
    }
  }

  private func assignment() throws(SolverFailure) -> Assignment {
    var assignment = Assignment()
    guard !unknowns.isEmpty else { return assignment }
    let names = unknowns.map { "|\($0)|" }.joined(separator: " ")
    for (name, value) in ModelReader.read(try process.ask("(get-value (\(names)))")) {
      assignment.booleans[name] = value == "true"
    }
    for (name, number) in blaster.unknowns {
      let digits = number.digits.enumerated().filter { assignment.holds($0.element, in: bank) }
      assignment.integers[name] = number.offset + digits.reduce(0) { $0 + (1 << Int128($1.offset)) }
    }
    return assignment
  }

  // MARK: Writing

  /// What a term is made of and is not defined yet, parts first.
  private func unwritten(below term: Term) -> [Term] {
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

  private func define(_ term: Term) {
    isWritten[term.place] = true
    func list(_ terms: [Term]) -> String { terms.map(name).joined(separator: " ") }
    let body: String
    switch bank.node(term) {
    case .constant, .not: return
    case .boolean(let name):
      unknowns.append(name)
      process.tell("(declare-const |\(name)| Bool)")
      return
    case .all(let parts): body = "(and \(list(parts)))"
    case .any(let parts): body = "(or \(list(parts)))"
    case .choose(let condition, let first, let second): body = "(ite \(list([condition, first, second])))"
    case .whole, .integer, .sum, .times, .isAtMost: preconditionFailure("numbers are told as truths")
    }
    // Not `define-fun`, which the solver replaces by its text wherever it stands; parts shared by many would be gone through
    // for each of them.
    process.tell("(declare-const t\(term.place) Bool)")
    process.tell("(assert (= t\(term.place) \(body)))")
  }
}

/// Reads the values of a model: `((a true) (|b#0| false))`. Names hold no blanks and no brackets.
private enum ModelReader {
  static func read(_ text: String) -> [(name: String, value: String)] {
    var result: [(String, String)] = []
    for pair in text.split(separator: "(") {
      let words = pair.split { $0 == " " || $0 == ")" || $0 == "\n" }.map(String.init)
      if let name = words.first {
        result.append((name.filter { $0 != "|" }, words.count > 1 ? words[1] : ""))
      }
    }
    return result
  }
}
