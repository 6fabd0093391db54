import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

@testable import RuleAnalysis

/// What a change of rules means, for small changes of one small rulebook.
struct ComparisonTests {
  static let rules = """
    sources: {s: {title: S, kind: policy, confirmed: yes}}
    facts:
      danger: {ask: Danger?, type: yes_no}
      plan: {ask: A plan?, type: yes_no}
      score: {ask: Score?, type: integer, range: 0 to 20}
      alone: {ask: Alone?, type: yes_no}
      tired: {ask: Tired?, type: yes_no}
      week: {ask: What fills your week?, type: choices, options: {work: Work, school: School, court: Court}}
      hours: {ask: When?, type: choice, options: {days: Days, nights: Nights}, applies_when: {week: includes work}}
    derived:
      severe: {when: {score: at least 12}}
    catalogues:
      steps:
        evaluation: {label: Evaluation, ordered: [now, today, this_week]}
        crisis_line: {label: Crisis line, ordered: [now, today, this_week]}
      services:
        peer: {label: Peer, unit: minutes a week, range: 0 to 120}
    decisions:
      first_steps: {type: menu, of: steps, combine: lowest}
      level:
        type: choice
        ordered: [outpatient, iop, hospital]
        combine: highest
        otherwise: {value: outpatient, because: Nothing calls for more.}
      track:
        type: choice
        options: {day: Day, evening: Evening}
        combine: preferred
        prefer: [evening, day]
        otherwise: {value: day, because: Nothing is in the way.}
        applies_when: {level: iop}
      services: {type: menu, of: services, combine: highest}
    rules:
      in-danger:
        when: {danger: yes}
        recommend: {first_steps: {evaluation: now, crisis_line: now}, level: hospital}
        because: Danger comes first.
        sources: [s]
      has-a-plan:
        when: {any: [{plan: yes}, {danger: yes}]}
        recommend: {first_steps: {evaluation: today}}
        because: A plan is looked at today.
        sources: [s]
      needs-more:
        when: {severe: yes}
        recommend: {level: iop}
        because: The score is high.
        sources: [s]
      works-days:
        when: {week: includes work, hours: days}
        recommend: {track: evening}
        because: Work fills the days.
        sources: [s]
      has-nobody:
        when: {any: [{alone: yes}, {tired: yes}]}
        recommend: {services: {peer: 60 minutes a week}}
        because: A peer is at your side.
        sources: [s]
    cases:
      high: {given: {score: 12, danger: no}, expect: {level: iop}}
      low: {given: {score: 3, danger: no}, expect: {level: outpatient}}

    """

  static func compiled(_ text: String) throws -> (program: Program, cases: [Case]) {
    let result = Compiling.compile([("rules.yaml", text)])
    #expect(result.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    return (try #require(result.program), result.cases)
  }

  /// The rulebook with one text in the place of another.
  static func changed(_ old: String, _ new: String) throws -> String {
    try #require(rules.contains(old), "\(old)")
    return rules.replacing(old, with: new)
  }

