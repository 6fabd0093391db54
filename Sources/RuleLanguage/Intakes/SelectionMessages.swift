import RuleEngine
import SourceText

/// All messages about what a clinician selected, in the order of their names. In an intake file none shows what was
/// selected: that is part of a person's record.
extension Diagnostic {
  static func selectedTwice(_ name: Spanned<String>, first: SourceRange) -> Diagnostic {
    Diagnostic(
      .selectionMisfit, "`\(name.value)` is selected twice; keep one", at: name.range,
      notes: [Note("the first selection is here", at: first)])
  }

  static func selectionKey(
    _ key: Spanned<String>, of name: String, keys: [String], _ isPersonal: Bool
  ) -> Diagnostic {
    let near = likelyMeant(key.value, among: keys)
    return shown(
      .selectionMisfit, "what was selected for `\(name)` has a key that is none of \(expectedList(keys))",
      at: key.range,
      "found `\(key.value)`", isPersonal,
      fixIts: near.map { [FixIt("did you mean `\($0)`?", replace: key.range, with: $0)] } ?? [])
  }

  static func selectionOfFill(_ name: Spanned<String>) -> Diagnostic {
    Diagnostic(
      .selectionMisfit,
      "`\(name.value)` takes the time that the others leave, so it cannot be selected; select the others",
      at: name.range)
  }

  static func selectionOfMany(_ name: String, hasAmounts: Bool, at range: SourceRange) -> Diagnostic {
    let expected =
      hasAmounts
      ? "a map of items and amounts, with `no` for what is left out"
      : "a list of exactly its members, or a map such as `{one: yes, other: no}`"
    return Diagnostic(.selectionMisfit, "`\(name)` has several parts; select \(expected)", at: range)
  }

  static func selectionPhase(_ name: Spanned<String>, phases: [String]) -> Diagnostic {
    Diagnostic(
      .selectionMisfit, "`\(name.value)` is decided for each phase; say which: \(expectedList(phases))", at: name.range)
  }

  static func selectionReason(_ word: Spanned<String>, of name: String, _ isPersonal: Bool) -> Diagnostic {
    let codes = Selection.Reason.allCases.map(\.rawValue)
    let near = likelyMeant(word.value, among: codes)
    return shown(
      .selectionMisfit, "the reason for what was selected for `\(name)` is not one of \(expectedList(codes))",
      at: word.range, "found `\(word.value)`", isPersonal,
      fixIts: near.map { [FixIt("did you mean `\($0)`?", replace: word.range, with: $0)] } ?? [])
  }

  static func selectionSetAside(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .selectionSetAside, "`\(name)` does not apply to this person, so what was selected is kept and has no effect",
      at: range, severity: .warning)
  }

  static func selectionShape(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .selectionMisfit,
      "a selection says what and why; write `\(name): {value: …, because: client_preference, by: …}`", at: range)
  }

  static func selectionWithout(_ key: String, of name: Spanned<String>, example: String) -> Diagnostic {
    Diagnostic(
      .selectionMisfit, "what was selected for `\(name.value)` has no `\(key)`; add one, such as `\(example)`",
      at: name.range)
  }

  static func typedShape(_ argument: String) -> Diagnostic {
    Diagnostic(
      .selectionMisfit,
      "`\(argument)` is no name and value; write a decision, `=` and a value, such as `track=daytime`",
      at: nil)
  }

  static func unknownDecision(_ name: Spanned<String>, candidates: [String]) -> Diagnostic {
    let near = likelyMeant(name.value, among: candidates)
    return Diagnostic(
      .unknownDecision, "the rulebook has no decision\(near == nil ? " of this name" : " `\(name.value)`") to select",
      at: name.range, fixIts: near.map { [FixIt("did you mean `\($0)`?", replace: name.range, with: $0)] } ?? [])
  }
}
