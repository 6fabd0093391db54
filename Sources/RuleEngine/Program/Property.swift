/// What must hold for every possible intake.
public struct Property: Sendable {
  public var id: String
  /// Why it must hold, in a sentence.
  public var why: LocalizedText?
  /// Where it must hold; intakes for which this is not surely true are not considered.
  public var when: Condition
  /// What must then surely be true.
  public var expect: Condition?
  /// The decisions must come out the same whatever is answered to these facts, and whether they are answered.
  public var independentOf: [Int]
  /// Where one of these is higher, all else equal, no decision may come out lower. A derived fact stands for its facts.
  public var monotone: [Int]
  /// Places in ``Program/decisions``; every decision if none is named.
  public var decisions: [Int]

  public init(
    id: String, why: LocalizedText?, when: Condition, expect: Condition?, independentOf: [Int], monotone: [Int],
    decisions: [Int]
  ) {
    self.id = id
    self.why = why
    self.when = when
    self.expect = expect
    self.independentOf = independentOf
    self.monotone = monotone
    self.decisions = decisions
  }
}
