import RuleEngine
import RuleLanguage
import SourceText

/// The rules, subject by subject, each with its condition, what it says, why, and what it touches.
extension DocumentBuilder {
  func rules() -> [Block] {
    var blocks: [Block] = [
      .heading(level: 2, "The rules", anchor: "rules"),
      .paragraph([
        .text(
          "Subject by subject, as the rulebook's files have it. What stands in brackets in a reason is filled in from "
            + "the answers. Each rule names the cases whose plans it decides.")
      ]),
    ]
    for subject in subjects() {
      blocks.append(.heading(level: 3, subject.title, anchor: subject.anchor))
      if let file = subject.file { blocks += introduction(of: file) }
      for id in subject.rules {
        if let entry = touches.entries[id] { blocks += rule(entry) }
      }
    }
    return blocks
  }

  private struct Subject {
    var title: String
    var anchor: String
    var file: SourceFile?
    var rules: [String]
  }

  /// The files that hold rules, by name; what an overlay replaced stays where it was.
  private func subjects() -> [Subject] {
    var byFile: [String: [(place: SourceRange, id: String)]] = [:]
    for id in touches.entries.keys {
      guard let place = base.places.rule(id) ?? rulebook.places.rule(id) else { continue }
      byFile[place.file, default: []].append((place, id))
    }
    let own = byFile.keys.filter { base.files[$0] != nil }.sorted()
    let added = byFile.keys.filter { base.files[$0] == nil }.sorted()
    return (own + added).enumerated().map { number, name in
      let rules = (byFile[name] ?? []).sorted { ($0.place, $0.id) < ($1.place, $1.id) }.map(\.id)
      return Subject(
        title: Self.title(name) + (base.files[name] == nil ? " (overlay)" : ""), anchor: "subject-\(number + 1)",
        file: rulebook.files[name], rules: rules)
    }
  }

  /// `rules/07-level-of-care.yaml` as `Level of care`.
  private static func title(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var words = name.replacing(/\.ya?ml$/, with: "").replacing(/^[0-9]+[-_]/, with: "")
      .replacing("-", with: " ").replacing("_", with: " ")
    if let first = words.first { words = first.uppercased() + words.dropFirst() }
    return words
  }

  // MARK: One rule

  private func rule(_ entry: RuleTouches.Entry) -> [Block] {
    let rule = program.rules[entry.rules[0]]
    var words = prose
    if entry.isPhased { words.ownPhase = entry.effects.first?.phase ?? Program.phases[0] }
    var blocks: [Block] = [.heading(level: 4, entry.id, anchor: Anchor.rule(entry.id))]
    if let disabled = rule.disabled {
      blocks.append(
        .paragraph([
          .strong("Disabled by \(disabled.overlay):"), .text(" \(disabled.reason.text(in: language))"),
        ]))
    } else if rule.condition == .always {
      blocks.append(.paragraph([.strong("Always.")]))
    } else {
      let items = words.items(rule.condition)
      blocks.append(.paragraph([.strong(items.count > 1 ? "When all of these hold:" : "When this holds:")]))
      blocks.append(.list(items))
    }
    blocks.append(.paragraph([.strong(rule.disabled == nil ? "Then:" : "It would say:")]))
    blocks.append(.list(effects(entry)))
    for (title, text) in reasons(rule) { blocks.append(.paragraph(titled(title, [.text("“\(text)”")]))) }
    blocks.append(.paragraph(titled("Sources", sources(rule.sources))))
    blocks += standing(entry, rule)
    return blocks
  }

