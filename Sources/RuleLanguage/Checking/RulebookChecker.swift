import RuleEngine
package import SourceText

/// Turns a ``ParsedRulebook`` into a ``CheckedRulebook``: resolves names, gives values their types, and finds what cannot be
/// meant. What is broken is left out of the result; the result may be used only if no error was found.
package struct RulebookChecker: Sendable {
  /// Reads an intake file that a case starts from.
  package typealias ReadIntake = (Spanned<String>) -> (root: YAMLNode?, diagnostics: [Diagnostic])

  let parsed: ParsedRulebook
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
  /// The conditions of rules by id, once they are checked.
  lazy var ruleConditions = Dictionary(checked.rules.map { ($0.id, $0.condition) }) { _, last in last }
  /// Matchers that were read before.
  var known = KnownReadings<Matcher>()
  /// What rules that were read before recommend.
  var knownEffects = KnownReadings<[CheckedEffect]>()
  /// Facts that always apply.
  let unguardedFacts: Set<String>
  /// The sorted names and their places, once all are declared.
  private var symbolNames: [String] = []
  private var symbolNumbers: [String: Int] = [:]

  /// - Parameter hasErrorsOfShape: whether an earlier stage found errors, so that what seems unused may not be.
  package static func check(
    _ parsed: ParsedRulebook, hasErrorsOfShape: Bool = false,
    readIntake: ReadIntake
  ) -> (rulebook: CheckedRulebook, diagnostics: [Diagnostic]) {
    var checker = RulebookChecker(parsed)
    checker.hasErrorsOfShape = hasErrorsOfShape
    checker.run(readIntake)
    return (checker.checked, checker.diagnostics)
  }

  private init(_ parsed: ParsedRulebook) {
    self.parsed = parsed
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
  private mutating func run(_ readIntake: ReadIntake) {
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
    checkCases(readIntake)
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
    condition(parsed, context, by: conditions)
  }

  /// The same for who checks very many, and makes `conditions` once.
  mutating func condition(
    _ parsed: ParsedCondition, _ context: ConditionChecker.Context, by conditions: ConditionChecker
  ) -> CheckedCondition {
    var context = context
    context.isForgiving = self.parsed.hasUnreadableParts
    known.hasMissed = false
    let checked = conditions.check(parsed, context, &known, &diagnostics)
    // What is known was noted when it was read.
    guard known.hasMissed || context.isExpectation else { return checked }
    note(checked)
    // What cannot be read is used all the same.
    note(parsed)
    return checked
  }

  private mutating func note(_ condition: ParsedCondition) {
    switch condition {
    case .test(let name, _):
      if !usedNames.contains(name.value), symbols[name.value] != nil { use(name.value) }
    case .all(let parts), .any(let parts), .atLeast(_, let parts):
      for part in parts { note(part) }
    case .not(let part): note(part)
    case .always, .broken: break
    }
  }

  private mutating func note(_ condition: CheckedCondition) {
    switch condition {
    case .test(let name, let matcher, _):
      use(name)
      if matcher.dependsOnDay {
        usedParameters.formUnion(matcher.parameters)
        use("assessed_on")
      }
    case .all(let parts), .any(let parts), .atLeast(_, let parts):
      for part in parts { note(part) }
    case .not(let part): note(part)
    case .always, .applies, .outcome, .plan, .unknown: break
    }
  }

  mutating func use(_ name: String) {
    guard usedNames.insert(name).inserted else { return }
    if let family = symbols[name]?.family { usedNames.insert(family) }
    if case .item(let menu)? = symbols[name]?.kind { usedNames.insert(menu) }
  }

  mutating func template(
    _ text: ParsedText, readable: Set<String>?, mayOmitPhase: Bool = false
  ) -> Template {
    // Most texts fill nothing in.
    guard text.mayFillIn else { return TextChecker.plain(text) }
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
    guard let words else { return [] }
    var result: [Int] = []
    for word in words {
      usedSources.insert(word.value)
      if let number = sourceNumbers[word.value] {
        result.append(number)
      } else if !parsed.hasUnreadableParts {
        diagnostics.append(.unknownName(word, what: "source", candidates: sourceNumbers.keys.sorted()))
      }
    }
    return result.count > 1 ? Set(result).sorted() : result
  }

  func ambiguities(_ condition: CheckedCondition?) -> [Diagnostic] {
    guard let condition, condition.saysWhatIsNot else { return [] }
    let words = MatcherWords(symbols: symbols, parameters: checked.parameters)
    var found: [Diagnostic] = []
    AmbiguousNotCheck(symbols: symbols, words: words).check(condition, &found)
    return found
  }

  /// Rules are looked at where they are checked.
  private mutating func checkAmbiguity() {
    var found: [Diagnostic] = []
    for fact in checked.facts { found += ambiguities(fact.appliesWhen) }
    for derived in checked.derived {
      for condition in derived.derivation.conditions { found += ambiguities(condition) }
    }
    for decision in checked.decisions { found += ambiguities(decision.appliesWhen) }
    for impossibility in checked.impossibilities { found += ambiguities(impossibility.condition) }
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
