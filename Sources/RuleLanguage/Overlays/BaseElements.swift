import SourceText

/// Everything in the files of a rulebook that an overlay can name.
struct BaseElements {
  /// The entry of each element, with its place.
  private(set) var entries: [ElementName: YAMLEntry] = [:]
  /// The name of the rulebook, if it says one.
  private(set) var rulebookName: String?

  init(_ roots: [YAMLNode]) {
    for section in roots.flatMap(\.sections) {
      if section.key.value == "rulebook" {
        let name = section.value.map?.first { $0.key.value == "name" }
        rulebookName = rulebookName ?? name?.value.scalar?.value.text
      } else if section.key.value == "present" {
        add(ElementName("present", ""), section)
      } else if ElementName.sections.contains(section.key.value) {
        for element in section.value.map ?? [] { add(element, in: section.key.value) }
      }
    }
  }

  private mutating func add(_ entry: YAMLEntry, in section: String) {
    let name = ElementName(section, entry.key.value)
    add(name, entry)
    for part in entry.parts(in: section) {
      add(ElementName(section, entry.key.value, part: part.key.value), part)
    }
  }

  private mutating func add(_ name: ElementName, _ entry: YAMLEntry) {
    // A name that stands twice is reported by the checker.
    if entries[name] == nil { entries[name] = entry }
  }

  /// What is probably meant by a name that nothing has.
  func likely(_ text: String, sections: [String]) -> String? {
    let names = entries.keys.filter { sections.contains($0.section) }.map(\.text).sorted()
    let bare = names.filter { $0.hasSuffix(".\(text)") }
    return bare.count == 1 ? bare[0] : likelyMeant(text, among: names)
  }
}

extension YAMLNode {
  /// The entries of a map; `nil` if it is something else.
  var map: [YAMLEntry]? {
    if case .map(let entries) = content { entries } else { nil }
  }

  /// The sections of a file.
  var sections: [YAMLEntry] { map ?? [] }
}

extension YAMLEntry {
  /// The rows of a table, or the items of a catalogue.
  func parts(in section: String) -> [YAMLEntry] {
    switch section {
    case "tables": value.map?.first { $0.key.value == "rows" }?.value.map ?? []
    case "catalogues": value.map ?? []
    default: []
    }
  }

  /// The same entry with other rows or items.
  func withParts(in section: String, _ transform: ([YAMLEntry]) -> [YAMLEntry]) -> YAMLEntry {
    guard let keys = value.map else { return self }
    var copy = self
    if section == "catalogues" {
      copy.value.content = .map(transform(keys))
    } else {
      copy.value.content = .map(
        keys.map { key in
          guard key.key.value == "rows", let rows = key.value.map else { return key }
          var key = key
          key.value.content = .map(transform(rows))
          return key
        })
    }
    return copy
  }
}
