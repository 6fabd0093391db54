import ArgumentParser
import PlanRecord
import Rendering
import RuleEngine
import RuleLanguage

/// Recommends what to do next with somebody who has a plan.
struct Reassess: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reassess",
    abstract: "From an earlier record and new measures: go on, step up, step down, or review.",
    discussion: """
      Facts of the rulebook named `earlier.x` are filled in with what `x` was in the last signed version of the record, if \
      the new intake does not answer them. Everything else is taken from the new intake alone: an old answer is not assumed \
      to hold today. What follows is for the rules to say.

      Example:
        handrail reassess client.json week-6.yaml
      """
  )

  @OptionGroup var record: RecordArgument
  @OptionGroup var options: PlanOptions

  @Option(help: ArgumentHelp("The decision that says what to do next.", valueName: "decision"))
  var decision = "next_move"

  @Flag(help: "Print the whole new plan, too.")
  var plan = false

  func run() throws {
    let old = try record.load()
    let (program, given) = try options.load()
    let earlier = EarlierPlan(old, for: program)
    var intake = given
    intake.answers.merge(earlier.answers) { given, _ in given }
    let new = Plan(program, intake, language: options.language)
    guard let next = new.decisions.first(where: { $0.name == decision }) else {
      throw misunderstood(
        "The rulebook has no decision `\(decision)`; name the one that says what to do next with --decision.")
    }
    let filled = earlier.answers.keys.filter { given.answers[$0] == nil }.sorted()
    let wording = Wording(Evaluator.evaluate(program, intake), language: options.language)
    let taken = filled.compactMap { name -> String? in
      guard let place = program.variable(named: name) else { return nil }
      return "\(wording.label(of: place)): \(wording.value(of: place))"
    }
    Console.print(ReassessmentText.render(new, next, earlier: earlier.version, taken: taken, style: Console.style()))
    if plan { Console.print("\n" + PlanTerminal(style: Console.style()).render(new)) }
    switch next.status {
    case .conflict: throw ExitStatus.conflict.error
    case .gap: throw ExitStatus.gap.error
    case .open: throw ExitStatus.open.error
    case .assumed: throw ExitStatus.provisional.error
    case .settled, .settledRegardless, .notApplicable: break
    }
  }
}