  private func compare(_ changes: [(String, String)], isOver: @escaping () -> Bool = { false }) throws -> Comparison {
    var text = Self.rules
    for (old, new) in changes {
      try #require(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    let (base, head) = (try Self.compiled(Self.rules), try Self.compiled(text))
    let comparison = try Comparison.compare(
      base.program, head.program, baseCases: base.cases, headCases: head.cases, isOver: isOver)
    try Replay.expect(comparison, base.program, head.program)
    return comparison
  }

  /// The changes at a place, with the answers that show them.
  private func shown(_ comparison: Comparison, _ name: String) -> [String] {
    comparison.examples.flatMap { example in
      example.changes.filter { $0.name == name }.map { change in
        let answers = example.answers.map { "\($0.name): \($0.text)" }.joined(separator: ", ")
        return "\(change.kind.rawValue) {\(answers)} \(change.before) > \(change.after)"
      }
    }
  }

  // MARK: Nothing changes

  @Test(arguments: [
    // Nothing, but other words.
    [("Danger comes first.", "Danger goes before all else.")],
    // Another order of rules.
    [
      (
        "  has-a-plan:\n    when: {any: [{plan: yes}, {danger: yes}]}",
        "  b-plan:\n    when: {any: [{danger: yes}, {plan: yes}]}"
      )
    ],
    // A named condition with another name.
    [("severe:", "high_score:")],
    // A named condition written out.
    [
      ("  severe: {when: {score: at least 12}}", "  severe: {when: {score: 12 to 20}}"),
      ("{severe: yes}", "{score: more than 11}"),
    ],
    // One rule for each way.
    [
      (
        "  has-nobody:\n    when: {any: [{alone: yes}, {tired: yes}]}\n    recommend: {services: {peer: 60 minutes a week}}\n    because: A peer is at your side.\n    sources: [s]\n",
        """
          has-nobody:
            when: {alone: yes}
            recommend: {services: {peer: 60 minutes a week}}
            because: A peer is at your side.
            sources: [s]
          is-tired:
            when: {tired: yes}
            recommend: {services: {peer: 60 minutes a week}}
            because: A peer is at your side.
            sources: [s]

        """
      )
    ],
    // Another order of options, and what a rule says of its own.
    [("{days: Days, nights: Nights}", "{nights: Nights, days: Days}"), ("hours: days}", "hours: {not: [nights]}}")],
    // A rule that is always outranked.
    [
      (
        "    recommend: {first_steps: {evaluation: today}}",
        "    recommend: {first_steps: {evaluation: today}, level: outpatient}"
      )
    ],
  ])
  func equal(changes: [(String, String)]) throws {
    let comparison = try compare(changes)
    #expect(comparison.isEqual)
    #expect(comparison.notProved == [])
    #expect(comparison.cases.total == 2 && comparison.cases.changed == [])
  }

  @Test func tableWrittenOut() throws {
    let table = Self.rules.replacing(
      "rules:\n",
      with: """
        tables:
          rest:
            columns: {when: [score, alone], recommend: [services.peer]}
            because: Rest.
            sources: [s]
            rows:
              much: [at least 15, yes, 90 minutes a week]
              some: [10 to 14, yes, 30 minutes a week]
        rules:

        """)
    func rule(_ id: String, _ score: String, _ amount: String) -> String {
      "  \(id):\n    when: {score: \(score), alone: yes}\n    recommend: {services: {peer: \(amount)}}\n    because: Rest.\n    sources: [s]\n"
    }
    let plain = Self.rules.replacing(
      "rules:\n",
      with: "rules:\n" + rule("much", "at least 15", "90 minutes a week")
        + rule("some", "10 to 14", "30 minutes a week"))
    let (one, two) = (try Self.compiled(table).program, try Self.compiled(plain).program)
    #expect(try Comparison.compare(one, two).isEqual)
    // The same with one amount changed is not.
    let other = try Self.compiled(plain.replacing("30 minutes", with: "45 minutes")).program
    #expect(try !Comparison.compare(one, other).isEqual)
  }

  // MARK: Safety

  @Test func lostFirstStep() throws {
    let comparison = try compare([("evaluation: now, crisis_line: now", "evaluation: now")])
    #expect(
      shown(comparison, "first_steps.crisis_line") == [
        "lost {danger: yes} now > not in the plan",
        "settled_earlier {} now or not in the plan > not in the plan",
      ])
    #expect(comparison.examples.allSatisfy(\.isAboutSafety) && comparison.touchesSafety)
    #expect(comparison.examples.first?.changes.first?.rulesBefore == ["in-danger"])
    #expect(comparison.parts == [ChangedPart(kind: .rule, name: "in-danger", how: .changed)])
  }

  @Test func laterFirstStep() throws {
    let comparison = try compare([("evaluation: now, crisis_line: now", "evaluation: this_week, crisis_line: now")])
    #expect(shown(comparison, "first_steps.evaluation").first == "lower {danger: yes} now > today")
  }

