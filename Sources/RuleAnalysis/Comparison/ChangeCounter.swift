import Cores
public import RuleEngine

/// Counts the intakes that come out otherwise.
public struct ChangeCounter: Sendable {
  private let base: CompiledProgram
  private let head: CompiledProgram
  private let places: [ComparedPlace]

  public init(_ base: Program, _ head: Program) {
    self.base = CompiledProgram(base)
    self.head = CompiledProgram(head)
    places = ComparedPlace.all(base, head)
  }

  /// - Parameter persons: intakes of persons, each as both rulebooks read it, `nil` where one cannot; they are counted and never
  ///   shown.
  public func count(_ persons: [(base: Intake?, head: Intake?)]) -> Comparison.Count {
    count(persons.map { (nil, $0.base, $0.head) })
  }

  /// - Parameter intakes: each with its name, if that may be told, as both read it.
  func count(_ intakes: [(name: String?, base: Intake?, head: Intake?)]) -> Comparison.Count {
    let kinds = inParallel(Stretches.of(intakes.count)) { stretch in
      let (before, after) = (QuickEvaluator(base), QuickEvaluator(head))
      return intakes[stretch].map { _, one, other -> Set<Comparison.Kind>? in
        guard let one, let other else { return nil }
        before.read(one)
        after.read(other)
        return Set(places.compactMap { $0.change($0.base(before), $0.head(after)) })
      }
    }.joined()
    var count = Comparison.Count()
    count.total = intakes.count
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

extension Comparison.Count {
  /// Takes what was counted of others in.
  public static func += (count: inout Self, more: Self) {
    count.total += more.total
    count.changed += more.changed
    count.safety += more.safety
    count.unreadable += more.unreadable
  }
}
