import RuleEngine

/// Changes a complete intake so that conditions come out as wanted, as far as it can see how.
///
/// It promises nothing: where there are several ways it tries one by chance, and a later wish may undo an earlier one. What it
/// makes is evaluated, and where no attempt succeeds the solver is asked.
struct Steering {
  private let program: Program
  private let impossible: ImpossibleNumbers
  private var chance: Chance
  private var intake = Intake()
  /// How many conditions may still be followed.
  private var steps = 0
  private static let mostSteps = 400

  init(_ program: Program, seed: UInt64) {
    self.program = program
    impossible = ImpossibleNumbers(program)
    chance = Chance(seed: seed)
  }

  /// The intake after one attempt to make the conditions true, the last wish last.
  mutating func steered(_ intake: Intake, toward wishes: [Condition]) -> Intake {
    self.intake = intake
    steps = Self.mostSteps
    for wish in wishes { make(wish, true) }
    return self.intake
  }

  /// A complete intake in which everything that a partial one answers is so: the rest is as in another, complete one.
  mutating func completed(_ partial: Intake, like base: Intake) -> Intake {
    intake = base
    steps = Self.mostSteps
    for (index, variable) in program.variables.enumerated() where variable.fact != nil {
      overlay(index, partial.answers[variable.name])
    }
    for case .derived(.sum(let items, let entered?)) in program.variables.map(\.kind) {
      let name = program.variables[entered].name
      intake.answers[name] = nil
      if case .number(let total)? = partial.answers[name] { distribute(total, over: items) }
    }
    return intake
  }

  private mutating func overlay(_ fact: Int, _ answer: Answer?) {
    let name = program.variables[fact].name
    switch (answer, intake.answers[name]) {
    case (.option, _), (.number, _): intake.answers[name] = answer
    case (.members(let new), .members(var members)?):
      for member in members.indices where new[member] == .yes || new[member] == .no { members[member] = new[member] }
      intake.answers[name] = .members(members)
    default: break
    }
  }

  // MARK: Conditions

  private mutating func make(_ condition: Condition, _ wanted: Bool) {
    guard steps > 0 else { return }
    steps -= 1
    switch condition {
    case .always, .outcome, .plan, .unknown: break
    case .test(let variable, let matcher): make(matcher, of: variable, wanted != matcher.isNegated)
    case .applies(let rule): make(program.rules[rule].condition, wanted)
    case .not(let part): make(part, !wanted)
    case .all(let parts): make(wanted ? parts.count : 1, of: parts, wanted)
    case .any(let parts): make(wanted ? 1 : parts.count, of: parts, wanted)
    case .atLeast(let count, let parts): make(wanted ? count : parts.count - count + 1, of: parts, wanted)
    }
  }

  private mutating func make(_ count: Int, of parts: [Condition], _ wanted: Bool) {
    for part in chance.shuffled(parts).prefix(max(0, count)) { make(part, wanted) }
  }

  private mutating func make(_ matcher: Matcher, of variable: Int, _ wanted: Bool) {
    let domain = program.variables[variable].domain
    switch matcher.test {
    case .options(let options):
      let fitting = domain.names.indices.filter { options.contains($0) == wanted }
      if let option = chance.pick(fitting) { choose(option, variable) }
    case .ranges(let ranges):
      if let interval = chance.pick(intervals(ranges, domain, wanted)) { bring(variable, into: interval) }
    case .empty:
      let members = Array(domain.names.indices)
      for member in wanted ? members : chance.pick(members).map({ [$0] }) ?? [] { put(member, variable, !wanted) }
    case .exactly(let members):
      for member in domain.names.indices { put(member, variable, members.contains(member) == wanted) }
    case .includesAny(let members):
      for member in wanted ? chance.pick(members).map({ [$0] }) ?? [] : members { put(member, variable, wanted) }
    case .includesAll(let members):
      for member in wanted ? members : chance.pick(members).map({ [$0] }) ?? [] { put(member, variable, wanted) }
    case .includesNone(let members):
      for member in wanted ? members : chance.pick(members).map({ [$0] }) ?? [] { put(member, variable, !wanted) }
    case .declined: if wanted { record(variable, .declined) }
    case .doesNotKnow: if wanted { record(variable, .doesNotKnow) }
    }
  }

