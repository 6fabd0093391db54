import ArgumentParser
import PlanRecord
import RuleEngine

/// Begins a record with the answers of an intake.
struct NewRecord: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begin a record with the answers of an intake.",
    discussion: "Nobody but you can read the file. A file that is there already is left as it is."
  )

  @OptionGroup var options: PlanOptions
  @OptionGroup var author: AuthorOptions

  @Option(help: ArgumentHelp("The file to write.", valueName: "record"))
  var to: String

  func run() throws {
    let moment = try author.moment()
    let person = try author.author()
    let (program, intake) = try options.load()
    var record = AssessmentRecord(program, at: moment, by: person)
    record.take(intake, in: program, at: moment, by: person)
    try record.makePlan(program, language: options.language)
    do {
      try RecordFile.create(record, at: to)
    } catch {
      throw recordProblem(error, to)
    }
    Console.print("\(to): version 1, draft, \(record.current.answers.count) answers.\n")
  }
}
