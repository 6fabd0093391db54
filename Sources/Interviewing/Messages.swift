import RuleEngine

/// The words of all messages, in the order of their names.
extension Message {
  static let askedAll = Message(.askedAll, "Every question that applies has been asked.")

  static let asksAll = Message(
    .asksAll, "From here on every question is asked, also those that cannot change the plan.")

  static let asksNeeded = Message(.asksNeeded, "From here on only what the plan needs is asked.")

  public static let changedElsewhere = Message(
    .changedElsewhere, "Somebody else has changed this record meanwhile; the plan follows that, too.")

  static func comesBack(_ labels: [String]) -> Message {
    Message(.comesBack, "Counts again, as it was answered before: \(labels.joined(separator: "; ")).")
  }

  static func doesNotApply(_ label: String) -> Message {
    Message(.doesNotApply, "“\(label)” does not apply to this person now, or it is not known yet whether it does.")
  }

  static func impossible(_ because: String) -> Message {
    Message(
      .contradiction,
      "That cannot be together with an earlier answer: \(because) Answer differently, or type c to mend the earlier one."
    )
  }

  static func keptAside(_ labels: [String]) -> Message {
    Message(
      .keptAside, "Kept aside, since it no longer applies: \(labels.joined(separator: "; ")). It comes back if it does."
    )
  }

  static func memberTwice(_ label: String) -> Message {
    Message(.memberTwice, "“\(label)” stands there twice, and not the same way. Type each answer once.")
  }

  static func noParameterInForce(first: String) -> Message {
    Message(.contradiction, "The rules do not go back to that day; they hold from \(first).", correction: first)
  }

  static func noSuchAnswer(_ words: String, near: String?) -> Message {
    Message(
      .noSuchAnswer, "No answer is called “\(words)”. Type c for the list of answers.",
      correction: near.map { "c \($0)" })
  }

  static func noSuchCommand(_ word: String, near: String?) -> Message {
    Message(.noSuchCommand, "There is no command “/\(word)”. Type h for help.", correction: near.map { "/\($0)" })
  }

  static func noSuchDay(_ text: String) -> Message {
    Message(.noSuchDay, "There is no day \(text) in the calendar.")
  }

  static func noSuchSection(_ words: String, near: String?) -> Message {
    Message(
      .noSuchSection, "No section is called “\(words)”. Type g for the list of sections.",
      correction: near.map { "g \($0)" })
  }

  static let noTotal = Message(
    .noTotal,
    "This question is no part of a score whose total could be entered. Answer it, or type s to skip it for now.")

  static let noneAndSome = Message(
    .noneAndSome, "0 means none of these, so nothing can stand beside it. Type 0 alone, or only the numbers that fit.")

  static func notADate(correction: String?) -> Message {
    Message(
      .notADate, "Type a day as year-month-day, such as 2026-11-23, or today, yesterday, 3 days ago, 2 weeks ago.",
      correction: correction)
  }

  static func noLongerFirst(_ labels: [String]) -> Message {
    Message(
      .noLongerFirst,
      "No longer a first step after this answer: \(labels.joined(separator: "; ")). Make sure that the answer is right."
    )
  }

  /// - Parameter isSigned: whether the record was signed, and not only reviewed.
  public static func notADraft(isSigned: Bool) -> Message {
    Message(
      .notADraft,
      isSigned
        ? "This assessment was signed. A change begins a new version; the signed one stays as it is."
        : "This assessment was reviewed. A change makes it a draft again.")
  }

  static func notANumber(_ range: String, correction: String?) -> Message {
    Message(.notANumber, "Type a number from \(range).", correction: correction)
  }

  static func notAnOption(_ word: String, count: Int, several: Bool, correction: String?) -> Message {
    let how =
      several
      ? "the numbers that fit, such as 1 3, or 0 for none of these" : "a number from 1 to \(count), or the word itself"
    return Message(.notAnOption, "“\(word)” is none of the answers. Type \(how).", correction: correction)
  }

  /// - Parameter reason: in the system's own words.
  public static func notSaved(_ reason: String) -> Message {
    Message(
      .notSaved, "It could not be written to the disk: \(reason). Nothing was recorded. Mend that, and answer again.")
  }

  static func notWhole(_ range: String, correction: String?) -> Message {
    Message(.notWhole, "Type a whole number from \(range).", correction: correction)
  }

  static func notYesOrNo(correction: String?) -> Message {
    Message(.notYesOrNo, "Type y for yes or n for no.", correction: correction)
  }

  static let nothingAsked = Message(
    .nothingAsked, "Nothing is asked now. Type c to change an answer, a to answer all the rest, or q to quit.")

  static let nothingBefore = Message(.nothingBefore, "This is the first question; there is none before it.")

  static func nothingInSection(_ title: String) -> Message {
    Message(.nothingInSection, "Nothing in “\(title)” is needed now. Type c to change an answer there.")
  }

  static let nothingTyped = Message(
    .nothingTyped, "Type an answer. If there is none: d declined, dk does not know, s skip for now.")

  static let onlyOne = Message(.onlyOne, "Only one of these counts. Type the number that fits best.")

  static func outsideRange(_ range: String) -> Message {
    Message(.outsideRange, "The answer must lie between \(range.replacing(" to ", with: " and ", maxReplacements: 1)).")
  }

  static func recorded(_ label: String, _ answer: String) -> Message {
    Message(.recorded, "\(label): \(answer)")
  }

  /// - Parameter version: of the rulebook that asks now.
  public static func rulesChanged(_ version: String) -> Message {
    Message(
      .rulesChanged, "The rules have changed since this interview began; the plan now follows version \(version).")
  }

  static func severalAnswers(_ words: String) -> Message {
    Message(.severalAnswers, "Several answers fit “\(words)”. Type c and the number of one.")
  }

  static let skipped = Message(.skipped, "Skipped for now; it comes again at the end.")

  static func skippedNow(_ count: Int) -> Message {
    Message(
      .skippedNow, count == 1 ? "Now the question that was skipped." : "Now the \(count) questions that were skipped.")
  }

  static let strangeKeys = Message(
    .strangeKeys, "There was a key among these that does nothing here, such as an arrow. Type it again without.")

  static let tooLong = Message(.tooLong, "That is too long for an answer. Type it in fewer words.")

  static func totalDisagrees(_ total: String) -> Message {
    Message(
      .contradiction,
      "That does not fit “\(total)”: the total is not what its items add up to. Answer differently, or type c to mend the other."
    )
  }

  static func wrongUnit(_ range: String, correction: String?) -> Message {
    Message(.wrongUnit, "Type the number alone, from \(range).", correction: correction)
  }
}
