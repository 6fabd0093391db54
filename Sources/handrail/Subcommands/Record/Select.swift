import ArgumentParser
import PlanRecord
import Rendering
import RuleEngine
import RuleLanguage
import SourceText

/// Records what a clinician selected.
struct Select: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "select",
    abstract: "Record what a clinician selected instead of what is recommended, and why.",
    discussion: """
      Examples:
        handrail select client.json level_of_care.intensive=outpatient --because client_preference --note "Wants …"
        handrail select client.json services.intensive.peer_support=120 services.intensive.education=no --because cost
        handrail select client.json --withdraw track

      What is recommended stays in the plan beside it, with its reasons. `no` takes a service or a member of a set out.
      """
  )

  @OptionGroup var record: RecordArgument

  @Argument(help: ArgumentHelp("What was selected.", valueName: "decision=value"))
  var choices: [String] = []

  @Option(help: "Why: \(Selection.Reason.allCases.map(\.rawValue).joined(separator: ", ")).")
  var because: String?

  @Option(help: "In your own words; needed with `other`.")
  var note: String?

  @Option(help: ArgumentHelp("Take an earlier selection back.", valueName: "decision"))
  var withdraw: [String] = []

  @Option(help: "The folder of the rulebook.")
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  @Option(help: "The language of the plan, such as en or es.")
  var language = "en"

  @OptionGroup var author: AuthorOptions

  func validate() throws {
    guard !choices.isEmpty || !withdraw.isEmpty else {
      throw ValidationError("Say what was selected, such as track=daytime, or what to --withdraw.")
    }
    guard choices.isEmpty || because != nil else {
      throw ValidationError("Say why, such as --because client_preference; `handrail help select` lists the reasons.")
    }
    if let because, Selection.Reason(rawValue: because) == nil {
      let codes = Selection.Reason.allCases.map(\.rawValue)
      let near = likelyMeant(because, among: codes).map { " Did you mean `\($0)`?" } ?? ""
      throw ValidationError("`\(because)` is no reason.\(near) Reasons: \(codes.joined(separator: ", ")).")
    }
    guard because != "other" || note != nil else { throw ValidationError("With --because other, add a --note.") }
  }

  func run() throws {
    let moment = try author.moment()
    let person = try author.author()
    let old = try record.load()
    let program = try loadProgram(rules, overlays)
    reportOtherRulebook(old, program)
    let typed = TypedChange(
      choices, to: old.current.intake(for: program).intake, program,
      reason: TypedChange.Reason(because: because.flatMap(Selection.Reason.init), note: note, by: person.text),
      mayAnswer: false)
    try typed.endIfWrong()
    var new = old
    for name in typed.selected {
      guard let selection = typed.intake.selections[name] else { continue }
      new.select(name, selection, in: program, at: moment, by: person)
    }
    for name in withdraw {
      do {
        try new.withdraw(name, in: program, at: moment, by: person)
      } catch {
        throw misunderstood("\(record.path): \(RecordText.text(error))")
      }
    }
    guard new != old else {
      Console.print("\(record.path): that was selected already; the record is as it was.\n")
      return
    }
    try new.makePlan(program, language: language)
    try record.replace(old, with: new)
    Console.print("\(record.path): version \(new.current.number), \(new.current.state.rawValue).\n")
  }
}
