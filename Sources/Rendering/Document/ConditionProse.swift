import RuleEngine

/// Puts conditions, amounts and reasons of a rulebook into words, without anybody's answers.
struct ConditionProse {
  typealias Inline = RulebookDocument.Inline
  typealias Item = RulebookDocument.Item

  let program: Program
  let language: String
  /// The phase of a rule that stands once for each phase: its own is called "the same phase".
  var ownPhase: String?

  // MARK: Conditions

  /// A condition as the items of a list; one item if it asks one thing.
  func items(_ condition: Condition) -> [Item] {
    if case .all(let parts) = condition { return parts.map(item) }
    return [item(condition)]
  }

  private func item(_ condition: Condition) -> Item {
    switch condition {
    case .always: return Item(words: [.text("always")])
    case .test(let variable, let matcher):
      return Item(words: [label(variable), .text(": \(text(matcher, variable))")])
    case .applies(let rule):
      let id = program.rules[rule].id
      return Item(words: [
        .text("the rule "), .link(id, to: Anchor.rule(RuleTouches.family(of: id))), .text(" applies"),
      ])
    case .all(let parts): return group("all of these", parts)
    case .any(let parts) where parts.isEmpty: return Item(words: [.text("never")])
    case .any(let parts): return group("at least one of these", parts)
    case .not(.any(let parts)): return group("none of these", parts)
    case .not(let part):
      let inner = item(part)
      guard inner.below.isEmpty else { return Item(words: [.text("not ")] + inner.words, below: inner.below) }
      return Item(words: [.text("not: ")] + inner.words)
    case .atLeast(let count, let parts): return group("at least \(count) of these \(parts.count)", parts)
    case .plan(let test): return Item(words: [.text("the plan: \(test.rawValue)")])
    case .unknown(let variable): return Item(words: [label(variable), .text(": not known")])
    case .outcome(let decision, let test):
      let label = label(program.decisions[decision].variable)
      return Item(words: [label, .text(": \(test.rawValue.replacing("_", with: " "))")])
    }
  }

  private func group(_ title: String, _ parts: [Condition]) -> Item {
    Item(words: [.text("\(title):")], below: parts.map(item))
  }

  /// The label of a variable, leading to where it is described.
  func label(_ variable: Int) -> Inline {
    let entry = program.variables[variable]
    guard variable != program.assessmentDay else { return .text(entry.label.text(in: language)) }
    switch entry.kind {
    case .fact, .derived: return .link(words(for: entry.label), to: Anchor.variable(family(of: entry)))
    case .decision(let decision):
      let decision = program.decisions[decision]
      let phase = decision.phase.map { $0 == ownPhase ? " in the same phase" : " in the \($0) phase" } ?? ""
      return .link(decision.label.text(in: language) + phase, to: Anchor.decision(decision.family))
    case .item(let decision, _):
      let decision = program.decisions[decision]
      let phase = decision.phase.map { $0 == ownPhase ? " in the same phase" : " in the \($0) phase" } ?? ""
      return .link(entry.label.text(in: language) + phase, to: Anchor.decision(decision.family))
    }
  }

  /// A label with its phase, in which "the same phase" is said for the own.
  private func words(for label: LocalizedText) -> String {
    let text = label.text(in: language)
    guard let ownPhase, text.hasSuffix(", \(ownPhase) phase") else { return text }
    return text.dropLast(", \(ownPhase) phase".count) + " in the same phase"
  }

  /// The name without the phase, under which a variable is described.
  func family(of variable: Variable) -> String {
    guard case .derived = variable.kind else { return variable.name }
    for phase in Program.phases where variable.name.hasSuffix(".\(phase)") {
      let family = String(variable.name.dropLast(phase.count + 1))
      if Program.phases.allSatisfy({ program.variable(named: "\(family).\($0)") != nil }) { return family }
    }
    return variable.name
  }

  // MARK: Matchers

