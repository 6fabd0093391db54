import RuleEngine
import TestSupport
import Testing

@testable import RuleAnalysis

/// The kinds of change as formulas, at the values of one intake, must say what they say of outcomes.
struct PlaceChangeTests {
  static let intakesEach = 12

  /// Two random rulebooks with the same facts and decisions, and other rules.
  @Test func agrees() throws {
    var kinds: [Comparison.Kind: Int] = [:]
    var finalities = 0
    for seed in 0..<Longer.rulebooks(80) {
      var generator = SeededGenerator(seed: seed &+ 31_000)
      let base = try RandomProgram.make(seed: seed)
      let head = Self.scrambled(base, using: &generator)
      let session = JointSession(base, head)
      let model = SymbolicModel(base, scope: .partial)
      let places = ComparedPlace.all(base, head)
      for number in 0..<Self.intakesEach {
        let intake = RandomIntake.make(base, unanswered: number * 8, using: &generator)
        let sample = PairPool.Sample(JointSession.Pair(base: intake, head: intake), base, head)
        // Formulas are made first, so that the bank holds them when it is evaluated.
        let formulas = places.map { place in
          let (one, two) = (place.base(session.base), place.head(session.head))
          return Comparison.Kind.allCases.map { ($0, place.change($0, one, two, session)) }
        }
        let finality = [session.base.hasUnknownFacts(), session.head.hasUnknownFacts()]
        let values = model.assignment(of: intake).values(in: session.bank)
        for (place, formulas) in zip(places, formulas) {
          let kind = place.change(place.base(sample.before), place.head(sample.after))
          if let kind { kinds[kind, default: 0] += 1 }
          let found = formulas.filter { values[$0.1.place] == 1 }.map(\.0)
          #expect(found == [kind].compactMap(\.self), "seed \(seed), intake \(number): \(place.name)")
        }
        let isUnknown = [sample.before, sample.after].map { !$0.unknownFacts().isEmpty }
        #expect(finality.map { values[$0.place] == 1 } == isUnknown, "seed \(seed), intake \(number)")
        finalities += isUnknown.filter { !$0 }.count
      }
    }
    // A kind that never came up was not tried.
    for kind in Comparison.Kind.allCases where kind != .asked && kind != .possible {
      #expect(kinds[kind, default: 0] > 3, "\(kind)")
    }
    #expect(finalities > 3)
  }

  /// The rulebook with conditions turned round, made to hold always, or made to ask more, and with other ways to combine.
  private static func scrambled(_ program: Program, using generator: inout SeededGenerator) -> Program {
    var result = program
    let fact = program.variable(named: "f0")!
    for index in result.rules.indices where generator.chance(50) {
      let condition = result.rules[index].condition
      switch generator.below(3) {
      case 0: result.rules[index].condition = .not(condition)
      case 1: result.rules[index].condition = .any([condition, .not(condition)])
      default: result.rules[index].condition = .all([condition, .test(variable: fact, Matcher(.options([1])))])
      }
    }
    for index in result.decisions.indices {
      if generator.chance(30) { result.decisions[index].otherwise = nil }
      if generator.chance(30) {
        result.decisions[index].appliesWhen = result.decisions[index].appliesWhen.map { .not($0) }
      }
      switch result.decisions[index].combine {
      case .highest where generator.chance(40): result.decisions[index].combine = .lowest
      case .lowest where generator.chance(40): result.decisions[index].combine = .highest
      default: break
      }
    }
    return result
  }
}
