/// Builds the tables of a ``CompiledProgram``.
struct ProgramCompiler {
  let program: Program
  let layout: SignalLayout
  private var formulas: FormulaBuilder

  private(set) var stages: [CompiledStage] = []
  private(set) var steps: [CompiledStep] = []
  private(set) var code = ConditionCode()
  private(set) var index = RuleIndex()
  private(set) var ladders: RuleLadders
  private(set) var decisions: [CompiledDecision] = []
  private(set) var slots: [CompiledSlot] = []
  private(set) var effects: [CompiledEffect] = []
  private(set) var ruleEffects: [Span32] = []
  private(set) var ruleConditions: [Int32] = []
  private(set) var effectsOfRules: [RuleEffect] = []
  private(set) var overriders: [Int32] = []
  private(set) var references: [Int32] = []
  private(set) var numbers: [Int128] = []
  private(set) var bands: [Bounds] = []
  private(set) var dynamics: [DynamicMatcher] = []
  private(set) var ranges: [DynamicRange] = []
  private(set) var changes: [Int64] = []
  private(set) var parameters: [Span32] = []
  private(set) var datedNumbers: [DatedNumber] = []
  private(set) var initialCells: [UInt64] = []
  private(set) var restingCells: [UInt64] = []
  private(set) var restingFlags: [SlotFlags] = []
  private(set) var restingValues: [UInt64] = []
  private(set) var initialBounds: [Bounds] = []
  private(set) var impossibilities: [Int32] = []
  private(set) var valueWords = 0

  init(_ program: Program) {
    self.program = program
    layout = SignalLayout(program)
    formulas = FormulaBuilder(program, layout)
    ladders = RuleLadders(program)
    ruleConditions = Array(repeating: -1, count: program.rules.count)
  }

  mutating func build() {
    buildInitialState()
    buildParameters()
    for decision in program.decisions.indices { add(decision: decision) }
    buildEffectsOfRules()
    buildStages()
    for impossibility in program.impossibilities {
      let formula = formulas.formula(impossibility.condition)
      impossibilities.append(code.append(formula))
    }
    buildDynamics()
    buildRest()
  }

  // MARK: State

  /// A slot about which no rule says anything is out, as it is otherwise, or a gap; of a set or menu that applies no item does.
  private mutating func buildRest() {
    restingCells = initialCells
    restingFlags = slots.map { $0.isMember ? .out : $0.otherwise >= 0 ? [] : .gap }
    restingValues = Array(repeating: 0, count: valueWords)
    for slot in slots where !slot.isMember && slot.otherwise >= 0 {
      restingValues[Int(slot.at) + Int(slot.otherwise) >> 6] |= 1 << UInt64(slot.otherwise & 63)
    }
    for slot in slots where decisions[Int(slot.decision)].shape == .members && slot.item >= 0 {
      let place = layout.places[Int(slot.item)]
      for word in 0..<Int(place.words) { restingCells[Int(place.at) + word] = 0 }
      restingCells[Int(place.at) + Int(place.cells) >> 6] |= 1 << UInt64(place.cells & 63)
    }
    for decision in decisions where decision.shape == .members {
      let at = Int(layout.places[Int(decision.variable)].at)
      for member in 0..<decision.slots.count { restingCells[at + member] = SignalLayout.Member.out }
    }
  }

  private mutating func buildInitialState() {
    initialCells = Array(repeating: 0, count: layout.wordCount)
    initialBounds = Array(repeating: .zero, count: layout.numberCount)
    for (variable, place) in layout.places.enumerated() {
      let at = Int(place.at)
      switch place.kind {
      case .members: for word in 0..<Int(place.words) { initialCells[at + word] = SignalLayout.Member.open }
      case .options: fill(place, 0..<Int(place.cells))
      case .number:
        guard let interval = program.variables[variable].domain.interval else { continue }
        let bounds = Bounds(interval)
        initialBounds[Int(place.number)] = bounds
        let cuts = layout.cuts[place.cuts.indices]
        fill(place, cuts.count { $0 <= bounds.lower }..<(cuts.count { $0 <= bounds.upper } + 1))
      }
      if place.recordedAt >= 0 { initialCells[Int(place.recordedAt)] = SignalLayout.Recorded.notAsked }
    }
  }

  private mutating func fill(_ place: SignalLayout.Place, _ cells: Range<Int>) {
    for cell in cells { initialCells[Int(place.at) + cell >> 6] |= 1 << UInt64(cell & 63) }
  }

