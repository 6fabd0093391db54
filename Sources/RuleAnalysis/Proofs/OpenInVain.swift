import RuleEngine

/// Decisions that stay open for want of one answer although every answer to it leads to the same outcome, through different
/// rules (section 4: not promised is that whatever could be settled is).
///
/// Looked for where everything but that one fact is known.
struct OpenInVain {
  let session: ProofSession
  let progress: ProofProgress
  private(set) var findings: [Finding] = []
  private let quick: QuickEvaluator
  private let impossible: ImpossibleNumbers
  private var steering: Steering
  private var chance = Chance(seed: 9)
  /// For each band that was asked about, whether nothing it is made of is asked in vain.
  private var neverInVain: [Int: Bool] = [:]
  private var program: Program { session.program }
  private var bank: TermBank { session.bank }
  /// The most values of a number that are tried one by one.
  private static let mostValues = 64
  /// From how many intakes samples are made, and how often one is brought near to where a fact is read, before the solver is
  /// asked.
  private static let (mostSeeds, mostAttempts) = (20, 20)

  init(_ session: ProofSession, _ progress: @escaping ProofProgress) {
    self.session = session
    self.progress = progress
    quick = QuickEvaluator(session.program)
    impossible = ImpossibleNumbers(session.program)
    steering = Steering(session.program, seed: 7)
  }

  /// - Parameters:
  ///   - facts: those that stand in for each other in one list, of which the first is asked about.
  ///   - seeds: intakes that the rulebook's author holds to be telling.
  mutating func run(_ facts: [[Int]], seeds: [Intake]) throws(SolverFailure) {
    var sampler = Sampler(program, seed: 8)
    // Cases that stand together are alike.
    let stride = max(1, seeds.count / Self.mostSeeds)
    let chosen = seeds.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
    let samples = ([Intake()] + chosen).flatMap { seed in
      [sampler.calm(), sampler.next()].map { steering.completed(seed, like: $0) }
    }
    for alike in facts {
      let following = session.dependencies.following(from: [alike[0]])
      let places = program.decisions.indices.filter { following.contains(program.decisions[$0].variable) }
        .flatMap { VainQuestion.places(in: $0, program) }
      guard !places.isEmpty, let answers = answers(to: alike[0]) else { continue }
      let band = VainBand.band(behind: alike[0], program, session.dependencies)
      if let band, neverInVain[band] == true { continue }
      progress("whether \(program.variables[alike[0]].name) is asked in vain")
      let question = VainQuestion(program: program, fact: alike[0], answers: answers)
      var telling: Set<Int> = []
      var found = shown(question, places, samples, &telling)
      if found == nil {
        if let band, try isNeverInVain(band, places) { continue }
        found = try proved(question, places, telling)
      }
      if let found { findings.append(finding(question, alike, found)) }
    }
  }

  /// The facts that are asked for, but for those that are answered instead of others; the items of a sum that stand in for
  /// each other in one list.
  private static func facts(of program: Program) -> [[Int]] {
    // To learn that somebody declines is an answer, too.
    let exempt = program.enteredTotals.union(program.recordedFacts)
    let facts = program.variables.indices.filter {
      program.variables[$0].fact != nil && $0 != program.assessmentDay && !exempt.contains($0)
    }
    return Dependencies(program).alike(facts)
  }

  /// The facts in pieces that are looked at side by side. What goes through one band stays together; other neighbours are
  /// much alike, and so are the pieces.
  static func pieces(_ count: Int, of program: Program) -> [[[Int]]] {
    let dependencies = Dependencies(program)
    var pieces = [[[Int]]](repeating: [], count: count)
    var ways: [Int] = []
    for alike in facts(of: program) {
      let way = VainBand.band(behind: alike[0], program, dependencies) ?? alike[0]
      if !ways.contains(way) { ways.append(way) }
      pieces[ways.firstIndex(of: way)! % count].append(alike)
    }
    return pieces
  }

  /// Whether nothing that reaches a plan through this band only is asked in vain. Where it is not sure, the facts are looked
  /// at one by one.
  private mutating func isNeverInVain(_ band: Int, _ places: [VainQuestion.Place]) throws(SolverFailure) -> Bool {
    if let known = neverInVain[band] { return known }
    let formula = VainBand(session: session, band: band).formula(places)
    let comment = "open in vain: \(program.variables[band].name), for all that it is made of"
    let isNever = if case .never = try session.ask(formula, comment) { true } else { false }
    neverInVain[band] = isNever
    return isNever
  }

