import RuleEngine
package import SourceText

/// Puts overlays onto the files of a rulebook, before they are parsed: what comes out is one rulebook, each piece with the
/// place where it was written. The order in which overlays are given never matters.
///
/// ```
/// files of the rulebook ─┐
/// files of each overlay ─┴─ OverlayApplication ─▶ files of one rulebook, and what was disabled and offered
/// ```
package struct OverlayApplication {
  private let base: BaseElements
  private var overlays: [ParsedOverlay] = []
  private var diagnostics: [Diagnostic] = []
  /// What takes the place of an element; `nil` takes it away.
  private var changed: [ElementName: YAMLEntry?] = [:]
  private var added: [ElementName: [YAMLEntry]] = [:]
  private var applied = AppliedOverlays()

  /// - Parameters:
  ///   - roots: the files of the rulebook.
  ///   - overlays: for each overlay the folder it was read from, and its files.
  package static func apply(
    _ overlays: [(path: String, roots: [YAMLNode])], to roots: [YAMLNode]
  ) -> (roots: [YAMLNode], overlays: AppliedOverlays, diagnostics: [Diagnostic]) {
    guard !overlays.isEmpty else { return (roots, AppliedOverlays(), []) }
    var application = OverlayApplication(base: BaseElements(roots))
    for (path, roots) in overlays {
      let parsed = OverlayParser.parse(roots, path: path)
      application.diagnostics += parsed.diagnostics
      if let overlay = parsed.overlay { application.overlays.append(overlay) }
    }
    application.overlays.sort { ($0.name.value, $0.name.range) < ($1.name.value, $1.name.range) }
    application.checkNames()
    application.resolveDisabled()
    application.findClashes()
    for overlay in application.overlays { application.change(by: overlay) }
    let additions = application.additions()
    application.applied.overlays = application.overlays
    application.applied.changes.sort { ($0.overlay, $0.element) < ($1.overlay, $1.element) }
    return (roots.map(application.rewritten) + additions, application.applied, application.diagnostics)
  }

  private init(base: BaseElements) {
    self.base = base
  }

  private mutating func checkNames() {
    var first: [String: ParsedOverlay] = [:]
    for overlay in overlays {
      if let name = base.rulebookName, overlay.base.value != name {
        diagnostics.append(.overlayOfAnother(overlay.base, overlay: overlay.name.value, rulebook: name))
      }
      if let other = first[overlay.name.value] {
        diagnostics.append(.duplicateName(overlay.name, what: "overlay", first: other.name.range))
      } else {
        first[overlay.name.value] = overlay
      }
    }
    // Whatever else the second one says would clash, too.
    overlays = first.values.sorted { $0.name.value < $1.name.value }
  }

  /// `disable: {session-load: …}` may mean a table.
  private mutating func resolveDisabled() {
    for overlay in overlays.indices {
      for index in overlays[overlay].changes.indices {
        let element = overlays[overlay].changes[index].element
        let table = ElementName("tables", element.name)
        if element.section == "rules", base.entries[element] == nil, base.entries[table] != nil {
          overlays[overlay].changes[index].element = table
        }
      }
    }
  }

  // MARK: Clashes

  /// Each element may be changed once, by one overlay; so nothing depends on which comes first.
  private mutating func findClashes() {
    var changes: [(overlay: String, change: ParsedOverlay.Change)] = []
    var offers: [(overlay: String, name: Spanned<String>)] = []
    var notes: [(overlay: String, name: Spanned<String>)] = []
    for overlay in overlays {
      let name = overlay.name.value
      for change in overlay.changes {
        if let first = changes.first(where: { $0.change.element.overlaps(change.element) }) {
          diagnostics.append(
            .overlayClash(
              change.element.text, of: (name, first.overlay), at: change.place, first: first.change.place))
        }
        changes.append((name, change))
      }
      for offer in overlay.offers {
        if let first = offers.first(where: { $0.name.value == offer.name.value }) {
          diagnostics.append(
            .overlayClash(
              "offers.\(offer.name.value)", of: (name, first.overlay), at: offer.name.range, first: first.name.range))
        }
        offers.append((name, offer.name))
      }
      for note in overlay.notes {
        if let first = notes.first(where: { $0.name.value == note.name.value && $0.overlay != name }) {
          diagnostics.append(
            .overlayClash(
              "offers.also.\(note.name.value)", of: (name, first.overlay), at: note.name.range, first: first.name.range)
          )
        }
        notes.append((name, note.name))
      }
    }
  }

  // MARK: Changes

  private mutating func change(by overlay: ParsedOverlay) {
    for name in overlay.misnamed {
      diagnostics.append(
        .notAnElement(name, likely: base.likely(name.value, sections: ElementName.sections)))
    }
    for change in overlay.changes {
      guard let entry = base.entries[change.element] else {
        diagnostics.append(unknown(change, in: overlay))
        continue
      }
      let reason = TextChecker.localized(change.reason)
      switch change.kind {
      case .replace(let keys):
        let own = entry.value.map ?? []
        let new = change.element.section == "parameters" ? keys.map { $0.asDatedValues(like: own) } : keys
        changed[change.element] = replacement(of: entry, named: change, with: new)
        note(change.element, by: overlay, .replaced(OverlayChange.keys(new, of: own)), reason)
      case .disable:
        note(change.element, by: overlay, .disabled, reason)
        if ["rules", "tables"].contains(change.element.section) {
          let id = change.element.part.map { "\(change.element.name)[\($0)]" } ?? change.element.name
          applied.disabled[id] = (overlay.name.value, change.reason)
        } else {
          changed.updateValue(nil, forKey: change.element)
        }
      }
    }
  }

  private mutating func note(
    _ element: ElementName, by overlay: ParsedOverlay, _ kind: OverlayChange.Kind, _ reason: LocalizedText?
  ) {
    applied.changes.append(
      OverlayChange(overlay: overlay.name.value, element: element.text, kind: kind, reason: reason))
  }

  private func unknown(_ change: ParsedOverlay.Change, in overlay: ParsedOverlay) -> Diagnostic {
    let element = change.element
    for other in overlays where other.name.value != overlay.name.value {
      if let own = BaseElements(other.additions).entries[element] {
        return .overlayClash(
          element.text, of: (overlay.name.value, other.name.value), at: change.place, first: own.key.range)
      }
    }
    let sections = if case .disable = change.kind { ElementName.disableable } else { ElementName.sections }
    // A bare name is a rule or a table, and is corrected to one.
    let isBare = if case .disable = change.kind { ElementName(element.text) != nil } else { false }
    return .unknownElement(
      element.text, at: change.place, likely: base.likely(element.text, sections: sections),
      mayOmitSection: isBare && ["rules", "tables"].contains(element.section))
  }

  /// The element with some of its keys replaced; the others stay as they are.
  private func replacement(
    of entry: YAMLEntry, named change: ParsedOverlay.Change, with keys: [YAMLEntry]
  ) -> YAMLEntry {
    let names = Set(keys.map(\.key.value))
    let kept = (entry.value.map ?? []).filter { !names.contains($0.key.value) }
    return YAMLEntry(
      key: Spanned(entry.key.value, change.place), value: YAMLNode(.map(kept + keys), change.place))
  }

  /// A file of the rulebook with its elements changed.
  private func rewritten(_ root: YAMLNode) -> YAMLNode {
    guard let sections = root.map else { return root }
    var copy = root
    copy.content = .map(
      sections.map { section in
        let name = section.key.value
        if name == "present" { return changed[ElementName("present", "")].flatMap(\.self) ?? section }
        guard ElementName.sections.contains(name), let elements = section.value.map else { return section }
        var section = section
        section.value.content = .map(elements.compactMap { rewritten($0, in: name) })
        return section
      })
    return copy
  }

  private func rewritten(_ element: YAMLEntry, in section: String) -> YAMLEntry? {
    let name = ElementName(section, element.key.value)
    let whole: YAMLEntry
    switch changed[name] {
    case .some(.none): return nil
    case .some(.some(let replaced)): whole = replaced
    case .none: whole = element
    }
    return whole.withParts(in: section) { parts in
      parts.map { part in
        changed[ElementName(section, name.name, part: part.key.value)].flatMap(\.self) ?? part
      } + (added[name] ?? [])
    }
  }

  // MARK: Additions

  /// What overlays add, file by file, without what the rulebook has already. New rows and items of tables and catalogues
  /// that the rulebook has go there.
  private mutating func additions() -> [YAMLNode] {
    var seen: [ElementName: (overlay: String, place: SourceRange)] = [:]
    var roots: [YAMLNode] = []
    for overlay in overlays {
      for root in overlay.additions {
        let sections = root.sections.map { section -> YAMLEntry in
          guard let elements = section.value.map else { return section }
          if section.key.value == "present" {
            return mayAdd(ElementName("present", ""), section.key, overlay, &seen)
              ? section : YAMLEntry(key: section.key, value: YAMLNode(.map([]), section.value.range))
          }
          var section = section
          section.value.content = .map(
            elements.filter { element in
              let name = ElementName(section.key.value, element.key.value)
              guard let parts = newParts(element, of: name) else { return mayAdd(name, element.key, overlay, &seen) }
              for part in parts {
                let partName = ElementName(name.section, name.name, part: part.key.value)
                if name.section == "catalogues", part.key.value == "every_item" {
                  diagnostics.append(.everyItemInOverlay(part.key))
                } else if mayAdd(partName, part.key, overlay, &seen) {
                  added[name, default: []].append(part)
                }
              }
              return false
            })
          return section
        }
        roots.append(YAMLNode(.map(sections), root.range))
      }
    }
    return roots
  }

  /// The rows or items that an entry adds to a table or catalogue of the rulebook; `nil` if it is something new.
  private func newParts(_ element: YAMLEntry, of name: ElementName) -> [YAMLEntry]? {
    guard base.entries[name] != nil else { return nil }
    switch name.section {
    case "catalogues": return element.parts(in: "catalogues")
    case "tables" where element.value.map?.allSatisfy { $0.key.value == "rows" } ?? false:
      return element.parts(in: "tables")
    default: return nil
    }
  }

  private mutating func mayAdd(
    _ name: ElementName, _ key: Spanned<String>, _ overlay: ParsedOverlay,
    _ seen: inout [ElementName: (overlay: String, place: SourceRange)]
  ) -> Bool {
    if let entry = base.entries[name] {
      diagnostics.append(.addsWhatIsThere(name.text, at: key.range, first: entry.key.range))
      return false
    }
    // What one overlay declares twice is found by the checker.
    if let first = seen[name], first.overlay != overlay.name.value {
      diagnostics.append(
        .overlayClash(name.text, of: (overlay.name.value, first.overlay), at: key.range, first: first.place))
      return false
    }
    if seen[name] == nil { note(name, by: overlay, .added, nil) }
    seen[name] = seen[name] ?? (overlay.name.value, key.range)
    return true
  }
}

extension YAMLEntry {
  /// `value: 20` of a parameter holds from the first day on that the rulebook knows a value for.
  fileprivate func asDatedValues(like own: [YAMLEntry]) -> YAMLEntry {
    guard key.value == "value" else { return self }
    var days: [String] = []
    if case .list(let values)? = own.first(where: { $0.key.value == "values" })?.value.content {
      days = values.compactMap { $0.map?.first { $0.key.value == "from" }?.value.scalar?.value.text }
    }
    let first = YAMLScalar(text: days.min() ?? "0001-01-01", isQuoted: false, isBlock: false)
    let from = YAMLEntry(key: Spanned("from", key.range), value: YAMLNode(.scalar(first), value.range))
    let dated = YAMLNode(.map([from, self]), value.range)
    return YAMLEntry(key: Spanned("values", key.range), value: YAMLNode(.list([dated]), value.range))
  }
}
