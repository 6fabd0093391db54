import Foundation
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// An overlay changes what it names, nothing else, and in no order.
struct OverlayTests {
  private static let folder = "\(Corpus.folder)/overlays"
  private static let base = "\(folder)/rules.yaml"

  /// The rulebook with overlays given as texts.
  private func load(_ overlays: String..., base: String? = nil) throws -> Rulebook {
    try withTemporaryFolder { folder in
      for (index, text) in overlays.enumerated() {
        let name = "overlay: {of: small-clinic, name: o\(index), reason: A test}\n"
        try (name + text).write(toFile: "\(folder)/o\(index).yaml", atomically: true, encoding: .utf8)
      }
      let rules = base.map { _ in "\(folder)/rules.yaml" } ?? Self.base
      if let base { try base.write(toFile: rules, atomically: true, encoding: .utf8) }
      return Rulebook.load(rules, overlays: overlays.indices.map { "\(folder)/o\($0).yaml" })
    }
  }

  private func program(_ rulebook: Rulebook) throws -> Program {
    #expect(rulebook.diagnostics.map(\.message) == [])
    return try #require(rulebook.program)
  }

  /// The program without what tells that overlays were there.
  private func bare(_ rulebook: Rulebook) throws -> Program {
    var program = try program(rulebook)
    program.adaptation = nil
    program.digest = ""
    return program
  }

  @Test func orderNeverMatters() throws {
    let state = "\(Corpus.repository)/Rules/overlays/maryland"
    let site = "\(Corpus.repository)/Rules/overlays/riverside"
    let rules = "\(Corpus.repository)/Rules"
    let one = try program(Rulebook.load(rules, overlays: [state, site]))
    let other = try program(Rulebook.load(rules, overlays: [site, state]))
    #expect(one == other)
    #expect(one.digest == other.digest)
    let digests = try [[], [state], [site], [state, site]].map {
      try program(Rulebook.load(rules, overlays: $0)).digest
    }
    #expect(Set(digests).count == 4)
  }

  /// Each change gives the program of the rulebook in which it is written by hand.
  @Test(arguments: [
    (
      "replace: {parameters.far_away: {value: 30, reason: Slow}}",
      "values: [{from: 2020-01-01, value: 45}, {from: 2025-01-01, value: 40}]",
      "values: [{from: 2020-01-01, value: 30}]"
    ),
    ("replace: {facts.way: {label: Trip, reason: Our word}}", "label: Way", "label: Trip"),
    (
      "replace: {rules.long-way: {when: {way: more than $far_away}, reason: Near}}", "{way: at least $far_away}",
      "{way: more than $far_away}"
    ),
    (
      "replace:\n  tables.levels[high]: {score: at least 8, reason: Later}", "high: {score: at least 7",
      "high: {score: at least 8"
    ),
    (
      "replace: {catalogues.services.ride: {label: Van, reason: Our word}}", "ride: {label: Ride",
      "ride: {label: Van"
    ),
    (
      "replace: {decisions.level: {combine: lowest, reason: R}}", "combine: highest\n    otherwise: {value: class",
      "combine: lowest\n    otherwise: {value: class"
    ),
    ("replace: {impossible.idle-worker: {when: {way: 299}, reason: R}}", "{works: yes, way: 300}", "{way: 299}"),
    (
      "disable: {impossible.idle-worker: R}",
      "impossible:\n  idle-worker: {when: {works: yes, way: 300}, because: Nobody goes that far to work.}\n", ""
    ),
    (
      "catalogues: {services: {yoga: {unit: minutes a week, range: 0 to 60}}}", "  services:\n    group:",
      "  services:\n    yoga: {unit: minutes a week, range: 0 to 60}\n    group:"
    ),
    (
      "tables: {levels: {rows: {top: [10, hospital]}}}", "      middle:", "      top: [10, hospital]\n      middle:"
    ),
  ])
  func changeIsAsIfWrittenByHand(overlay: String, old: String, new: String) throws {
    let text = try Corpus.text(of: Self.base)
    #expect(text.contains(old))
    let written = text.replacing(old, with: new)
    #expect(try bare(load(overlay)) == bare(load(base: written)))
    #expect(try bare(load(overlay)) != bare(load()))
  }

  @Test func disabledRuleKeepsItsName() throws {
    let text = try Corpus.text(of: Self.base).replacing(
      "  groups:\n",
      with: "  reads-it:\n    when: {long-way: applies}\n    recommend: {level: hospital}\n"
        + "    because: Far.\n    sources: [our-policy]\n  groups:\n")
    let rulebook = try load("disable: {long-way: Near}\n", base: text)
    let program = try program(rulebook)
    let rule = try #require(program.rules.first { $0.id == "long-way" })
    #expect(rule.disabled == Disabling(overlay: "o0", reason: LocalizedText("Near")))
    let intake = Intake(answers: ["way": .number(Number(60))])
    let evaluation = Evaluator.evaluate(program, intake)
    for (index, rule) in program.rules.enumerated() where ["long-way", "reads-it"].contains(rule.id) {
      #expect(evaluation.ruleTruths[index] == .no)
    }
    // The way is asked for by no other rule, so nobody needs it any more.
    let needed = Plan(program, Intake()).needed.flatMap(\.questions).map(\.fact)
    #expect(!needed.contains("way"))
    #expect(try Plan(self.program(load(base: text)), Intake()).needed.flatMap(\.questions).map(\.fact).contains("way"))
  }

