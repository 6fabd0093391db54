import Cores
import RuleEngine

/// Counts the intakes that come out otherwise.
struct ChangeCounter {
  private let base: Program
  private let head: Program
  private let places: [ComparedPlace]

  init(_ base: Program, _ head: Program) {
    self.base = base
    self.head = head
    places = ComparedPlace.all(base, head)
  }

  /// - Parameter intakes: each with its name, if that may be told, as both read it.
  func count(_ intakes: [(name: String?, base: Intake?, head: Intake?)]) -> Comparison.Count {
    let kinds = inParallel(intakes) { _, one, other -> Set<Comparison.Kind>? in
      guard let one, let other else { return nil }
      let before = Evaluator.evaluate(base, one)
      let after = Evaluator.evaluate(head, other)
      return Set(places.compactMap { $0.change($0.base(before), $0.head(after)) })
    }
    var count = Comparison.Count(total: intakes.count)
    for (intake, kinds) in zip(intakes, kinds) {
      guard let kinds else {
        count.unreadable += 1
        continue
      }
      guard !kinds.isEmpty else { continue }
      count.changed.append(intake.name ?? "")
      if kinds.contains(where: \.isAboutSafety) { count.safety += 1 }
    }
    count.changed.sort()
    return count
  }
}
