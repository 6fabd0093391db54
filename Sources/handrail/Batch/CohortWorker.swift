import IntakeReading
import RuleAnalysis
import RuleEngine

/// Counts what plans come out as.
final class CohortWorker: LineWorker, @unchecked Sendable {
  let tally: CohortTally

  init(_ work: LineWork) throws(CSVIntakeReader.Problem) {
    tally = CohortTally(work.program)
    try super.init(work, chunkSize: 128 * 1024)
  }

  override func take(line: Int, _ name: LineName) {
    tally.count(machine, assumed: assumed, statuses, intake)
  }
}