  @Test func disabledTableDisablesItsRows() throws {
    let program = try program(load("disable: {levels: Our own}\n"))
    let rows = program.rules.filter { $0.id.hasPrefix("levels[") }
    #expect(rows.count == 2)
    #expect(rows.allSatisfy { $0.disabled != nil })
  }

  /// A case of an overlay starts from an intake of the overlay, or else of the rulebook.
  @Test func casesStartFromEitherFolder() throws {
    try withTemporaryFolder { folder in
      func write(_ text: String, _ name: String) throws {
        let path = URL(filePath: "\(folder)/\(name)")
        try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: path, atomically: true, encoding: .utf8)
      }
      try write(Corpus.text(of: Self.base), "rules/rules.yaml")
      try write("score: 8\n", "rules/intakes/ours.yaml")
      try write("score: 8\n", "rules/intakes/both.yaml")
      try write("score: 1\n", "site/intakes/both.yaml")
      try write("nonsense: yes\n", "rules/overlays/site/site.yaml")
      try write(
        """
        overlay: {of: small-clinic, name: site, reason: A test}
        cases:
          base: {given: {from: intakes/ours.yaml}, expect: {level: intensive}}
          own: {given: {from: intakes/both.yaml}, expect: {level: class}}
        """, "site/site.yaml")
      let rulebook = Rulebook.load("\(folder)/rules", overlays: ["\(folder)/site"])
      #expect(rulebook.diagnostics == [])
      let intakes = Dictionary(uniqueKeysWithValues: rulebook.cases.map { ($0.id, $0.intake.answers["score"]) })
      #expect(intakes["base"] == .number(Number(8)))
      #expect(intakes["own"] == .number(Number(1)))
    }
  }

  /// What the rulebook lets stand is judged where it stands alone; what an overlay lets stand, in the overlay.
  @Test func suppressionsAreJudgedWhereTheyStand() throws {
    let text = try Corpus.text(of: Self.base).replacing(
      "  score: {label: Score,",
      with: "  shoes: {ask: Shoes?, type: yes_no, suppress: {unused: For a gift.}}\n  score: {label: Score,")
    func findings(_ overlay: String) throws -> [String] {
      let rulebook = try load(overlay, base: text)
      return rulebook.suppressions.applied(to: rulebook.diagnostics, proofsRan: false).shown.map(\.id)
    }
    #expect(
      try findings("rules: {r: {when: {shoes: yes}, recommend: {level: class}, because: B., sources: [our-policy]}}\n")
        == [])
    #expect(try findings("disable: {groups: R}\n") == [])
    #expect(try findings("facts: {hat: {ask: A hat?, type: yes_no}}\n") == ["unused"])
    #expect(try findings("facts: {hat: {ask: A hat?, type: yes_no, suppress: {unused: For a gift.}}}\n") == [])
    let needless =
      "offers: {hat: {only: yes, reason: R}}\nfacts: {hat: {ask: A hat?, type: yes_no, suppress: {unused: For a gift.}}}\n"
    #expect(try findings(needless) == ["suppression-unneeded"])
  }

  /// What is offered never changes what is recommended.
  @Test func offersChangeNoPlan() throws {
    let text = try Corpus.text(of: "\(Self.folder)/ok/everything.yaml")
    let start = try #require(text.firstRange(of: "offers:\n")).lowerBound
    let offers = String(text[start...]).replacing("  language: {only: english, reason: Our staff}\n", with: "")
    let rulebook = try load(offers)
    #expect(try bare(rulebook) == bare(load()))
    #expect(try program(rulebook).adaptation?.offers.count == 4)
  }

  /// Nearest of what is offered: upwards first where recommendations are floors, and never what is ruled out.
  @Test(
    arguments: [
      ("level: {only: [class, hospital], reason: R}", "level", 8, "hospital"),
      ("level: {only: [class, outpatient], reason: R}", "level", 8, "outpatient"),
      ("sessions: {only: [1 to 2, 6], reason: R}", "sessions.intensive", 8, "6"),
      ("sessions: {only: 1 to 3, reason: R}", "sessions.intensive", 8, "3"),
      ("track: {only: [daytime, evening], reason: R}", "track", 8, "evening"),
      ("track: {only: daytime, reason: R}", "track", 8, nil),
    ] as [(String, String, Int, String?)])
  func nearest(offer: String, decision: String, score: Int, nearest: String?) throws {
    let program = try program(load("offers: {\(offer)}\n"))
    let intake = Intake(answers: [
      "works": .option(1), "hours": .option(0), "way": .number(Number(10)), "score": .number(Number(score)),
    ])
    let entry = try #require(Plan(program, intake).availability.first { $0.name == decision })
    #expect(entry.status == .notAvailable)
    #expect(entry.nearest?.name == nearest)
  }
}