  /// The intervals within the ranges, or between them, on the day of the assessment.
  private func intervals(_ ranges: [MatcherRange], _ domain: Domain, _ wanted: Bool) -> [Interval] {
    guard let whole = domain.interval else { return [] }
    let one = domain.step
    var inside: [Interval] = []
    for range in ranges {
      var interval = whole
      if let bound = range.lower, let number = number(bound.operand) {
        interval.lower = max(whole.lower, domain.closed(number, isIncluded: bound.isIncluded, isLower: true))
      }
      if let bound = range.upper, let number = number(bound.operand) {
        interval.upper = min(whole.upper, domain.closed(number, isIncluded: bound.isIncluded, isLower: false))
      }
      if interval.lower <= interval.upper { inside.append(interval) }
    }
    guard !wanted else { return inside }
    var outside: [Interval] = []
    var next = whole.lower
    for interval in inside.sorted(by: { $0.lower < $1.lower }) {
      if next < interval.lower { outside.append(Interval(next, interval.lower - one)) }
      next = max(next, interval.upper + one)
    }
    if next <= whole.upper { outside.append(Interval(next, whole.upper)) }
    return outside
  }

  private func number(_ operand: MatcherRange.Operand) -> Number? {
    switch operand {
    case .constant(let number): number
    case .parameter(let index, let times): program.parameters[index].value(on: today).map { $0 * Number(times) }
    case .daysFromAssessment(let days): Number(today + days)
    }
  }

  private var today: Int {
    guard case .number(let day)? = intake.answers[program.variables[program.assessmentDay].name] else { return 0 }
    return day.whole ?? 0
  }

  // MARK: Facts

  private mutating func record(_ fact: Int, _ answer: Answer) {
    let variable = program.variables[fact]
    intake.answers[variable.name] = answer
    if let condition = variable.fact?.appliesWhen { make(condition, true) }
  }

  private mutating func choose(_ option: Int, _ variable: Int) {
    switch program.variables[variable].kind {
    case .fact: record(variable, .option(option))
    case .derived(.holds(let condition)): make(condition, option == 1)
    case .derived(.bands(let of, let bands)): bring(of, into: bands[option])
    case .derived(.highest(let items)), .derived(.lowest(let items)):
      if let item = chance.pick(items) { choose(option, item) }
    case .derived: break
    case .decision(let decision): decide(decision, .option(option))
    case .item(let decision, let slot): decide(decision, [slot]) { $0 == .option(option) }
    }
  }

  private mutating func put(_ member: Int, _ variable: Int, _ isIn: Bool) {
    switch program.variables[variable].kind {
    case .fact:
      guard case .members(var members)? = intake.answers[program.variables[variable].name] else { return }
      members[member] = isIn ? .yes : .no
      record(variable, .members(members))
    case .decision(let decision):
      let slots = program.decisions[decision].slots.indices.filter {
        (program.decisions[decision].slots[$0].member ?? $0) == member
      }
      if isIn { decide(decision, slots) { _ in true } } else { clear(decision, slots) }
    default: break
    }
  }

  // MARK: Numbers

  private mutating func bring(_ variable: Int, into wanted: Interval) {
    guard steps > 0, let whole = program.variables[variable].domain.interval else { return }
    steps -= 1
    let interval = Interval(max(wanted.lower, whole.lower), min(wanted.upper, whole.upper))
    guard interval.lower <= interval.upper else { return }
    switch program.variables[variable].kind {
    case .fact: record(variable, .number(anyNumber(in: interval, of: variable)))
    case .derived(let derivation): bring(derivation, into: interval)
    case .decision(let decision):
      let slots = Array(program.decisions[decision].slots.indices)
      decide(decision, slots) { if case .number(let number) = $0 { interval.contains(number) } else { false } }
    case .item(let decision, let slot):
      decide(decision, [slot]) { if case .number(let number) = $0 { interval.contains(number) } else { false } }
    }
  }

  /// One of the ends, or a number between them.
  private mutating func anyNumber(in interval: Interval) -> Number {
    let width = (interval.upper - interval.lower).whole ?? 0
    return switch chance.below(3) {
    case 0: interval.lower
    case 1: interval.upper
    default: interval.lower + Number(chance.below(min(width, 1_000_000) + 1))
    }
  }

