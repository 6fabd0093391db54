import ArgumentParser
import PlanRecord
import Rendering

/// Signs a reviewed version.
struct SignRecord: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Sign a reviewed version. From then on it does not change.",
    discussion: """
      The record says who signed, in what role and when. It does not prove who sat at the keyboard: who may write the file \
      is for your facility to see to. The seal that is printed belongs on the signed paper.
      """)

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
      try new.sign(at: moment, by: person, note: note)
    } catch {
      throw misunderstood("\(record.path): \(RecordText.text(error))")
    }
    try record.replace(old, with: new)
    Console.print(
      "\(record.path): version \(new.current.number), signed by \(person.text).\nSeal \(new.current.seal)\n")
  }
}
