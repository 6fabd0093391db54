import RuleEngine

/// How far a line could be read at once.
package enum QuickReading: Equatable {
  /// Its answers stand in the intake.
  case read
  /// It is not JSON, or no object.
  case notJSON
  /// Something about it is unusual or wrong: the reader of intakes must read it.
  case unsure
}

/// Writes answers given as bytes into an ``AnswerSheet``.
struct IntakeBytes {
  let names: FactNames

  /// Takes one value, given as text; whether it could.
  @inline(__always)
  func take<Sheet: AnswerSheet & ~Copyable>(
    _ text: UnsafeRawPointer, length: Int, for fact: Int, into intake: borrowing Sheet
  ) -> Bool {
    switch names.kinds[fact] {
    case .yesNo, .options:
      if let option = names.option(text, length: length, of: fact) {
        intake.set(fact, option: option)
        return true
      }
    case .members: break
    case .number(let interval, let isWhole):
      if let number = AnswerBytes.number(text, length: length), interval.contains(number), !isWhole || number.isWhole {
        intake.set(fact, number: number)
        return true
      }
    case .date(let interval):
      if let day = AnswerBytes.date(text, length: length), interval.contains(day) {
        intake.set(fact, number: day)
        return true
      }
    }
    return takeUnanswered(text, length: length, for: fact, into: intake)
  }

  private func takeUnanswered<Sheet: AnswerSheet & ~Copyable>(
    _ text: UnsafeRawPointer, length: Int, for fact: Int, into intake: borrowing Sheet
  ) -> Bool {
    switch AnswerWord(text, length: length) {
    case .declined: intake.setDeclined(fact)
    case .doesNotKnow: intake.setDoesNotKnow(fact)
    default: return false
    }
    return true
  }
}

/// Words that can stand for every answer, or for every member.
enum AnswerWord {
  case yes
  case no
  case declined
  case doesNotKnow

  private static let words: [(word: AnswerWord, bytes: [UInt8])] = [
    (.yes, Array("yes".utf8)), (.no, Array("no".utf8)), (.declined, Array("declined".utf8)),
    (.doesNotKnow, Array("does_not_know".utf8)),
  ]

  init?(_ text: UnsafeRawPointer, length: Int) {
    let text = UnsafeRawBufferPointer(start: text, count: length)
    guard let found = Self.words.first(where: { $0.bytes.elementsEqual(text) }) else { return nil }
    self = found.word
  }

  var member: Answer.Member {
    switch self {
    case .yes: .yes
    case .no: .no
    case .declined: .declined
    case .doesNotKnow: .doesNotKnow
    }
  }
}
