import Cores
package import SourceText

/// Turns the files of a rulebook into one ``ParsedRulebook``. Any file may hold any section, any number of them.
package struct RulebookParser {
  var rulebook = ParsedRulebook()
  var diagnostics: [Diagnostic] = []

  /// Everything the files say, and everything wrong with their shape.
  ///
  /// - Parameter mayBeBroken: whether something was found wrong so far; else no piece can be unreadable.
  package static func parse(
    _ roots: [YAMLNode], mayBeBroken: Bool = true
  ) -> (rulebook: ParsedRulebook, diagnostics: [Diagnostic]) {
    var parser = RulebookParser()
    parser.rulebook.hasUnreadableParts = mayBeBroken && roots.contains(where: \.hasBrokenPart)
    for root in roots { parser.file(root) }
    return (parser.rulebook, parser.diagnostics)
  }

  private mutating func file(_ root: YAMLNode) {
    guard let entries = root.entries(what: "the sections of a rulebook", &diagnostics) else {
      rulebook.hasUnreadableParts = true
      return
    }
    for entry in entries {
      section(entry)
    }
  }

  private mutating func section(_ entry: YAMLEntry) {
    switch entry.key.value {
    case "rulebook": header(entry)
    case "facts": each(entry, "a fact") { $0.fact($1) }
    case "derived": each(entry, "a derived fact") { $0.derived($1) }
    case "decisions": each(entry, "a decision") { $0.decision($1) }
    case "catalogues": each(entry, "a catalogue") { $0.catalogue($1) }
    case "rules": each(entry, "a rule", isID: true) { $0.rule($1) }
    case "tables": each(entry, "a table", isID: true) { $0.table($1) }
    case "sources": each(entry, "a source", isID: true) { $0.source($1) }
    case "parameters": each(entry, "a parameter") { $0.parameter($1) }
    case "impossible": each(entry, "an impossible intake", isID: true) { $0.impossibility($1) }
    case "properties": each(entry, "a property", isID: true) { $0.property($1) }
    case "cases": each(entry, "a case", isID: true) { $0.aCase($1) }
    case "present": presentation(entry)
    default:
      rulebook.hasUnreadableParts = true
      diagnostics.append(
        SectionNames.overlay.contains(entry.key.value)
          ? .overlaySection(entry.key) : .unknownSection(entry.key, expected: SectionNames.rulebook))
    }
  }

  private typealias ReadElement = @Sendable (inout RulebookParser, YAMLEntry) -> Void

  /// Every element of a section whose name is a name.
  private mutating func each(
    _ section: YAMLEntry, _ what: String, isID: Bool = false, _ read: ReadElement
  ) {
    let entries = section.value.entries(what: "the section `\(section.key.value)`", &diagnostics) ?? []
    // No element counts on another.
    let parts = inParallel(Stretches.of(entries.count)) { stretch in
      var parser = RulebookParser()
      for entry in entries[stretch] { parser.element(entry, what, isID: isID, read) }
      return parser
    }
    for part in parts {
      rulebook.append(part.rulebook)
      diagnostics += part.diagnostics
    }
  }

  private mutating func element(_ entry: YAMLEntry, _ what: String, isID: Bool, _ read: ReadElement) {
    guard isID ? entry.key.value.isKebab : entry.key.value.isName else {
      diagnostics.append(isID ? .badID(entry.key, what: what) : .badName(entry.key, what: what))
      rulebook.hasUnreadableParts = true
      return
    }
    read(&self, takingSuppressions(from: entry))
  }

  private mutating func header(_ entry: YAMLEntry) {
    guard
      let fields = MapFields(
        entry.value, what: "`rulebook`", at: entry.key.range, allowed: ["name", "title", "version"], &diagnostics),
      let name = fields.required("name", &diagnostics)?.word(what: "a name", &diagnostics)
    else { return }
    if !name.value.isKebab { diagnostics.append(.badID(name, what: "a rulebook")) }
    let header = ParsedHeader(
      name: name,
      title: fields.node("title")?.text(what: "a title", &diagnostics),
      version: fields.required("version", &diagnostics)?.word(what: "a version", &diagnostics))
    if let first = rulebook.header {
      diagnostics.append(.duplicateName(entry.key, what: "section", first: first.name.range))
    } else {
      rulebook.header = header
    }
  }

  private mutating func presentation(_ entry: YAMLEntry) {
    guard
      let fields = MapFields(
        entry.value, what: "`present`", at: entry.key.range, allowed: ["decisions", "screen", "sections", "sentence"],
        &diagnostics)
    else { return }
    var sections: [ParsedPresentation.Section] = []
    if let node = fields.node("sections") {
      guard case .list(let items) = node.content else {
        diagnostics.append(
          .unexpectedShape(
            node, expected: "a list of sections (`- title: …` and `facts: […]`), since their order counts,"))
        return
      }
      for item in items {
        guard
          let section = MapFields(
            item, what: "a section of `present`", at: item.range, allowed: ["facts", "in_order", "title"],
            &diagnostics),
          let title = section.required("title", &diagnostics)?.text(what: "a title", &diagnostics)
        else { continue }
        let facts = section.required("facts", &diagnostics)?.words(what: "a list of facts", &diagnostics) ?? []
        let isInOrder = section.node("in_order")?.yesOrNo(what: "`in_order`", &diagnostics) ?? false
        sections.append(ParsedPresentation.Section(title: title, facts: facts, isInOrder: isInOrder))
      }
    }
    rulebook.presentation.append(
      ParsedPresentation(
        place: entry.key,
        sentence: fields.node("sentence")?.text(what: "a sentence", &diagnostics), sections: sections,
        screen: fields.node("screen")?.words(what: "a list of facts", &diagnostics) ?? [],
        decisions: fields.node("decisions")?.words(what: "a list of decisions", &diagnostics) ?? []))
  }

  /// `options:` as a map of names and labels or a list of names, and `ordered:` as a list.
  mutating func options(_ fields: MapFields) -> ParsedOptions {
    var options: [ParsedOption]?
    if let node = fields.node("options") {
      switch node.content {
      case .list:
        options = node.words(what: "a list of options", &diagnostics)?.map { ParsedOption(name: $0, label: nil) }
      default:
        options = node.entries(what: "the options of \(fields.what)", &diagnostics)?.map {
          ParsedOption(name: $0.key, label: $0.value.text(what: "a label", &diagnostics))
        }
      }
    }
    let ordered = fields.node("ordered").flatMap { node -> [Spanned<String>]? in
      guard case .list = node.content else {
        if !node.isBroken {
          diagnostics.append(.unexpectedShape(node, expected: "a list of options, the lowest first,"))
        }
        return nil
      }
      return node.words(what: "an option", &diagnostics)
    }
    return ParsedOptions(options: options, ordered: ordered)
  }

  mutating func sources(_ fields: MapFields, isRequired: Bool) -> [Spanned<String>]? {
    let node = isRequired ? fields.required("sources", &diagnostics) : fields.node("sources")
    let words = node?.words(what: "a list of sources", &diagnostics)
    if isRequired, let node, let words, words.isEmpty {
      diagnostics.append(.missingSources(in: fields.what, at: node.range))
    }
    return words
  }
}
