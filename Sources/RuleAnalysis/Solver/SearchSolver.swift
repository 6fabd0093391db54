/// Answers with a ``Search`` of its own for each question.
///
/// Questions of a few ten thousand clauses that are answered after a few thousand contradictions take it a quarter of the time
/// that a solver for everything takes, and no text has to be written and read. Each saved question carries the answer
/// (`:status`), which another solver confirms or not.
final class SearchSolver: Solver {
  private let bank: TermBank
  private var blaster: BitBlaster
  private var writer: ScriptWriter?
  private(set) var script = ""
  /// How many literals one question may propagate: some ten times what the hardest of the shipped rulebook takes.
  private static let mostSteps = 100_000_000

  init(_ bank: TermBank, keepsTranscript: Bool = false) {
    self.bank = bank
    blaster = BitBlaster(bank)
    if keepsTranscript {
      writer = ScriptWriter(bank)
      script = ScriptWriter.head
    }
  }

  func ask(_ formula: Term, _ comment: String, takesLong: Bool) -> SolverAnswer {
    if formula == .no { return .never }
    let answer = answer(formula)
    if var writer {
      script += writer.begin(formula, comment, &blaster)
      script += "(set-info :status \(answer.status))\n(check-sat)\n"
      script += writer.end()
      self.writer = writer
    }
    return answer
  }

  private func answer(_ formula: Term) -> SolverAnswer {
    let truths = ([formula] + bank.facts).map { blaster.truth($0) }
    var (search, unknowns) = ClauseEncoder.search(truths, in: bank)
    defer { search.free() }
    switch search.run(steps: Self.mostSteps) {
    case .never: return .never
    case .gaveUp: return .gaveUp("the search took more than \(Self.mostSteps) steps")
    case .possible(let values):
      return .possible(blaster.values(of: Set(unknowns.filter { values[$0.variable] }.map(\.name))))
    }
  }
}

extension SolverAnswer {
  /// In the words of SMT-LIB.
  fileprivate var status: String {
    switch self {
    case .never: "unsat"
    case .possible: "sat"
    case .gaveUp: "unknown"
    }
  }
}
