import ArgumentParser
import Rendering

/// Shows the page of a kind of finding, or lists them all.
struct ExplainID: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain-id",
    abstract: "Explain a finding of check by its id, with a wrong and a right example.",
    discussion: """
      The id stands in brackets in each finding: error[ambiguous-not]. Without an id, all are listed.

      Example:
        handrail explain-id ambiguous-not
      """
  )

  @Argument(help: "The id of a finding.")
  var id: String?

  func run() throws {
    let text = DiagnosticPageText(style: Console.style())
    guard let id else {
      Console.print(text.list(DiagnosticPage.all))
      return
    }
    guard let page = DiagnosticPage.named(id) else {
      let near = DiagnosticPage.idMeant(by: id).map { " Did you mean `\($0)`?" } ?? ""
      Console.report("There is no finding `\(id)`.\(near) `handrail explain-id` lists all.\n")
      throw ExitCode.validationFailure
    }
    Console.print(text.render(page))
  }
}
