/// Answers whether formulas of a ``TermBank`` can hold, question by question.
protocol Solver: AnyObject {
  /// Whether the formula can hold.
  ///
  /// - Parameters:
  ///   - comment: what is asked, for the saved script.
  ///   - takesLong: whether it is made of many questions to which the answer is nearly always no.
  func ask(_ formula: Term, _ comment: String, takesLong: Bool) throws(SolverFailure) -> SolverAnswer

  /// Every question so far in SMT-LIB, as a script that any solver reads; empty if it was not to be kept.
  var script: String { get }
}

extension Solver {
  func ask(_ formula: Term, _ comment: String) throws(SolverFailure) -> SolverAnswer {
    try ask(formula, comment, takesLong: false)
  }
}

/// Whether a formula can hold.
enum SolverAnswer {
  /// No intake makes it true.
  case never
  /// An intake does: the values of all terms, by their places.
  case possible([Int128])
  /// The solver gave up, for this reason.
  case gaveUp(String)
}

/// Why nothing could be proved.
public enum SolverFailure: Error, Equatable {
  /// There is no program of that name.
  case notFound(String)
  /// The process ended, or answered what is no answer.
  case broke(String)
}
