/// Asks one process, question by question.
final class ProcessSolver: Solver {
  private var blaster: BitBlaster
  private var writer: ScriptWriter
  private let bank: TermBank
  private let process: Z3
  /// How much work one question may take, in the solver's own steps, which are the same on every machine.
  private static let mostSteps = 60_000_000
  private static let question = "(check-sat)"

  init(_ bank: TermBank, keepsTranscript: Bool = false) throws(SolverFailure) {
    self.bank = bank
    blaster = BitBlaster(bank)
    writer = ScriptWriter(bank)
    process = try Z3(keepsTranscript: keepsTranscript)
    process.tell(ScriptWriter.head)
    process.tell("(set-option :rlimit \(Self.mostSteps))\n")
  }

  var script: String { process.transcript }

  func ask(_ formula: Term, _ comment: String, takesLong: Bool) throws(SolverFailure) -> SolverAnswer {
    if formula == .no { return .never }
    process.tell(writer.begin(formula, comment, &blaster))
    defer { process.tell(writer.end()) }
    // What Z3 has for truths alone takes half the time where that is long, and more where it is short: it begins with the whole
    // script each time.
    switch try process.ask(takesLong ? "(check-sat-using sat)" : Self.question, written: Self.question) {
    case "unsat": return .never
    case "sat": return .possible(try blaster.values(of: truths()))
    default:
      let reason = try process.ask("(get-info :reason-unknown)")
      return .gaveUp(reason)
    }
  }

  /// The unknowns that are true in the model.
  private func truths() throws(SolverFailure) -> Set<String> {
    guard !writer.unknowns.isEmpty else { return [] }
    let names = writer.unknowns.map { "|\($0)|" }.joined(separator: " ")
    let values = ModelReader.read(try process.ask("(get-value (\(names)))"))
    return Set(values.filter { $0.value == "true" }.map(\.name))
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
