import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText

/// What cases reach of a rulebook, as it stands in the JSON of a test run.
struct CoverageReport: Encodable {
  struct Figure: Encodable {
    var name: String
    var percent: String
    var reached: Int
    var total: Int
  }

  struct Missing: Encodable {
    var element: String
    var file: String?
    var line: Int?
    var figure: String
    var text: String
  }

  var cases: Int
  var figures: [Figure]
  var missing: [Missing]

  init(_ coverage: Coverage, _ rulebook: Rulebook, _ program: Program) {
    cases = coverage.caseCount
    figures = coverage.counts.map { count in
      Figure(
        name: count.figure.rawValue, percent: "\(count.permille / 10).\(count.permille % 10)", reached: count.reached,
        total: count.total)
    }
    missing = CoverageWords(rulebook, program).entries(coverage).flatMap { entry in
      entry.lines.flatMap { line in
        line.never.map { never in
          let text = line.subject.isEmpty ? "never \(never.text)" : "\(line.subject): never \(never.text)"
          return Missing(
            element: entry.name, file: entry.place?.file, line: entry.place?.start.line, figure: never.figure.rawValue,
            text: text)
        }
      }
    }
  }
}
