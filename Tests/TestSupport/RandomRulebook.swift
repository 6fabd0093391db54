package import RuleEngine

/// A random rulebook that uses every type of fact, every derived operation that has no need of dates, and every way to
/// combine, with guards, overrides, and decisions that read decisions.
package struct RandomRulebook {
  private var generator: SeededGenerator
  private var facts: [(name: String, kind: FactKind, isGuarded: Bool)] = []
  private var derived: [(name: String, isBands: Bool)] = []
  private var sections: [String: [(String, YAMLTree)]] = [:]
  /// Whether the fact `day` is declared, so that conditions may read it.
  private var hasDay = false
  /// The decision, its rank in reading order, and what a rule can recommend for it.
  private static let decisions = ["single", "level", "number", "focus", "track", "menu", "weeks", "last"]

  enum FactKind: CaseIterable { case yesNo, choice, ordered, integer, choices }

  package init(seed: Int) {
    generator = SeededGenerator(seed: seed)
    makeFacts()
    makeOtherFacts()
    hasDay = true
    makeDerived()
    makeDecisions()
    makeRules()
  }

  /// The sections, to be written to one file or to several.
  package var trees: [(String, YAMLTree)] {
    sections.sorted { $0.key < $1.key }.map { ($0.key, .map($0.value)) }
  }

  /// The text of one file with all sections.
  package static func text(_ trees: [(String, YAMLTree)]) -> String {
    trees.map { section, tree in
      guard case .map(let entries) = tree else { return "\(section): \(tree.text)\n" }
      return "\(section):\n" + entries.map { "  \($0): \($1.text)\n" }.joined()
    }.joined()
  }

  // MARK: Facts

  private mutating func makeFacts() {
    for index in 0..<8 {
      let kind = FactKind.allCases[index % 5]
      let name = index % 2 == 0 ? "f\(index)" : "group.f\(index)"
      var entries: [(String, YAMLTree)] = [("ask", .word("Question \(index)?"))]
      switch kind {
      case .yesNo: entries.append(("type", .word("yes_no")))
      case .choice, .choices, .ordered:
        entries.append(("type", .word(kind == .choices ? "choices" : "choice")))
        entries.append(("options", .map([("a", .word("A")), ("b", .word("B")), ("c", .word("C"))])))
        if kind == .ordered { entries.append(("ordered", .list([.word("b"), .word("a"), .word("c")]))) }
      case .integer: entries += [("type", .word("integer")), ("range", .word("0 to 4"))]
      }
      if generator.chance(20) {
        let assumed: YAMLTree =
          switch kind {
          case .yesNo: .word("no")
          case .choice, .ordered: .word("b")
          case .integer: .word("1")
          case .choices: .list([.word("a")])
          }
        entries.append(("assume", assumed))
      }
      let isGuarded = index > 2 && generator.chance(40)
      if isGuarded { entries.append(("applies_when", condition(depth: 1, decisions: 0))) }
      sections["facts", default: []].append((name, .map(entries)))
      facts.append((name, kind, isGuarded))
    }
  }

  /// Facts that no leaf is made of by kind: a day, and two numbers to calculate with, each with a guard now and then.
  private mutating func makeOtherFacts() {
    for (name, type) in [("day", "date"), ("left", "integer"), ("right", "integer")] {
      var entries: [(String, YAMLTree)] = [("ask", .word("\(name)?")), ("type", .word(type))]
      if type == "integer" { entries.append(("range", .word("0 to 4"))) }
      if generator.chance(40) { entries.append(("applies_when", condition(depth: 1, decisions: 0))) }
      sections["facts", default: []].append((name, .map(entries)))
    }
  }

  private func names(_ kind: FactKind) -> [YAMLTree] {
    facts.filter { $0.kind == kind }.map { .word($0.name) }
  }

  private mutating func makeDerived() {
    let integers = names(.integer)
    func add(_ name: String, _ entries: [(String, YAMLTree)], to sections: inout [String: [(String, YAMLTree)]]) {
      sections["derived", default: []].append((name, .map(entries)))
    }
    if let first = integers.first {
      var entered: [(String, YAMLTree)] = [
        ("ask", .word("Total?")), ("type", .word("integer")), ("range", .word("0 to 4")),
      ]
      if generator.chance(30) { entered.append(("applies_when", condition(depth: 1, decisions: 0))) }
      sections["facts", default: []].append(("entered", .map(entered)))
      add("total", [("sum", .bag([first])), ("or_entered_as", .word("entered"))], to: &sections)
      add(
        "band",
        [
          ("bands", .word("total")),
          ("as", .map([("low", .word("0 to 1")), ("mid", .word("2")), ("high", .word("3 to 4"))])),
        ],
        to: &sections)
      derived.append(("band", true))
      add("most", [("highest", .bag(integers))], to: &sections)
      derived.append(("most", false))
    }
    add("counted", [("count", .bag((0..<3).map { _ in condition(depth: 1, decisions: 0) }))], to: &sections)
    derived.append(("counted", false))
    if let choice = names(.choices).first {
      add(
        "points", [("points", choice), ("as", .map([("a", .word("1")), ("b", .word("-1")), ("c", .word("2"))]))],
        to: &sections)
      derived.append(("points", false))
    }
    add("gap", [("difference", .map([("of", .word("left")), ("less", .word("right"))]))], to: &sections)
    derived.append(("gap", false))
    add("since", [("days", .map([("from", .word("day")), ("to", .word("assessed_on"))]))], to: &sections)
    derived.append(("since", false))
    add("filled", [("highest", .bag([.word("number")]))], to: &sections)
    add("named", [("when", condition(depth: 2, decisions: 0))], to: &sections)
  }

  // MARK: Conditions

  /// A condition over facts, derived facts, and the first decisions.
  private mutating func condition(depth: Int, decisions: Int) -> YAMLTree {
    guard depth > 0 else { return .map([leaf(decisions)]) }
    switch generator.below(7) {
    case 0:
      return .map([("any", .bag((0..<2).map { _ in condition(depth: depth - 1, decisions: decisions) }))])
    case 1:
      return .map([("not", condition(depth: 0, decisions: decisions))])
    case 2:
      let parts = (0..<3).map { _ in condition(depth: depth - 1, decisions: decisions) }
      return .map([("at_least", .map([("count", .word("2")), ("of", .bag(parts))]))])
    case 3:
      return .map([("all", .bag((0..<2).map { _ in condition(depth: depth - 1, decisions: decisions) }))])
    case 4:
      return .map([leaf(decisions), ("unless", condition(depth: 0, decisions: decisions))])
    default:
      return .map([leaf(decisions)])
    }
  }

  private mutating func leaf(_ decisions: Int) -> (String, YAMLTree) {
    if decisions > 0, generator.chance(35) {
      let decision = Self.decisions[generator.below(decisions)]
      if let leaf = decisionLeaf(decision) { return leaf }
    }
    if !derived.isEmpty, generator.chance(25) {
      let (name, isBands) = generator.pick(derived)
      return (
        name,
        .word(
          isBands ? generator.pick(["low", "at least mid", "high"]) : generator.pick(["at least 1", "0", "at most 1"]))
      )
    }
    guard !facts.isEmpty else { return ("assessed_on", .word("after 2020-01-01")) }
    if hasDay, generator.chance(10) {
      return (
        "day",
        .word(generator.pick(["within 200 days before", "100 days ahead to 100 days before", "after 2025-06-01"]))
      )
    }
    let fact = generator.pick(facts)
    var words: [YAMLTree]
    switch fact.kind {
    case .yesNo: words = [.word("yes"), .word("no"), .word("declined")]
    case .choice: words = [.word("a"), .bag([.word("b"), .word("c")]), .word("does_not_know")]
    case .ordered: words = [.word("at least a"), .word("less than c"), .word("b to a")]
    case .integer: words = [.word("at least 2"), .word("1 to less than 3"), .bag([.word("0"), .word("3 to 4")])]
    case .choices:
      words = [
        .word("includes a"), .word("empty"), .map([("exactly", .bag([.word("a"), .word("b")]))]),
        .map([("includes_any", .bag([.word("b"), .word("c")]))]),
      ]
    }
    if !fact.isGuarded {
      switch fact.kind {
      case .yesNo: words.append(.word("not yes"))
      case .choice: words.append(.map([("not", .bag([.word("a"), .word("b")]))]))
      case .ordered: words.append(.word("not c"))
      case .integer: words.append(.map([("not", .bag([.word("1 to 2")]))]))
      case .choices: words.append(.word("not includes b"))
      }
    }
    return (fact.name, generator.pick(words))
  }

  private mutating func decisionLeaf(_ decision: String) -> (String, YAMLTree)? {
    switch decision {
    case "single": ("single", .word(generator.pick(["x", "y"])))
    case "level": ("level", .word(generator.pick(["at least mid", "low"])))
    case "number": ("number", .word(generator.pick(["at least 40 minutes", "20"])))
    case "focus": ("focus", .word(generator.pick(["includes p", "empty"])))
    case "menu":
      generator.chance(30)
        ? ("menu.walk", .word("at least 15 minutes"))
        : ("menu.talk", .word(generator.pick(["at least 30 minutes", "10 minutes"])))
    case "weeks": ("weeks.intensive", .word(generator.pick(["at least 2", "1"])))
    default: nil
    }
  }

  // MARK: Decisions and rules

  private mutating func makeDecisions() {
    func otherwise(_ value: String) -> (String, YAMLTree) {
      ("otherwise", .map([("value", .word(value)), ("because", .word("Nothing else"))]))
    }
    let three: YAMLTree = .map([("p", .word("P")), ("q", .word("Q")), ("r", .word("R"))])
    var all: [(String, [(String, YAMLTree)])] = [
      (
        "single",
        [
          ("type", .word("choice")), ("combine", .word("one")),
          ("options", .map([("x", .word("X")), ("y", .word("Y"))])),
        ]
      ),
      (
        "level",
        [
          ("type", .word("choice")), ("combine", .word("highest")),
          ("ordered", .list([.word("low"), .word("mid"), .word("high")])),
        ]
      ),
      (
        "number",
        [
          ("type", .word("integer")), ("combine", .word("lowest")), ("range", .word("20 to 60")),
          ("unit", .word("minutes")),
        ]
      ),
      ("focus", [("type", .word("set")), ("combine", .word("all")), ("options", three)]),
      (
        "track",
        [
          ("type", .word("choice")), ("combine", .word("preferred")), ("options", three),
          ("prefer", .list([.word("q"), .word("r"), .word("p")])),
        ]
      ),
      (
        "menu",
        [("type", .word("menu")), ("combine", .word(generator.pick(["highest", "lowest"]))), ("of", .word("things"))]
      ),
      (
        "weeks",
        [
          ("type", .word("integer")), ("combine", .word("highest")), ("range", .word("1 to 3")),
          ("per", .word("phase")),
        ]
      ),
      ("last", [("type", .word("yes_no")), ("combine", .word("one"))]),
    ]
    let fallbacks = ["single": "x", "level": "low", "number": "60", "track": "p", "weeks": "1", "last": "no"]
    for index in all.indices {
      let name = all[index].0
      if let value = fallbacks[name], generator.chance(60) { all[index].1.append(otherwise(value)) }
      if generator.chance(30) {
        all[index].1.append(("applies_when", condition(depth: 1, decisions: index)))
      }
    }
    sections["decisions"] = all.map { ($0, .map($1)) }
    sections["catalogues"] = [
      (
        "things",
        .map([
          (
            "talk",
            .map([("unit", .word("minutes")), ("range", .word("0 to 60")), ("counts_toward_hours", .word("yes"))])
          ),
          ("call", .map([("ordered", .list([.word("now"), .word("soon"), .word("later")]))])),
          ("walk", .map([("unit", .word("minutes")), ("range", .word("0 to 60")), ("fills", .word("filled"))])),
        ])
      )
    ]
    sections["sources"] = [
      ("s", .map([("title", .word("S")), ("kind", .word("policy")), ("confirmed", .word("yes"))]))
    ]
  }

  private mutating func makeRules() {
    /// For each slot, the rules that speak about it.
    var speakers: [String: [String]] = [:]
    for index in 0..<14 {
      let id = "rule-\(index)"
      let rank = generator.below(Self.decisions.count)
      var entries: [(String, YAMLTree)] = [
        ("because", .word("Since \(index)")), ("sources", .bag([.word("s")])),
        ("when", generator.chance(8) ? .word("always") : condition(depth: 2, decisions: rank)),
      ]
      let (key, target, value, slot) = effect(on: Self.decisions[rank])
      entries.append((key, .map([(target, value)])))
      let earlier = speakers[slot] ?? []
      let overridden = earlier.filter { _ in generator.chance(35) }
      if !overridden.isEmpty { entries.append(("overrides", .bag(overridden.map { .word($0) }))) }
      speakers[slot, default: []].append(id)
      sections["rules", default: []].append((id, .map(entries)))
    }
  }

  /// The key, the decision, the value, and the slot that is spoken about.
  private mutating func effect(on decision: String) -> (String, String, YAMLTree, String) {
    switch decision {
    case "single": return ("recommend", "single", .word(generator.pick(["x", "y"])), "single")
    case "level": return ("recommend", "level", .word(generator.pick(["low", "mid", "high"])), "level")
    case "number": return ("recommend", "number", .word(generator.pick(["20", "40", "60"])), "number")
    case "focus", "track":
      let member = generator.pick(["p", "q", "r"])
      return (generator.chance(30) ? "rule_out" : "recommend", decision, .word(member), "\(decision).\(member)")
    case "menu":
      let item = generator.pick(["talk", "call"])
      if generator.chance(25) { return ("rule_out", "menu", .word(item), "menu.\(item)") }
      let amount =
        item == "talk"
        ? generator.pick(["10 minutes", "30 minutes", "45 minutes"]) : generator.pick(["now", "soon", "later"])
      return ("recommend", "menu", .map([(item, .word(amount))]), "menu.\(item)")
    case "weeks":
      let phase = generator.pick(["intensive", "transition"])
      return ("recommend", "weeks", .map([(phase, .word(generator.pick(["1", "2", "3"])))]), "weeks.\(phase)")
    default: return ("recommend", "last", .word(generator.pick(["yes", "no"])), "last")
    }
  }
}