  /// `Recommends Track: Evening`; what is said about one decision in the same phases stands together.
  private func effects(_ entry: RuleTouches.Entry) -> [Item] {
    var values: [(words: String, verb: String, decision: Decision, phases: [String])] = []
    for effect in entry.effects {
      let decision = program.decisions[effect.decision]
      let slot = decision.slots[effect.slot]
      var value = slot.member.map { program.variables[decision.variable].optionLabels[$0].text(in: language) } ?? ""
      if case .recommend(let recommended) = effect.verdict {
        let amount = prose.value(recommended, of: slot.variable ?? decision.variable)
        value = value.isEmpty ? amount : amount.isEmpty ? value : "\(value) (\(amount))"
      }
      let verb = effect.verdict == .ruleOut ? "Rules out" : "Recommends"
      let same = values.firstIndex { $0.words == value && $0.verb == verb && $0.decision.family == decision.family }
      if let same {
        values[same].phases += [effect.phase].compactMap(\.self)
      } else {
        values.append((value, verb, decision, [effect.phase].compactMap(\.self)))
      }
    }
    var lines: [(words: [String], verb: String, decision: Decision, phases: [String])] = []
    for value in values {
      let same = lines.firstIndex {
        $0.verb == value.verb && $0.decision.family == value.decision.family && $0.phases == value.phases
      }
      if let same {
        lines[same].words.append(value.words)
      } else {
        lines.append(([value.words], value.verb, value.decision, value.phases))
      }
    }
    return lines.map { line in
      let phases = Program.phases.filter(line.phases.contains)
      let suffix =
        phases.isEmpty
        ? "" : phases.count == Program.phases.count ? ", in every phase" : ", in the \(prose.list(phases)) phase"
      return Item(words: [
        .text("\(line.verb) "),
        .link(line.decision.label.text(in: language), to: Anchor.decision(line.decision.family)), .text(": "),
        .strong(line.words.joined(separator: ", ")), .text(suffix),
      ])
    }
  }

  private func reasons(_ rule: Rule) -> [(title: String, text: String)] {
    let own = rule.because.filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }
    guard !own.isEmpty else { return rule.because[""].map { [("Because", prose.text($0))] } ?? [] }
    var result = own.map { name, template in
      let decision = program.decisions.first { $0.family == name || program.variables[$0.variable].name == name }
      return ("Because, for \(decision?.label.text(in: language) ?? name)", prose.text(template))
    }
    if let rest = rule.because[""] { result.append(("Because, for the rest", prose.text(rest))) }
    return result
  }

  /// What it overrides, what overrides it, what it meets, who reviewed it, and its cases.
  private func standing(_ entry: RuleTouches.Entry, _ rule: Rule) -> [Block] {
    var blocks: [Block] = []
    if !rule.overrides.isEmpty {
      blocks.append(.paragraph(titled("Overrides", links(toRules: rule.overrides))))
    }
    if let overriding = touches.overriddenBy[entry.id] {
      blocks.append(.paragraph(titled("Overridden by", links(toRules: overriding))))
    }
    let met = touches.neighbours(of: entry, program).filter { !$0.rules.isEmpty }
    if !met.isEmpty {
      let parts = met.map { neighbour -> [Inline] in
        let decision = program.decisions[neighbour.decision]
        let label = decision.label.text(in: language)
        // A long list stands once, with the decision.
        guard neighbour.rules.count <= 6 else {
          return [
            .text("\(neighbour.rules.count) rules about "), .link(label, to: Anchor.decision(decision.family)),
          ]
        }
        return [.text("\(label): ")] + links(toRules: neighbour.rules)
      }
      blocks.append(.paragraph(titled("Speaks about the same as", .joined(parts, by: "; "))))
    }
    if let reviewed = [rule.reviewedBy.map { "read by \($0)" }, rule.reviewBy.map { "to be read again by \($0)" }]
      .compactMap(\.self).joined(separator: ", ").nonEmpty
    {
      blocks.append(.paragraph(titled("Review", [.text(reviewed)])))
    }
    blocks.append(.paragraph(titled("Cases", casesLine(entry.id))))
    return blocks
  }

  /// The cases that were written to show the rule, and how many more it decides.
  private func casesLine(_ id: String) -> [Inline] {
    let table = id.firstIndex(of: "[").map { String(id[..<$0]) }
    let deciding = cases[id] ?? []
    let written = Set(shown[id] ?? []).union(table.flatMap { shown[$0] } ?? []).intersection(deciding)
    let rest = deciding.filter { !written.contains($0) }
    func links(_ names: [String]) -> [Inline] {
      .joined(names.map { [.link($0, to: Anchor.aCase($0))] }, by: ", ")
    }
    guard !deciding.isEmpty else { return [.text("none; no case shows what it does")] }
    guard !written.isEmpty else {
      return rest.count <= 6
        ? [.text("decides in ")] + links(rest) : [.text("decides in \(rest.count), and none is about it")]
    }
    let more: [Inline] = rest.isEmpty ? [] : [.text("; decides in \(rest.count) more")]
    return [.text("shown by ")] + links(written.sorted()) + more
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
