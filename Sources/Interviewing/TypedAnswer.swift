import RuleEngine
import RuleLanguage
import SourceText

/// Reads what a person typed as the answer to one question: as it could stand in an intake, and in shorter ways.
struct TypedAnswer {
  let question: Question
  let domain: Domain
  /// The day of the assessment, which `today` means.
  let today: Int?

  /// The answer, or what is wrong with it.
  func read(_ text: String) -> Result<Answer, Refusal> {
    switch domain {
    case .yesNo: yesOrNo(text)
    case .options: option(text)
    case .members: members(text)
    case .numbers(let numbers): number(text, numbers)
    case .dates: date(text)
    }
  }

  struct Refusal: Error {
    let message: Message
  }

  private func refused(_ message: Message) -> Result<Answer, Refusal> { .failure(Refusal(message: message)) }

  private func yesOrNo(_ text: String) -> Result<Answer, Refusal> {
    let word = text.lowercased()
    if ["y", "yes"].contains(word) || matches(word, 1) { return .success(.option(1)) }
    if ["n", "no"].contains(word) || matches(word, 0) { return .success(.option(0)) }
    let said = ["nope": "no", "nah": "no", "never": "no", "false": "no", "yeah": "yes", "yep": "yes", "true": "yes"]
    return refused(.notYesOrNo(correction: said[word] ?? likelyMeant(word, among: ["yes", "no"])))
  }

  // MARK: Options

  private func option(_ text: String) -> Result<Answer, Refusal> {
    if let index = place(of: text) { return .success(.option(index)) }
    let words = text.split { $0 == "," || $0 == " " }.map(String.init)
    if words.count > 1, words.allSatisfy({ place(of: $0) != nil }) { return refused(.onlyOne) }
    return refused(
      .notAnOption(text, count: question.options.count, several: false, correction: near(text)))
  }

  /// By its number, name or label.
  private func place(of text: String) -> Int? {
    if let number = Int(text), (1...max(1, question.options.count)).contains(number), !question.options.isEmpty {
      return number - 1
    }
    return question.options.indices.first { matches(text.lowercased(), $0) }
  }

  private func matches(_ lowered: String, _ option: Int) -> Bool {
    let option = question.options[option]
    return option.name == lowered || option.label.lowercased() == lowered
  }

  /// The name of the one option that begins so, or else is spelt nearly so.
  private func near(_ text: String) -> String? {
    let lowered = text.lowercased()
    let beginning = question.options.filter {
      $0.name.hasPrefix(lowered) || $0.label.lowercased().hasPrefix(lowered)
        || $0.label.lowercased().split(separator: " ").contains { $0.hasPrefix(lowered) }
    }
    if beginning.count == 1, lowered.count > 1 { return beginning[0].name }
    if let name = likelyMeant(lowered, among: question.options.map(\.name)) { return name }
    let labels = question.options.map { $0.label.lowercased() }
    return likelyMeant(lowered, among: labels).flatMap { meant in
      zip(question.options, labels).first { $0.1 == meant }?.0.name
    }
  }

  // MARK: Several options

  /// `1 3`, `alcohol, opioids`, `0`; for one of them also `2=declined`, `2=does_not_know`, and `...` behind all if the rest
  /// was not asked.
  private func members(_ text: String) -> Result<Answer, Refusal> {
    var text = text
    var rest = Answer.Member.no
    for ending in ["...", "…"] where text.hasSuffix(ending) {
      text.removeLast(ending.count)
      rest = .notAsked
    }
    var found: [Int: Answer.Member] = [:]
    var isNone = false
    for piece in pieces(text) {
      if ["0", "none"].contains(piece.lowercased()), place(of: piece) == nil {
        isNone = true
        continue
      }
      switch member(piece) {
      case .success(let (index, member)):
        if let other = found[index], other != member { return refused(.memberTwice(question.options[index].label)) }
        found[index] = member
      case .failure(let refusal): return .failure(refusal)
      }
    }
    if isNone, rest == .notAsked || found.values.contains(.yes) { return refused(.noneAndSome) }
    guard isNone || !found.isEmpty || rest == .notAsked else {
      return refused(.notAnOption(text, count: question.options.count, several: true, correction: nil))
    }
    return .success(.members(question.options.indices.map { found[$0] ?? known($0, rest) }))
  }

