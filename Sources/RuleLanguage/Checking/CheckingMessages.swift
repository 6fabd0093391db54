import RuleEngine
import SourceText

/// All messages about the meaning of a rulebook, in the order of their names.
extension Diagnostic {
  static func ambiguousNot(
    _ name: String, range: SourceRange, guardText: String, matcherText: String, positiveText: String
  ) -> Diagnostic {
    Diagnostic(
      .ambiguousNot,
      "`\(name): \(matcherText)` can be read in two ways, since `\(name)` may not apply", at: range,
      fixIts: [
        FixIt(
          "if it must apply: write `\(guardText)` beside it", replace: range,
          with: "all: {\(guardText), \(name): \(matcherText)}"),
        FixIt(
          "if it need not apply: write `not: {\(name): \(positiveText)}`", replace: range,
          with: "not: {\(name): \(positiveText)}"),
      ])
  }

  static func asksForUnknown(_ word: Spanned<String>, of symbol: Symbol) -> Diagnostic {
    if case .item(let menu) = symbol.kind {
      let item = symbol.name.split(separator: ".").last ?? ""
      return Diagnostic(
        .matcherMisfit, "an item that is not in the plan is asked for as `\(menu): not includes \(item)`",
        at: word.range)
    }
    return Diagnostic(
      .matcherMisfit,
      "no rule can ask for `\(word.value)`: an unknown answer leaves the rule undecided by itself; "
        + "`declined` and `does_not_know` ask how an answer was recorded", at: word.range)
  }

  static func bandGap(_ name: Spanned<String>, missing: String, whole: String) -> Diagnostic {
    Diagnostic(
      .badBands, "the bands of `\(name.value)` leave out \(missing); they must cover \(whole) exactly once",
      at: name.range)
  }

  static func bandOverlap(_ band: Spanned<String>, _ other: Spanned<String>, shared: String) -> Diagnostic {
    Diagnostic(
      .badBands, "the bands `\(other.value)` and `\(band.value)` both hold \(shared)", at: band.range,
      notes: [Note("`\(other.value)` is here", at: other.range)])
  }

  static func bandOutside(_ band: Spanned<String>, range: SourceRange, whole: String) -> Diagnostic {
    Diagnostic(.badBands, "the band `\(band.value)` reaches beyond \(whole)", at: range)
  }

  static func becauseForOther(_ decision: Spanned<String>, spoken: [String]) -> Diagnostic {
    Diagnostic(
      .unknownName, "`because` gives a reason for `\(decision.value)`, about which the rule says nothing",
      at: decision.range, fixIts: FixIt.didYouMean(decision, among: spoken + ["otherwise"]))
  }

