import RuleEngine
import TestSupport
import Testing

@testable import RuleAnalysis

/// Comparisons of random rulebooks with changed copies of them: what is proved equal is equal for every random intake, and what
/// random intakes show to differ was shown.
///
/// `HANDRAIL_RULEBOOKS=1000 swift test --filter RandomComparisonTests` runs longer.
struct RandomComparisonTests {
  static let intakesEach = 300

  @Test func provedIsSo() throws {
    var equal = 0
    var different = 0
    for seed in 0..<Longer.rulebooks(30) {
      var generator = SeededGenerator(seed: seed &+ 90_000)
      let base = try RandomProgram.make(seed: seed)
      let (text, isRefactoring) = Self.variation(seed, &generator)
      guard let head = Compiling.compile([("rules.yaml", text)]).program else { continue }
      let comparison = try Comparison.compare(base, head)
      #expect(comparison.notProved == [], "seed \(seed)")
      #expect(comparison.declared == [], "seed \(seed)")
      if isRefactoring { #expect(comparison.isEqual, "seed \(seed)") }
      try Replay.expect(comparison, base, head, "seed \(seed)")
      if comparison.isEqual { equal += 1 } else { different += 1 }
      for number in 0..<Self.intakesEach {
        let intake = RandomIntake.make(base, unanswered: number % 10 * 10, using: &generator)
        expectTold(intake, comparison, base, head, "seed \(seed), intake \(number)")
      }
    }
    // Neither kind may be missing, or nothing was tried.
    #expect(equal >= 8 && different >= 8, "\(equal) equal, \(different) different")
  }

  /// Whatever differs for an intake was said to be possible, kind by kind.
  private func expectTold(
    _ intake: Intake, _ comparison: Comparison, _ base: Program, _ head: Program, _ comment: String
  ) {
    let sample = PairPool.Sample(JointSession.Pair(base: intake, head: intake), base, head)
    guard sample.isPossible else { return }
    let told = comparison.examples.flatMap(\.changes)
    for place in ComparedPlace.all(base, head) {
      guard let kind = place.change(place.base(sample.before), place.head(sample.after)) else { continue }
      let isTold = told.contains { change in
        change.name == place.name && (change.kind == kind || (change.isConsequence && !kind.isAboutSafety))
      }
      #expect(isTold, "\(comment): \(place.name) \(kind)")
    }
    guard comparison.isEqual else { return }
    let one = Plan(sample.before, ranksQuestions: false)
    let two = Plan(sample.after, ranksQuestions: false)
    #expect(one.status == two.status, "\(comment)")
    #expect(one.unknownFacts == two.unknownFacts, "\(comment)")
    // Whether answers that could not change a decision are missing to it follows from what its rules read.
    func statuses(_ plan: Plan) -> [DecisionPlan.Status] {
      plan.decisions.map { $0.status == .settledRegardless ? .settled : $0.status }
    }
    #expect(statuses(one) == statuses(two), "\(comment)")
    #expect(one.assumptions.map(\.fact) == two.assumptions.map(\.fact), "\(comment)")
  }

  /// The rulebook of a seed with a small change, and whether it must change no plan.
  private static func variation(_ seed: Int, _ generator: inout SeededGenerator) -> (String, Bool) {
    var trees = RandomRulebook(seed: seed).trees
    let index = trees.firstIndex { $0.0 == "rules" }!
    guard case .map(var rules) = trees[index].1 else { return ("", false) }
    func part(_ rule: Int, _ key: String) -> YAMLTree? {
      guard case .map(let entries) = rules[rule].1 else { return nil }
      return entries.first { $0.0 == key }?.1
    }
    func set(_ rule: Int, _ key: String, _ tree: YAMLTree) {
      guard case .map(var entries) = rules[rule].1, let at = entries.firstIndex(where: { $0.0 == key }) else { return }
      entries[at].1 = tree
      rules[rule].1 = .map(entries)
    }
    let rule = generator.below(rules.count)
    let other = generator.below(rules.count)
    var isRefactoring = false
    switch seed % 6 {
    case 0:
      // Everything twice over, and around once.
      for rule in rules.indices {
        if let when = part(rule, "when"), case .map = when {
          set(rule, "when", .map([("any", .bag([.map([("all", .bag([when, when]))]), when]))]))
        }
      }
      isRefactoring = true
    case 1:
      if let one = part(rule, "when"), let two = part(other, "when") {
        // Only conditions over the same facts may stand anywhere; else it is no rulebook, and is passed over.
        set(rule, "when", two)
        set(other, "when", one)
      }
    case 2: set(rule, "when", .word("always"))
    case 3:
      if let when = part(rule, "when"), case .map = when { set(rule, "when", .map([("not", when)])) }
    case 4:
      if let when = part(rule, "when"), case .map = when {
        set(rule, "when", .map([("all", .bag([when, .map([("left", .word("at least 0"))])]))]))
      }
    default:
      if let when = part(rule, "when"), case .map = when {
        set(rule, "when", .map([("any", .bag([when, .map([("right", .word("4"))])]))]))
      }
    }
    trees[index].1 = .map(rules)
    return (RandomRulebook.text(trees), isRefactoring)
  }
}
