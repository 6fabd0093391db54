/// Puts values, matchers and texts into the words of the rulebook.
public struct Wording: Sendable {
  public let evaluation: Evaluation
  /// The language of labels and reasons, such as `en`; texts without it fall back as ``LocalizedText`` says.
  public let language: String
  private var program: Program { evaluation.program }

  public init(_ evaluation: Evaluation, language: String) {
    self.evaluation = evaluation
    self.language = language
  }

  public func label(of variable: Int) -> String {
    program.variables[variable].label.text(in: language)
  }

  public func option(_ option: Int, of variable: Int) -> String {
    let labels = program.variables[variable].optionLabels
    return labels.indices.contains(option) ? labels[option].text(in: language) : ""
  }

  /// `12`, `9 hours a week`, `2026-11-08`.
  public func number(_ number: Number, in domain: Domain) -> String {
    switch domain {
    case .dates: number.whole.map { CalendarDate(days: $0).description } ?? number.description
    case .numbers(let numbers): numbers.unit?.text(for: number) ?? number.description
    case .options, .members: number.description
    }
  }

  /// What is known of a variable: a label, a number, `not known`, `between 12 and 15`, `does not apply`.
  ///
  /// - Parameter withUnit: whether a number carries its unit; in a reason it does not, since the author's words do.
  public func value(of variable: Int, withUnit: Bool = true) -> String {
    let possible = evaluation.values[variable]
    let domain = program.variables[variable].domain
    guard !possible.cannotApply else { return "does not apply" }
    guard !possible.mayNotApply else { return "not known" }
    switch possible.values {
    case .none: return "does not apply"
    case .options(let options):
      if options.count == 1 { return option(options.first!, of: variable) }
      let isNarrowed = options.count < domain.names.count && !(program.variables[variable].fact != nil)
      return isNarrowed ? options.sorted().map { option($0, of: variable) }.joined(separator: " or ") : "not known"
    case .interval(let interval):
      func text(_ value: Number) -> String { withUnit ? number(value, in: domain) : bare(value, in: domain) }
      if let single = interval.single { return text(single) }
      guard interval != domain.interval else { return "not known" }
      return "between \(bare(interval.lower, in: domain)) and \(text(interval.upper))"
    case .members(let members):
      let chosen = members.indices.filter { members[$0] == .yes }.map { option($0, of: variable) }
      if members.contains(.unknown) {
        return chosen.isEmpty ? "not known" : list(chosen) + ", perhaps more"
      }
      return chosen.isEmpty ? "none" : list(chosen)
    }
  }

  private func bare(_ value: Number, in domain: Domain) -> String {
    if case .numbers = domain { value.description } else { number(value, in: domain) }
  }

  public func list(_ words: [String]) -> String {
    guard words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + words.last!
  }

  func alternatives(_ words: [String]) -> String {
    guard words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + words.last!
  }

  /// The text with its facts filled in.
  public func text(_ template: Template) -> String {
    template.segments(in: language).map { segment in
      switch segment {
      case .literal(let text): text
      case .variable(let variable): value(of: variable, withUnit: false)
      case .parameter(let index): parameter(index, withUnit: false)
      }
    }.joined()
  }

  private func parameter(_ index: Int, withUnit: Bool = true) -> String {
    let parameter = program.parameters[index]
    let day = evaluation.values[program.assessmentDay].interval?.single?.whole
    let value = day.map { parameter.value(on: $0) } ?? (parameter.values.count == 1 ? parameter.values[0].value : nil)
    guard let value else { return "not known" }
    return withUnit ? number(value, in: parameter.domain) : bare(value, in: parameter.domain)
  }

  /// What a matcher asks: `Days or Evenings`, `at least 10`, `not Days`, `includes Paid work`.
  public func matcher(_ matcher: Matcher, of variable: Int) -> String {
    let negation = matcher.isNegated ? "not " : ""
    func names(_ indices: [Int]) -> [String] { indices.map { option($0, of: variable) } }
    switch matcher.test {
    case .options(let options): return negation + alternatives(names(options))
    case .ranges(let ranges): return negation + alternatives(ranges.map { range($0, of: variable) })
    case .empty: return negation + "empty"
    case .exactly(let members): return negation + "exactly " + list(names(members))
    case .includesAny(let members): return negation + "includes " + alternatives(names(members))
    case .includesAll(let members): return negation + "includes " + list(names(members))
    case .includesNone(let members): return negation + "includes none of " + list(names(members))
    case .declined: return negation + "declined"
    case .doesNotKnow: return negation + "not known to the person"
    }
  }

