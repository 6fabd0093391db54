import RuleEngine
import SourceText

/// What overlays say about themselves and about what is offered.
extension RulebookChecker {
  mutating func checkAdaptation() {
    guard !parsed.overlays.overlays.isEmpty else { return }
    var adaptation = Adaptation(overlays: [], offers: [])
    for (index, overlay) in parsed.overlays.overlays.enumerated() {
      let notes = overlay.notes.sorted { $0.name.value < $1.name.value }
      adaptation.overlays.append(
        Adaptation.Overlay(
          name: overlay.name.value,
          title: overlay.title.map(TextChecker.localized) ?? LocalizedText(overlay.name.value),
          reason: TextChecker.localized(overlay.reason), notes: notes.map { TextChecker.localized($0.text) }))
      for offer in overlay.offers {
        if let checked = check(offer, overlay: index) { adaptation.offers.append(checked) }
      }
    }
    adaptation.offers.sort { $0.name < $1.name }
    checked.adaptation = adaptation
  }

  private mutating func check(_ offer: ParsedOffer, overlay: Int) -> Adaptation.Offer? {
    let name = offer.name.value
    guard let symbol = symbols[name], mayBeOffered(symbol) else {
      if let symbol = symbols[name], let family = symbol.family ?? menu(of: symbol) {
        diagnostics.append(.nothingToOffer(offer.name, advice: "name the whole decision, `\(family)`"))
      } else if symbols[name] != nil {
        diagnostics.append(.nothingToOffer(offer.name, advice: "only decisions and facts with options do"))
      } else if !parsed.hasUnreadableParts {
        let facts = checked.facts.filter { !$0.domain.names.isEmpty }.map(\.name)
        diagnostics.append(
          .unknownName(offer.name, what: "decision or fact", candidates: decisions.keys.sorted() + facts + ["also"]))
      }
      return nil
    }
    guard let domain = symbol.domain else { return nil }
    use(name)
    var checked = Adaptation.Offer(
      name: name, options: [], ranges: [], overlay: overlay, reason: offer.reason.map(TextChecker.localized),
      reasons: offer.reasons.mapValues(TextChecker.localized))
    if case .numbers = domain {
      guard let ranges = ranges(offer, in: domain) else { return nil }
      checked.ranges = ranges
      return checked
    }
    var named: [Int] = []
    for word in offer.words {
      guard let option = values.option(word, in: domain, of: "`\(name)`", &diagnostics) else { return nil }
      named.append(option)
    }
    checked.options = domain.names.indices.filter { named.contains($0) != offer.isAllBut }
    return checked
  }

  private func mayBeOffered(_ symbol: Symbol) -> Bool {
    switch symbol.kind {
    case .decision: return symbol.family == nil
    case .fact: return !(symbol.domain?.names.isEmpty ?? false)
    case .derived, .item: return false
    }
  }

  private func menu(of symbol: Symbol) -> String? {
    if case .item(let menu) = symbol.kind { menu } else { nil }
  }

  /// Of a decision that is a number, the numbers and ranges that are offered, in their order.
  private mutating func ranges(_ offer: ParsedOffer, in domain: Domain) -> [Interval]? {
    guard !offer.isAllBut, case .numbers(let numbers) = domain else {
      diagnostics.append(
        .nothingToOffer(offer.name, advice: "of numbers write what is offered, such as `only: [3, 4 to 5]`"))
      return nil
    }
    var ranges: [Interval] = []
    for word in offer.words {
      if word.value.contains(" to ") {
        guard let range = values.range(word, isWhole: numbers.isWhole, mayExclude: false, &diagnostics) else {
          return nil
        }
        guard numbers.interval.contains(range.lower), numbers.interval.contains(range.upper) else {
          diagnostics.append(.outsideRange(word, domain: domain, of: "`\(offer.name.value)`"))
          return nil
        }
        ranges.append(range)
      } else {
        guard let number = values.number(word, in: domain, of: "`\(offer.name.value)`", &diagnostics) else {
          return nil
        }
        ranges.append(Interval(number))
      }
    }
    return ranges.sorted { ($0.lower, $0.upper) < ($1.lower, $1.upper) }
  }

  /// Whether an overlay disabled a rule, or the table of a row.
  func disabling(of id: String) -> Disabling? {
    guard !parsed.overlays.disabled.isEmpty else { return nil }
    let table = ElementName.split(id)?.table
    guard let found = parsed.overlays.disabled[id] ?? table.flatMap({ parsed.overlays.disabled[$0] }) else {
      return nil
    }
    return Disabling(overlay: found.overlay, reason: TextChecker.localized(found.reason))
  }
}
