import SourceText

/// All messages about the shape of a rulebook, in the order of their names.
extension Diagnostic {
  static func badID(_ id: Spanned<String>, what: String) -> Diagnostic {
    let better = id.value.lowercased().replacing("_", with: "-").replacing(" ", with: "-")
    return Diagnostic(
      .badName,
      "`\(id.value)` is not a name for \(what); use small letters, digits and hyphens, such as `keep-the-day-job`",
      at: id.range,
      fixIts: better.isKebab ? [FixIt("write `\(better)`", replace: id.range, with: better)] : [])
  }

  static func badName(_ name: Spanned<String>, what: String) -> Diagnostic {
    if name.value.contains(":") { return .missingSpace(name, isPersonal: false) }
    let better = name.value.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    return Diagnostic(
      .badName,
      "`\(name.value)` is not a name for \(what); use small letters, digits and underscores, such as "
        + (["an option", "a row", "a band", "an item of a catalogue"].contains(what)
          ? "`paid_work`" : "`work.hours_per_week`"),
      at: name.range,
      fixIts: better.isName ? [FixIt("write `\(better)`", replace: name.range, with: better)] : [])
  }

  static func cannotSuppress(_ id: Spanned<String>) -> Diagnostic {
    Diagnostic(
      .cannotSuppress,
      "`\(id.value)` cannot be suppressed, since a rulebook with such a mistake gives no plan; mend what it tells",
      at: id.range)
  }

  static func duplicateName(_ name: Spanned<String>, what: String, first: SourceRange) -> Diagnostic {
    Diagnostic(
      .duplicateName, "the \(what) `\(name.value)` is declared twice; give one another name, or delete it",
      at: name.range,
      notes: [Note("the first one is here", at: first)])
  }

  static func expectsNothing(_ what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.missingKey, "\(what) expects nothing; write `expect:`, `because:` or `needs:`", at: range)
  }

  static func expectsTwice(_ what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .contradictsItself, "\(what) has both `expect` and `exactly`; keep `exactly` if the plan may hold nothing else",
      at: range)
  }

  static func familyIsEmpty(_ id: Spanned<String>, lacks what: String) -> Diagnostic {
    Diagnostic(.tableShape, "`each` of the case `\(id.value)` has no \(what), so it is no case at all", at: id.range)
  }

  static func holdsNoCondition(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unexpectedShape, "this holds no condition; write one, or `when: always` for a rule that always applies",
      at: range)
  }

  static func invalidValue(_ word: Spanned<String>, what: String, expected: [String]) -> Diagnostic {
    Diagnostic(
      .invalidValue, "`\(word.value)` is not \(what); expected \(expectedList(expected))", at: word.range,
      fixIts: FixIt.didYouMean(word, among: expected))
  }

  static func missingBecause(in what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .missingBecause, "\(what) has no `because`; say in a sentence why, in words for the person it is about", at: range
    )
  }

  static func missingKey(_ key: String, in what: String, at range: SourceRange) -> Diagnostic {
    if key == "because" { return .missingBecause(in: what, at: range) }
    if key == "sources" { return .missingSources(in: what, at: range) }
    return Diagnostic(.missingKey, "\(what) needs `\(key):`", at: range)
  }

  static func missingSources(in what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .missingSources,
      "\(what) has no `sources`; name at least one, declared under `sources:`, if only a policy or a judgment",
      at: range)
  }

  static func notALanguage(_ key: Spanned<String>) -> Diagnostic {
    Diagnostic(
      .unexpectedShape,
      "`\(key.value)` is not a language; a text is one text, or one for each language such as `en:` and `es:`",
      at: key.range, notes: [Note("put a text that contains `: ` or begins with `{` in quotes")])
  }

  static func notTakesOne(_ key: Spanned<String>, count: Int) -> Diagnostic {
    Diagnostic(
      .notTakesOne,
      "`not:` takes exactly one condition, and here are \(count); write `not: {all: …}` if not all of them hold together, "
        + "`not: {any: …}` if none of them may hold",
      at: key.range)
  }

  static func notYesOrNo(_ word: Spanned<String>) -> Diagnostic {
    let lowered = word.value.lowercased()
    let meant = [
      "y": "yes", "yes": "yes", "true": "yes", "on": "yes", "n": "no", "no": "no", "false": "no", "off": "no",
    ]
    let fixIts = meant[lowered].map { [FixIt("did you mean `\($0)`?", replace: word.range, with: $0)] } ?? []
    return Diagnostic(.valueMisfit, "`\(word.value)` is neither `yes` nor `no`", at: word.range, fixIts: fixIts)
  }

  static func otherConnective(_ key: Spanned<String>) -> Diagnostic {
    let meant =
      ["or": "any", "either": "any", "and": "all", "both": "all", "if": "when", "none": "not"][key.value] ?? "all"
    return Diagnostic(
      .unknownKey, "conditions are joined by `all:`, `any:`, `not:`, `unless:` and `at_least:`, not by `\(key.value)`",
      at: key.range, fixIts: [FixIt("did you mean `\(meant)`?", replace: key.range, with: meant)])
  }

  static func standsTwice(
    _ word: Spanned<String>, what: String, first: SourceRange, advice: String = "keep one"
  ) -> Diagnostic {
    Diagnostic(
      .duplicateName, "the \(what) `\(word.value)` stands twice; \(advice)", at: word.range,
      notes: [Note("the first one is here", at: first)])
  }

  static func suppressionUnneeded(_ suppression: Suppression) -> Diagnostic {
    Diagnostic(
      .suppressionUnneeded, "nothing here gives the finding `\(suppression.id)` any more; delete this suppression",
      at: suppression.place)
  }

  static func unexpectedShape(_ node: YAMLNode, expected: String) -> Diagnostic {
    Diagnostic(.unexpectedShape, "found \(node.kind) where \(expected) is expected", at: node.range)
  }

  static func unknownKey(_ key: Spanned<String>, in what: String, expected: [String]) -> Diagnostic {
    if key.value.contains(":"), !key.value.contains(" ") { return .missingSpace(key, isPersonal: false) }
    let meant = meantKey(key.value, among: expected)
    return Diagnostic(
      .unknownKey, "\(what) has no key `\(key.value)`; expected \(expectedList(expected))", at: key.range,
      fixIts: meant.map { [FixIt("did you mean `\($0)`?", replace: key.range, with: $0)] } ?? [])
  }

  /// The key that was probably meant: one spelt nearly so, or one of the same meaning.
  static func meantKey(_ word: String, among expected: [String]) -> String? {
    let synonyms = [
      "choices": "options", "cite": "sources", "condition": "when", "default": "otherwise", "description": "help",
      "exclude": "rule_out", "if": "when", "name": "label", "question": "ask", "reason": "because", "text": "ask",
      "then": "recommend", "values": "options",
    ]
    return likelyMeant(word, among: expected + [RulebookParser.suppressionKey])
      ?? synonyms[word].flatMap { expected.contains($0) ? $0 : nil }
  }

  static func unknownSection(
    _ key: Spanned<String>, of what: String = "a rulebook", expected: [String]
  ) -> Diagnostic {
    Diagnostic(
      .unknownKey, "`\(key.value)` is not a section of \(what); expected \(expectedList(expected))", at: key.range,
      fixIts: FixIt.didYouMean(key, among: expected))
  }

  static func zeroOperations(of name: Spanned<String>, expected: [String]) -> Diagnostic {
    Diagnostic(
      .missingKey,
      "the derived fact `\(name.value)` does not say how it follows; write one of \(expectedList(expected))",
      at: name.range)
  }
}
