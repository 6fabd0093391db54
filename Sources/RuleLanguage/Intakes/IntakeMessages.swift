import RuleEngine
import SourceText

/// All messages about intakes, in the order of their names. None shows an answer; what would show one is an `answerNote`.
extension Diagnostic {
  /// - Parameter isSelection: whether it is no answer of the person, but what a clinician selected.
  static func answer(
    _ problem: AnswerProblem, of name: String, domain: Domain, _ isPersonal: Bool, isSelection: Bool = false
  ) -> Diagnostic {
    let subject = isSelection ? "what was selected for `\(name)`" : "this answer to `\(name)`"
    let misfit: DiagnosticID = isSelection ? .selectionMisfit : .answerMisfit
    switch problem {
    case .notAnOption(let word, let options, let range):
      let near = word.flatMap { likelyMeant($0, among: options) }
      let found = word.map { "found `\($0)`" + (near.map { "; did you mean `\($0)`?" } ?? "") }
      return shown(
        misfit, "\(subject) is not one of \(expectedList(options))", at: range, found, isPersonal,
        fixIts: near.map { [FixIt("did you mean `\($0)`?", replace: range, with: $0)] } ?? [])
    case .notAList(let range):
      return Diagnostic(
        misfit, "`\(name)` can have several answers; write a list such as `[…]`", at: range)
    case .notANumber(let text, let hint, let range):
      var expected = "a number"
      if case .numbers(let numbers) = domain, numbers.isWhole { expected = "a whole number" }
      if case .numbers(let numbers) = domain, let unit = numbers.unit { expected += " of \(unit.name)" }
      if case .dates = domain { expected = "a date such as `2026-11-23`" }
      return shown(
        misfit, "\(subject) is not \(expected)", at: range, "found `\(text)`", isPersonal,
        fixIts: hint.map { [$0] } ?? [])
    case .outside(let range):
      return Diagnostic(
        isSelection ? misfit : .answerOutsideDomain, "\(subject) lies outside its range, \(domain.rangeText)", at: range
      )
    case .shape(let range):
      let expected =
        if case .members = domain { "a list, or a map such as `{alcohol: yes}`," } else { "a single value" }
      return Diagnostic(misfit, "`\(name)` takes \(expected) and nothing else", at: range)
    }
  }

  static func shown(
    _ id: DiagnosticID, _ message: String, at range: SourceRange, _ answer: String?, _ isPersonal: Bool, fixIts: [FixIt]
  ) -> Diagnostic {
    guard !isPersonal else { return Diagnostic(id, message, at: range, answerNote: answer) }
    return Diagnostic(id, message, at: range, fixIts: fixIts)
  }

  static func answerSetAside(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .answerSetAside, "`\(name)` does not apply to this person, so its answer is kept and has no effect", at: range,
      severity: .warning)
  }

  static func answerTwice(_ name: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      .answerTwice, "`\(name)` is answered twice; keep one", at: range,
      notes: [Note("the first answer is here", at: first)])
  }

  static func impossibleIntake(_ id: String, because: String, filled: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .impossibleIntake, "these answers cannot all be right (`\(id)`): \(because)", at: range,
      answerNote: because == filled ? nil : filled)
  }

  static func noParameterInForce(_ name: String, first: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .noParameterInForce, "the rulebook has no value of `\(name)` for this day; its first holds from \(first)",
      at: range)
  }

  static func totalDisagrees(_ entered: String, _ total: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .totalDisagrees, "`\(entered)` is not what the items of `\(total)` add up to; mend the total or the items",
      at: range)
  }

  /// - Parameters:
  ///   - computed: what is not asked but follows: derived facts, decisions, items.
  ///   - mayBeAnswer: whether the key could be an answer, which must not be shown.
  static func unknownFact(
    _ name: Spanned<String>, candidates: [String], computed: Set<String>, mayBeAnswer: Bool
  ) -> Diagnostic {
    if computed.contains(name.value) {
      return Diagnostic(
        .unknownFact, "`\(name.value)` is not asked but follows from the answers; delete it here", at: name.range)
    }
    // A key is shown only where it is nearly the name of a fact, and no option.
    let near = mayBeAnswer ? nil : likelyMeant(name.value, among: candidates, bySpelling: true)
    return Diagnostic(
      .unknownFact, "the rulebook has no fact\(near == nil ? " of this name" : " `\(name.value)`")", at: name.range,
      fixIts: near.map { [FixIt("did you mean `\($0)`?", replace: name.range, with: $0)] } ?? [])
  }
}
