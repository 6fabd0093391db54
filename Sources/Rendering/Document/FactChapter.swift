import RuleEngine

/// What is asked, what follows from it, the numbers that may change, and what cannot be.
extension DocumentBuilder {
  // MARK: Questions

  func questions() -> [Block] {
    var blocks: [Block] = [.heading(level: 2, "The questions", anchor: "questions")]
    var sections = program.presentation.sections.map { ($0.title.text(in: language), $0.facts) }
    let placed = Set(sections.flatMap(\.1))
    let rest = program.variables.indices.filter {
      program.variables[$0].fact != nil && !placed.contains($0) && $0 != program.assessmentDay
    }
    sections.append((sections.isEmpty ? "Questions" : "Other questions", rest))
    for (number, section) in sections.enumerated() where !section.1.isEmpty {
      blocks.append(.heading(level: 3, section.0, anchor: "section-\(number + 1)"))
      for fact in section.1 { blocks += question(fact) }
    }
    return blocks
  }

  private func question(_ index: Int) -> [Block] {
    let variable = program.variables[index]
    guard let fact = variable.fact else { return [] }
    var blocks: [Block] = [
      .heading(level: 4, variable.label.text(in: language), anchor: Anchor.variable(variable.name)),
      .paragraph([.text("“\(fact.question.text(in: language))” "), .code(variable.name)]),
      .paragraph(titled("Answers", [.text(answers(variable))])),
    ]
    if let help = fact.help { blocks.append(.paragraph(titled("Help", [.text(help.text(in: language))]))) }
    if let why = fact.why { blocks.append(.paragraph(titled("Why it is asked", [.text(why.text(in: language))]))) }
    if let condition = fact.appliesWhen {
      blocks.append(.paragraph([.strong("Asked only where:")]))
      blocks.append(.list(prose.items(condition)))
    }
    if fact.isRecordOnly { blocks.append(.paragraph([.text("It is recorded for reports. No rule may read it.")])) }
    if fact.assumed != nil {
      blocks.append(.paragraph([.text("While it is not asked, a value is assumed, which settles nothing.")]))
    }
    let readers = graph.nodes.filter { $0.facts.contains(index) }
    let guarded = program.variables.filter { other in
      guard let condition = other.fact?.appliesWhen else { return false }
      return DecisionGraph.reading([condition], [], program).facts.contains(index)
    }
    if !guarded.isEmpty {
      let words: [Inline] = .joined(
        guarded.map { [.link($0.label.text(in: language), to: Anchor.variable($0.name))] }, by: ", ")
      blocks.append(.paragraph(titled("Decides whether these are asked", words)))
    }
    if !readers.isEmpty {
      let words: [Inline] = .joined(readers.map { [.link($0.label, to: Anchor.decision($0.family))] }, by: ", ")
      blocks.append(.paragraph(titled("Bears on", words)))
    }
    return blocks
  }

  private func answers(_ variable: Variable) -> String {
    switch variable.domain {
    case .options(_, let isOrdered):
      return variable.optionLabels.map { $0.text(in: language) }.joined(separator: ", ")
        + (isOrdered && variable.domain != .yesNo ? ", the lowest first" : "")
    case .members:
      return "any of " + variable.optionLabels.map { $0.text(in: language) }.joined(separator: ", ") + "; or none"
    case .numbers(let numbers):
      return "\(numbers.isWhole ? "a whole number" : "a number") from \(numbers.interval.lower) to "
        + prose.number(numbers.interval.upper, in: variable.domain)
    case .dates: return "a day"
    }
  }

  // MARK: What follows from answers

  func derivedFacts() -> [Block] {
    var blocks: [Block] = [
      .heading(level: 2, "What follows from answers", anchor: "derived"),
      .paragraph([.text("Scores, their bands, counts and conditions that have a name. None of it is asked.")]),
    ]
    var seen: Set<String> = []
    for variable in program.variables {
      guard case .derived(let derivation) = variable.kind else { continue }
      let family = prose.family(of: variable)
      guard seen.insert(family).inserted else { continue }
      var words = prose
      var label = variable.label.text(in: language)
      if family != variable.name, let phase = variable.name.split(separator: ".").last.map(String.init) {
        words.ownPhase = phase
        label = label.replacing(", \(phase) phase", with: "") + ", in each phase"
      }
      blocks.append(.heading(level: 4, label, anchor: Anchor.variable(family)))
      blocks += text(derivation, variable, words)
    }
    return blocks.count > 2 ? blocks : []
  }

