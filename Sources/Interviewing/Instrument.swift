import RuleEngine

/// Several facts whose values are added up, such as the nine items of a questionnaire. They are asked one after the other.
public struct Instrument: Sendable, Equatable {
  /// The place of the sum in the program; its label is the name of the instrument.
  public let sum: Int
  /// The places of its items, as the rulebook presents them.
  public let items: [Int]
  /// The fact that takes the total instead of the items, if there is one.
  public let total: Int?

  /// All instruments of a program, by the name of their sums.
  ///
  /// - Parameter order: all facts, as they are presented.
  static func all(in program: Program, order: [Int]) -> [Instrument] {
    program.variables.indices.compactMap { index in
      guard case .derived(.sum(let parts, let total)) = program.variables[index].kind else { return nil }
      let below = program.facts(below: parts)
      guard below.count > 1 else { return nil }
      return Instrument(sum: index, items: order.filter(below.contains), total: total)
    }
  }
}
