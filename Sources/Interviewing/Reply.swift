import SourceText

/// What a typed line means: an answer to the question, or a command.
///
/// ```
/// 2                  an answer
/// s                  skip for now
/// /back              a command for sure, whatever the question
/// work.hours: days   an answer to that question, for scripts
/// ```
///
/// An answer comes before a command: where `back` is an option of the question, it is the option, and `/back` the command.
enum Reply: Equatable {
  case nothing
  case answer(String)
  /// An answer to a question that is named, whichever is asked.
  case answerTo(fact: String, String)
  case declined
  case doesNotKnow
  case skip
  case back
  /// To change an answer: words of it, or its number; without words, the list.
  case change(String)
  /// To a section: words of its title, or its number; without words, the list.
  case go(String)
  case total
  case all
  case plan
  case help
  case quit
  case noCommand(String)

  private static let commands: [String: Reply] = [
    "all": .all, "back": .back, "change": .change(""), "declined": .declined, "does_not_know": .doesNotKnow,
    "go": .go(""), "help": .help, "plan": .plan, "quit": .quit, "skip": .skip, "total": .total,
  ]
  private static let short = [
    "?": "help", "a": "all", "b": "back", "c": "change", "d": "declined", "dk": "does_not_know", "exit": "quit",
    "g": "go", "h": "help", "p": "plan", "q": "quit", "s": "skip", "t": "total",
  ]
  private static let long = [
    "does not know": "does_not_know", "don't know": "does_not_know", "dont know": "does_not_know",
  ]

  /// - Parameters:
  ///   - question: what is asked; `nil` where nothing is.
  ///   - facts: the names of all facts.
  init(_ line: String, to question: Question?, facts: Set<String>) {
    let text = line.trimmed
    let lowered = text.lowercased()
    guard !text.isEmpty else {
      self = .nothing
      return
    }
    if let colon = text.firstIndex(of: ":"), facts.contains(text[..<colon].trimmed) {
      self = .answerTo(fact: text[..<colon].trimmed, text[text.index(after: colon)...].trimmed)
      return
    }
    let isForced = text.hasPrefix("/")
    let isOption = question?.options.contains { $0.name == lowered || $0.label.lowercased() == lowered } ?? false
    let words = (isForced ? String(lowered.dropFirst()) : lowered).split(separator: " ", maxSplits: 1).map(String.init)
    let name = Self.long[words.joined(separator: " ")] ?? words.first.map { Self.short[$0] ?? $0 } ?? ""
    let rest = words.count > 1 && Self.long[words.joined(separator: " ")] == nil ? words[1].trimmed : ""
    switch Self.commands[name] {
    case _ where isOption && !isForced: self = .answer(text)
    case .change?: self = .change(rest)
    case .go?: self = .go(rest)
    case let command? where rest.isEmpty: self = command
    default: self = isForced ? .noCommand(name) : .answer(text)
    }
  }

  /// In a list that was just shown, a number stands for its row.
  func chosen(from list: InterviewPage?) -> Reply {
    guard case .answer(let text) = self, Int(text) != nil else { return self }
    switch list {
    case .answers?: return .change(text)
    case .sections?: return .go(text)
    case .help?, .plan?, nil: return self
    }
  }

  /// The command that was probably meant by a word.
  static func likelyCommand(_ word: String) -> String? { likelyMeant(word, among: commands.keys) }
}