  /// What was recorded before stays where the rest was not asked.
  private func known(_ index: Int, _ rest: Answer.Member) -> Answer.Member {
    rest == .notAsked ? question.options[index].recorded ?? .notAsked : rest
  }

  /// At commas first, since labels hold blanks; then at blanks.
  private func pieces(_ text: String) -> [String] {
    text.split { $0 == "," || $0 == ";" }.flatMap { part -> [String] in
      let part = part.trimmed
      return place(of: part) == nil ? part.split(separator: " ").map(String.init) : [part]
    }.filter { !$0.isEmpty }
  }

  private func member(_ piece: String) -> Result<(Int, Answer.Member), Refusal> {
    let sides = piece.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
    let words: [String: Answer.Member] = [
      "d": .declined, "declined": .declined, "dk": .doesNotKnow, "does_not_know": .doesNotKnow, "n": .no, "no": .no,
      "y": .yes, "yes": .yes,
    ]
    guard let name = sides.first, let index = place(of: name) else {
      let isNone = ["n", "no", "nothing", "none of these"].contains(piece.lowercased())
      let correction =
        isNone ? "0" : pieces(question.options.count == 1 ? piece : sides.first ?? piece).first.flatMap(near)
      return .failure(
        Refusal(message: .notAnOption(piece, count: question.options.count, several: true, correction: correction)))
    }
    guard sides.count > 1 else { return .success((index, .yes)) }
    guard let member = words[sides[1].lowercased()] else {
      let correction = likelyMeant(sides[1], among: words.keys.sorted()).map { "\(name)=\($0)" }
      return .failure(
        Refusal(message: .notAnOption(piece, count: question.options.count, several: true, correction: correction)))
    }
    return .success((index, member))
  }

  // MARK: Numbers and dates

  private func number(_ text: String, _ numbers: NumberDomain) -> Result<Answer, Refusal> {
    let range = question.range ?? ""
    switch AnswerReader(name: question.fact, domain: domain).read(word: text) {
    case .success(let answer): return .success(answer)
    case .failure(.outside): return refused(.outsideRange(range))
    case .failure(.notANumber(_, let hint, _)):
      let digits = String(text.prefix { $0.isNumber || $0 == "." || $0 == "-" })
      if let number = Number(digits) {
        if digits.count < text.count, numbers.interval.contains(number), !numbers.isWhole || number.isWhole {
          return refused(.wrongUnit(range, correction: hint?.replacement ?? digits))
        }
        if numbers.isWhole, !number.isWhole { return refused(.notWhole(range, correction: nil)) }
      }
      let words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
      let spelt = words.firstIndex(of: text.lowercased()) ?? (text.lowercased() == "zero" ? 0 : nil)
      let correction = hint?.replacement ?? spelt.map(String.init)
      return refused(.notANumber(range, correction: isTaken(correction) ? correction : nil))
    case .failure: return refused(.notANumber(range, correction: nil))
    }
  }

  /// Whether a correction would itself be an answer; nothing else is offered.
  private func isTaken(_ correction: String?) -> Bool {
    guard let correction else { return false }
    if case .success = AnswerReader(name: question.fact, domain: domain).read(word: correction) { return true }
    return false
  }

  private func date(_ text: String) -> Result<Answer, Refusal> {
    let typed = TypedDate(text, today: today)
    switch typed {
    case .day(let day): return .success(.number(Number(day.days)))
    case .noSuchDay: return refused(.noSuchDay(text))
    case .perhaps(let day): return refused(.notADate(correction: day?.description))
    }
  }
}

extension StringProtocol {
  /// Without the blanks at both ends.
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