  @Test func fallenLevel() throws {
    let comparison = try compare([("at least 12", "at least 14")])
    let level = shown(comparison, "level")
    #expect(level.first?.hasPrefix("lower {") == true && level.first?.hasSuffix("iop > outpatient") == true, "\(level)")
    #expect(comparison.examples.first?.changes.first?.name == "level")
    // The track reads the level, and no rule of its own changed.
    let tracks = comparison.examples.flatMap(\.changes).filter { $0.name.hasPrefix("track") }
    #expect(!tracks.isEmpty && tracks.allSatisfy(\.isConsequence))
    #expect(comparison.cases.changed == ["high"] && comparison.cases.safety == 1)
  }

  @Test func raisedLevel() throws {
    let comparison = try compare([("at least 12", "at least 10")])
    #expect(shown(comparison, "level").contains { $0.hasPrefix("value ") && $0.hasSuffix("outpatient > iop") })
    #expect(!shown(comparison, "level").contains { $0.hasPrefix("lower ") })
  }

  /// A plan that does not wait any more for an answer.
  @Test func settledEarlier() throws {
    let comparison = try compare([("when: {any: [{alone: yes}, {tired: yes}]}", "when: {alone: yes}")])
    #expect(
      shown(comparison, "services.peer").contains {
        $0.hasPrefix("settled_earlier {alone: no}")
      }, "\(shown(comparison, "services.peer"))")
  }

  @Test func heldBack() throws {
    let comparison = try compare([("when: {danger: yes}", "when: {danger: yes, plan: yes}")])
    #expect(
      shown(comparison, "first_steps.crisis_line").contains("held_back {danger: yes} now > now or not in the plan"))
  }

  /// A solver takes any day of any year; a reader gets one that could be.
  @Test func examplesShowUsualDays() throws {
    let rule = """
      rules:
        just-out:
          when: {left_on: within 30 days before}
          recommend: {level: iop}
          because: The first weeks are hard.
          sources: [s]

      """
    let before = try Self.changed("  danger: {ask", "  left_on: {ask: When did you leave?, type: date}\n  danger: {ask")
      .replacing("rules:\n", with: rule)
    let (base, head) = (
      try Self.compiled(before), try Self.compiled(before.replacing("within 30 days", with: "within 20 days"))
    )
    let comparison = try Comparison.compare(base.program, head.program)
    let days = comparison.examples.flatMap(\.answers).filter { ["left_on", "assessed_on"].contains($0.name) }
    #expect(days.count >= 2)
    for day in days { #expect(day.text.hasPrefix("2026-") || day.text.hasPrefix("2025-"), "\(day)") }
  }

  /// Two rules that change the same place in the same way: each has an example.
  @Test func everyChangedRule() throws {
    let comparison = try compare([
      ("rules:\n", "rules:\n" + Self.peer("lonely", "{score: 3}") + Self.peer("busy", "{week: includes court}"))
    ])
    let rules = Set(comparison.examples.flatMap(\.changes).flatMap(\.rulesAfter))
    #expect(rules.isSuperset(of: ["lonely", "busy"]), "\(rules)")
    #expect(comparison.parts.map(\.name) == ["busy", "lonely"] && comparison.parts.allSatisfy { $0.how == .new })
  }

  private static func peer(_ id: String, _ condition: String) -> String {
    "  \(id): {when: \(condition), recommend: {services: {peer: 90 minutes a week}}, because: B., sources: [s]}\n"
  }

  /// Next to a rule that changes plans, one that does not.
  @Test func ruleWithoutEffect() throws {
    let comparison = try compare([
      ("{any: [{plan: yes}, {danger: yes}]}", "{any: [{danger: yes}, {plan: yes}, {plan: yes, alone: yes}]}"),
      ("score: at least 12", "score: at least 10"), ("when: {severe: yes}", "when: {severe: yes, score: at least 1}"),
    ])
    #expect(comparison.parts.filter(\.changesNothing).map(\.name) == ["has-a-plan"])
  }

  // MARK: Other changes

  @Test func disagreement() throws {
    let comparison = try compare([
      ("combine: highest\n    otherwise", "combine: one\n    otherwise")
    ])
    #expect(
      shown(comparison, "level").contains {
        $0.hasPrefix("broken {danger: yes, score: 1") && $0.hasSuffix("} hospital > rules disagree")
      },
      "\(shown(comparison, "level"))")
    #expect(!comparison.isEqual)
  }

  @Test func questionOfOthers() throws {
    let comparison = try compare([("applies_when: {week: includes work}", "applies_when: {week: not empty}")])
    #expect(!shown(comparison, "hours").isEmpty)
  }

  @Test func impossible() throws {
    let comparison = try compare([
      ("decisions:\n", "impossible:\n  both: {when: {danger: yes, score: 0}, because: Cannot be.}\ndecisions:\n")
    ])
    #expect(shown(comparison, "impossible") == ["possible {danger: yes, score: 0} possible > impossible"])
  }

  @Test(arguments: [
    ("  tired: {ask: Tired?, type: yes_no}\n", "", "`tired` was asked and is not"),
    ("range: 0 to 20", "range: 0 to 21", "`score` was a whole number from 0 to 20 and is a whole number from 0 to 21"),
    ("court: Court}", "court: Court, sport: Sport}", "`week` has `sport` and had not"),
    ("{ask: Tired?, type: yes_no}", "{ask: Tired?, type: yes_no, assume: no}", "what is assumed for `tired`"),
    ("unit: minutes a week, range: 0 to 120", "unit: sessions a week, range: 0 to 120", "cannot be compared"),
  ])
  func declared(old: String, new: String, message: String) throws {
    var changes = [(old, new)]
    if new.isEmpty { changes.append(("{any: [{alone: yes}, {tired: yes}]}", "{alone: yes}")) }
    if message == "cannot be compared" { changes.append(("60 minutes a week", "60 sessions a week")) }
    let comparison = try compare(changes)
    #expect(!comparison.isEqual)
    #expect(comparison.declared.contains { $0.message.contains(message) }, "\(comparison.declared)")
  }

  /// A decision of another kind is told, above all, and never passed over.
  @Test func otherKind() throws {
    let preferred = """
        level:
          type: choice
          options: {outpatient: Outpatient, iop: IOP, hospital: Hospital}
          combine: preferred
          prefer: [hospital, iop, outpatient]
      """
    let comparison = try compare([
      ("  level:\n    type: choice\n    ordered: [outpatient, iop, hospital]\n    combine: highest", preferred)
    ])
    #expect(!comparison.isEqual && comparison.touchesSafety)
    #expect(
      comparison.declared.map(\.message) == [
        "`level` was one option and is a preferred choice, so its plans cannot be compared"
      ])
  }

  // MARK: Limits and counts

  @Test func timeIsUp() throws {
    let comparison = try compare(
      [("{severe: yes}", "{score: more than 11}"), ("alone: yes}", "alone: yes, danger: no}")], isOver: { true })
    #expect(!comparison.isEqual)
    #expect(comparison.notProved.contains { $0.reason == "the time was up" && $0.about == "`services.peer`" })
  }

  /// A case that keeps its name but not its intake counts with both.
  @Test func changedCase() throws {
    let head = try Self.changed("{given: {score: 12, danger: no}", "{given: {score: 15, danger: no}")
      .replacing("at least 12", with: "at least 14")
    let (base, other) = (try Self.compiled(Self.rules), try Self.compiled(head))
    let comparison = try Comparison.compare(
      base.program, other.program, baseCases: base.cases, headCases: other.cases)
    #expect(comparison.cases.total == 3)
    #expect(comparison.cases.changed == ["high"])
  }

  @Test func cohort() throws {
    let (base, head) = (
      try Self.compiled(Self.rules).program, try Self.compiled(Self.changed("at least 12", "at least 14")).program
    )
    let reading = CohortReading(base, head)
    let intakes: [Intake?] = [
      Intake(answers: ["score": .number(Number(12)), "danger": .option(0)]),
      Intake(answers: ["score": .number(Number(15)), "danger": .option(0)]), nil,
    ]
    let cohort = intakes.map { reading.pair(base: $0, head: $0) }
    let count = ChangeCounter(base, head).count(cohort)
    #expect((count.total, count.changed.count, count.safety, count.unreadable) == (3, 1, 1, 1))
    #expect(count.changed == [""])
  }
}