  private struct Found {
    var place: VainQuestion.Place
    var intake: Intake
  }

  /// What a sample shows: one as it is, or one that was brought near to where the fact is read.
  ///
  /// - Parameter telling: gets the places of answers that make a difference where the outermost do not.
  private mutating func shown(
    _ question: VainQuestion, _ places: [VainQuestion.Place], _ samples: [Intake], _ telling: inout Set<Int>
  ) -> Found? {
    let unanswered = [question.fact] + session.unanswered(behind: question.fact).keys
    let readers = session.dependencies.readers(of: question.fact)
    for attempt in 0..<(samples.count + Self.mostAttempts) {
      var intake =
        attempt < samples.count
        ? samples[attempt]
        : steering.steered(chance.pick(samples) ?? Intake(), toward: chance.pick(readers) ?? [])
      for fact in unanswered { intake.answers[program.variables[fact].name] = nil }
      if let place = question.waiting(intake, among: places, quick, telling: &telling) {
        return Found(place: place, intake: intake)
      }
    }
    return nil
  }

  private mutating func proved(
    _ question: VainQuestion, _ places: [VainQuestion.Place], _ telling: Set<Int>
  ) throws(SolverFailure) -> Found? {
    let fact = question.fact
    let name = program.variables[fact].name
    let answers = question.answers
    // The others join where they turn out to make a difference.
    var tried = question.outermost + telling.sorted()
    if let loosened = session.loosened(around: fact) {
      let asked = formulas(fact, tried.map { answers[$0] }, places, in: loosened)
      if case .never = try session.ask(bank.any(asked), "open in vain: \(name), whatever is added to it") { return nil }
    }
    while true {
      let asked = formulas(fact, tried.map { answers[$0] }, places, in: session.evaluation)
      switch try session.ask(bank.any(asked), "open in vain: \(name)") {
      case .never: return nil
      case .gaveUp(let reason):
        findings.append(.notProved("that `\(name)` is never asked in vain", .variable(name), reason))
        return nil
      case .possible(let model):
        guard let place = zip(places, asked).first(where: { model.holds($0.1) })?.0 else { return nil }
        var intake = model.intake
        for fact in [fact] + session.unanswered(behind: fact).keys {
          intake.answers[program.variables[fact].name] = nil
        }
        func isInVain(_ chosen: [Int]) -> Bool {
          question.isInVain(intake, answers: chosen.map { answers[$0] }) { quick.outcomes(of: $0, at: place) }
        }
        let others = answers.indices.filter { !tried.contains($0) }
        // Where the evaluator sees it otherwise, the finding says so.
        if others.isEmpty || isInVain(Array(answers.indices)) || !isInVain(tried) {
          return Found(place: place, intake: intake)
        }
        tried += others.first { !isInVain(tried + [$0]) }.map { [$0] } ?? others
      }
    }
  }

  /// For each place, whether it is open in vain while the fact is not answered, as far as these answers go.
  private func formulas(
    _ fact: Int, _ answers: [Answer], _ places: [VainQuestion.Place], in evaluation: SymbolicEvaluation
  ) -> [Term] {
    guard let known = session.intake.answers[fact] else { return [] }
    var unknown = known
    unknown.isKnown = .no
    if case .members(let members) = known.value { unknown.value = .members(members.map { (.no, $0.isIn) }) }
    let later = session.unanswered(behind: fact)
    let open = evaluation.changing(later.merging([fact: unknown]) { $1 }, session.dependencies)
    let answered = answers.map { answer in
      evaluation.changing(later.merging([fact: symbolic(answer, known)]) { $1 }, session.dependencies)
    }
    let isPossible = bank.all([bank.not(open.values[fact].cannotApply)] + answered.map(\.isPossible))
    return places.map { place in
      bank.all(isPossible, inVain(open.outcomes(at: place), answered.map { $0.outcomes(at: place) }))
    }
  }

