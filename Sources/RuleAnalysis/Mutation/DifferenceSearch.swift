import RuleEngine

/// Looks for an intake for which a mutant gives another plan: the intakes of the cases with a few answers changed to what lies
/// at a border, complete and in part.
///
/// It proves nothing: that it finds no difference does not mean that there is none. What it finds is always the same.
struct DifferenceSearch: Sendable {
  static let attempts = 250

  private let program: Program
  private let seeds: [Intake]
  /// For each fact, answers at the borders of what is asked about it.
  private let borders: [Int: [Answer]]

  init(_ program: Program, seeds: [Intake]) {
    self.program = program
    self.seeds = seeds.isEmpty ? [Intake()] : seeds
    borders = BorderAnswers(program).byFact
  }

  func difference(between changed: Program, _ mutant: Mutant) -> Intake? {
    var chance = Chance(state: UInt64(truncatingIfNeeded: program.rules.count &* 31 &+ 7))
    let near = Array(program.facts(behind: mutant.variables(of: program))).sorted().filter { borders[$0] != nil }
    guard !near.isEmpty else { return nil }
    var lesser: Intake?
    for attempt in 0..<Self.attempts {
      var intake = seeds[attempt < seeds.count ? attempt : chance.below(seeds.count)]
      // The first round changes one answer, later ones a few.
      for _ in 0..<(attempt < seeds.count ? 1 : 1 + chance.below(4)) {
        let fact = near[chance.below(near.count)]
        let answers = borders[fact] ?? []
        // Now and then nothing is answered, so that plans in part are compared, too.
        intake.answers[program.variables[fact].name] =
          chance.below(12) == 0 ? nil : answers[chance.below(answers.count)]
      }
      let before = Evaluator.evaluate(program, intake)
      guard mutant.canShow(in: before, asksForNeeds: false), !before.isContradictory else { continue }
      let after = Evaluator.evaluate(changed, intake)
      guard let expectation = Expectation.telling(before, after) else { continue }
      // A case that names a value says more than one that is content with a plan being open.
      if !expectation.isAboutKnowing { return intake }
      lesser = lesser ?? intake
    }
    return lesser
  }
}

/// Answers that lie at the borders of what a rulebook asks about facts.
private struct BorderAnswers {
  private let program: Program
  private var numbers: [Int: Set<Number>] = [:]

  init(_ program: Program) {
    self.program = program
    for condition in program.conditions.flatMap(\.subtree) {
      guard case .test(let variable, let matcher) = condition else { continue }
      for operand in matcher.ranges.flatMap(\.operands) {
        switch operand {
        case .constant(let number): numbers[variable, default: []].insert(number)
        case .parameter(let parameter, let times):
          for dated in program.parameters[parameter].values {
            numbers[variable, default: []].insert(dated.value * Number(times))
          }
        case .daysFromAssessment(let days): numbers[variable, default: []].insert(Number(Self.day + days))
        }
      }
    }
  }

  /// A day of assessment that stands for all.
  private static let day = 20_777

  var byFact: [Int: [Answer]] {
    var result: [Int: [Answer]] = [:]
    for (index, variable) in program.variables.enumerated() where variable.fact != nil {
      result[index] = answers(index, variable.domain)
    }
    return result
  }

  private func answers(_ fact: Int, _ domain: Domain) -> [Answer] {
    switch domain {
    case .options(let names, _): return names.indices.map { .option($0) } + [.declined, .doesNotKnow]
    case .members(let names):
      let none = names.map { _ in Answer.Member.no }
      return [.members(none), .declined]
        + names.indices.map { member in
          var one = none
          one[member] = .yes
          return .members(one)
        }
        + names.indices.map { member in
          var all = names.map { _ in Answer.Member.yes }
          all[member] = .no
          return .members(all)
        }
    case .numbers, .dates:
      guard let interval = domain.interval else { return [] }
      if fact == program.assessmentDay { return [.number(Number(Self.day))] }
      var values = (numbers[fact] ?? []).flatMap { [$0 - Number(1), $0, $0 + Number(1)] }
      if case .numbers = domain {
        values += [interval.lower, interval.upper]
        // Where sums are made of it, anything between may matter.
        if let lower = interval.lower.whole, let upper = interval.upper.whole, upper - lower <= 12 {
          values += (lower...max(lower, upper)).map { Number($0) }
        }
      } else {
        values += [Number(Self.day), Number(Self.day - 400), Number(Self.day + 400)]
      }
      let isWhole: Bool = if case .numbers(let numbers) = domain { numbers.isWhole } else { true }
      return Set(values).filter { interval.contains($0) && (!isWhole || $0.isWhole) }.sorted().map { .number($0) }
        + [.declined]
    }
  }
}

/// Chance that is the same in every run (SplitMix64, Steele and others 2014).
private struct Chance {
  var state: UInt64

  mutating func below(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(count))
  }
}
