import RuleEngine
import SourceText

/// Sources, parameters and facts: what stands on nothing else.
extension RulebookChecker {
  mutating func checkSources() {
    var found: [String: (Source, SourceRange)] = [:]
    for source in parsed.sources {
      if let first = found[source.id.value] {
        diagnostics.append(.duplicateName(source.id, what: "source", first: first.1))
        continue
      }
      var kind = Source.Kind.judgment
      if let word = source.kind {
        if let known = Source.Kind(rawValue: word.value) {
          kind = known
        } else {
          diagnostics.append(
            .invalidValue(word, what: "a kind of source", expected: Source.Kind.allCases.map(\.rawValue)))
        }
      }
      var year: Int?
      if let word = source.year {
        year = Int(word.value)
        if year == nil || !(1000...9999).contains(year!) {
          diagnostics.append(Diagnostic(.valueMisfit, "`\(word.value)` is not a year, such as `2021`", at: word.range))
        }
      }
      let entry = Source(
        id: source.id.value, title: source.title?.value ?? "", publisher: source.publisher?.value, year: year,
        place: source.place?.value, kind: kind, isConfirmed: source.isConfirmed ?? false)
      found[source.id.value] = (entry, source.id.range)
    }
    checked.sources = found.values.map(\.0).sorted { $0.id < $1.id }
    for (number, source) in checked.sources.enumerated() { sourceNumbers[source.id] = number }
  }

  mutating func checkParameters() {
    var found: [String: (ParsedParameter, Parameter)] = [:]
    for parameter in parsed.parameters {
      if let first = found[parameter.name.value] {
        diagnostics.append(.duplicateName(parameter.name, what: "parameter", first: first.0.name.range))
        continue
      }
      if let checked = check(parameter) { found[parameter.name.value] = (parameter, checked) }
    }
    checked.parameters = found.values.map(\.1).sorted { $0.name < $1.name }
    for (number, parameter) in checked.parameters.enumerated() { parameterNumbers[parameter.name] = number }
    values = ValueReader(
      parameters: parameterNumbers, parameterDomains: checked.parameters.map(\.domain),
      declaredParameters: values.declaredParameters)
  }

  private mutating func check(_ parameter: ParsedParameter) -> Parameter? {
    let sources = sources(parameter.sources)
    let isDate = parameter.values.first.map { CalendarDate($0.value.value) != nil } ?? false
    let unit = parameter.unit.map { MeasurementUnit($0.value) }
    let all = Interval(Number(-999_999_999), Number(999_999_999))
    let domain = isDate ? Domain.allDates : .numbers(NumberDomain(interval: all, isWhole: false, unit: unit))
    let what = "the parameter `\(parameter.name.value)`"
    var values: [Parameter.DatedValue] = []
    var places: [Int: SourceRange] = [:]
    for dated in parameter.values {
      guard let day = CalendarDate(dated.from.value) else {
        diagnostics.append(.notADate(dated.from))
        continue
      }
      guard let value = self.values.number(dated.value, in: domain, of: what, &diagnostics) else { continue }
      if let first = places[day.days] {
        diagnostics.append(.standsTwice(dated.from, what: "value from", first: first))
        continue
      }
      places[day.days] = dated.from.range
      values.append(Parameter.DatedValue(from: day.days, value: value))
    }
    guard !values.isEmpty else {
      if parameter.values.isEmpty, !parameter.isBroken {
        diagnostics.append(
          Diagnostic(
            .missingKey, "\(what) has no value; write `values: [{from: 2024-01-01, value: 9}]`",
            at: parameter.name.range))
      }
      return nil
    }
    return Parameter(
      name: parameter.name.value, label: parameter.label.map(TextChecker.localized), domain: domain,
      values: values.sorted { $0.from < $1.from }, sources: sources)
  }

  static let reservedNames = ["all", "any", "not", "unless", "at_least", "assessed_on", "otherwise"]
  static let reservedOptions = [
    "all", "any", "applies", "at_least", "declined", "does_not_know", "empty", "not", "not_applicable", "unknown",
    "unless",
  ]

