import Cores
public import RuleEngine

/// How much of a rulebook its cases reach, by the reference evaluator.
///
/// Only cases that get their plan count: what a broken case reaches, nobody has looked at.
public struct Coverage: Sendable {
  /// What reached a figure, of how many.
  public struct Count: Sendable {
    public var figure: CoverageFigure
    public var reached: Int
    public var total: Int

    public init(figure: CoverageFigure, reached: Int, total: Int) {
      self.figure = figure
      self.reached = reached
      self.total = total
    }

    /// In tenths of a percent, never rounded up: of 9,996 in 10,000 it is 999. Where nothing can be reached, all is.
    public var permille: Int { total == 0 ? 1000 : reached * 1000 / total }

    /// Whether it is at least so many percent, exactly.
    public func reaches(_ percent: Number) -> Bool {
      total == 0 || percent * Number(total) <= Number(reached * 100)
    }
  }

  public let counts: [Count]
  /// What was not reached, in the order of elements.
  public let missing: [CoverageGoal]
  /// How many cases got their plan, and so counted.
  public let caseCount: Int

  /// Runs the cases and sees what those reach that get their plan.
  public static func measure(_ cases: [Case], _ program: Program) -> Coverage {
    let goals = CoverageGoal.all(of: program)
    let reached = inParallel(cases) { aCase -> [Bool]? in
      let evaluation = Evaluator.evaluate(program, aCase.intake)
      guard CaseRunner.passes(aCase, evaluation) else { return nil }
      return goals.map { $0.isReached(by: evaluation) }
    }.compactMap(\.self)
    let hits = goals.indices.map { goal in reached.contains { $0[goal] } }
    let counts = CoverageFigure.allCases.map { figure in
      let own = goals.indices.filter { goals[$0].figure == figure }
      return Count(figure: figure, reached: own.count { hits[$0] }, total: own.count)
    }
    return Coverage(
      counts: counts, missing: goals.indices.filter { !hits[$0] }.map { goals[$0] }, caseCount: reached.count)
  }
}