  private mutating func buildParameters() {
    for parameter in program.parameters {
      let start = Int32(datedNumbers.count)
      datedNumbers += parameter.values.map { DatedNumber(from: Int64($0.from), value: $0.value.scaled) }
      parameters.append(Span32(start: start, end: Int32(datedNumbers.count)))
    }
  }

  private mutating func buildDynamics() {
    for test in formulas.dynamicTests {
      let start = Int32(ranges.count)
      for range in test.matcher.ranges {
        ranges.append(DynamicRange(lower: bound(range.lower), upper: bound(range.upper)))
      }
      let firstChange = Int32(changes.count)
      let days = Set(test.matcher.parameters.flatMap { program.parameters[$0].values.map(\.from) })
      changes += days.sorted().map(Int64.init)
      dynamics.append(
        DynamicMatcher(
          variable: Int32(test.variable), isNegated: test.matcher.isNegated, isRelative: test.matcher.isRelative,
          dayMatters: test.matcher.isRelative
            || test.matcher.parameters.contains { program.parameters[$0].values.count > 1 },
          isWhole: program.variables[test.variable].domain.step == Number(1),
          ranges: Span32(start: start, end: Int32(ranges.count)),
          changes: Span32(start: firstChange, end: Int32(changes.count))))
    }
  }

  private func bound(_ bound: MatcherRange.Bound?) -> DynamicBound {
    guard let bound else { return DynamicBound(operand: .open, isIncluded: true) }
    switch bound.operand {
    case .constant(let number):
      return DynamicBound(operand: .constant(number.scaled), isIncluded: bound.isIncluded)
    case .parameter(let parameter, let times):
      return DynamicBound(operand: .parameter(Int32(parameter), times: Int32(times)), isIncluded: bound.isIncluded)
    case .daysFromAssessment(let days):
      return DynamicBound(operand: .daysFromAssessment(Int32(days)), isIncluded: bound.isIncluded)
    }
  }

  // MARK: Decisions

  private mutating func refer(_ places: [Int]) -> Span32 {
    let start = Int32(references.count)
    references += places.map(Int32.init)
    return Span32(start: start, end: Int32(references.count))
  }

  private mutating func add(decision index: Int) {
    let decision = program.decisions[index]
    let domain = program.variables[decision.variable].domain
    let start = Int32(slots.count)
    for slot in decision.slots { add(slot, of: decision, offset: Int(start), domain: domain) }
    let end = Int32(slots.count)
    let shape: CompiledDecision.Shape =
      decision.hasMembers ? .members : decision.combine == .preferred ? .preferred : .single
    var own: Int32 = -1
    if shape == .single { own = start }
    if shape == .preferred {
      own = end
      appendSlot(words: domain.names.count / 64 + 1, numbers: .none, isMember: false)
    }
    var otherwise: Int32 = -1
    if case .option(let option)? = decision.otherwise?.value { otherwise = Int32(option) }
    decisions.append(
      CompiledDecision(
        variable: Int32(decision.variable), shape: shape, combine: CompiledDecision.Combine(decision.combine),
        condition: -1, slots: Span32(start: start, end: end), own: own, otherwise: otherwise,
        preference: refer(decision.preference),
        fills: refer(decision.slots.indices.filter { decision.slots[$0].fill != nil }.map { Int(start) + $0 })))
  }

  private mutating func appendSlot(words: Int, numbers: Span32, isMember: Bool) {
    slots.append(
      CompiledSlot(
        decision: Int32(decisions.count), at: Int32(valueWords), words: Int32(words), numbers: numbers,
        isMember: isMember, hasOverrides: false,
        otherwise: -1, item: -1, fill: -1, less: .none))
    valueWords += words
  }