  private func finding(_ question: VainQuestion, _ alike: [Int], _ found: Found) -> Finding {
    let name = program.variables[question.fact].name
    let place = found.place
    let variable = program.decisions[place.decision].variable
    let waiting = program.selectableName(place.decision, slot: place.slot)
    let intake = session.witnesses.minimized(found.intake, about: [variable]) { intake in
      question.isInVain(intake, answers: question.answers) { quick.outcomes(of: $0, at: place) }
    }
    // What counts is what the reference evaluator says.
    guard question.isInVain(intake, at: place, answers: question.answers) else {
      return .disagreement(.variable(name), "that `\(name)` is asked in vain", found.intake)
    }
    let slot = place.slot.flatMap { program.decisions[place.decision].slots[$0].variable } ?? variable
    let words = [intake, question.answered(intake, question.answers[0])].map {
      Wording(Evaluator.evaluate(program, $0), language: "en").outcomes(of: slot)
    }
    let witness = Finding.Witness(
      intake: intake, outcomes: [(program.variables[slot].name, "\(words[0]); after any answer: \(words[1])")])
    let others = alike.count - 1
    let subject =
      "`\(name)`" + (others == 0 ? "" : others == 1 ? ", or one like it," : ", or one of \(others) like it,")
    return Finding(
      .openInVain, .variable(name),
      "\(subject) can be asked in vain: `\(waiting)` stays open, though every answer leads to the same",
      related: [(.variable(program.variables[variable].name), "stays open")], witness: witness,
      advice: "write one rule for what several say together, so that it need not be asked")
  }

  private func inVain(_ open: SymbolicOutcomes, _ answered: [SymbolicOutcomes]) -> Term {
    guard let first = answered.first else { return .no }
    return bank.all(
      [bank.not(open.isSettled(bank)), first.isSettled(bank)]
        + answered.dropFirst().map { bank.not($0.differs(from: first, bank)) })
  }

  // MARK: Answers

  private func symbolic(_ answer: Answer, _ known: SymbolicIntake.Answer) -> SymbolicIntake.Answer {
    var symbolic = known
    switch (answer, known.value) {
    case (.option(let option), .options(let all)):
      symbolic.value = .options(all.indices.map { bank.constant(option == $0) })
    case (.number(let number), _): symbolic.value = .number(bank.whole(session.scale.floor(number)))
    case (.members(let members), _): symbolic.value = .members(members.map { (.yes, bank.constant($0 == .yes)) })
    default: break
    }
    return symbolic
  }

  /// Every answer that can make a difference; `nil` where there are too many to try.
  private func answers(to fact: Int) -> [Answer]? {
    switch program.variables[fact].domain {
    case .options(let names, _): return names.indices.map { .option($0) }
    case .members(let names):
      guard names.count <= 6 else { return nil }
      return (0..<(1 << names.count)).map { bits in
        .members(names.indices.map { bits & (1 << $0) == 0 ? .no : .yes })
      }
    case .dates: return nil
    case .numbers(let numbers):
      if isCalculatedWith(fact) {
        guard numbers.isWhole, let first = numbers.interval.lower.whole, let last = numbers.interval.upper.whole,
          last - first < Self.mostValues
        else { return nil }
        return possible(fact, (first...last).map { Number($0) })
      }
      return possible(fact, bounds(of: fact, numbers))
    }
  }

  private func possible(_ fact: Int, _ numbers: [Number]) -> [Answer] {
    numbers.filter { !impossible.contains(fact, $0) }.map { .number($0) }
  }

  private func isCalculatedWith(_ fact: Int) -> Bool {
    program.variables.contains { variable in
      switch variable.kind {
      case .derived(.bands): false
      case .derived(let derivation): derivation.sources.contains(fact)
      default: false
      }
    }
  }

  /// One number of each cell into which the rulebook cuts the domain.
  private func bounds(of fact: Int, _ numbers: NumberDomain) -> [Number] {
    var found: Set<Number> = [numbers.interval.lower]
    func note(_ number: Number) {
      // The number itself, and its neighbours in the scale of the program.
      let scaled = session.scale.floor(number)
      let step = numbers.isWhole ? session.scale.perOne : 1
      for near in [scaled - step, scaled, scaled + step] { found.insert(session.scale.number(near)) }
    }
    for case .test(fact, let matcher) in program.conditions.flatMap(\.subtree) {
      for operand in matcher.ranges.flatMap(\.operands) {
        switch operand {
        case .constant(let number): note(number)
        case .parameter(let index, let times):
          for value in program.parameters[index].values { note(value.value * Number(times)) }
        case .daysFromAssessment: break
        }
      }
    }
    for case .derived(.bands(fact, let bands)) in program.variables.map(\.kind) {
      for band in bands { note(band.lower) }
    }
    return found.filter { numbers.interval.contains($0) && (!numbers.isWhole || $0.isWhole) }.sorted()
  }
}
