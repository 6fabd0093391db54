import ArgumentParser
import PlanRecord
import RuleEngine

/// Takes the answers of an intake into a record.
struct UpdateRecord: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Take new or changed answers from an intake into a record.",
    discussion: """
      What the intake does not mention stays. An answer that changes keeps the earlier one. A signed version stays as it is; \
      the change begins a new one.
      """
  )

  @OptionGroup var record: RecordArgument
  @OptionGroup var options: PlanOptions
  @OptionGroup var author: AuthorOptions

  func run() throws {
    let moment = try author.moment()
    let person = try author.author()
    let old = try record.load()
    let (program, intake) = try options.load()
    reportOtherRulebook(old, program)
    var new = old
    guard new.take(intake, in: program, at: moment, by: person) else {
      Console.print("\(record.path): nothing new in the intake; the record is as it was.\n")
      return
    }
    try new.makePlan(program, language: options.language)
    try record.replace(old, with: new)
    Console.print("\(record.path): version \(new.current.number), \(new.current.state.rawValue).\n")
  }
}

/// Says that a plan is made with other rules than before.
func reportOtherRulebook(_ record: AssessmentRecord, _ program: Program) {
  let old = record.current.rulebook
  guard old.digest != program.digest else { return }
  Console.report(
    "note: the record was made with \(old.name) \(old.version), \(old.digest.prefix(12)); its plan is now made anew with "
      + "\(program.header.name) \(program.header.version), \(program.digest.prefix(12))\n")
}
