import ArgumentParser
import RuleAnalysis

/// Tells a person why nothing can be proved.
///
/// - Parameter instead: what can be had without a solver, behind `or`.
func solverFailed(_ failure: SolverFailure, instead: String? = nil) -> ExitCode {
  switch failure {
  case .notFound(let program):
    let alternative = instead.map { ", or \($0)" } ?? ""
    Console.report(
      "The solver `\(program)` was not found, so nothing can be proved. Install it (Debian: `apt-get install z3`)"
        + "\(alternative).\n")
  case .broke(let reason): Console.report("The solver broke, so nothing was proved: \(reason)\n")
  }
  return ExitStatus.noProof.error
}