  private mutating func add(_ slot: Slot, of decision: Decision, offset: Int, domain: Domain) {
    let values = slot.effects.compactMap { if case .recommend(let value) = $0.verdict { value } else { nil } }
    let fallback = slot.member == nil ? decision.otherwise?.value : nil
    let recommended = Set(values + [fallback].compactMap(\.self)).compactMap { value -> Number? in
      if case .number(let number) = value { number } else { nil }
    }.sorted()
    let firstNumber = Int32(numbers.count)
    numbers += recommended.map(\.scaled)
    let amounts = slot.variable.map { program.variables[$0].domain } ?? domain
    let count =
      !recommended.isEmpty ? recommended.count : slot.member != nil && slot.variable == nil ? 1 : amounts.names.count
    func place(_ value: Value) -> Int32 {
      switch value {
      case .option(let option): Int32(option)
      case .number(let number): Int32(recommended.firstIndex(of: number)!)
      case .included: 0
      }
    }
    let index = slots.count
    appendSlot(
      words: count / 64 + 1, numbers: Span32(start: firstNumber, end: Int32(numbers.count)),
      isMember: slot.member != nil)
    slots[index].hasOverrides = slot.effects.contains { !$0.overriddenBy.isEmpty }
    slots[index].otherwise = fallback.map(place) ?? -1
    slots[index].item = Int32(slot.variable ?? -1)
    slots[index].fill = Int32(slot.fill?.variable ?? -1)
    slots[index].less = refer((slot.fill?.less ?? []).map { offset + $0 })
    let firstEffect = effects.count
    for effect in slot.effects {
      let start = Int32(overriders.count)
      overriders += effect.overriddenBy.map { Int32(firstEffect + $0) }
      var value: Int32 = -1
      if case .recommend(let recommended) = effect.verdict { value = place(recommended) }
      effects.append(
        CompiledEffect(
          slot: Int32(index), rule: Int32(effect.rule), value: value,
          rank: RuleLadders.rank(value, of: slots[index], CompiledDecision.Combine(decision.combine)),
          overriders: Span32(start: start, end: Int32(overriders.count)),
          bit: value < 0 ? CompiledEffect.ruledOut : value < 63 ? 1 << UInt64(value) : 0))
    }
    slots[index].effects = Span32(start: Int32(firstEffect), end: Int32(effects.count))
  }

  private mutating func buildEffectsOfRules() {
    var byRule: [[Int32]] = program.rules.map { _ in [] }
    for (index, effect) in effects.enumerated() { byRule[Int(effect.rule)].append(Int32(index)) }
    for effects in byRule {
      let start = Int32(effectsOfRules.count)
      effectsOfRules += effects.map { place in
        let slot = self.effects[Int(place)].slot
        return RuleEffect(place: place, slot: slot, decision: slots[Int(slot)].decision)
      }
      ruleEffects.append(Span32(start: start, end: Int32(effectsOfRules.count)))
    }
  }

  // MARK: Stages

  /// Each stage holds what reads only rules of earlier stages, so that all rules of a stage can be found at once.
  private mutating func buildStages() {
    var stageOfVariable = Array(repeating: 0, count: program.variables.count)
    var stageOfRule = Array(repeating: 0, count: program.rules.count)
    var variables: [[Int]] = []
    var rules: [[Int]] = []
    func stage(of conditions: [Condition]) -> Int {
      conditions.flatMap(\.subtree).reduce(0) { stage, condition in
        switch condition {
        case .test(let variable, let matcher):
          let day = matcher.dependsOnDay ? stageOfVariable[program.assessmentDay] : 0
          return max(stage, stageOfVariable[variable], day)
        case .applies(let rule): return max(stage, stageOfRule[rule] + 1)
        default: return stage
        }
      }
    }
    func place(_ element: Int, at stage: Int, in lists: inout [[Int]]) {
      while lists.count <= stage { lists.append([]) }
      lists[stage].append(element)
    }
    for step in program.evaluationOrder {
      switch step {
      case .rule(let rule):
        stageOfRule[rule] = stage(of: [program.rules[rule].condition])
        place(rule, at: stageOfRule[rule], in: &rules)
      case .variable(let variable):
        var own = 0
        switch program.variables[variable].kind {
        case .fact(let fact): own = stage(of: [fact.appliesWhen].compactMap(\.self))
        case .derived(let derivation):
          own = derivation.sources.map { stageOfVariable[$0] }.max() ?? 0
          own = max(own, stage(of: derivation.conditions))
          if case .total(let decision, _) = derivation {
            own = max(own, stageOfVariable[program.decisions[decision].variable])
          }
        case .decision(let index):
          let decision = program.decisions[index]
          own = stage(of: [decision.appliesWhen].compactMap(\.self))
          for slot in decision.slots {
            own = slot.effects.reduce(own) { max($0, stageOfRule[$1.rule] + 1) }
            if let fill = slot.fill { own = max(own, stageOfVariable[fill.variable]) }
          }
          for slot in decision.slots { if let item = slot.variable { stageOfVariable[item] = own } }
        case .item: continue
        }
        stageOfVariable[variable] = own
        place(variable, at: own, in: &variables)
      }
    }
    for stage in 0..<max(variables.count, rules.count) {
      let first = Int32(steps.count)
      addSteps(for: stage < variables.count ? variables[stage] : [])
      let own = stage < rules.count ? rules[stage] : []
      var entries: [RuleIndex.Entry] = []
      for rule in own {
        let formula = formulas.formula(program.rules[rule].condition)
        entries.append(RuleIndex.Entry(rule: rule, condition: formula))
        ruleConditions[rule] = code.append(formula)
      }
      let root = entries.isEmpty ? -1 : index.add(entries, &code)
      var stage = CompiledStage(
        steps: Span32(start: first, end: Int32(steps.count)), ownRules: refer(own), rules: root, offLadders: root,
        ladders: .none)
      let onLadders = ladders.take(from: &entries) { onlyEffect(of: $0) }
      if !onLadders.isEmpty {
        stage.offLadders = entries.isEmpty ? -1 : index.add(entries, &code)
        stage.ladders = ladders.add(onLadders, &index, &code)
      }
      stages.append(stage)
    }
  }

