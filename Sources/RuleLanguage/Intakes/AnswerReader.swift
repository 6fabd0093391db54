package import RuleEngine
package import SourceText

/// Reads one answer by the type of its fact.
package struct AnswerReader {
  let name: String
  let domain: Domain
  /// In JSON, `true` and `false` are yes and no.
  let isJSON: Bool

  package init(name: String, domain: Domain, isJSON: Bool = false) {
    self.name = name
    self.domain = domain
    self.isJSON = isJSON
  }

  /// A single word or amount, as it could stand in an intake: `evening`, `6 hours a week`, `2026-11-23`, `declined`.
  package func read(word: String) -> Result<Answer, AnswerProblem> {
    read(word, .start(of: ""))
  }

  /// The answer, or `nil` for what is none.
  func answer(_ node: YAMLNode) -> Answer? {
    if case .success(let answer) = read(node) { answer } else { nil }
  }

  func read(_ node: YAMLNode) -> Result<Answer, AnswerProblem> {
    switch (domain, node.content) {
    case (.members(let names), .list(let items)):
      var members = names.map { _ in Answer.Member.no }
      for item in items {
        guard let word = item.scalar?.value.text, let index = names.firstIndex(of: word) else {
          return .failure(.notAnOption(word: item.scalar?.value.text, options: names, range: item.range))
        }
        members[index] = .yes
      }
      return .success(.members(members))
    case (.members(let names), .map(let entries)):
      return self.members(names, entries)
    case (_, .scalar(let scalar)):
      return read(scalar.text, node.range)
    default:
      return .failure(.shape(range: node.range))
    }
  }

  private func members(_ names: [String], _ entries: [YAMLEntry]) -> Result<Answer, AnswerProblem> {
    var members = names.map { _ in Answer.Member.notAsked }
    for entry in entries {
      guard let index = names.firstIndex(of: entry.key.value) else {
        return .failure(.notAnOption(word: entry.key.value, options: names, range: entry.key.range))
      }
      let words: [String: Answer.Member] = [
        "yes": .yes, "no": .no, "declined": .declined, "does_not_know": .doesNotKnow, "": .notAsked,
      ]
      var text = entry.value.scalar?.value.text ?? "?"
      if isJSON { text = ["true": "yes", "false": "no", "null": ""][text] ?? text }
      guard let member = words[text] else {
        return .failure(
          .notAnOption(word: text, options: ["yes", "no", "declined", "does_not_know"], range: entry.value.range))
      }
      members[index] = member
    }
    return .success(.members(members))
  }

  private func read(_ text: String, _ range: SourceRange) -> Result<Answer, AnswerProblem> {
    if text == "declined" { return .success(.declined) }
    if text == "does_not_know" { return .success(.doesNotKnow) }
    switch domain {
    case .options(let names, _):
      let word = isJSON && domain == .yesNo ? ["true": "yes", "false": "no"][text] ?? text : text
      guard let index = names.firstIndex(of: word) else {
        return .failure(.notAnOption(word: text, options: names, range: range))
      }
      return .success(.option(index))
    case .members(let names):
      return .failure(
        names.contains(text) ? .notAList(range: range) : .notAnOption(word: text, options: names, range: range))
    case .numbers, .dates:
      // The same reading as in rules; its findings are told apart, since an answer must not be printed.
      var found: [Diagnostic] = []
      let values = ValueReader(parameters: [:], parameterDomains: [])
      guard let number = values.number(Spanned(text, range), in: domain, of: "`\(name)`", &found) else {
        let isOutside = found.first?.id == DiagnosticID.outsideDomain.rawValue
        return .failure(
          isOutside ? .outside(range: range) : .notANumber(text: text, hint: found.first?.fixIts.first, range: range))
      }
      return .success(.number(number))
    }
  }
}

/// What is wrong with an answer, without the answer.
package enum AnswerProblem: Error {
  case notAnOption(word: String?, options: [String], range: SourceRange)
  case notAList(range: SourceRange)
  case notANumber(text: String, hint: Diagnostic.FixIt?, range: SourceRange)
  case outside(range: SourceRange)
  case shape(range: SourceRange)
}
