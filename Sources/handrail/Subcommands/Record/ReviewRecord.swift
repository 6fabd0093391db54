import ArgumentParser
import PlanRecord
import Rendering

/// Marks a draft as reviewed.
struct ReviewRecord: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Mark a draft as reviewed.",
    discussion: "A change afterwards makes it a draft again.")

  @OptionGroup var record: RecordArgument
  @OptionGroup var author: AuthorOptions

  @Option(help: "A remark to be kept with it.")
  var note: String?

  func run() throws {
    let moment = try author.moment()
    let person = try author.author()
    let old = try record.load()
    var new = old
    do {
      try new.review(at: moment, by: person, note: note)
    } catch {
      throw misunderstood("\(record.path): \(RecordText.text(error))")
    }
    try record.replace(old, with: new)
    Console.print("\(record.path): version \(new.current.number), reviewed by \(person.text).\n")
  }
}