  static func chainTooLong(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .nestedTooDeep, "`\(name)` follows from a chain of more than \(Limits.chain) derived facts, decisions and rules",
      at: range)
  }

  static func contradictsItself(_ rule: String, _ slot: String, first: SourceRange, second: SourceRange) -> Diagnostic {
    Diagnostic(
      .contradictsItself, "the rule `\(rule)` says two things about `\(slot)`", at: second,
      notes: [Note("the first is here", at: first)])
  }

  static func cycle(_ names: [String], at range: SourceRange) -> Diagnostic {
    let chain = names.dropFirst().map { "`\($0)`" }.joined(separator: ", which depends on ")
    return Diagnostic(
      .cycle, "`\(names[0])` depends on \(chain): none can be known before the others; take one of these away",
      at: range)
  }

  static func overrideCycle(_ rules: [String], at range: SourceRange) -> Diagnostic {
    let chain = rules.dropFirst().map { "`\($0)`" }.joined(separator: ", which overrides ")
    return Diagnostic(
      .cycle, "`\(rules[0])` overrides \(chain): delete one of these overrides", at: range)
  }

  static func emptyRange(_ word: Spanned<String>) -> Diagnostic {
    Diagnostic(.badRange, "`\(word.value)` holds nothing: the lower end must come first", at: word.range)
  }

  static func fillNotRead(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .badText, "the text fills in `<\(name)>`, which the `when` of the rule does not read, so it may not be known",
      at: range)
  }

  static func listOfMembers(at range: SourceRange, of what: String) -> Diagnostic {
    Diagnostic(
      .matcherMisfit,
      "\(what) can hold several at once, so a list is unclear; write `{includes_any: […]}`, `{includes_all: […]}`, "
        + "`{includes_none: […]}` or `{exactly: […]}`",
      at: range)
  }

  /// - Parameter meant: the words as they should probably stand.
  static func matcherMisfit(_ word: Spanned<String>, expected: String, meant: String? = nil) -> Diagnostic {
    if let first = word.value.first, "><=≥≤".contains(first) {
      return Diagnostic(
        .matcherMisfit,
        "`\(word.value)` uses a sign; write `at least`, `more than`, `at most`, `less than` or just the value",
        at: word.range)
    }
    return Diagnostic(
      .matcherMisfit, "`\(word.value)` does not fit here; expected \(expected)", at: word.range,
      fixIts: meant.map { [FixIt("did you mean `\($0)`?", replace: word.range, with: $0)] } ?? [])
  }

  static func notADate(_ word: Spanned<String>) -> Diagnostic {
    if word.value.firstMatch(of: /^\d{4}-\d{2}-\d{2}$/) != nil {
      return Diagnostic(.valueMisfit, "there is no day `\(word.value)`", at: word.range)
    }
    let better = CalendarDate.repaired(word.value)
    return Diagnostic(
      .valueMisfit, "`\(word.value)` is not a date; write year, month and day, such as `2026-11-23`", at: word.range,
      fixIts: better.map { [FixIt("write `\($0)`", replace: word.range, with: $0)] } ?? [])
  }

  static func notANumber(_ word: Spanned<String>, isWhole: Bool) -> Diagnostic {
    let digits = String(word.value.split(separator: " ").first ?? "")
    let better = word.value.hasPrefix(digits) ? Number.repaired(digits, isWhole: isWhole) : nil
    let tooLong =
      Number(digits) == nil && digits.allSatisfy { $0.isNumber || $0 == "." }
      && digits.split(separator: ".").contains { $0.count > 9 }
    return Diagnostic(
      tooLong ? .numberTooLarge : .valueMisfit,
      tooLong
        ? "`\(word.value)` has more than nine digits on a side of the point" : "`\(word.value)` is not a number",
      at: word.range,
      fixIts: better.map { better in
        let whole = better + word.value.dropFirst(digits.count)
        return [FixIt("write `\(whole)`", replace: word.range, with: whole)]
      } ?? [])
  }

  /// - Parameter wrong: the end of the range that is no number.
  static func notARange(_ word: Spanned<String>, wrong: String = "", isWhole: Bool = false) -> Diagnostic {
    if !wrong.isEmpty, wrong.allSatisfy({ $0.isNumber || $0 == "." }),
      wrong.split(separator: ".").contains(where: { $0.count > 9 })
    {
      return Diagnostic(
        .numberTooLarge, "`\(wrong)` has more than nine digits on a side of the point", at: word.range)
    }
    var fixed = Number.repaired(wrong, isWhole: isWhole).map { word.value.replacing(wrong, with: $0) }
    if let match = word.value.firstMatch(of: /^(\d+) ?[-–—] ?(\d+)$/) {
      fixed = "\(match.output.1) to \(match.output.2)"
    }
    return Diagnostic(
      .badRange, "`\(word.value)` is not a range; write two numbers, such as `0 to 10`", at: word.range,
      fixIts: fixed.map { [FixIt("write `\($0)`", replace: word.range, with: $0)] } ?? [])
  }

  static func notOrdered(_ word: Spanned<String>, of what: String) -> Diagnostic {
    Diagnostic(
      .matcherMisfit,
      "the options of \(what) have no order, so `\(word.value)` means nothing; list the options, or declare "
        + "`ordered: […]`", at: word.range)
  }

  static func notWhole(_ word: Spanned<String>, of what: String) -> Diagnostic {
    Diagnostic(.valueMisfit, "\(what) counts in whole numbers, and `\(word.value)` is none", at: word.range)
  }

  static func numberTooLarge(_ name: Spanned<String>) -> Diagnostic {
    Diagnostic(
      .numberTooLarge, "`\(name.value)` could become larger than \(Number.limit); narrow the ranges below it",
      at: name.range)
  }

  static func outsideDomain(_ word: Spanned<String>, of what: String, reason: String) -> Diagnostic {
    Diagnostic(.outsideDomain, "`\(word.value)` can never hold of \(what): \(reason)", at: word.range)
  }

  static func outsideRange(_ word: Spanned<String>, domain: Domain, of what: String) -> Diagnostic {
    Diagnostic(
      .outsideDomain, "`\(word.value)` lies outside \(what), which goes \(domain.rangeText)", at: word.range)
  }

  static func overrideWithoutEffect(_ id: Spanned<String>, by rule: String, sharedDecision: String?) -> Diagnostic {
    if let sharedDecision {
      return Diagnostic(
        .badOverride,
        "`\(rule)` and `\(id.value)` speak about different options of `\(sharedDecision)`, so neither stands in the other's "
          + "way; delete the override", at: id.range)
    }
    return Diagnostic(
      .badOverride,
      "`\(rule)` cannot override `\(id.value)`: there is no decision about which both speak; delete the override",
      at: id.range)
  }

  static func readsDecision(_ name: Spanned<String>, in what: String) -> Diagnostic {
    Diagnostic(
      .misplacedRead,
      "\(what) reads `\(name.value)`, which is part of the plan; only facts and what is derived from them "
        + "may be read here", at: name.range)
  }

  static func propertyReadsDecision(_ name: Spanned<String>) -> Diagnostic {
    Diagnostic(
      .misplacedRead, "`\(name.value)` is part of the plan; name facts, or what is derived from them", at: name.range)
  }

  static func notMonotone(_ name: Spanned<String>) -> Diagnostic {
    Diagnostic(
      .matcherMisfit,
      "`\(name.value)` has no order, so none of its answers is worse than another; name a number, an "
        + "ordered choice, a score or bands", at: name.range)
  }

  static func decisionsWithoutComparison(_ decision: Spanned<String>, _ property: String) -> Diagnostic {
    Diagnostic(
      .unknownKey,
      "`decisions` says where `independent_of` or `monotone` holds, and the property `\(property)` has "
        + "neither; name decisions in `expect`", at: decision.range)
  }

  static func planMisfit(_ node: YAMLNode, _ words: [String]) -> Diagnostic {
    Diagnostic(
      .matcherMisfit, "`plan` can be asked for one of: \(words.joined(separator: ", "))", at: node.range)
  }

  static func readsRecordOnly(_ name: Spanned<String>, in what: String) -> Diagnostic {
    Diagnostic(
      .misplacedRead, "\(what) reads `\(name.value)`, which is `record_only`: nothing may depend on it", at: name.range)
  }

  static func ruleOutMisfit(_ target: Spanned<String>) -> Diagnostic {
    Diagnostic(
      .valueMisfit,
      "`\(target.value)` cannot be ruled out; `rule_out` is for sets, menus and preferred choices, so recommend "
        + "what is the least instead", at: target.range)
  }

  static func screenTooLong(_ fact: Spanned<String>, _ count: Int) -> Diagnostic {
    Diagnostic(
      .invalidValue,
      "a pre-screen has at most \(Limits.screen) questions, and this is one of \(count); leave it to the interview",
      at: fact.range)
  }

  static func speaksAboutFilling(_ item: Spanned<String>) -> Diagnostic {
    Diagnostic(
      .valueMisfit, "`\(item.value)` fills what the other items leave, so no rule can recommend it or rule it out",
      at: item.range)
  }

  static func tableCells(_ row: Spanned<String>, found: Int, expected: Int) -> Diagnostic {
    Diagnostic(
      .tableShape,
      "the row `\(row.value)` has \(found) cells, and the table has \(expected) columns; write `any` for a cell "
        + "without a condition", at: row.range)
  }

  static func unitMisfit(
    _ word: Spanned<String>, unit: String, declared: MeasurementUnit, number: Number, of what: String
  ) -> Diagnostic {
    var fixIts: [FixIt] = []
    if let parts = declared.multiple(of: MeasurementUnit(unit)), let exact = number.divided(by: parts) {
      let better = declared.text(for: exact)
      fixIts = [FixIt("write `\(better)`", replace: word.range, with: better)]
    } else if let near = likelyMeant(unit, among: [declared.name]) {
      fixIts = [FixIt("did you mean `\(number) \(near)`?", replace: word.range, with: "\(number) \(near)")]
    }
    return Diagnostic(
      .unitMisfit, "`\(unit)` does not fit \(what), which counts `\(declared.name)`", at: word.range, fixIts: fixIts)
  }

  static func unitNotDeclared(_ word: Spanned<String>, unit: String, of what: String) -> Diagnostic {
    let number = String(word.value.split(separator: " ").first ?? "")
    return Diagnostic(
      .unitMisfit, "\(what) has no unit, so `\(unit)` means nothing here", at: word.range,
      fixIts: [FixIt("write `\(number)`", replace: word.range, with: number)])
  }

  static func unknownFill(_ name: String, at range: SourceRange, candidates: [String], prefix: String) -> Diagnostic {
    let near = likelyMeant(name, among: candidates).map { "; did you mean `<\(prefix)\($0)>`?" } ?? ""
    return Diagnostic(
      .badText, "the text fills in `<\(prefix)\(name)>`, and nothing has that name\(near)", at: range)
  }

  static func unknownName(
    _ name: Spanned<String>, what: String, candidates: [String], prefix: String = ""
  ) -> Diagnostic {
    if name.value.contains(":"), !name.value.contains(" ") { return .missingSpace(name, isPersonal: false) }
    let near = likelyMeant(name.value, among: candidates)
    return Diagnostic(
      .unknownName, "there is no \(what) `\(name.value)`", at: name.range,
      fixIts: near.map {
        [FixIt("did you mean `\(prefix)\($0)`?", replace: name.range, with: prefix + $0)]
      } ?? [])
  }

  static func unknownOption(_ word: Spanned<String>, of what: String, options: [String]) -> Diagnostic {
    Diagnostic(
      .outsideDomain, "`\(word.value)` is not an option of \(what); expected \(expectedList(options))", at: word.range,
      fixIts: FixIt.didYouMean(word, among: options))
  }

  static func unused(_ name: Spanned<String>, what: String, advice: String) -> Diagnostic {
    Diagnostic(.unused, "nothing reads the \(what) `\(name.value)`; \(advice)", at: name.range, severity: .warning)
  }

  static func whichPhase(_ name: Spanned<String>, example: String, in what: String) -> Diagnostic {
    Diagnostic(
      .whichPhase, "`\(name.value)` is decided for each phase, so \(what) must say which", at: name.range,
      fixIts: [FixIt("write `\(example)`", replace: name.range, with: example)])
  }
}