  /// The same of a fact, where not every number is possible: the first possible one above or below.
  private mutating func anyNumber(in interval: Interval, of fact: Int) -> Number {
    let number = anyNumber(in: interval)
    let near = [0, 1, -1, 2, -2, 3, -3].map { number + Number($0) }
    return near.first { interval.contains($0) && !impossible.contains(fact, $0) } ?? number
  }

  private mutating func bring(_ derivation: Derivation, into interval: Interval) {
    switch derivation {
    case .sum(let items, let entered):
      if let entered { intake.answers[program.variables[entered].name] = nil }
      distribute(anyNumber(in: interval), over: items)
    case .count(let conditions):
      let count = anyNumber(in: interval).whole ?? 0
      for (place, condition) in chance.shuffled(conditions).enumerated() { make(condition, place < count) }
    case .highest(let items), .lowest(let items):
      if let item = chance.pick(items) { bring(item, into: interval) }
    case .difference(let of, let less):
      guard let other = program.variables[less].domain.interval else { return }
      let number = anyNumber(in: other)
      bring(less, into: Interval(number))
      bring(of, into: Interval(number + interval.lower, number + interval.upper))
    case .days(let from, let to):
      // The day of the assessment stays what it is.
      if to == program.assessmentDay {
        bring(from, into: Interval(Number(today) - interval.upper, Number(today) - interval.lower))
      } else if from == program.assessmentDay {
        bring(to, into: Interval(Number(today) + interval.lower, Number(today) + interval.upper))
      }
    case .points(let of, let points): reach(interval, of, points)
    case .holds, .bands, .product, .total: break
    }
  }

  /// Gives each item what brings the sum to the number, while the others still can make up the rest.
  private mutating func distribute(_ number: Number, over items: [Int]) {
    for _ in 0..<4 {
      var rest = number
      var waiting = chance.shuffled(
        items.compactMap { item in program.variables[item].domain.interval.map { (item, $0) } })
      while let (item, own) = waiting.popLast() {
        let least = waiting.reduce(Number.zero) { $0 + $1.1.lower }
        let most = waiting.reduce(Number.zero) { $0 + $1.1.upper }
        let range = Interval(max(own.lower, rest - most), min(own.upper, rest - least))
        guard range.lower <= range.upper else { break }
        let part = anyNumber(in: range, of: item)
        bring(item, into: Interval(part))
        rest = rest - part
      }
      // Where items jump, not every way of sharing comes out even.
      if rest == .zero { return }
    }
  }

  private mutating func reach(_ interval: Interval, _ of: Int, _ points: [Number]) {
    switch program.variables[of].domain {
    case .options:
      let fitting = points.indices.filter { interval.contains(points[$0]) }
      if let option = chance.pick(fitting) { choose(option, of) }
    case .members:
      var sum = Number.zero
      for member in chance.shuffled(Array(points.indices)) {
        let isIn = sum < interval.lower && sum + points[member] <= interval.upper
        if isIn { sum = sum + points[member] }
        put(member, of, isIn)
      }
    case .numbers, .dates: break
    }
  }

  // MARK: Decisions

  private mutating func decide(_ decision: Int, _ value: Value) {
    let slots = program.decisions[decision].slots.indices.filter { slot in
      guard let member = program.decisions[decision].slots[slot].member else { return true }
      return value == .option(member)
    }
    let isByMember = program.decisions[decision].combine == .preferred
    decide(decision, slots) { isByMember || $0 == value }
  }

  /// Lets a rule apply that recommends such a value, and now and then the others not.
  private mutating func decide(_ decision: Int, _ slots: [Int], _ isWanted: (Value) -> Bool) {
    if let condition = program.decisions[decision].appliesWhen { make(condition, true) }
    let effects = slots.flatMap { program.decisions[decision].slots[$0].effects }
    let fitting = effects.filter { if case .recommend(let value) = $0.verdict { isWanted(value) } else { false } }
    let isClear = chance.below(2) == 0
    if isClear || fitting.isEmpty {
      let others = effects.filter { effect in !fitting.contains { $0.rule == effect.rule } }
      for effect in others { make(program.rules[effect.rule].condition, false) }
    }
    if let effect = chance.pick(fitting) { make(program.rules[effect.rule].condition, true) }
  }

  private mutating func clear(_ decision: Int, _ slots: [Int]) {
    for effect in slots.flatMap({ program.decisions[decision].slots[$0].effects }) {
      if case .recommend = effect.verdict { make(program.rules[effect.rule].condition, false) }
    }
  }
}
