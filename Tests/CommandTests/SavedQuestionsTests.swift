import Foundation
import TestSupport
import Testing

/// What `check --save-queries` writes.
struct SavedQuestionsTests {
  /// Several items in a score that is monotone, several facts that may be declined, and a rule that nobody
  /// reaches, not even who declines.
  private static let rules = """
    rulebook: {name: saved, version: 1.0.0}
    sources: {s: {title: S, kind: policy, confirmed: yes}}
    facts:
      a: {ask: A?, type: integer, range: 0 to 3}
      b: {ask: B?, type: integer, range: 0 to 3}
      c: {ask: C?, type: integer, range: 0 to 3}
      d: {ask: D?, type: integer, range: 0 to 3}
      left: {ask: Left?, type: yes_no}
      right: {ask: Right?, type: yes_no}
      over: {ask: Over?, type: yes_no}
    derived:
      score: {label: Score, sum: [a, b, c, d]}
    decisions:
      level: {type: choice, ordered: [low, high], combine: highest, otherwise: {value: low, because: Else., sources: [s]}}
    rules:
      much:
        when: {score: at least 7}
        recommend: {level: high}
        because: So.
        sources: [s]
      unsure:
        when: {any: [{left: declined}, {right: does_not_know}, {over: declined}]}
        recommend: {level: high}
        because: So.
        sources: [s]
      nobody:
        when: {all: [{score: at least 7}, {score: at most 6}]}
        recommend: {level: high}
        because: So.
        sources: [s]
    properties:
      worse:
        why: It must.
        monotone: [score]
        decisions: [level]
    """

  /// Each run of a program stores sets and dictionaries in another order; nothing that is asked may depend on it.
  @Test func areTheSameInEachRun() throws {
    try withTemporaryFolder { folder in
      try Self.rules.write(toFile: "\(folder)/rules.yaml", atomically: true, encoding: .utf8)
      func scripts(_ run: Int) throws -> [String: String] {
        _ = try HandrailProcess.run(["check", "\(folder)/rules.yaml", "--save-queries", "\(folder)/\(run)"])
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(run)")
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try Corpus.text(of: "\(folder)/\(run)/\($0)")) })
      }
      let first = try scripts(0)
      for run in 1...4 { #expect(try scripts(run) == first, "run \(run)") }
      #expect(first["properties.smt2"]?.contains("; property: worse, level") == true)
      #expect(first["effects.smt2"]?.contains("; among those who decline") == true)
      #expect(first.values.contains { $0.contains("(set-info :status ") })
    }
  }
}