  private func text(_ derivation: Derivation, _ variable: Variable, _ words: ConditionProse) -> [Block] {
    func labels(_ places: [Int], by separator: String = ", ") -> [Inline] {
      .joined(places.map { [words.label($0)] }, by: separator)
    }
    switch derivation {
    case .sum(let items, let entered):
      let or: [Inline] = entered.map { [.text("; or the total that was entered: "), words.label($0)] } ?? []
      return [.paragraph([.text("The sum of ")] + labels(items) + or)]
    case .difference(let of, let less): return [.paragraph([words.label(of), .text(" less "), words.label(less)])]
    case .count(let conditions):
      return [.paragraph([.text("How many of these hold:")]), .list(conditions.flatMap { words.grouped($0) })]
    case .points(let of, let points):
      let options = program.variables[of].optionLabels
      let sorted = points.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
      let rows = sorted.map { [[Inline.text(options[$0.offset].text(in: language))], [.text($0.element.description)]] }
      return [.paragraph([.text("Points for "), words.label(of)]), .table(header: ["Answer", "Points"], rows: rows)]
    case .bands(let of, let bands):
      let rows = bands.enumerated().map { place, band -> [[Inline]] in
        let range = band.single.map(\.description) ?? "\(band.lower) to \(band.upper)"
        return [[.text(variable.optionLabels[place].text(in: language))], [.text(range)]]
      }
      return [.paragraph([.text("Bands of "), words.label(of)]), .table(header: ["Band", "From and to"], rows: rows)]
    case .highest(let items): return [.paragraph([.text("The highest of ")] + labels(items))]
    case .lowest(let items): return [.paragraph([.text("The lowest of ")] + labels(items))]
    case .days(let from, let to):
      return [.paragraph([.text("The days from "), words.label(from), .text(" to "), words.label(to)])]
    case .holds(let condition):
      let items = words.items(condition)
      return [.paragraph([.text(items.count > 1 ? "Holds where all of these do:" : "Holds where:")]), .list(items)]
    case .product(let first, let second):
      return [.paragraph([words.label(first), .text(" times "), words.label(second)])]
    case .total(let decision, let slots):
      let entry = program.decisions[decision]
      let names = slots.compactMap { entry.slots[$0].member }.map {
        program.variables[entry.variable].optionLabels[$0].text(in: language)
      }
      return [.paragraph([.text("The amounts of these items together: \(names.joined(separator: ", "))")])]
    }
  }

  // MARK: Parameters

  func parameters() -> [Block] {
    guard !program.parameters.isEmpty else { return [] }
    let rows = program.parameters.enumerated().map { index, parameter -> [[Inline]] in
      let from = parameter.values.first.map { CalendarDate(days: $0.from).description } ?? ""
      return [
        [.text(prose.name(of: parameter)), .text(" "), .code(parameter.name)], [.text(prose.parameter(index))],
        [.text(from)], sources(parameter.sources),
      ]
    }
    return [
      .heading(level: 2, "Numbers that may change", anchor: "numbers"),
      .paragraph([
        .text("Set by a law, a guideline or a policy. The one in force on the day of the assessment is used.")
      ]),
      .table(header: ["Number", "Value", "Known from", "Sources"], rows: rows),
    ]
  }

  // MARK: Impossible intakes

  func impossible() -> [Block] {
    guard !program.impossibilities.isEmpty else { return [] }
    var blocks: [Block] = [
      .heading(level: 2, "What cannot be", anchor: "impossible"),
      .paragraph([.text("Answers that cannot be true together are refused, with the reason.")]),
    ]
    for impossibility in program.impossibilities {
      blocks.append(.paragraph([.strong("\(impossibility.id): "), .text("“\(prose.text(impossibility.because))”")]))
      blocks.append(.list(prose.items(impossibility.condition)))
    }
    return blocks
  }
}

extension ConditionProse {
  /// A condition as one item.
  fileprivate func grouped(_ condition: Condition) -> [Item] {
    let items = items(condition)
    return items.count > 1 ? [Item(words: [.text("all of these:")], below: items)] : items
  }
}