  func text(_ matcher: Matcher, _ variable: Int) -> String {
    let entry = program.variables[variable]
    func names(_ places: [Int]) -> [String] {
      let labels = places.map {
        entry.optionLabels.indices.contains($0) ? entry.optionLabels[$0].text(in: language) : ""
      }
      // What holds a comma or an "or" of its own would run into the next.
      let runsOn =
        labels.count > 1 && labels.contains { $0.contains(",") || $0.contains(" or ") || $0.contains(" and ") }
      return runsOn ? labels.map { "“\($0)”" } : labels
    }
    let text =
      switch matcher.test {
      case .options(let options): alternatives(names(options))
      case .ranges(let ranges): alternatives(ranges.map { self.text($0, in: entry.domain) })
      case .empty: "none"
      case .exactly(let members): "exactly " + list(names(members))
      case .includesAny(let members): "includes " + alternatives(names(members))
      case .includesAll(let members): "includes " + list(names(members))
      case .includesNone(let members): "includes none of " + list(names(members))
      case .declined: "declined"
      case .doesNotKnow: "not known to the person"
      }
    return (matcher.isNegated ? "not " : "") + text
  }

  private func text(_ range: MatcherRange, in domain: Domain) -> String {
    func words(_ operand: MatcherRange.Operand) -> String {
      switch operand {
      case .constant(let value): number(value, in: domain)
      case .parameter(let index, _): parameter(index)
      case .daysFromAssessment(let days):
        days == 0
          ? "the day of the assessment"
          : days > 0 ? "\(days) days after the assessment" : "\(-days) days before the assessment"
      }
    }
    switch (range.lower, range.upper) {
    case (let lower?, let upper?) where lower == upper: return words(lower.operand)
    case (let lower?, let upper?):
      return (lower.isIncluded ? "from " : "more than ") + words(lower.operand)
        + (upper.isIncluded ? " to " : " to less than ") + words(upper.operand)
    case (let lower?, nil): return (lower.isIncluded ? "at least " : "more than ") + words(lower.operand)
    case (nil, let upper?): return (upper.isIncluded ? "at most " : "less than ") + words(upper.operand)
    case (nil, nil): return "any"
    }
  }

  /// `18 years`; of a number that changes at a date, each value.
  func parameter(_ index: Int) -> String {
    let parameter = program.parameters[index]
    let values = parameter.values.enumerated().map { place, dated in
      let value = number(dated.value, in: parameter.domain)
      return place == 0 ? value : "from \(CalendarDate(days: dated.from)) \(value)"
    }
    return values.joined(separator: ", ")
  }

  func number(_ value: Number, in domain: Domain) -> String {
    switch domain {
    case .dates: value.whole.map { CalendarDate(days: $0).description } ?? value.description
    case .numbers(let numbers): numbers.unit?.text(for: value) ?? value.description
    case .options, .members: value.description
    }
  }

  // MARK: Values and texts

  /// What is recommended: an option, an amount, or nothing where a member is just in.
  func value(_ value: Value, of variable: Int) -> String {
    let entry = program.variables[variable]
    switch value {
    case .option(let place):
      return entry.optionLabels.indices.contains(place) ? entry.optionLabels[place].text(in: language) : ""
    case .number(let amount): return number(amount, in: entry.domain)
    case .included: return ""
    }
  }

  /// A reason, with the names of what is filled in.
  func text(_ template: Template) -> String {
    template.segments(in: language).map { segment in
      switch segment {
      case .literal(let text): return text
      case .variable(let variable): return "[\(program.variables[variable].label.text(in: language))]"
      case .parameter(let index):
        let parameter = program.parameters[index]
        guard parameter.values.count == 1 else { return "[\(name(of: parameter))]" }
        return parameter.values[0].value.description
      }
    }.joined()
  }

  func name(of parameter: Parameter) -> String {
    parameter.label?.text(in: language) ?? parameter.name.replacing("_", with: " ")
  }

  /// An answer as it was recorded.
  func text(_ answer: Answer, of variable: Variable) -> String {
    func option(_ place: Int) -> String {
      variable.optionLabels.indices.contains(place) ? variable.optionLabels[place].text(in: language) : ""
    }
    switch answer {
    case .option(let place): return option(place)
    case .number(let value): return number(value, in: variable.domain)
    case .declined: return "declined"
    case .doesNotKnow: return "does not know"
    case .members(let members):
      let chosen = members.indices.filter { members[$0] == .yes }.map(option)
      return chosen.isEmpty ? "none" : list(chosen)
    }
  }

  func list(_ words: [String]) -> String {
    words.count > 1 ? words.dropLast().joined(separator: ", ") + " and " + words.last! : words.first ?? ""
  }

  private func alternatives(_ words: [String]) -> String {
    words.count > 1 ? words.dropLast().joined(separator: ", ") + " or " + words.last! : words.first ?? ""
  }
}
