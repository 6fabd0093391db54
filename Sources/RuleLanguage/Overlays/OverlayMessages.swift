import SourceText

/// All messages about overlays, in the order of their names.
extension Diagnostic {
  static func addsWhatIsThere(_ element: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      .duplicateName,
      "the rulebook has `\(element)` already; to change it, write it under `replace:`, with a `reason`", at: range,
      notes: [Note("it is declared here", at: first)])
  }

  static func cannotBeDisabled(_ name: Spanned<String>, section: String) -> Diagnostic {
    Diagnostic(
      .invalidValue,
      "`\(name.value)` cannot be disabled, since other things build on it; only \(expectedList(ElementName.disableable)) "
        + "can, and the rest can be replaced", at: name.range)
  }

  static func everyItemInOverlay(_ key: Spanned<String>) -> Diagnostic {
    Diagnostic(
      .overlayMisfit,
      "`every_item` would change the items of the rulebook, too; write what it says at each item that is added",
      at: key.range)
  }

  static func notAnElement(_ name: Spanned<String>, likely: String?) -> Diagnostic {
    Diagnostic(
      .unknownName,
      "`\(name.value)` does not say what is replaced; write the section and the name, such as "
        + "`rules.keep-the-day-job`", at: name.range,
      fixIts: likely.map { [FixIt("did you mean `\($0)`?", replace: name.range, with: $0)] } ?? [])
  }

  static func notAnOverlay(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .overlayMisfit,
      "`\(path)` does not say what it is an overlay of; write `overlay: {of: …, name: …, reason: …}` in one of its files",
      at: range)
  }

  static func nothingToOffer(_ name: Spanned<String>, advice: String) -> Diagnostic {
    Diagnostic(.overlayMisfit, "`\(name.value)` has no options that could be offered; \(advice)", at: name.range)
  }

  static func offerSaysNothing(_ name: Spanned<String>, both: Bool) -> Diagnostic {
    Diagnostic(
      both ? .unknownKey : .missingKey,
      "the offer of `\(name.value)` needs either `only:`, what is offered, or `all_but:`, what is not"
        + (both ? ", and not both" : ""), at: name.range)
  }

  /// - Parameter overlays: the overlay in which it stands, and the one with the first change.
  static func overlayClash(
    _ element: String, of overlays: (String, String), at range: SourceRange, first: SourceRange
  ) -> Diagnostic {
    let who =
      overlays.0 == overlays.1
      ? "the overlay `\(overlays.0)` changes `\(element)` twice"
      : "the overlays `\(overlays.1)` and `\(overlays.0)` both change `\(element)`"
    return Diagnostic(
      .overlayClash, "\(who); which one holds cannot be known, so keep one", at: range,
      notes: [Note("the other one is here", at: first)])
  }

  static func overlayOfAnother(_ base: Spanned<String>, overlay: String, rulebook: String) -> Diagnostic {
    Diagnostic(
      .overlayMisfit, "the overlay `\(overlay)` adapts the rulebook `\(base.value)`, and this one is `\(rulebook)`",
      at: base.range, fixIts: FixIt.didYouMean(base, among: [rulebook]))
  }

  static func overlaySection(_ key: Spanned<String>) -> Diagnostic {
    Diagnostic(
      .overlayMisfit,
      "`\(key.value)` stands only in an overlay: a folder of its own, given with `--overlay` beside the rulebook",
      at: key.range)
  }

  static func rulebookInOverlay(_ key: Spanned<String>) -> Diagnostic {
    Diagnostic(
      .overlayMisfit, "an overlay has no `rulebook:`; it says `overlay:` with the name of the rulebook under `of:`",
      at: key.range)
  }

  static func unknownElement(
    _ element: String, at range: SourceRange, likely: String?, mayOmitSection: Bool
  ) -> Diagnostic {
    Diagnostic(
      .unknownName, "the rulebook has no `\(element)`, so an overlay cannot change it", at: range,
      fixIts: likely.map { meant in
        let shown = mayOmitSection ? meant.replacing(/^(rules|tables)\./, with: "") : meant
        return [FixIt("did you mean `\(shown)`?", replace: range, with: shown)]
      } ?? [])
  }
}