/// Random answers for the facts of a program.
package enum RandomIntake {
  /// - Parameter unanswered: the percentage of facts that are left out, declined or not known.
  package static func make(
    _ program: Program, unanswered: Int, mayDecline: Bool = true, using generator: inout SeededGenerator
  ) -> Intake {
    var intake = Intake()
    for variable in program.variables where variable.fact != nil {
      if generator.chance(unanswered) {
        guard mayDecline, generator.chance(20) else { continue }
        intake.answers[variable.name] = generator.chance(50) ? .declined : .doesNotKnow
      } else {
        intake.answers[variable.name] = answer(variable.domain, unanswered: unanswered, using: &generator)
      }
    }
    return consistent(intake, program)
  }

  /// The intake without a contradiction between an entered total and the one item it stands for; what was answered before
  /// stays.
  package static func consistent(_ intake: Intake, _ program: Program, before: Intake = Intake()) -> Intake {
    var result = intake
    for case .derived(.sum(let items, let enteredAs?)) in program.variables.map(\.kind) {
      let entered = program.variables[enteredAs].name
      let item = program.variables[items[0]].name
      guard case .number? = result.answers[entered], case .number? = result.answers[item] else { continue }
      if before.answers[entered] != nil {
        result.answers[item] = result.answers[entered]
      } else {
        result.answers[entered] = result.answers[item]
      }
    }
    return result
  }

  /// A random answer; of a set, now and then one of which only some members are known.
  package static func answer(_ domain: Domain, unanswered: Int, using generator: inout SeededGenerator) -> Answer {
    switch domain {
    case .options(let names, _): return .option(generator.below(names.count))
    case .numbers(let numbers):
      let lower = numbers.interval.lower.whole ?? 0
      let upper = numbers.interval.upper.whole ?? lower
      return .number(Number(Int.random(in: lower...upper, using: &generator)))
    case .dates: return .number(Number(20_000 + generator.below(800)))
    case .members(let names):
      let isPartial = unanswered > 0 && generator.chance(30)
      return .members(
        names.map { _ in isPartial && generator.chance(40) ? .notAsked : generator.chance(50) ? .yes : .no })
    }
  }
}
