import SourceText

/// The stable ids of all findings. Each has a page of the same name in the documentation and a golden pair in the tests.
package enum DiagnosticID: String, CaseIterable, Sendable {
  // Reading files and YAML
  case cannotRead = "cannot-read"
  case commentCutsText = "comment-cuts-text"
  case controlCharacter = "control-character"
  case duplicateKey = "duplicate-key"
  case emptyFile = "empty-file"
  case emptyValue = "empty-value"
  case fileTooLarge = "file-too-large"
  case lineSeparator = "line-separator"
  case missingSpace = "missing-space"
  case nestedTooDeep = "nested-too-deep"
  case noRules = "no-rules"
  case notUTF8 = "not-utf8"
  case secondDocument = "second-document"
  case syntax = "syntax"
  case textTooLong = "text-too-long"
  case tooManyFiles = "too-many-files"
  case tooManyFindings = "too-many-findings"
  case yamlFeature = "yaml-feature"

  // Shape of a rulebook
  case badName = "bad-name"
  case cannotSuppress = "cannot-suppress"
  case invalidValue = "invalid-value"
  case missingKey = "missing-key"
  case notTakesOne = "not-takes-one"
  case unexpectedShape = "unexpected-shape"
  case unknownKey = "unknown-key"

  // Meaning of a rulebook
  case ambiguousNot = "ambiguous-not"
  case badBands = "bad-bands"
  case badOverride = "bad-override"
  case badRange = "bad-range"
  case badText = "bad-text"
  case contradictsItself = "contradicts-itself"
  case cycle = "cycle"
  case duplicateName = "duplicate-name"
  case matcherMisfit = "matcher-misfit"
  case missingBecause = "missing-because"
  case misplacedRead = "misplaced-read"
  case missingSources = "missing-sources"
  case numberTooLarge = "number-too-large"
  case outsideDomain = "outside-domain"
  case overlayClash = "overlay-clash"
  case overlayMisfit = "overlay-misfit"
  case suppressionUnneeded = "suppression-unneeded"
  case tableShape = "table-shape"
  case unitMisfit = "unit-misfit"
  case unknownName = "unknown-name"
  case unused = "unused"
  case valueMisfit = "value-misfit"
  case whichPhase = "which-phase"

  // Intakes
  case answerMisfit = "answer-misfit"
  case answerOutsideDomain = "answer-outside-domain"
  case answerSetAside = "answer-set-aside"
  case answerTwice = "answer-twice"
  case impossibleIntake = "impossible-intake"
  case noParameterInForce = "no-parameter-in-force"
  case selectionMisfit = "selection-misfit"
  case selectionSetAside = "selection-set-aside"
  case totalDisagrees = "total-disagrees"
  case unknownDecision = "unknown-decision"
  case unknownFact = "unknown-fact"

  /// The name of its documentation page.
  package var page: String { rawValue }
}

extension Diagnostic {
  init(
    _ id: DiagnosticID, _ message: String, at range: SourceRange?, severity: Severity = .error, notes: [Note] = [],
    fixIts: [FixIt] = [], answerNote: String? = nil
  ) {
    self.init(
      id: id.rawValue, severity: severity, message: message, range: range, notes: notes, fixIts: fixIts,
      answerNote: answerNote)
  }
}

/// `a`, `b` or `c`: what is expected, for messages; only the first twenty.
func expectedList(_ words: [String]) -> String {
  let shown = words.prefix(20).map { "`\($0)`" }
  let rest = words.count > 20 ? ", …" : ""
  guard shown.count > 1, rest.isEmpty else { return shown.joined(separator: ", ") + rest }
  return shown.dropLast().joined(separator: ", ") + " or " + shown.last!
}

extension Diagnostic.FixIt {
  /// “did you mean `x`?”, if something near is among the candidates.
  static func didYouMean(_ word: Spanned<String>, among candidates: some Sequence<String>) -> [Diagnostic.FixIt] {
    likelyMeant(word.value, among: candidates).map {
      [Diagnostic.FixIt("did you mean `\($0)`?", replace: word.range, with: $0)]
    } ?? []
  }
}