extension Domain {
  /// `from 0 to 27`, for messages.
  var rangeText: String {
    switch self {
    case .numbers(let numbers): "from \(numbers.interval.lower) to \(numbers.interval.upper)"
    case .dates(let interval):
      "from \(CalendarDate(days: interval.lower.whole ?? 0)) to \(CalendarDate(days: interval.upper.whole ?? 0))"
    case .options, .members: "over its options"
    }
  }
}

extension Number {
  /// `1,000`, `08`, `+5`, `.5` and `3.0` as numbers that can be read; `nil` if nothing is wrong or nothing helps.
  static func repaired(_ digits: String, isWhole: Bool) -> String? {
    var better = digits.replacing(",", with: "")
    if better.hasPrefix("+") { better.removeFirst() }
    while better.count > 1, better.hasPrefix("0"), !better.hasPrefix("0.") { better.removeFirst() }
    if better.hasPrefix(".") { better = "0" + better }
    if better.hasSuffix(".0"), isWhole { better.removeLast(2) }
    return better != digits && Number(better) != nil ? better : nil
  }

  /// The quotient, if it can be written with nine digits.
  func divided(by divisor: Int) -> Number? {
    dividedExactly(by: divisor).flatMap { Number($0.description) }
  }
}

extension CalendarDate {
  /// `11/23/2026` (month first) or `2026-1-5` as a date that can be read.
  fileprivate static func repaired(_ text: String) -> String? {
    func padded(_ word: Substring) -> String { word.count == 1 ? "0\(word)" : String(word) }
    if let match = text.firstMatch(of: /^(\d{1,2})[\/.](\d{1,2})[\/.](\d{4})$/) {
      let better = "\(match.output.3)-\(padded(match.output.1))-\(padded(match.output.2))"
      return CalendarDate(better).map(\.description)
    }
    if let match = text.firstMatch(of: /^(\d{4})[-\/.](\d{1,2})[-\/.](\d{1,2})$/) {
      let better = "\(match.output.1)-\(padded(match.output.2))-\(padded(match.output.3))"
      return CalendarDate(better).map(\.description)
    }
    return nil
  }
}
