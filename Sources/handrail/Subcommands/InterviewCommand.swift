import ArgumentParser
import Interviewing
import RuleEngine

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Asks the questions of an assessment one by one, and keeps every answer.
struct InterviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interview",
    abstract: "Ask the questions of an assessment one by one, and show the plan so far.",
    discussion: """
      Every answer is kept in the file before the next question is asked; the same command goes on where it stopped.
      On a terminal, h shows what can be typed. From a pipe, answers are read line by line; Interview.md has the form.

      Examples:
        handrail interview anna.json --by "Ann Lee"
        handrail interview anna.json --screen
        handrail interview anna.json < answers.txt

      Ends as `recommend` does: 0 settled, 3 rules disagree, 4 no rule, 5 answers needed, 6 settled if what is assumed holds.
      """
  )

  @Argument(help: "The file of the assessment; made if there is none.")
  var file: String

  @Option(help: "The folder of the rulebook.")
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  @Flag(help: "Ask only the questions of the pre-screen, for a first phone call.")
  var screen = false

  @Flag(help: "Ask every question that applies, also those that cannot change the plan.")
  var all = false

  @Option(help: ArgumentHelp("Who asks; else what HANDRAIL_BY says, else who is logged in.", valueName: "name"))
  var by: String?

  @Option(help: "In what role; else what HANDRAIL_ROLE says, else \"intake coordinator\".")
  var role: String?

  @Option(help: ArgumentHelp("The day of the assessment, if it is not today.", valueName: "date"))
  var on: String?

  @Option(help: "The language of questions and reasons, such as en or es.")
  var language = "en"

  func validate() throws {
    if screen && all {
      throw ValidationError("--screen asks a few questions and --all every one; leave one of them out.")
    }
    if let on, CalendarDate(on) == nil { throw ValidationError("--on takes a day such as 2026-11-23.") }
  }

  func run() throws {
    let program = try loadProgram(rules, overlays)
    if screen, program.presentation.screen.isEmpty {
      throw ValidationError("The rulebook `\(rules)` has no pre-screen (`present: {screen: […]}`).")
    }
    let scope: InterviewScope = screen ? .screen : all ? .all : .needed
    let setting = InterviewSession.Setting(
      program: program, scope: scope, language: language, author: try options().author(),
      moment: { try options().moment() }, day: on.flatMap { CalendarDate($0) })
    var session = try InterviewSession(path: file, setting)
    let isAtTerminal = isatty(0) == 1 && isatty(1) == 1
    let status = isAtTerminal ? InterviewTerminal.run(&session) : InterviewPipe.run(&session)
    session.finish()
    if status != 0 { throw ExitCode(status) }
  }

  /// Who asks, with what can be assumed of somebody who sits down to an interview.
  private func options() -> AuthorOptions {
    var options = AuthorOptions()
    options.by = by ?? environment("HANDRAIL_BY") ?? environment("USER") ?? environment("LOGNAME") ?? "not named"
    options.role = role ?? environment("HANDRAIL_ROLE") ?? "intake coordinator"
    options.at = nil
    return options
  }

  private func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
