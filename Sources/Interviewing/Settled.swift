public import RuleEngine

/// One thing of the plan that no missing answer can change any more.
public struct Settled: Sendable, Equatable {
  /// `track`, `level_of_care.intensive`; with the item of a menu: `first_steps.first_session`.
  public var name: String
  public var label: String
  /// In words: `Evening`, `Within 48 hours`.
  public var value: String
  /// Whether it is a first step, to be done whatever else is open.
  public var isFirstStep: Bool
}

extension Plan {
  /// What is settled, the first steps before the rest.
  public var settled: [Settled] {
    let all = decisions.flatMap(\.settled)
    return all.filter(\.isFirstStep) + all.filter { !$0.isFirstStep }
  }
}

extension DecisionPlan {
  /// The family of decisions whose items are first steps.
  public static let firstSteps = "first_steps"

  fileprivate var settled: [Settled] {
    if isMenu {
      return values.filter { $0.isSettled && $0.possible.isEmpty }.map { value in
        Settled(
          name: "\(name).\(value.name)", label: value.label, value: value.amount ?? "",
          isFirstStep: family == Self.firstSteps)
      }
    }
    guard status == .settled || status == .settledRegardless else { return [] }
    let words = values.map(\.label).joined(separator: ", ")
    return [Settled(name: name, label: label, value: words.isEmpty ? "none" : words, isFirstStep: false)]
  }
}
