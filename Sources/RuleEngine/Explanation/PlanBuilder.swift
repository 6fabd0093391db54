extension Plan {
  /// Evaluates an intake and explains the outcome.
  ///
  /// - Parameters:
  ///   - language: the language of labels and reasons; texts without it fall back as ``LocalizedText`` says.
  ///   - withChanges: whether to find out what would change it, which takes many evaluations more.
  public init(_ program: Program, _ intake: Intake, language: String = "en", withChanges: Bool = false) {
    self.init(Evaluator.evaluate(program, intake), language: language, withChanges: withChanges)
  }

  /// Explains an evaluation that is at hand.
  ///
  /// - Parameter ranksQuestions: whether the needed questions stand with the most decisive first, which takes an evaluation
  ///   of the whole plan for each cell of each of them; else they stand as the rulebook presents them.
  public init(
    _ evaluation: Evaluation, language: String = "en", withChanges: Bool = false, ranksQuestions: Bool = true
  ) {
    let program = evaluation.program
    let intake = evaluation.intake
    let assumed = evaluation.withAssumptions()
    let wording = Wording(evaluation, language: language)
    let needed = evaluation.neededFacts(for: program.decisions.indices)
    let builder = DecisionPlanBuilder(wording: wording, assumed: assumed.map { Wording($0, language: language) })
    let decisions = program.presentation.decisions.map(builder.decisionPlan)

    rulebook = Rulebook(program, language: language)
    meaning = Program.meaningVersion
    self.language = language
    assessedOn = evaluation.values[program.assessmentDay].interval?.single.map {
      wording.number($0, in: .allDates)
    }
    self.decisions = decisions
    availability = AvailabilityBuilder(wording: wording, assumed: builder.assumed).availability(of: decisions)
    self.needed = Plan.sections(of: needed.now, evaluation, language, ranksQuestions: ranksQuestions)
    neededLater = needed.later.sorted().map { program.variables[$0].name }
    notAskedAgain = needed.unanswerable.sorted().map { fact in
      let variable = program.variables[fact]
      return Unanswered(
        fact: variable.name, ask: variable.fact?.question.text(in: language) ?? "",
        recorded: intake.answers[variable.name]?.isDeclined == true ? "declined" : "does_not_know")
    }
    setAside = program.variables.indices.filter {
      evaluation.values[$0].cannotApply && intake.answers[program.variables[$0].name] != nil
    }.map { SetAside(fact: program.variables[$0].name, label: wording.label(of: $0)) }
    let unknown = evaluation.unknownFacts()
    unknownFacts = unknown.map { program.variables[$0].name }
    status = Plan.status(of: decisions, hasUnknownFacts: !unknown.isEmpty)
    assumptions = Plan.assumptions(decisions, evaluation, wording)
    sentence = Plan.sentence(program, wording, decisions)
    whatWouldChange = withChanges ? WhatWouldChange(evaluation, language: language) : nil
    let cited = Set(decisions.flatMap(\.values).flatMap(\.reasons).flatMap(\.sources))
    sources = Dictionary(
      uniqueKeysWithValues: program.sources.filter { cited.contains($0.id) }.map { ($0.id, $0) })
  }

  private static func sections(
    of facts: Set<Int>, _ evaluation: Evaluation, _ language: String, ranksQuestions: Bool
  ) -> [Section] {
    let program = evaluation.program
    let totals = evaluation.enteredTotals(among: facts)
    let presented = program.presentation.sections.flatMap(\.facts).filter(facts.contains)
    let ordered =
      (ranksQuestions ? evaluation.mostDecisiveFirst(facts) : presented + facts.subtracting(presented).sorted())
      .keepingTogether(totals)
    func questions(_ wanted: (Int) -> Bool) -> [Question] {
      ordered.filter(wanted).map { index in
        let variable = program.variables[index]
        return Question(
          fact: variable.name, ask: variable.fact?.question.text(in: language) ?? variable.name,
          help: variable.fact?.help?.text(in: language), why: variable.fact?.why?.text(in: language),
          options: variable.optionLabels.map { $0.text(in: language) },
          insteadOf: (totals[index] ?? []).map { program.variables[$0].name })
      }
    }
    var sections = program.presentation.sections.map { section in
      Section(title: section.title.text(in: language), questions: questions { section.facts.contains($0) })
    }
    let placed = Set(program.presentation.sections.flatMap(\.facts))
    sections.append(
      Section(title: sections.isEmpty ? "Questions" : "Other questions", questions: questions { !placed.contains($0) }))
    return sections.filter { !$0.questions.isEmpty }
  }

  private static func status(of decisions: [DecisionPlan], hasUnknownFacts: Bool) -> Status {
    func any(_ status: DecisionPlan.Status) -> Bool {
      decisions.contains { $0.status == status && !$0.isDecidedBySelection }
    }
    if any(.conflict) { return .conflict }
    if any(.gap) { return .gap }
    if any(.open) { return .open }
    if any(.assumed) { return .provisional }
    return hasUnknownFacts ? .finalRegardless : .final
  }

  private static func assumptions(
    _ decisions: [DecisionPlan], _ evaluation: Evaluation, _ wording: Wording
  ) -> [Assumption] {
    guard decisions.contains(where: { $0.status == .assumed }) else { return [] }
    let program = evaluation.program
    return evaluation.assumableFacts().compactMap { fact in
      guard let assumed = program.variables[fact].fact?.assumed else { return nil }
      let value: String
      switch assumed {
      case .option(let option): value = wording.option(option, of: fact)
      case .number(let number): value = wording.number(number, in: program.variables[fact].domain)
      case .members(let members):
        let chosen = members.indices.filter { members[$0] == .yes }.map { wording.option($0, of: fact) }
        value = chosen.isEmpty ? "none" : wording.list(chosen)
      case .declined, .doesNotKnow: return nil
      }
      return Assumption(fact: program.variables[fact].name, label: wording.label(of: fact), value: value)
    }
  }

  /// The rulebook's own sentence, once all it speaks of is settled and applies; else the first decisions that are.
  private static func sentence(_ program: Program, _ wording: Wording, _ decisions: [DecisionPlan]) -> String {
    if let template = program.presentation.sentence {
      let spoken = template.segments(in: wording.language).compactMap { segment in
        if case .variable(let variable) = segment { variable } else { nil }
      }
      let isReady = spoken.allSatisfy {
        wording.evaluation.values[$0].isSettled && !wording.evaluation.values[$0].cannotApply
      }
      if isReady { return wording.text(template) }
    }
    // A later phase says little while the first is open.
    let settled = decisions.filter {
      ($0.phase == nil || $0.phase == Program.phases[0]) && !$0.hasMembers && $0.standingLabel != nil
    }
    let parts = settled.prefix(3).map { "\($0.familyLabel): \($0.standingLabel ?? "")" }
    let isOpen = decisions.contains { $0.status == .open && !$0.isDecidedBySelection }
    let sentences = [isOpen ? "The plan is still open." : "", parts.isEmpty ? "" : parts.joined(separator: "; ") + "."]
    return sentences.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension Plan.Rulebook {
  package init(_ program: Program, language: String) {
    self.init(
      name: program.header.name, title: program.header.title.text(in: language), version: program.header.version,
      digest: program.digest,
      overlays: (program.adaptation?.overlays ?? []).map { overlay in
        Plan.Overlay(
          name: overlay.name, title: overlay.title.text(in: language), reason: overlay.reason.text(in: language),
          alsoOffered: overlay.notes.map { $0.text(in: language) })
      })
  }
}

extension Answer {
  /// Whether the person declined it, or a part of it.
  fileprivate var isDeclined: Bool {
    if case .members(let members) = self { members.contains(.declined) } else { self == .declined }
  }
}

extension [Int] {
  /// The items of a total stand together, and the total behind them.
  fileprivate func keepingTogether(_ totals: [Int: [Int]]) -> [Int] {
    let sorted = totals.sorted { $0.key < $1.key }
    var result: [Int] = []
    for fact in self where !result.contains(fact) {
      let own = sorted.first { $0.key == fact } ?? sorted.first { $0.value.contains(fact) && !result.contains($0.key) }
      guard let (total, items) = own else {
        result.append(fact)
        continue
      }
      result += filter { items.contains($0) && !result.contains($0) && $0 != total } + [total]
    }
    return result
  }
}

extension Evaluation {
  /// The facts that can be entered as the total of others, with those of the others that are needed, too.
  fileprivate func enteredTotals(among facts: Set<Int>) -> [Int: [Int]] {
    var totals: [Int: [Int]] = [:]
    for case .derived(.sum(let items, let enteredAs?)) in program.variables.map(\.kind) where facts.contains(enteredAs)
    {
      let needed = program.facts(below: items).intersection(facts)
      if !needed.isEmpty { totals[enteredAs] = needed.sorted() }
    }
    return totals
  }

  /// Facts that apply or may apply and are not known. The items of a sum whose total was entered do not count, nor does a
  /// total that the items give: nobody is asked for both.
  package func unknownFacts() -> [Int] {
    var spared: Set<Int> = []
    var readElsewhere: Set<Int> = []
    for (index, variable) in program.variables.enumerated() {
      guard case .derived(let derivation) = variable.kind else { continue }
      if case .sum(let items, let enteredAs?) = derivation, values[index].isSettled {
        spared.formUnion(program.facts(below: items).union([enteredAs]))
      } else if !program.isItem(index) {
        readElsewhere.formUnion(derivation.sources)
      }
    }
    for condition in program.conditions.flatMap(\.subtree) {
      guard case .test(let variable, let matcher) = condition else { continue }
      readElsewhere.insert(variable)
      if matcher.dependsOnDay { readElsewhere.insert(program.assessmentDay) }
    }
    // The day of the assessment is there without being declared, so it counts only where something reads it.
    spared.insert(program.assessmentDay)
    return program.variables.indices.filter {
      program.variables[$0].fact != nil && !values[$0].isSettled
        && !(spared.contains($0) && !readElsewhere.contains($0))
    }
  }

  /// Facts, or members of them, that were not asked and for which the rulebook takes something for granted. What was
  /// declined or is not known to the person was asked, and is not assumed away.
  func assumableFacts() -> [Int] {
    program.variables.indices.filter { index in
      guard program.variables[index].fact?.assumed != nil, !values[index].isSettled, !values[index].cannotApply else {
        return false
      }
      switch answer(of: index) {
      case nil: return true
      case .members(let members): return members.contains(.notAsked)
      default: return false
      }
    }
  }

  /// The evaluation with every assumption taken as an answer (section 4, clause 12); `nil` if there is none to take.
  func withAssumptions() -> Evaluation? {
    let facts = assumableFacts()
    guard !facts.isEmpty else { return nil }
    var assumed = intake
    for fact in facts { assumed.answers[program.variables[fact].name] = assumedAnswer(for: fact) }
    return Evaluator.evaluate(program, assumed)
  }

  /// What is assumed, but for the members that were asked.
  private func assumedAnswer(for fact: Int) -> Answer? {
    let assumed = program.variables[fact].fact?.assumed
    guard case .members(let recorded)? = answer(of: fact), case .members(let taken)? = assumed else { return assumed }
    return .members(zip(recorded, taken).map { $0 == .notAsked ? $1 : $0 })
  }
}
