/// What an interview says about what was typed: one or two sentences, and where one is known the correction.
///
/// The words of all of them stand in `Messages.swift`.
public struct Message: Sendable, Equatable {
  /// The stable name of each message. Each has a test.
  public enum ID: String, Sendable, CaseIterable {
    // About an answer: nothing was recorded.
    case contradiction
    case memberTwice = "member-twice"
    case noneAndSome = "none-and-some"
    case noSuchDay = "no-such-day"
    case notADate = "not-a-date"
    case notANumber = "not-a-number"
    case notAnOption = "not-an-option"
    case notWhole = "not-whole"
    case notSaved = "not-saved"
    case notYesOrNo = "not-yes-or-no"
    case nothingTyped = "nothing-typed"
    case onlyOne = "only-one"
    case outsideRange = "outside-range"
    case strangeKeys = "strange-keys"
    case tooLong = "too-long"
    case wrongUnit = "wrong-unit"

    // About a command: nothing has changed.
    case askedAll = "asked-all"
    case doesNotApply = "does-not-apply"
    case noSuchAnswer = "no-such-answer"
    case noSuchCommand = "no-such-command"
    case noSuchSection = "no-such-section"
    case noTotal = "no-total"
    case nothingAsked = "nothing-asked"
    case nothingBefore = "nothing-before"
    case nothingInSection = "nothing-in-section"
    case severalAnswers = "several-answers"

    // What has happened.
    case asksAll = "asks-all"
    case asksNeeded = "asks-needed"
    case changedElsewhere = "changed-elsewhere"
    case comesBack = "comes-back"
    case keptAside = "kept-aside"
    case notADraft = "not-a-draft"
    case noLongerFirst = "no-longer-first"
    case recorded
    case rulesChanged = "rules-changed"
    case skipped
    case skippedNow = "skipped-now"

    /// Whether it says that something was not taken.
    public var isRefusal: Bool {
      switch self {
      case .asksAll, .asksNeeded, .changedElsewhere, .comesBack, .keptAside, .noLongerFirst, .notADraft, .recorded,
        .rulesChanged, .skipped, .skippedNow:
        false
      default: true
      }
    }
  }

  public var id: ID
  /// Full sentences. May hold what the person answered, so it belongs on the screen of the interview and nowhere else.
  public var text: String
  /// What to type instead, if that is known; taken by pressing Enter.
  public var correction: String?

  init(_ id: ID, _ text: String, correction: String? = nil) {
    self.id = id
    self.text = text
    self.correction = correction
  }
}
