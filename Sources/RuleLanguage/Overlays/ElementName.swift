/// The name of something in a rulebook that an overlay can change.
///
/// ```
/// parameters.adult_maximum_hours
/// rules.keep-the-day-job
/// tables.session-load                  a table, and
/// tables.session-load[severe_alone]    one of its rows
/// catalogues.services.group_therapy    one item of a catalogue
/// present
/// ```
package struct ElementName: Hashable, Sendable {
  package var section: String
  /// Empty for `present`, which stands once.
  package var name: String
  /// A row of a table, or an item of a catalogue.
  package var part: String?

  package init(_ section: String, _ name: String, part: String? = nil) {
    self.section = section
    self.name = name
    self.part = part
  }

  /// Reads a name as an author writes it; `nil` if it begins with no section.
  init?(_ text: String) {
    if text == "present" {
      self.init("present", "")
      return
    }
    guard let dot = text.firstIndex(of: ".") else { return nil }
    let section = String(text[..<dot])
    let rest = String(text[text.index(after: dot)...])
    guard Self.sections.contains(section), !rest.isEmpty else { return nil }
    if section == "tables", let (name, row) = Self.split(rest) {
      self.init(section, name, part: row)
    } else if section == "catalogues", let dot = rest.lastIndex(of: ".") {
      self.init(section, String(rest[..<dot]), part: String(rest[rest.index(after: dot)...]))
    } else {
      self.init(section, rest)
    }
  }

  /// `session-load[severe_alone]` as the table and its row.
  static func split(_ id: String) -> (table: String, row: String)? {
    guard id.hasSuffix("]"), let bracket = id.firstIndex(of: "[") else { return nil }
    return (String(id[..<bracket]), String(id[id.index(after: bracket)...].dropLast()))
  }

  /// The sections that hold elements by name, and `present`.
  static let sections = SectionNames.rulebook.filter { $0 != "rulebook" }
  /// What nothing else builds on, so that it can be taken away; rules and rows keep their names.
  static let disableable = ["cases", "impossible", "properties", "rules", "tables"]

  package var text: String {
    guard section != "present" else { return section }
    let whole = "\(section).\(name)"
    guard let part else { return whole }
    return section == "tables" ? "\(whole)[\(part)]" : "\(whole).\(part)"
  }

  /// The element as a whole: of a row its table, of an item its catalogue.
  var whole: ElementName { ElementName(section, name) }

  /// Whether a change of one touches the other.
  func overlaps(_ other: ElementName) -> Bool {
    whole == other.whole && (part == nil || other.part == nil || part == other.part)
  }
}