  /// The only effect of a rule, if it may stand on the ladder of its slot.
  private func onlyEffect(of rule: Int) -> CompiledEffect? {
    let own = ruleEffects[rule]
    guard own.count == 1 else { return nil }
    let effect = effects[Int(effectsOfRules[Int(own.start)].place)]
    let slot = slots[Int(effect.slot)]
    let isOne = decisions[Int(slot.decision)].combine == .one
    return isOne || slot.hasOverrides || slot.fill >= 0 ? nil : effect
  }

  /// The steps of one stage; facts with the same guard are limited together, where the first of them stands.
  private mutating func addSteps(for variables: [Int]) {
    var guarded: [Int32: [Int]] = [:]
    var guards: [Int: Int32] = [:]
    for variable in variables {
      guard case .fact(let fact) = program.variables[variable].kind, let condition = fact.appliesWhen else { continue }
      let place = code.append(formulas.formula(condition))
      guards[variable] = place
      guarded[place, default: []].append(variable)
    }
    for variable in variables {
      if let condition = guards[variable] {
        guard let facts = guarded.removeValue(forKey: condition) else { continue }
        steps.append(.guarded(variables: refer(facts), condition: condition))
      } else {
        add(step: variable)
      }
    }
  }

  private mutating func add(step variable: Int) {
    let own = Int32(variable)
    switch program.variables[variable].kind {
    case .fact: return
    case .decision(let decision):
      if let condition = program.decisions[decision].appliesWhen {
        decisions[decision].condition = code.append(formulas.formula(condition))
      }
      steps.append(.decision(Int32(decision)))
    case .item: return
    case .derived(let derivation): add(derivation, of: own)
    }
  }

  private mutating func add(_ derivation: Derivation, of own: Int32) {
    switch derivation {
    case .holds(let condition):
      steps.append(.holds(variable: own, condition: code.append(formulas.formula(condition))))
    case .count(let conditions):
      let places = conditions.map { Int(code.append(formulas.formula($0))) }
      steps.append(.count(variable: own, conditions: refer(places)))
    case .sum(let items, let enteredAs):
      steps.append(.sum(variable: own, items: refer(items), enteredAs: Int32(enteredAs ?? -1)))
    case .difference(let of, let less):
      steps.append(.difference(variable: own, of: Int32(of), less: Int32(less)))
    case .days(let from, let to): steps.append(.days(variable: own, from: Int32(from), to: Int32(to)))
    case .product(let first, let second):
      steps.append(.product(variable: own, first: Int32(first), second: Int32(second)))
    case .points(let of, let points):
      let start = Int32(numbers.count)
      numbers += points.map(\.scaled)
      steps.append(.points(variable: own, of: Int32(of), points: Span32(start: start, end: Int32(numbers.count))))
    case .bands(let of, let intervals):
      let start = Int32(bands.count)
      bands += intervals.map(Bounds.init)
      steps.append(.bands(variable: own, of: Int32(of), bands: Span32(start: start, end: Int32(bands.count))))
    case .highest(let items): steps.append(.extreme(variable: own, items: refer(items), isHighest: true))
    case .lowest(let items): steps.append(.extreme(variable: own, items: refer(items), isHighest: false))
    case .total(let decision, let slots):
      let start = Int(decisions[decision].slots.start)
      steps.append(.total(variable: own, decision: Int32(decision), slots: refer(slots.map { start + $0 })))
    }
  }
}

extension CompiledDecision.Combine {
  init(_ combine: Decision.Combine) {
    switch combine {
    case .one: self = .one
    case .highest: self = .highest
    case .lowest: self = .lowest
    case .all: self = .all
    case .preferred: self = .preferred
    }
  }
}
