import RuleEngine
import SourceText

/// Reads what a condition asks of a variable, by the variable's domain: the table of matchers in the language reference.
struct MatcherReader {
  let values: ValueReader
  let symbol: Symbol
  let domain: Domain
  private var what: String { "`\(symbol.name)`" }

  private var repaired: MatcherRepair {
    MatcherRepair(domain: domain, parameters: values.parameters.keys.sorted())
  }

  func matcher(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> Matcher? {
    switch node.content {
    case .broken: return nil
    case .scalar(let scalar):
      let word = Spanned(scalar.text, node.range)
      if scalar.isBlock {
        diagnostics.append(
          Diagnostic(
            .matcherMisfit,
            "a value that begins with `>` or `|` is a block of text; write `more than`, `at least` or just "
              + "the value", at: node.range))
        return nil
      }
      if scalar.isBlank {
        diagnostics.append(.emptyValue(of: Spanned(symbol.name, node.range)))
        return nil
      }
      return words(word, &diagnostics)
    case .list(let items): return oneOf(items, isNegated: false, node.range, &diagnostics)
    case .map(let entries): return map(entries, node.range, &diagnostics)
    }
  }

  private func words(_ word: Spanned<String>, _ diagnostics: inout [Diagnostic]) -> Matcher? {
    // An option of a decision may be called so; of a fact none may.
    let isOption = domain.names.contains(word.value)
    if !isOption, word.value == "declined" || word.value == "does_not_know" {
      guard case .fact = symbol.kind else {
        diagnostics.append(
          Diagnostic(
            .matcherMisfit, "\(what) is not asked but follows, so it cannot be `\(word.value)`; ask that of a fact",
            at: word.range))
        return nil
      }
      return Matcher(word.value == "declined" ? .declined : .doesNotKnow)
    }
    if !isOption, word.value == "unknown" || word.value == "not_applicable" {
      diagnostics.append(.asksForUnknown(word, of: symbol))
      return nil
    }
    if word.value.hasPrefix("not "), let bracket = word.value.firstIndex(of: "[") {
      let list = word.value[bracket...]
      diagnostics.append(
        Diagnostic(
          .matcherMisfit, "`not […]` is read as one text; write `{not: \(list)}`", at: word.range,
          fixIts: [.init("write `{not: \(list)}`", replace: word.range, with: "{not: \(list)}")]))
      return nil
    }
    switch domain {
    case .options(_, let isOrdered): return optionWords(word, isOrdered: isOrdered && domain != .yesNo, &diagnostics)
    case .numbers, .dates: return rangeWords(word, &diagnostics)
    case .members: return memberWords(word, &diagnostics)
    }
  }

  /// The words behind a beginning: of `at least 3` behind `at least `, the word `3`, with its own place.
  private func rest(_ word: Spanned<String>, behind beginning: String) -> Spanned<String>? {
    guard word.value.hasPrefix(beginning) else { return nil }
    // Beginnings are written with a byte for each letter.
    let count = beginning.utf8.count
    let text = String(Substring(word.value.utf8.dropFirst(count)))
    return Spanned(text, word.range.dropping(count, from: word.value))
  }

  // MARK: Options

  private func optionWords(
    _ word: Spanned<String>, isOrdered: Bool, _ diagnostics: inout [Diagnostic]
  ) -> Matcher? {
    if let negated = rest(word, behind: "not ") {
      guard let option = values.option(negated, in: domain, of: what, &diagnostics) else { return nil }
      return Matcher(.options([option]), isNegated: true)
    }
    return optionRange(word, isOrdered: isOrdered, &diagnostics).map { Matcher(.options($0)) }
  }

  private func optionRange(
    _ word: Spanned<String>, isOrdered: Bool, _ diagnostics: inout [Diagnostic]
  ) -> [Int]? {
    guard word.hasSeveralWords else { return values.option(word, in: domain, of: what, &diagnostics).map { [$0] } }
    let all = Array(domain.names.indices)
    let comparisons: [(String, (Int, Int) -> Bool)] = [
      ("at least ", { $0 >= $1 }), ("more than ", { $0 > $1 }), ("at most ", { $0 <= $1 }), ("less than ", { $0 < $1 }),
    ]
    for (beginning, compares) in comparisons {
      guard let limit = rest(word, behind: beginning) else { continue }
      guard isOrdered else {
        diagnostics.append(.notOrdered(word, of: what))
        return nil
      }
      guard let place = values.option(limit, in: domain, of: what, &diagnostics) else { return nil }
      let options = all.filter { compares($0, place) }
      if options.isEmpty {
        diagnostics.append(.outsideDomain(word, of: what, reason: "no option is \(word.value)"))
        return nil
      }
      return options
    }
    if let to = word.value.range(of: " to ") {
      guard isOrdered else {
        diagnostics.append(.notOrdered(word, of: what))
        return nil
      }
      let lower = Spanned(String(word.value[..<to.lowerBound]), word.range)
      let upper = Spanned(String(word.value[to.upperBound...]), word.range)
      guard let first = values.option(lower, in: domain, of: what, &diagnostics),
        let last = values.option(upper, in: domain, of: what, &diagnostics)
      else { return nil }
      guard first <= last else {
        diagnostics.append(.emptyRange(word))
        return nil
      }
      return Array(first...last)
    }
    if domain != .yesNo {
      diagnostics.append(.matcherMisfit(word, expected: expectation, meant: repaired.words(word.value)))
      return nil
    }
    return values.option(word, in: domain, of: what, &diagnostics).map { [$0] }
  }

  // MARK: Numbers and dates

  private func rangeWords(_ word: Spanned<String>, _ diagnostics: inout [Diagnostic]) -> Matcher? {
    if let negated = rest(word, behind: "not ") {
      guard negated.value.range(of: " to ") == nil else {
        diagnostics.append(
          Diagnostic(
            .matcherMisfit, "`not` takes one value; write `{not: [\(negated.value)]}` for a range", at: word.range,
            fixIts: [.init("write `{not: [\(negated.value)]}`", replace: word.range, with: "{not: [\(negated.value)]}")]
          ))
        return nil
      }
      return range(negated, &diagnostics).map { Matcher(.ranges([$0]), isNegated: true) }
    }
    return range(word, &diagnostics).map { Matcher(.ranges([$0])) }
  }

  private typealias Comparison = (beginning: String, isLower: Bool, isIncluded: Bool)

  private static let comparisonsOfDates: [Comparison] = [
    ("before ", false, false), ("after ", true, false), ("from ", true, true), ("until ", false, true),
  ]
  private static let comparisonsOfNumbers: [Comparison] = [
    ("at least ", true, true), ("more than ", true, false), ("at most ", false, true), ("less than ", false, false),
  ]

  private var comparisons: [Comparison] {
    if case .dates = domain { Self.comparisonsOfDates } else { Self.comparisonsOfNumbers }
  }

  private func range(_ word: Spanned<String>, _ diagnostics: inout [Diagnostic]) -> MatcherRange? {
    guard word.hasSeveralWords else { return single(word, &diagnostics) }
    for (beginning, isLower, isIncluded) in comparisons {
      guard let limit = rest(word, behind: beginning) else { continue }
      if beginning == "more than ", limit.value.contains(" to ") { break }
      guard let operand = operand(limit, &diagnostics) else { return nil }
      let bound = MatcherRange.Bound(operand, isIncluded: isIncluded)
      let range = MatcherRange(lower: isLower ? bound : nil, upper: isLower ? nil : bound)
      return canHold(range, word, &diagnostics) ? range : nil
    }
    if case .dates = domain, let relative = RelativeDays(word.value) {
      return MatcherRange(
        lower: .init(.daysFromAssessment(relative.first), isIncluded: true),
        upper: .init(.daysFromAssessment(relative.last), isIncluded: true))
    }
    if let to = word.value.range(of: " to ") {
      var upperText = String(word.value[to.upperBound...])
      let isIncluded = !upperText.hasPrefix("less than ")
      if !isIncluded { upperText = String(upperText.dropFirst("less than ".count)) }
      let unit = upperText.split(separator: " ", maxSplits: 1).dropFirst().first.map(String.init)
      let skipped = word.value.unicodeScalars.count - upperText.unicodeScalars.count
      var lowerText = String(word.value[..<to.lowerBound])
      let isAbove = lowerText.hasPrefix("more than ")
      if isAbove { lowerText = String(lowerText.dropFirst("more than ".count)) }
      let lowerWord = Spanned(lowerText, word.range)
      let upperWord = Spanned(upperText, word.range.dropping(skipped, from: word.value))
      guard let lower = operand(lowerWord, unit: unit, &diagnostics), let upper = operand(upperWord, &diagnostics)
      else { return nil }
      let range = MatcherRange(
        lower: .init(lower, isIncluded: !isAbove), upper: .init(upper, isIncluded: isIncluded))
      return canHold(range, word, &diagnostics) ? range : nil
    }
    return single(word, &diagnostics)
  }

  private func single(_ word: Spanned<String>, _ diagnostics: inout [Diagnostic]) -> MatcherRange? {
    guard let operand = operand(word, &diagnostics) else { return nil }
    let bound = MatcherRange.Bound(operand, isIncluded: true)
    return MatcherRange(lower: bound, upper: bound)
  }

  /// Whether some value of the domain lies in a range of constants.
  private func canHold(_ range: MatcherRange, _ word: Spanned<String>, _ diagnostics: inout [Diagnostic]) -> Bool {
    guard let interval = domain.interval else { return false }
    var possible = interval
    if case .constant(let number)? = range.lower?.operand {
      possible.lower = domain.closed(number, isIncluded: range.lower?.isIncluded ?? true, isLower: true)
    }
    if case .constant(let number)? = range.upper?.operand {
      possible.upper = domain.closed(number, isIncluded: range.upper?.isIncluded ?? true, isLower: false)
    }
    if case .constant? = range.lower?.operand, case .constant? = range.upper?.operand, possible.lower > possible.upper {
      diagnostics.append(.emptyRange(word))
      return false
    }
    guard possible.lower <= possible.upper, possible.overlaps(interval) else {
      diagnostics.append(.outsideRange(word, domain: domain, of: what))
      return false
    }
    return true
  }

  private func operand(
    _ word: Spanned<String>, unit: String? = nil, _ diagnostics: inout [Diagnostic]
  ) -> MatcherRange.Operand? {
    if word.value.hasPrefix("$") {
      return values.parameter(word, for: domain, &diagnostics).map { .parameter($0.index, times: $0.times) }
    }
    guard let first = word.value.unicodeScalars.first,
      "-+.".unicodeScalars.contains(first) || ("0"..."9").contains(first)
    else {
      diagnostics.append(.matcherMisfit(word, expected: expectation, meant: repaired.words(word.value)))
      return nil
    }
    var found: [Diagnostic] = []
    if let number = values.number(word, in: domain, of: what, unit: unit, &found) { return .constant(number) }
    if unit == nil, found.first?.fixIts.isEmpty ?? true, let meant = repaired.words(word.value) {
      found = [.matcherMisfit(word, expected: expectation, meant: meant)]
    }
    diagnostics += found
    return nil
  }

  /// What can be asked of a variable of this domain.
  private var expectation: String {
    switch domain {
    case .options: "one of its options, or `not` and an option"
    case .numbers: "a number, `at least 3`, `more than 3`, `at most 3`, `less than 3`, `3 to 5` or `not 3`"
    case .dates:
      "a date such as `2026-11-23`, `before`, `after`, `from` or `until` a date, `within 30 days before` "
        + "or `14 days ahead to 30 days before`"
    case .members: "`includes x`, `not includes x`, `empty` or `not empty`"
    }
  }

  // MARK: Sets

  private func memberWords(_ word: Spanned<String>, _ diagnostics: inout [Diagnostic]) -> Matcher? {
    if word.value == "empty" { return Matcher(.empty) }
    if word.value == "not empty" { return Matcher(.empty, isNegated: true) }
    if let member = rest(word, behind: "includes ") {
      return values.option(member, in: domain, of: what, &diagnostics).map { Matcher(.includesAll([$0])) }
    }
    if let member = rest(word, behind: "not includes ") {
      return values.option(member, in: domain, of: what, &diagnostics).map {
        Matcher(.includesAll([$0]), isNegated: true)
      }
    }
    if domain.names.contains(word.value) {
      diagnostics.append(
        Diagnostic(
          .matcherMisfit, "\(what) can hold several at once; write `includes \(word.value)`", at: word.range,
          fixIts: [.init("write `includes \(word.value)`", replace: word.range, with: "includes \(word.value)")]))
    } else {
      diagnostics.append(.matcherMisfit(word, expected: expectation, meant: repaired.words(word.value)))
    }
    return nil
  }

  // MARK: Lists and maps

  private func oneOf(
    _ items: [YAMLNode], isNegated: Bool, _ place: SourceRange, _ diagnostics: inout [Diagnostic]
  ) -> Matcher? {
    if case .members = domain {
      diagnostics.append(.listOfMembers(at: place, of: what))
      return nil
    }
    guard !items.isEmpty else {
      diagnostics.append(.unexpectedShape(YAMLNode(.list([]), place), expected: "a list with at least one value"))
      return nil
    }
    var options: [Int] = []
    var ranges: [MatcherRange] = []
    for item in items {
      guard let word = item.word(what: "a value or a range such as `3 to 5`", &diagnostics) else { return nil }
      let isComparison =
        comparisons.contains { word.value.hasPrefix($0.beginning) }
        || ["at least ", "more than ", "at most ", "less than "].contains { word.value.hasPrefix($0) }
      let isRecord = ["declined", "does_not_know"].contains(word.value) && !domain.names.contains(word.value)
      if isComparison || word.value.hasPrefix("not ") || isRecord {
        diagnostics.append(
          .matcherMisfit(word, expected: "a value or a range such as `a to b`; a list holds nothing else"))
        return nil
      }
      if case .options(_, let isOrdered) = domain {
        guard let more = optionRange(word, isOrdered: isOrdered && domain != .yesNo, &diagnostics) else { return nil }
        options += more
      } else {
        guard let more = range(word, &diagnostics) else { return nil }
        ranges.append(more)
      }
    }
    if case .options = domain { return Matcher(.options(Set(options).sorted()), isNegated: isNegated) }
    return Matcher(.ranges(ranges.sorted { $0.sortKey < $1.sortKey }), isNegated: isNegated)
  }

  private func map(_ entries: [YAMLEntry], _ place: SourceRange, _ diagnostics: inout [Diagnostic]) -> Matcher? {
    guard entries.count == 1, let entry = entries.first else {
      diagnostics.append(
        .unexpectedShape(YAMLNode(.map(entries), place), expected: "one matcher such as `{not: [a, b]}`"))
      return nil
    }
    if case .members = domain { return memberMap(entry, &diagnostics) }
    guard entry.key.value == "not" else {
      diagnostics.append(.unknownKey(entry.key, in: "a matcher of \(what)", expected: ["not"]))
      return nil
    }
    if case .list(let items) = entry.value.content {
      return oneOf(items, isNegated: true, entry.value.range, &diagnostics)
    }
    return oneOf([entry.value], isNegated: true, entry.value.range, &diagnostics)
  }

  private func memberMap(_ entry: YAMLEntry, _ diagnostics: inout [Diagnostic]) -> Matcher? {
    let tests: [String: ([Int]) -> Matcher.Test] = [
      "exactly": Matcher.Test.exactly, "includes_any": Matcher.Test.includesAny,
      "includes_all": Matcher.Test.includesAll, "includes_none": Matcher.Test.includesNone,
    ]
    guard let test = tests[entry.key.value] else {
      diagnostics.append(
        .unknownKey(entry.key, in: "a matcher of \(what)", expected: tests.keys.sorted()))
      return nil
    }
    guard let words = entry.value.words(what: "a list of options", &diagnostics) else { return nil }
    if words.isEmpty, entry.key.value != "exactly" {
      diagnostics.append(.unexpectedShape(entry.value, expected: "at least one option of \(what)"))
      return nil
    }
    var members: [Int] = []
    for word in words {
      guard let member = values.option(word, in: domain, of: what, &diagnostics) else { return nil }
      members.append(member)
    }
    return Matcher(test(Set(members).sorted()))
  }
}

extension SourceRange {
  /// The range without its first characters, where the text stands as it is on one line.
  func dropping(_ count: Int, from text: String) -> SourceRange {
    guard start.line == end.line else { return self }
    let quotes = end.column - start.column - text.scalarCount
    let column = start.column + count + (quotes > 0 ? 1 : 0)
    return moved(from: SourcePosition(line: start.line, column: column), to: end)
  }
}

extension Spanned<String> {
  fileprivate var hasSeveralWords: Bool { value.utf8.contains(UInt8(ascii: " ")) }
}

extension String {
  func range(of other: String) -> Range<String.Index>? { firstRange(of: other) }

  /// How many Unicode scalars it has: all bytes but those that continue one.
  fileprivate var scalarCount: Int {
    var count = 0
    for byte in utf8 where byte & 0b1100_0000 != 0b1000_0000 { count += 1 }
    return count
  }
}
