import SourceText

/// Turns the files of one overlay into a ``ParsedOverlay``. Any file may hold any section, any number of them.
struct OverlayParser {
  private var header: (base: Spanned<String>, name: Spanned<String>, title: ParsedText?, reason: ParsedText)?
  private var headerPlace: SourceRange?
  private var overlay: ParsedOverlay
  private var diagnostics: [Diagnostic] = []

  /// - Parameter path: the folder, for a finding about the overlay as a whole.
  static func parse(_ roots: [YAMLNode], path: String) -> (overlay: ParsedOverlay?, diagnostics: [Diagnostic]) {
    var parser = OverlayParser()
    for root in roots { parser.file(root) }
    guard let header = parser.header else {
      if parser.headerPlace == nil, let first = roots.map(\.range.file).min() {
        parser.diagnostics.append(.notAnOverlay(path, at: .start(of: first)))
      }
      return (nil, parser.diagnostics)
    }
    parser.overlay.base = header.base
    parser.overlay.name = header.name
    parser.overlay.title = header.title
    parser.overlay.reason = header.reason
    parser.overlay.files = Set(roots.map(\.range.file))
    return (parser.overlay, parser.diagnostics)
  }

  private init() {
    let nothing = Spanned("", SourceRange.start(of: ""))
    overlay = ParsedOverlay(base: nothing, name: nothing, reason: [:])
  }

  private mutating func file(_ root: YAMLNode) {
    var added: [YAMLEntry] = []
    for entry in root.entries(what: "the sections of an overlay", &diagnostics) ?? [] {
      switch entry.key.value {
      case "overlay": readHeader(entry)
      case "replace": replacements(entry)
      case "disable": disablings(entry)
      case "offers": offers(entry)
      case "rulebook": diagnostics.append(.rulebookInOverlay(entry.key))
      case let key where SectionNames.rulebook.contains(key): added.append(entry)
      default:
        let expected = (SectionNames.rulebook + SectionNames.overlay).filter { $0 != "rulebook" }.sorted()
        diagnostics.append(.unknownSection(entry.key, of: "an overlay", expected: expected))
      }
    }
    if !added.isEmpty { overlay.additions.append(YAMLNode(.map(added), root.range)) }
  }

  private mutating func readHeader(_ entry: YAMLEntry) {
    if let first = headerPlace {
      diagnostics.append(.standsTwice(entry.key, what: "section", first: first))
      return
    }
    headerPlace = entry.key.range
    guard
      let fields = MapFields(
        entry.value, what: "`overlay`", at: entry.key.range, allowed: ["name", "of", "reason", "title"], &diagnostics)
    else { return }
    let base = fields.required("of", &diagnostics)?.word(what: "the name of a rulebook", &diagnostics)
    let name = fields.required("name", &diagnostics)?.word(what: "a name", &diagnostics)
    let reason = fields.required("reason", &diagnostics)?.text(what: "a reason", &diagnostics)
    if let name, !name.value.isKebab { diagnostics.append(.badID(name, what: "an overlay")) }
    let title = fields.node("title")?.text(what: "a title", &diagnostics)
    if let base, let name, let reason { header = (base, name, title, reason) }
  }

  private mutating func replacements(_ section: YAMLEntry) {
    for entry in section.value.entries(what: "the section `replace`", &diagnostics) ?? [] {
      guard let element = ElementName(entry.key.value) else {
        overlay.misnamed.append(entry.key)
        continue
      }
      let what = "the replacement of `\(entry.key.value)`"
      guard let keys = entry.value.entries(what: what, &diagnostics) else { continue }
      guard let reason = keys.first(where: { $0.key.value == "reason" }) else {
        diagnostics.append(.missingKey("reason", in: what, at: entry.key.range))
        continue
      }
      guard let text = reason.value.text(what: "a reason", &diagnostics) else { continue }
      overlay.changes.append(
        ParsedOverlay.Change(
          element: element, kind: .replace(keys.filter { $0.key.value != "reason" }), reason: text,
          place: entry.key.range))
    }
  }

  private mutating func disablings(_ section: YAMLEntry) {
    for entry in section.value.entries(what: "the section `disable`", &diagnostics) ?? [] {
      guard let reason = entry.value.text(what: "a reason", &diagnostics) else { continue }
      // A rule, table or row may be named as it is named everywhere; its section is found out later.
      let element =
        ElementName(entry.key.value)
        ?? ElementName.split(entry.key.value).map { ElementName("tables", $0.table, part: $0.row) }
        ?? ElementName("rules", entry.key.value)
      guard ElementName.disableable.contains(element.section) else {
        diagnostics.append(.cannotBeDisabled(entry.key, section: element.section))
        continue
      }
      overlay.changes.append(
        ParsedOverlay.Change(element: element, kind: .disable, reason: reason, place: entry.key.range))
    }
  }

  private mutating func offers(_ section: YAMLEntry) {
    for entry in section.value.entries(what: "the section `offers`", &diagnostics) ?? [] {
      if entry.key.value == "also" {
        for note in entry.value.entries(what: "`also`", &diagnostics) ?? [] {
          if !note.key.value.isName { diagnostics.append(.badName(note.key, what: "something offered")) }
          if let first = overlay.notes.first(where: { $0.name.value == note.key.value }) {
            diagnostics.append(.standsTwice(note.key, what: "name", first: first.name.range))
          } else if let text = note.value.text(what: "what is offered", &diagnostics) {
            overlay.notes.append((note.key, text))
          }
        }
        continue
      }
      let what = "the offer of `\(entry.key.value)`"
      guard
        let fields = MapFields(
          entry.value, what: what, at: entry.key.range, allowed: ["all_but", "only", "reason"], &diagnostics)
      else { continue }
      guard fields.isWritten("only") != fields.isWritten("all_but") else {
        diagnostics.append(.offerSaysNothing(entry.key, both: fields.isWritten("only")))
        continue
      }
      let isAllBut = fields.has("all_but")
      guard let node = fields.node(isAllBut ? "all_but" : "only") else { continue }
      var reasons: [String: ParsedText] = [:]
      var words: [Spanned<String>]?
      if isAllBut, case .map = node.content {
        let entries = node.entries(what: "what is not offered, each with its reason", &diagnostics) ?? []
        for entry in entries { reasons[entry.key.value] = entry.value.text(what: "a reason", &diagnostics) }
        words = entries.map(\.key)
      } else {
        words = node.words(what: "an option, or a list of them,", &diagnostics)
      }
      let isReasoned = words.map { $0.allSatisfy { reasons[$0.value] != nil } && !$0.isEmpty } ?? false
      let reasonNode = isReasoned ? fields.node("reason") : fields.required("reason", &diagnostics)
      let reason = reasonNode?.text(what: "a reason", &diagnostics)
      guard let words, isReasoned || reason != nil else { continue }
      if words.isEmpty { diagnostics.append(.unexpectedShape(node, expected: "at least one option")) }
      overlay.offers.append(
        ParsedOffer(name: entry.key, words: words, isAllBut: isAllBut, reason: reason, reasons: reasons))
    }
  }
}
