import RuleEngine
import SourceText

/// Bands: an ordered choice from a number, whose ranges cover its domain exactly once.
extension RulebookChecker {
  mutating func bands(
    _ of: Spanned<String>, _ rows: [(Spanned<String>, Spanned<String>)], _ name: Spanned<String>
  ) -> Resolved? {
    guard let domain = domain(of: of) else { return nil }
    guard case .numbers(let numbers) = domain else {
      diagnostics.append(Diagnostic(.valueMisfit, "`\(of.value)` is not a number, so it has no bands", at: of.range))
      return nil
    }
    var bands: [(Spanned<String>, Interval)] = []
    for (band, word) in rows {
      if !band.value[...].isPlainName || Self.reservedOptions.contains(band.value) {
        diagnostics.append(.badName(band, what: "a band"))
      }
      guard let interval = values.range(word, isWhole: numbers.isWhole, mayExclude: true, &diagnostics) else {
        return nil
      }
      guard numbers.interval.lower <= interval.lower, interval.upper <= numbers.interval.upper else {
        diagnostics.append(
          .bandOutside(band, range: word.range, whole: "`\(of.value)`, which goes \(domain.rangeText)"))
        return nil
      }
      bands.append((band, interval))
    }
    bands.sort { $0.1.lower < $1.1.lower }
    let step = numbers.isWhole ? Number(1) : domain.smallestStep
    var next = numbers.interval.lower
    for (index, (band, interval)) in bands.enumerated() {
      if index > 0, interval.lower <= bands[index - 1].1.upper {
        let shared =
          interval.lower == min(interval.upper, bands[index - 1].1.upper)
          ? "\(interval.lower)" : "\(interval.lower) to \(min(interval.upper, bands[index - 1].1.upper))"
        diagnostics.append(.bandOverlap(band, bands[index - 1].0, shared: shared))
        return nil
      }
      if interval.lower > next {
        let last = numbers.isWhole ? interval.lower - step : interval.lower
        diagnostics.append(
          .bandGap(name, missing: gap(next, last, numbers.isWhole), whole: "\(of.value), \(domain.rangeText),"))
        return nil
      }
      next = interval.upper + step
    }
    guard next > numbers.interval.upper else {
      diagnostics.append(
        .bandGap(name, missing: gap(next, numbers.interval.upper, true), whole: "\(of.value), \(domain.rangeText),"))
      return nil
    }
    return Resolved(
      domain: .options(bands.map(\.0.value), isOrdered: true),
      derivation: .bands(of: of.value, bands.map(\.1)), labels: bands.map(\.0.value.readable))
  }

  private func gap(_ first: Number, _ last: Number, _ isWhole: Bool) -> String {
    first == last ? "\(first)" : isWhole ? "\(first) to \(last)" : "what lies below \(last)"
  }
}
