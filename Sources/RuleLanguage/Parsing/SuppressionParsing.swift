import SourceText

/// The key `suppress`, which every element may have.
extension RulebookParser {
  static let suppressionKey = "suppress"

  /// The element without its suppressions, which are noted.
  mutating func takingSuppressions(from element: YAMLEntry) -> YAMLEntry {
    guard case .map(let entries) = element.value.content,
      let place = entries.indices.first(where: { entries[$0].key.value == Self.suppressionKey })
    else { return element }
    let suppress = entries[place]
    let range = element.key.range.moved(from: element.key.range.start, to: element.value.range.end)
    for entry in suppress.value.entries(what: "`\(Self.suppressionKey)`", &diagnostics) ?? [] {
      guard let reason = entry.value.freeText(what: "the reason why the finding may stand", &diagnostics) else {
        continue
      }
      if DiagnosticID.suppressible.contains(entry.key.value) {
        rulebook.suppressions.append(
          Suppression(id: entry.key.value, reason: reason.value, place: entry.key.range, element: range))
      } else if DiagnosticID(rawValue: entry.key.value) != nil {
        diagnostics.append(.cannotSuppress(entry.key))
      } else {
        diagnostics.append(.unknownName(entry.key, what: "finding", candidates: DiagnosticID.suppressible))
      }
    }
    let rest = entries.filter { $0.key.value != Self.suppressionKey }
    return YAMLEntry(key: element.key, value: YAMLNode(.map(rest), element.value.range))
  }
}
