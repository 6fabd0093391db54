import RuleEngine
import RuleLanguage

/// Worked cases, sources, and what overlays change.
extension DocumentBuilder {
  func workedCases() -> [Block] {
    guard !rulebook.cases.isEmpty else { return [] }
    var decided: [String: Int] = [:]
    for own in cases.values {
      for name in own { decided[name, default: 0] += 1 }
    }
    var blocks: [Block] = [
      .heading(level: 2, "Worked cases", anchor: "cases"),
      .paragraph([.text("Each is an intake with the plan that it must get. No case is about a real person.")]),
    ]
    for aCase in rulebook.cases.sorted(by: { $0.id < $1.id }) {
      blocks.append(.heading(level: 4, aCase.id, anchor: Anchor.aCase(aCase.id)))
      if let why = aCase.why { blocks.append(.paragraph([.text(why.text(in: language))])) }
      let given = answers(of: aCase)
      if !given.isEmpty { blocks.append(.paragraph(titled("Given", [.text(given)]))) }
      if aCase.expect != .always {
        blocks.append(.paragraph([.strong("The plan must have:")]))
        blocks.append(.list(prose.items(aCase.expect)))
      }
      if !aCase.because.isEmpty {
        let others = (decided[aCase.id] ?? 0) - aCase.because.count
        let more: [Inline] = others > 0 ? [.text("; \(Self.count(others, "more rule")) decide something")] : []
        blocks.append(.paragraph(titled("Because of", links(toRules: aCase.because) + more)))
      }
    }
    return blocks
  }

  /// What the case itself says. What comes from an intake file is the record of a person, and not shown.
  private func answers(of aCase: Case) -> String {
    let own = aCase.intake.answers.filter { !aCase.personalFacts.contains($0.key) }.sorted { $0.key < $1.key }
    let texts = own.compactMap { name, answer -> String? in
      guard let variable = program.variable(named: name).map({ program.variables[$0] }) else { return nil }
      return "\(variable.label.text(in: language)): \(prose.text(answer, of: variable))"
    }
    let rest = aCase.personalFacts.isEmpty ? [] : ["for the rest an intake file of the rulebook"]
    return (texts + rest).joined(separator: "; ")
  }

  func sources() -> [Block] {
    guard !program.sources.isEmpty else { return [] }
    var blocks: [Block] = [
      .heading(level: 2, "Sources", anchor: "sources"),
      .paragraph([
        .text("“Confirmed” means that somebody has read the source's own words. The strongest kind comes first.")
      ]),
    ]
    var citing: [Int: [String]] = [:]
    for entry in touches.entries.values {
      for source in program.rules[entry.rules[0]].sources { citing[source, default: []].append(entry.id) }
    }
    for kind in Source.Kind.allCases {
      let own = program.sources.indices.filter { program.sources[$0].kind == kind }
      guard !own.isEmpty else { continue }
      blocks.append(.heading(level: 3, Self.title(of: kind), anchor: "kind-\(kind.rawValue)"))
      for index in own { blocks += source(index, citedBy: (citing[index] ?? []).sorted()) }
    }
    return blocks
  }

  private func source(_ index: Int, citedBy rules: [String]) -> [Block] {
    let source = program.sources[index]
    let details = [source.publisher, source.year.map(String.init), source.place].compactMap(\.self)
    var blocks: [Block] = [
      .heading(level: 4, source.title, anchor: Anchor.source(source.id)),
      .paragraph([
        .text(details.joined(separator: ", ") + (details.isEmpty ? "" : ". ")),
        .strong(source.isConfirmed ? "Confirmed." : "Not confirmed: read it before you rely on it."), .text(" "),
        .code(source.id),
      ]),
    ]
    if !rules.isEmpty { blocks.append(.paragraph(titled("Cited by", links(toRules: rules)))) }
    return blocks
  }

  private static func title(of kind: Source.Kind) -> String {
    switch kind {
    case .law: "Laws and regulations"
    case .licence: "Licences"
    case .guideline: "Guidelines"
    case .study: "Studies"
    case .policy: "Policies"
    case .judgment: "Judgments"
    }
  }

  // MARK: Overlays

  /// What each overlay replaces, disables, adds and offers.
  func overlays() -> [Block] {
    guard let adaptation = program.adaptation else { return [] }
    var blocks: [Block] = [
      .heading(level: 2, "What the overlays change", anchor: "overlays"),
      .paragraph([
        .text("This is the rulebook as it holds with them. Here stands what is otherwise than in the rulebook alone.")
      ]),
    ]
    for (number, overlay) in adaptation.overlays.enumerated() {
      blocks.append(.heading(level: 3, overlay.title.text(in: language), anchor: "overlay-\(number + 1)"))
      blocks.append(.paragraph([.text(overlay.reason.text(in: language) + " "), .code(overlay.name)]))
      let changes = rulebook.changes.filter { $0.overlay == overlay.name }
      let items = changes.map(item)
      if !items.isEmpty { blocks.append(.list(items)) }
      let offers = adaptation.offers.filter { $0.overlay == number }
      if !offers.isEmpty {
        blocks.append(.paragraph([.strong("Offered here. What is recommended does not change because of it.")]))
        blocks.append(.list(offers.compactMap { offer in self.item(offer) }))
      }
      if !overlay.notes.isEmpty {
        blocks.append(
          .paragraph(
            titled("Also offered", [.text(overlay.notes.map { $0.text(in: language) }.joined(separator: " "))])))
      }
    }
    return blocks
  }

  private func item(_ change: OverlayChange) -> Item {
    let reason = change.reason.map { " \($0.text(in: language))" } ?? ""
    switch change.kind {
    case .added: return Item(words: [.strong("Added"), .text(" "), .code(change.element)])
    case .disabled: return Item(words: [.strong("Disabled"), .text(" "), .code(change.element), .text(".\(reason)")])
    case .replaced(let keys):
      let below = keys.map { key in
        let before: [Inline] = key.before.map { [.text("was "), .code($0), .text(", ")] } ?? [.text("was not there, ")]
        return Item(words: [.text("\(key.name) ")] + before + [.text("is "), .code(key.after)])
      }
      return Item(words: [.strong("Changed"), .text(" "), .code(change.element), .text(".\(reason)")], below: below)
    }
  }

  private func item(_ offer: Adaptation.Offer) -> Item? {
    let variable =
      program.decisions.first { $0.family == offer.name }.map { program.variables[$0.variable] }
      ?? program.variable(named: offer.name).map { program.variables[$0] }
    guard let variable else { return nil }
    let decision = program.decisions.first { $0.family == offer.name }
    let label = decision?.label.text(in: language) ?? variable.label.text(in: language)
    return Item(words: titled(label, [.text(text(offer, variable))]))
  }
}