  /// Notes a name, or says where it was used before; `false` if it cannot be used.
  mutating func declare(_ symbol: Symbol, _ name: Spanned<String>, what: String) -> Bool {
    if Self.reservedNames.contains(name.value) {
      diagnostics.append(
        Diagnostic(
          .badName,
          name.value == "assessed_on"
            ? "`assessed_on`, the day of the assessment, is there without being declared; delete this"
            : "`\(name.value)` has a meaning of its own; choose another name", at: name.range))
      return false
    }
    if let first = symbols[name.value] {
      diagnostics.append(.duplicateName(name, what: what, first: first.place))
      return false
    }
    symbols[name.value] = symbol
    return true
  }

  mutating func declareFacts() {
    let builtIn = SourceRange.start(of: "")
    symbols["assessed_on"] = Symbol(
      name: "assessed_on", kind: .fact(isRecordOnly: false), domain: .allDates, place: builtIn)
    checked.facts.append(
      CheckedFact(
        name: "assessed_on", label: LocalizedText("Day of the assessment"), domain: .allDates, optionLabels: [],
        question: LocalizedText("On what day is this assessment?"), help: nil, why: nil, appliesWhen: nil, assumed: nil,
        isRecordOnly: false, isChangeable: false))
    for fact in parsed.facts {
      let (domain, labels) = self.domain(of: fact)
      let symbol = Symbol(
        name: fact.name.value, kind: .fact(isRecordOnly: fact.isRecordOnly), domain: domain, optionLabels: labels,
        place: fact.name.range)
      guard declare(symbol, fact.name, what: "name"), let domain else { continue }
      _ = sources(fact.sources)
      let question = fact.ask.map(TextChecker.localized) ?? LocalizedText(fact.name.value)
      checked.facts.append(
        CheckedFact(
          name: fact.name.value, label: fact.label.map(TextChecker.localized) ?? question, domain: domain,
          optionLabels: labels, question: question, help: fact.help.map(TextChecker.localized),
          why: fact.why.map(TextChecker.localized), appliesWhen: nil, assumed: assumed(fact, domain),
          isRecordOnly: fact.isRecordOnly, isChangeable: fact.isChangeable))
    }
    checked.facts.sort { $0.name < $1.name }
    for fact in checked.facts {
      // Below `obligations:` an intake may write `court: yes` for the option; no fact may have that name.
      guard case .members(let names) = fact.domain else { continue }
      for name in names.map({ "\(fact.name).\($0)" }) {
        guard let other = symbols[name], let first = symbols[fact.name] else { continue }
        diagnostics.append(.duplicateName(Spanned(name, other.place), what: "name", first: first.place))
      }
    }
  }

  /// Keys that mean nothing for the type.
  mutating func checkKeys(
    type: Spanned<String>, takes keys: Set<String>, options: ParsedOptions, range: Spanned<String>?,
    unit: Spanned<String>?
  ) {
    let written: [(String, SourceRange?)] = [
      ("options", options.options?.first?.name.range), ("ordered", options.ordered?.first?.range),
      ("range", range?.range),
      ("unit", unit?.range),
    ]
    for (key, place) in written where !keys.contains(key) {
      guard let place else { continue }
      diagnostics.append(
        Diagnostic(.unknownKey, "`\(key)` means nothing for the type `\(type.value)`; delete it", at: place))
    }
  }

  private static let keysOfTypes: [String: Set<String>] = [
    "choice": ["options", "ordered"], "choices": ["options"], "integer": ["range", "unit"],
    "decimal": ["range", "unit"],
    "yes_no": [], "date": [],
  ]

  private mutating func domain(of fact: ParsedFact) -> (Domain?, [LocalizedText]) {
    let what = "the fact `\(fact.name.value)`"
    guard let type = fact.type, !fact.hasBrokenDomain else { return (nil, []) }
    if let keys = Self.keysOfTypes[type.value] {
      checkKeys(type: type, takes: keys, options: fact.options, range: fact.range, unit: fact.unit)
    }
    switch type.value {
    case "yes_no":
      return (.yesNo, Self.yesNoLabels)
    case "choice":
      return choiceDomain(fact.options, what: what, at: fact.name.range, isFact: true)
    case "choices":
      let (domain, labels) = choiceDomain(fact.options, what: what, at: fact.name.range, isFact: true)
      return (domain.map { .members($0.names) }, labels)
    case "integer", "decimal":
      let numbers = numberDomain(
        range: fact.range, unit: fact.unit, isWhole: type.value == "integer", what: what, at: fact.name.range)
      return (numbers.map { .numbers($0) }, [])
    case "date":
      return (.allDates, [])
    default:
      diagnostics.append(
        .invalidValue(
          type, what: "a type of fact", expected: ["choice", "choices", "date", "decimal", "integer", "yes_no"]))
      return (nil, [])
    }
  }

