import RuleEngine
import SourceText

/// Reads single values by the type that was declared: options, numbers with units, dates.
struct ValueReader {
  let parameters: [String: Int]
  let parameterDomains: [Domain]
  /// Every name of a parameter, of those that are broken, too.
  var declaredParameters: Set<String> = []

  /// An option of a domain, or what is wrong with it.
  func option(
    _ word: Spanned<String>, in domain: Domain, of what: @autoclosure () -> String, _ diagnostics: inout [Diagnostic]
  ) -> Int? {
    if let index = domain.names.firstIndex(of: word.value) { return index }
    if domain == .yesNo {
      diagnostics.append(.notYesOrNo(word))
    } else {
      diagnostics.append(.unknownOption(word, of: what(), options: domain.names))
    }
    return nil
  }

  /// A number with or without a unit, in the unit of the domain.
  ///
  /// - Parameter unit: the unit that stands behind a whole range, for its first number.
  func number(
    _ word: Spanned<String>, in domain: Domain, of what: @autoclosure () -> String, unit implied: String? = nil,
    _ diagnostics: inout [Diagnostic]
  ) -> Number? {
    guard case .numbers(let numbers) = domain else { return date(word, in: domain, of: what(), &diagnostics) }
    let (digits, written) = word.value.numberAndUnit
    guard var number = Number(digits) else {
      diagnostics.append(.notANumber(word, isWhole: numbers.isWhole))
      return nil
    }
    let unitText = written ?? implied
    if let unitText {
      let written = MeasurementUnit(unitText)
      guard let declared = numbers.unit else {
        diagnostics.append(.unitNotDeclared(word, unit: unitText, of: what()))
        return nil
      }
      guard let multiple = written.multiple(of: declared) else {
        diagnostics.append(.unitMisfit(word, unit: unitText, declared: declared, number: number, of: what()))
        return nil
      }
      number = number * Number(multiple)
    }
    if numbers.isWhole, !number.isWhole {
      diagnostics.append(.notWhole(word, of: what()))
      return nil
    }
    guard numbers.interval.contains(number) else {
      diagnostics.append(.outsideRange(word, domain: domain, of: what()))
      return nil
    }
    return number
  }

  private func date(
    _ word: Spanned<String>, in domain: Domain, of what: @autoclosure () -> String, _ diagnostics: inout [Diagnostic]
  ) -> Number? {
    guard let date = CalendarDate(word.value) else {
      diagnostics.append(.notADate(word))
      return nil
    }
    let number = Number(date.days)
    guard let interval = domain.interval, interval.contains(number) else {
      diagnostics.append(.outsideRange(word, domain: domain, of: what()))
      return nil
    }
    return number
  }

  /// `0 to 10`; of a band also `0 to less than 4.5` and `more than 4.5 to 9`.
  func range(
    _ word: Spanned<String>, isWhole: Bool, mayExclude: Bool, _ diagnostics: inout [Diagnostic]
  ) -> Interval? {
    let text = word.value
    let sides = text.split(separator: " to ", maxSplits: 1).map(String.init)
    guard sides.count == 2 else {
      if mayExclude, let single = Number(text) { return Interval(single) }
      diagnostics.append(.notARange(word))
      return nil
    }
    let isExcluded = sides[1].hasPrefix("less than ") && mayExclude
    let upperText = isExcluded ? String(sides[1].dropFirst("less than ".count)) : sides[1]
    let isAbove = sides[0].hasPrefix("more than ") && mayExclude
    let lowerText = isAbove ? String(sides[0].dropFirst("more than ".count)) : sides[0]
    guard var lower = Number(lowerText), let upper = Number(upperText) else {
      let wrong = Number(lowerText) == nil ? lowerText : upperText
      diagnostics.append(.notARange(word, wrong: wrong, isWhole: isWhole))
      return nil
    }
    guard !isWhole || (lower.isWhole && upper.isWhole) else {
      diagnostics.append(.notWhole(word, of: "the range"))
      return nil
    }
    let domain = Domain.numbers(NumberDomain(interval: Interval(lower, upper), isWhole: isWhole, unit: nil))
    let closed = domain.closed(upper, isIncluded: !isExcluded, isLower: false)
    lower = domain.closed(lower, isIncluded: !isAbove, isLower: true)
    guard lower <= closed else {
      diagnostics.append(.emptyRange(word))
      return nil
    }
    return Interval(lower, closed)
  }

  /// `$adult_minimum_hours`, checked against the unit of what it is compared with.
  func parameter(
    _ word: Spanned<String>, for domain: Domain, _ diagnostics: inout [Diagnostic]
  ) -> (index: Int, times: Int)? {
    let name = String(word.value.dropFirst())
    guard let index = parameters[name] else {
      if declaredParameters.contains(name) { return nil }
      diagnostics.append(
        .unknownName(Spanned(name, word.range), what: "parameter", candidates: parameters.keys.sorted(), prefix: "$"))
      return nil
    }
    switch (domain, parameterDomains[index]) {
    case (.numbers(let wanted), .numbers(let given)) where wanted.unit == given.unit: return (index, 1)
    case (.dates, .dates): return (index, 1)
    case (.numbers(let wanted), .numbers(let given)):
      if let unit = wanted.unit, let times = given.unit?.multiple(of: unit) { return (index, times) }
      diagnostics.append(
        Diagnostic(
          .unitMisfit,
          "the parameter `\(name)` is in \(given.unit.map { "`\($0.name)`" } ?? "no unit"), and this fact in "
            + (wanted.unit.map { "`\($0.name)`" } ?? "no unit"), at: word.range))
      return nil
    default:
      let isDate = if case .dates = parameterDomains[index] { true } else { false }
      diagnostics.append(
        Diagnostic(
          .matcherMisfit,
          "the parameter `\(name)` is \(isDate ? "a date" : "a number"), and cannot be compared with this",
          at: word.range))
      return nil
    }
  }
}

extension String {
  /// What stands before the first blanks, and what stands behind them, if anything does.
  fileprivate var numberAndUnit: (number: String, unit: String?) {
    // Most numbers have no unit.
    guard utf8.contains(UInt8(ascii: " ")) else { return (self, nil) }
    let parts = split(separator: " ", maxSplits: 1)
    return (parts.first.map(String.init) ?? "", parts.count > 1 ? parts[1].trimmingSpaces() : nil)
  }
}

extension Substring {
  func trimmingSpaces() -> String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
