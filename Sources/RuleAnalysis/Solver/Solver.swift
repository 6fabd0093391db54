/// Asks whether formulas of a ``TermBank`` can hold. Keeps one process, so that what was learnt for one question helps with
/// the next.
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
  private let process: Z3
  /// How much work one question may take, in the solver's own steps, which are the same on every machine.
  private static let mostSteps = 60_000_000
  private var isWritten: [Bool] = []
  private var unknowns: [(name: String, isNumber: Bool)] = []
  private var factsTold = 0
  private var questions = 0

  init(_ bank: TermBank, keepsTranscript: Bool = false) throws(SolverFailure) {
    self.bank = bank
    process = try Z3(keepsTranscript: keepsTranscript)
    process.tell("(set-option :produce-models true)")
    // Truths and whole numbers. As bits, the same questions about the shipped rulebook take fifty times as long.
    process.tell("(set-logic QF_LIA)")
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
    questions += 1
    process.tell("; \(comment)")
    let goal = "goal\(questions)"
    process.tell("(declare-const \(goal) Bool)")
    process.tell("(assert (=> \(goal) \(written(formula))))")
    switch try process.ask("(check-sat-assuming (\(goal)))") {
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
      process.tell("(assert \(written(bank.facts[factsTold])))")
      factsTold += 1
    }
  }

  private func assignment() throws(SolverFailure) -> Assignment {
    var assignment = Assignment()
    guard !unknowns.isEmpty else { return assignment }
    let names = unknowns.map { "|\($0.name)|" }.joined(separator: " ")
    for (name, value) in ModelReader.read(try process.ask("(get-value (\(names)))")) {
      switch value {
      case "true": assignment.booleans[name] = true
      case "false": assignment.booleans[name] = false
      default: assignment.integers[name] = Int128(value) ?? 0
      }
    }
    return assignment
  }

  // MARK: Writing

  /// The name of a term, after everything it is made of was defined.
  private func written(_ term: Term) -> String {
    if isWritten.count < bank.nodes.count {
      isWritten += [Bool](repeating: false, count: bank.nodes.count - isWritten.count)
    }
    var stack = [term]
    while let next = stack.last {
      if isWritten[next.place] {
        stack.removeLast()
        continue
      }
      let missing = bank.node(next).operands.filter { !isWritten[$0.place] }
      guard missing.isEmpty else {
        stack += missing
        continue
      }
      define(next)
      isWritten[next.place] = true
      stack.removeLast()
    }
    return name(term)
  }

  private func name(_ term: Term) -> String {
    switch bank.node(term) {
    case .constant(let value): value ? "true" : "false"
    case .boolean(let name), .integer(let name): "|\(name)|"
    case .whole(let value): value < 0 ? "(- \(-value))" : "\(value)"
    case .not(let inner): "(not \(name(inner)))"
    default: "t\(term.place)"
    }
  }

  private func define(_ term: Term) {
    func list(_ terms: [Term]) -> String { terms.map(name).joined(separator: " ") }
    let body: String
    switch bank.node(term) {
    case .constant, .whole, .not: return
    case .boolean(let name):
      unknowns.append((name, false))
      process.tell("(declare-const |\(name)| Bool)")
      return
    case .integer(let name):
      unknowns.append((name, true))
      process.tell("(declare-const |\(name)| Int)")
      return
    case .all(let parts): body = "(and \(list(parts)))"
    case .any(let parts): body = "(or \(list(parts)))"
    case .choose(let condition, let first, let second): body = "(ite \(list([condition, first, second])))"
    case .sum(let parts): body = "(+ \(list(parts)))"
    case .times(let factor, let part): body = "(* \(factor < 0 ? "(- \(-factor))" : "\(factor)") \(name(part)))"
    case .isAtMost(let first, let second): body = "(<= \(list([first, second])))"
    }
    process.tell("(define-fun t\(term.place) () \(bank.isNumber(term) ? "Int" : "Bool") \(body))")
  }
}

/// Reads the values of a model: `((a true) (|b c| (- 3)))`. Names hold no blanks and no brackets.
private enum ModelReader {
  static func read(_ text: String) -> [(name: String, value: String)] {
    var result: [(String, String)] = []
    for pair in text.split(separator: "(") {
      let words = pair.split { $0 == " " || $0 == ")" || $0 == "\n" }.map(String.init)
      if words.first == "-", let last = result.indices.last {
        result[last].1 = "-" + words[1]
      } else if let name = words.first {
        result.append((name.filter { $0 != "|" }, words.count > 1 ? words[1] : ""))
      }
    }
    return result
  }
}
