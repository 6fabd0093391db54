import RuleEngine
package import SourceText

/// Turns a ``ParsedRulebook`` into a ``CheckedRulebook``: resolves names, gives values their types, and finds what cannot be
/// meant. What is broken is left out of the result; the result may be used only if no error was found.
package struct RulebookChecker {
  let parsed: ParsedRulebook
  /// Reads an intake file that a case starts from.
  let readIntake: (Spanned<String>) -> (root: YAMLNode?, diagnostics: [Diagnostic])
  var diagnostics: [Diagnostic] = []
  private var hasErrorsOfShape = false
  var checked: CheckedRulebook
  var symbols = SymbolTable()
  var sourceNumbers: [String: Int] = [:]
  var parameterNumbers: [String: Int] = [:]
  /// Reads values; knows the parameters once they are checked.
  var values: ValueReader
  var parsedDerived: [String: ParsedDerived] = [:]
  var catalogues: [String: ParsedCatalogue] = [:]
  var decisions: [String: CheckedDecision] = [:]
  /// For each derived fact, how it follows, and what was found out on the way.
  var derivations: [String: CheckedDerivation] = [:]
  /// Everything that something reads, for ``findUnused()``.
  var usedNames: Set<String> = []
  var usedSources: Set<String> = []
  var usedParameters: Set<Int> = []
  var derivedInProgress: [String] = []
  /// Derived facts that follow from themselves, or from too many others; reported once.
  var derivedInCircles: Set<String> = []
  var hasLongChain = false
  /// What must hold for each derived fact to apply, as far as it was asked for.
  var applicabilities: [String: [CheckedCondition]] = [:]
  /// The derived facts, once their conditions are checked.
  var derivedByName: [String: CheckedDerived] = [:]
  /// Rules whose condition could not be read in a part.
  var brokenConditions: Set<String> = []
  /// The conditions of rules by id.
  var ruleConditions: [String: CheckedCondition] = [:]
  /// Facts that always apply.
  let unguardedFacts: Set<String>
  /// The sorted names and their places, once all are declared.
  private var symbolNames: [String] = []
  private var symbolNumbers: [String: Int] = [:]

  /// - Parameter hasErrorsOfShape: whether an earlier stage found errors, so that what seems unused may not be.
  package static func check(
    _ parsed: ParsedRulebook, hasErrorsOfShape: Bool = false,
    readIntake: @escaping (Spanned<String>) -> (root: YAMLNode?, diagnostics: [Diagnostic])
  ) -> (rulebook: CheckedRulebook, diagnostics: [Diagnostic]) {
    var checker = RulebookChecker(parsed: parsed, readIntake: readIntake)
    checker.hasErrorsOfShape = hasErrorsOfShape
    checker.run()
    return (checker.checked, checker.diagnostics)
  }

  private init(
    parsed: ParsedRulebook, readIntake: @escaping (Spanned<String>) -> (root: YAMLNode?, diagnostics: [Diagnostic])
  ) {
    self.parsed = parsed
    self.readIntake = readIntake
    values = ValueReader(
      parameters: [:], parameterDomains: [], declaredParameters: Set(parsed.parameters.map(\.name.value)))
    unguardedFacts = Set(parsed.facts.filter { $0.appliesWhen == nil }.map(\.name.value))
    let header = parsed.header
    checked = CheckedRulebook(
      header: Program.Header(
        name: header?.name.value ?? "rulebook",
        title: header?.title.map(TextChecker.localized) ?? LocalizedText(header?.name.value ?? "Rulebook"),
        version: header?.version?.value ?? "0"))
  }

  /// Each stage uses what those before it found out.
  private mutating func run() {
    checkSources()
    checkParameters()
    declareFacts()
    declareDecisions()
    declareDerived()
    declareRules()
    symbolNames = symbols.names
    symbolNumbers = symbols.numbers()
    resolveDerivedDomains()
    checkFactGuards()
    checkDerivedConditions()
    checkDecisionConditions()
    checkRules()
    checkImpossibilities()
    checkPresentation()
    checkAdaptation()
    checkProperties()
    checkCases()
    checkAmbiguity()
    findUnused()
    checked.symbols = symbols
  }

  var conditions: ConditionChecker { ConditionChecker(symbols: symbols, values: values) }

  var texts: TextChecker {
    TextChecker(symbols: symbols, numbers: symbolNumbers, parameters: parameterNumbers)
  }

  /// Checks a condition and notes what it reads.
  mutating func condition(_ parsed: ParsedCondition, _ context: ConditionChecker.Context) -> CheckedCondition {
    var context = context
    context.isForgiving = self.parsed.hasUnreadableParts
    let checked = conditions.check(parsed, context, &diagnostics)
    // What cannot be read is used all the same.
    for name in parsed.names where !usedNames.contains(name.value) && symbols[name.value] != nil { use(name.value) }
    note(checked)
    return checked
  }

  private mutating func note(_ condition: CheckedCondition) {
    if case .test(let name, let matcher, _) = condition {
      use(name)
      usedParameters.formUnion(matcher.parameters)
      if matcher.isRelative || !matcher.parameters.isEmpty { use("assessed_on") }
    }
    for part in condition.parts { note(part) }
  }

  mutating func use(_ name: String) {
    guard usedNames.insert(name).inserted else { return }
    if let family = symbols[name]?.family { usedNames.insert(family) }
    if case .item(let menu)? = symbols[name]?.kind { usedNames.insert(menu) }
  }

  mutating func template(
    _ text: ParsedText, readable: Set<String>?, mayOmitPhase: Bool = false
  ) -> Template {
    let template = texts.template(text, readable: readable, mayOmitPhase: mayOmitPhase, &diagnostics)
    for segment in template.byLanguage.values.joined() {
      switch segment {
      case .variable(let number): use(symbolNames[number])
      case .parameter(let index): usedParameters.insert(index)
      case .literal: break
      }
    }
    return template
  }

  /// The places of sources in ``CheckedRulebook/sources``.
  mutating func sources(_ words: [Spanned<String>]?) -> [Int] {
    var result: [Int] = []
    for word in words ?? [] {
      usedSources.insert(word.value)
      if let number = sourceNumbers[word.value] {
        result.append(number)
      } else if !parsed.hasUnreadableParts {
        diagnostics.append(.unknownName(word, what: "source", candidates: sourceNumbers.keys.sorted()))
      }
    }
    return Set(result).sorted()
  }

  private func findAmbiguities(_ condition: CheckedCondition?, _ found: inout [Diagnostic]) {
    guard let condition else { return }
    let words = MatcherWords(symbols: symbols, parameters: checked.parameters)
    AmbiguousNotCheck(symbols: symbols, words: words).check(condition, &found)
  }

  private mutating func checkAmbiguity() {
    var found: [Diagnostic] = []
    for fact in checked.facts { findAmbiguities(fact.appliesWhen, &found) }
    for derived in checked.derived {
      for condition in derived.derivation.conditions { findAmbiguities(condition, &found) }
    }
    for decision in checked.decisions { findAmbiguities(decision.appliesWhen, &found) }
    for rule in checked.rules { findAmbiguities(rule.condition, &found) }
    for impossibility in checked.impossibilities { findAmbiguities(impossibility.condition, &found) }
    diagnostics += found
  }

  /// What nothing reads: a fact is a question too many, a derived fact or parameter is forgotten.
  private mutating func findUnused() {
    // While something is wrong, its reader may be what is wrong.
    guard !parsed.hasUnreadableParts, !diagnostics.hasErrors, !hasErrorsOfShape else { return }
    for fact in parsed.facts
    where !usedNames.contains(fact.name.value) && !fact.isRecordOnly && isReportable(fact.name.range) {
      diagnostics.append(
        .unused(fact.name, what: "fact", advice: "write a rule that uses it, mark it `record_only: yes`, or delete it"))
    }
    for derived in parsed.derived
    where !usedNames.contains(derived.name.value) && isReportable(derived.name.range) {
      diagnostics.append(.unused(derived.name, what: "derived fact", advice: "write a rule that uses it, or delete it"))
    }
    for parameter in parsed.parameters {
      if let number = parameterNumbers[parameter.name.value], !usedParameters.contains(number),
        isReportable(parameter.name.range)
      {
        diagnostics.append(
          .unused(parameter.name, what: "parameter", advice: "name it as `$\(parameter.name.value)`, or delete it"))
      }
    }
    for source in parsed.sources where !usedSources.contains(source.id.value) && isReportable(source.id.range) {
      diagnostics.append(.unused(source.id, what: "source", advice: "cite it under `sources`, or delete it"))
    }
    let usedCatalogues = Set(parsed.decisions.compactMap(\.catalogue?.value))
    for catalogue in parsed.catalogues
    where !usedCatalogues.contains(catalogue.name.value) && isReportable(catalogue.name.range) {
      diagnostics.append(
        .unused(catalogue.name, what: "catalogue", advice: "name it in a decision's `of`, or delete it"))
    }
  }

  /// Whether a place is worth a warning: with overlays only what they say, since what they leave unused in the rulebook is
  /// used where it stands alone.
  private func isReportable(_ place: SourceRange) -> Bool {
    parsed.overlays.overlays.isEmpty || parsed.overlays.contains(place)
  }
}
