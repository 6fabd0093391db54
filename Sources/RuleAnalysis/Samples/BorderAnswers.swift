import RuleEngine

/// Answers that lie at the borders of what a rulebook asks about facts.
struct BorderAnswers {
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
      return Set(values).filter { interval.contains($0) && (!domain.isWhole || $0.isWhole) }.sorted().map {
        .number($0)
      }
        + [.declined]
    }
  }
}