  static let yesNoLabels = [
    LocalizedText(byLanguage: ["": "No", "es": "No"]), LocalizedText(byLanguage: ["": "Yes", "es": "Sí"]),
  ]

  mutating func numberDomain(
    range: Spanned<String>?, unit: Spanned<String>?, isWhole: Bool, what: String, at place: SourceRange
  ) -> NumberDomain? {
    guard let range else {
      diagnostics.append(.missingKey("range", in: what, at: place))
      return nil
    }
    guard let interval = values.range(range, isWhole: isWhole, mayExclude: false, &diagnostics) else { return nil }
    return NumberDomain(interval: interval, isWhole: isWhole, unit: unit.map { MeasurementUnit($0.value) })
  }

  /// The options in their declared order, or else by name.
  mutating func choiceDomain(
    _ options: ParsedOptions, what: String, at place: SourceRange, isFact: Bool
  ) -> (Domain?, [LocalizedText]) {
    var labels: [String: LocalizedText] = [:]
    for option in options.options ?? [] {
      if isFact ? Self.reservedOptions.contains(option.name.value) : ["any", "empty"].contains(option.name.value) {
        diagnostics.append(
          Diagnostic(
            .badName, "`\(option.name.value)` has a meaning of its own, so no option can be called so",
            at: option.name.range))
      } else if !option.name.value[...].isPlainName {
        diagnostics.append(.badName(option.name, what: "an option"))
      }
      if labels[option.name.value] != nil,
        let first = options.options?.first(where: { $0.name.value == option.name.value })
      {
        diagnostics.append(.standsTwice(option.name, what: "option", first: first.name.range))
      }
      labels[option.name.value] = option.label.map(TextChecker.localized) ?? option.name.value.readable
    }
    var names = labels.keys.sorted()
    if let ordered = options.ordered {
      for (index, option) in ordered.enumerated() where ordered[..<index].contains(where: { $0.value == option.value })
      {
        diagnostics.append(
          .standsTwice(option, what: "option", first: ordered.first { $0.value == option.value }!.range))
        return (nil, [])
      }
      if options.options != nil {
        for option in ordered where labels[option.value] == nil {
          diagnostics.append(.unknownOption(option, of: what, options: names))
        }
        for option in options.options ?? [] where !ordered.contains(where: { $0.value == option.name.value }) {
          diagnostics.append(
            Diagnostic(.missingKey, "`ordered` leaves out the option `\(option.name.value)`", at: option.name.range))
        }
      }
      for option in ordered where !option.value[...].isPlainName {
        diagnostics.append(.badName(option, what: "an option"))
      }
      names = ordered.map(\.value)
    } else if options.options == nil {
      diagnostics.append(.missingKey("options", in: what, at: place))
      return (nil, [])
    }
    guard !names.isEmpty else {
      diagnostics.append(Diagnostic(.missingKey, "\(what) has no options to choose from", at: place))
      return (nil, [])
    }
    return (
      .options(names, isOrdered: options.ordered != nil), names.map { labels[$0] ?? $0.readable }
    )
  }

  private mutating func assumed(_ fact: ParsedFact, _ domain: Domain) -> Answer? {
    guard let node = fact.assume else { return nil }
    let reader = AnswerReader(name: fact.name.value, domain: domain, isJSON: false)
    guard let answer = reader.answer(node), answer.isValue else {
      diagnostics.append(
        Diagnostic(.valueMisfit, "`assume` must be a value that `\(fact.name.value)` can have", at: node.range))
      return nil
    }
    return answer
  }

  mutating func checkFactGuards() {
    let places = Dictionary(uniqueKeysWithValues: checked.facts.enumerated().map { ($1.name, $0) })
    for fact in parsed.facts {
      guard let guardCondition = fact.appliesWhen else { continue }
      let context = ConditionChecker.Context(
        what: "the `applies_when` of `\(fact.name.value)`", mayReadDecisions: false)
      let condition = condition(guardCondition, context)
      guard let index = places[fact.name.value] else { continue }
      checked.facts[index].appliesWhen = condition
      symbols[fact.name.value]?.applicability = [condition]
    }
  }
}

extension String {
  /// A name as a label, where none was given: `paid_work` is `paid work`.
  var readable: LocalizedText { LocalizedText(replacing("_", with: " ")) }
}
