import RuleEngine

/// The plan: each decision, how recommendations for it combine, and what bears on it.
extension DocumentBuilder {
  func plan() -> [Block] {
    let pictures = DecisionPictures(program: program, graph: graph, language: language)
    var blocks: [Block] = [
      .heading(level: 2, "The plan", anchor: "plan"),
      .paragraph([
        .text(
          "The parts of the plan in its order. An arrow leads from a decision to one that reads it; what follows from two arrows has none of its own. Each part is open "
            + "while an answer that could still change it is missing.")
      ]),
      .picture(pictures.overview()),
    ]
    for node in graph.nodes {
      guard let index = program.decisions.firstIndex(where: { $0.family == node.family }) else { continue }
      blocks += chapter(program.decisions[index], node, pictures)
    }
    return blocks
  }

  private func chapter(_ decision: Decision, _ node: DecisionGraph.Node, _ pictures: DecisionPictures) -> [Block] {
    let variable = program.variables[decision.variable]
    var blocks: [Block] = [
      .heading(level: 3, node.label, anchor: Anchor.decision(node.family)),
      .paragraph(
        titled(
          "How",
          [.text(combination(decision)), .text(" Its name in the rules is "), .code(node.family), .text(".")])),
    ]
    if decision.phase != nil {
      blocks.append(
        .paragraph([.text("It is made for each phase: intensive, then transition, then continuing.")]))
    }
    if decision.isMenu {
      blocks += items(decision)
    } else {
      blocks.append(.paragraph(titled("Possible values", [.text(values(decision, variable))])))
    }
    if let guardCondition = decision.appliesWhen {
      let items = prose(of: decision).items(guardCondition)
      blocks.append(.paragraph([.strong(items.count > 1 ? "Made only where all of these hold:" : "Made only where:")]))
      blocks.append(.list(items))
    }
    blocks += otherwise(node.family)
    if let offer = program.adaptation?.offers.first(where: { $0.name == node.family }) {
      blocks.append(.paragraph(titled("Offered here", [.text(text(offer, variable))])))
    }
    let speakers = touches.speakers[node.family] ?? []
    if !speakers.isEmpty {
      blocks.append(.paragraph(titled("Rules about it (\(speakers.count))", links(toRules: speakers))))
    }
    let read = graph.nodes.filter { node.reads.contains($0.family) }
    if !read.isEmpty { blocks.append(.paragraph(titled("Reads", links(to: read)))) }
    let readers = graph.readers(of: node.family)
    if !readers.isEmpty { blocks.append(.paragraph(titled("Read by", links(to: readers)))) }
    blocks.append(.picture(pictures.picture(of: node)))
    return blocks
  }

  private func links(to nodes: [DecisionGraph.Node]) -> [Inline] {
    .joined(nodes.map { [.link($0.label, to: Anchor.decision($0.family))] }, by: ", ")
  }

  /// The prose for what stands once in each phase.
  private func prose(of decision: Decision) -> ConditionProse {
    var prose = prose
    prose.ownPhase = decision.phase
    return prose
  }

  private func combination(_ decision: Decision) -> String {
    if decision.isMenu {
      return decision.combine == .highest
        ? "several items side by side; of each item the highest amount that is recommended counts."
        : "several items side by side; of each item the lowest that is recommended counts, such as the earliest deadline."
    }
    switch decision.combine {
    case .one: return "one value; all rules that apply must agree, else a clinician is asked."
    case .highest: return "one value; the highest that is recommended counts."
    case .lowest: return "one value; the lowest that is recommended counts."
    case .all: return "several at once; all that are recommended are in, unless one is ruled out."
    case .preferred: return "one value; the first of this order that is recommended and not ruled out."
    }
  }

