import RuleEngine
import Testing

@testable import RuleAnalysis

/// Replays the examples of a comparison in the evaluator.
enum Replay {
  static func expect(_ comparison: Comparison, _ base: Program, _ head: Program, _ comment: String = "") throws {
    let places = Dictionary(uniqueKeysWithValues: ComparedPlace.all(base, head).map { ($0.name, $0) })
    for example in comparison.examples {
      let sample = PairPool.Sample(JointSession.Pair(base: example.base, head: example.head), base, head)
      let isAboutPossible = example.changes.contains { $0.kind == .possible }
      #expect(sample.isPossible != isAboutPossible, "\(comment): \(example.answers)")
      #expect(!example.changes.isEmpty, "\(comment)")
      for change in example.changes where change.kind != .asked && change.kind != .possible {
        let place = try #require(places[change.name])
        let kind = place.change(place.base(sample.before), place.head(sample.after))
        #expect(kind == change.kind, "\(comment): \(change.name) for \(example.answers)")
        #expect(change.before != change.after, "\(comment): \(change.name)")
      }
    }
  }
}
