public import RuleEngine

/// The least that cases must reach, figure by figure.
///
/// ```swift
/// try CoverageGate("rules=100,clauses=90,clauses-unknown=50")
/// ```
///
/// A group, such as `clauses`, stands for its figures, each of which must reach the minimum by itself; a figure that is
/// named, too, has its own.
public struct CoverageGate: Sendable {
  /// What can be wrong with its text.
  public enum Problem: Error, Equatable {
    /// Not `figure=percent`.
    case shape(String)
    case unknownFigure(String, candidates: [String])
    /// Not a number from 0 to 100.
    case notAPercentage(String)
  }

  public let minimums: [CoverageFigure: Number]

  public init(_ text: String) throws(Problem) {
    var groups: [String: Number] = [:]
    var figures: [String: Number] = [:]
    let names = CoverageFigure.allCases.map(\.rawValue)
    let groupNames = Set(CoverageFigure.allCases.map(\.group))
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2 else { throw .shape(String(part)) }
      guard let percent = Number(sides[1]), percent >= .zero, percent <= Number(100) else {
        throw .notAPercentage(sides[1])
      }
      if groupNames.contains(sides[0]) {
        groups[sides[0]] = percent
      } else if names.contains(sides[0]) {
        figures[sides[0]] = percent
      } else {
        throw .unknownFigure(sides[0], candidates: groupNames.sorted() + names)
      }
    }
    var minimums: [CoverageFigure: Number] = [:]
    for figure in CoverageFigure.allCases { minimums[figure] = figures[figure.rawValue] ?? groups[figure.group] }
    self.minimums = minimums
  }

  /// The counts that are below their minimum, with it.
  public func failures(of coverage: Coverage) -> [(count: Coverage.Count, minimum: Number)] {
    coverage.counts.compactMap { count in
      guard let minimum = minimums[count.figure], !count.reaches(minimum) else { return nil }
      return (count, minimum)
    }
  }
}