  private func values(_ decision: Decision, _ variable: Variable) -> String {
    switch variable.domain {
    case .numbers(let numbers):
      return "\(numbers.interval.lower) to \(prose.number(numbers.interval.upper, in: variable.domain))"
    case .dates: return "days"
    case .options(let names, let isOrdered):
      let order = decision.combine == .preferred ? decision.preference : Array(names.indices)
      let labels = order.map { variable.optionLabels[$0].text(in: language) }
      let suffix = decision.combine == .preferred ? ", the preferred first" : isOrdered ? ", the lowest first" : ""
      return labels.joined(separator: ", ") + suffix
    case .members: return variable.optionLabels.map { $0.text(in: language) }.joined(separator: ", ")
    }
  }

  private func items(_ decision: Decision) -> [Block] {
    let isOfTime = decision.slots.contains { $0.item?.givenBy != nil }
    let amounts = decision.slots.map { slot in
      slot.variable.map { program.variables[$0].optionLabels.map { $0.text(in: language) } } ?? []
    }
    if let shared = amounts.first, !isOfTime, !shared.isEmpty, amounts.allSatisfy({ $0 == shared }) {
      let labels = program.variables[decision.variable].optionLabels.map { $0.text(in: language) }
      return [
        .paragraph(titled("Items", [.text(labels.joined(separator: "; "))])),
        .paragraph(titled("Each of them", [.text(shared.joined(separator: ", "))])),
      ]
    }
    let rows = decision.slots.map { slot -> [[Inline]] in
      let variable = slot.variable.map { program.variables[$0] }
      let label = slot.member.map { program.variables[decision.variable].optionLabels[$0].text(in: language) } ?? ""
      var amount = ""
      switch variable?.domain {
      case .numbers(let numbers)?:
        amount =
          slot.fill == nil
          ? numbers.unit?.name ?? "a number" : "the \(numbers.unit?.name ?? "amount") that the others leave"
      case .options(_, _)?:
        amount = (variable?.optionLabels ?? []).map { $0.text(in: language) }.joined(separator: ", ")
      default: break
      }
      guard isOfTime else { return [[.text(label)], [.text(amount)]] }
      let item = slot.item
      return [
        [.text(label)], [.text(amount)], [.text(item?.kind ?? "")], [.text(item?.givenBy ?? "")],
        [.text(item?.countsTowardHours ?? false ? "yes" : "no")],
      ]
    }
    let header = isOfTime ? ["Item", "Amount", "Kind", "Given by", "Counts toward hours"] : ["Item", "Amount"]
    return [.table(header: header, rows: rows)]
  }

  /// What stands where no rule recommends anything, phase by phase where they differ.
  private func otherwise(_ family: String) -> [Block] {
    let phases = program.decisions.filter { $0.family == family }
    guard let first = phases.first, let otherwise = first.otherwise else {
      return first(family)?.hasMembers ?? true
        ? []
        : [
          .paragraph(titled("Where no rule recommends anything", [.text("no rule covers this: a clinician is asked.")]))
        ]
    }
    let values = phases.compactMap { phase in phase.otherwise.map { prose.value($0.value, of: phase.variable) } }
    let value = Set(values).count == 1 ? values[0] : values.joined(separator: ", then ")
    var words: [Inline] = [.text("\(value). “\(prose.text(otherwise.because))” ")]
    words += sources(otherwise.sources)
    return [.paragraph(titled("Where no rule recommends anything", words))]
  }

  private func first(_ family: String) -> Decision? { program.decisions.first { $0.family == family } }

  func text(_ offer: Adaptation.Offer, _ variable: Variable) -> String {
    let labels = offer.options.map { variable.optionLabels[$0].text(in: language) }
    let ranges = offer.ranges.map { range in
      range.single.map { prose.number($0, in: variable.domain) }
        ?? "\(range.lower) to \(prose.number(range.upper, in: variable.domain))"
    }
    var text = (labels + ranges).joined(separator: ", ") + "."
    if let reason = offer.reason { text += " \(reason.text(in: language))" }
    for (name, reason) in offer.reasons.sorted(by: { $0.key < $1.key }) {
      let label =
        variable.domain.names.firstIndex(of: name).map { variable.optionLabels[$0].text(in: language) } ?? name
      text += " Not \(label): \(reason.text(in: language))"
    }
    return text
  }
}
