/// Takes the answers of people, one person after the other, by the places of facts.
package protocol AnswerSheet: ~Copyable {
  /// Makes room for the next person, of whom nothing was asked yet.
  func begin()
  /// How the person answered a fact so far.
  func mark(of fact: Int) -> AnswerMark
  func isAsked(_ fact: Int, member: Int) -> Bool
  func set(_ fact: Int, option: Int)
  func set(_ fact: Int, number: Number)
  /// Records one member; the others of the fact are as they were.
  func set(_ fact: Int, member: Int, _ answer: Answer.Member)
  /// No member is in; those that are can be set then.
  func setNone(_ fact: Int)
  func setDeclined(_ fact: Int)
  func setDoesNotKnow(_ fact: Int)
}

/// How a fact, or a member of one, was answered.
package enum AnswerMark: UInt8, BitwiseCopyable {
  case notAsked
  case value
  case declined
  case doesNotKnow
}