  private func range(_ range: MatcherRange, of variable: Int) -> String {
    let domain = program.variables[variable].domain
    func operand(_ operand: MatcherRange.Operand) -> String {
      switch operand {
      case .constant(let value): number(value, in: domain)
      case .parameter(let index, _): parameter(index)
      case .daysFromAssessment(let days):
        days == 0 ? "the day of the assessment" : days > 0 ? "\(days) days ahead" : "\(-days) days before"
      }
    }
    switch (range.lower, range.upper) {
    case (let lower?, let upper?) where lower == upper: return operand(lower.operand)
    case (let lower?, let upper?):
      var first = operand(lower.operand)
      if case .constant(let value) = lower.operand { first = bare(value, in: domain) }
      return "\(lower.isIncluded ? "" : "more than ")\(first) to \(upper.isIncluded ? "" : "less than ")"
        + operand(upper.operand)
    case (let lower?, nil): return (lower.isIncluded ? "at least " : "more than ") + operand(lower.operand)
    case (nil, let upper?): return (upper.isIncluded ? "at most " : "less than ") + operand(upper.operand)
    case (nil, nil): return "any"
    }
  }

  /// A value of a slot: an option's label, an amount with its unit, or `yes` for a member.
  public func value(_ value: Value, in decision: Decision, slot: Slot) -> String {
    switch value {
    case .option(let place): option(place, of: slot.variable ?? decision.variable)
    case .number(let amount): number(amount, in: program.variables[slot.variable ?? decision.variable].domain)
    case .included: "in"
    }
  }

  public func outcome(_ outcome: Evaluation.Outcome, in decision: Decision, slot: Slot) -> String {
    let domain = program.variables[slot.variable ?? decision.variable].domain
    return switch outcome {
    case .value(let value): self.value(value, in: decision, slot: slot)
    case .between(let interval): "\(bare(interval.lower, in: domain)) to \(number(interval.upper, in: domain))"
    case .out: "not in the plan"
    case .gap: "no rule covers this"
    case .conflict: "rules disagree"
    case .notApplicable: "does not apply"
    }
  }

  /// How a variable came out: of a decision its outcomes, of anything else its value.
  public func outcomes(of variable: Int) -> String {
    guard case .decision(let index) = program.variables[variable].kind, !program.decisions[index].hasMembers else {
      return value(of: variable)
    }
    let decision = program.decisions[index]
    return evaluation.decisionOutcomes[index].sorted().map {
      outcome($0, in: decision, slot: Slot(member: nil, variable: nil, effects: []))
    }.joined(separator: " or ")
  }

  /// What is still possible, in few words: `2 to 5 sessions a week, if it applies`; of an ordered choice the ends only.
  func summary(_ outcomes: Set<Evaluation.Outcome>, in decision: Decision, slot: Slot) -> String {
    let variable = slot.variable ?? decision.variable
    let domain = program.variables[variable].domain
    let values = outcomes.sorted().filter {
      switch $0 {
      case .value, .between: true
      case .out, .gap, .conflict, .notApplicable: false
      }
    }
    var text = alternatives(values.map { outcome($0, in: decision, slot: slot) })
    if let span = span(of: values), span.single == nil {
      text = "\(bare(span.lower, in: domain)) to \(number(span.upper, in: domain))"
    } else if case .options(_, isOrdered: true) = domain, values.count > 2, domain != .yesNo {
      text =
        "\(outcome(values[0], in: decision, slot: slot)) to \(outcome(values[values.count - 1], in: decision, slot: slot))"
    }
    if outcomes.contains(.gap) { text += text.isEmpty ? "no rule covers this" : ", or no rule covers this" }
    if outcomes.contains(.conflict) { text += text.isEmpty ? "rules disagree" : ", or rules disagree" }
    if !values.isEmpty, outcomes.contains(.notApplicable) { text += ", if it applies" }
    if !values.isEmpty, outcomes.contains(.out) { text += ", or none" }
    return text
  }

  private func span(of outcomes: [Evaluation.Outcome]) -> Interval? {
    var span: Interval?
    for outcome in outcomes {
      switch outcome {
      case .value(.number(let number)): span = span.map { $0.union(Interval(number)) } ?? Interval(number)
      case .between(let interval): span = span.map { $0.union(interval) } ?? interval
      default: return nil
      }
    }
    return span
  }
}
