import ArgumentParser
import Rendering
import RuleAnalysis
import RuleLanguage

/// Writes a rulebook out in prose, with pictures.
struct DocumentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "document",
    abstract: "Write the whole rulebook in prose, with pictures of its decisions.",
    discussion: """
      Examples:
        handrail document Rules --format html > rulebook.html
        handrail document Rules --overlay Rules/overlays/maryland --output pages

      With --output, writes rulebook.html, rulebook.md and the pictures as SVG into a folder. On standard output Markdown
      says in words what a picture shows.
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case markdown
    case html
  }

  @Argument(help: "The folder of the rulebook, or one file.")
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  @Option(help: "markdown or html, on standard output.")
  var format = Format.markdown

  @Option(help: ArgumentHelp("A folder for the pages and pictures, instead of standard output.", valueName: "folder"))
  var output: String?

  @Option(help: "The language of questions and reasons, such as en or es.")
  var language = "en"

  func run() throws {
    let rulebook = overlays.load(rules)
    let program = try program(of: rulebook, rules, overlays)
    let base = overlays.overlay.isEmpty ? rulebook : Rulebook.load(rules)
    let cases = CaseDeciders.casesByRule(rulebook.cases, program)
    guard let document = RulebookDocument(rulebook, base: base, cases: cases, language: language) else { return }
    guard let output else {
      switch format {
      case .markdown: Console.print(DocumentMarkdown.render(document, pictures: nil))
      case .html: Console.print(DocumentHTML.render(document))
      }
      return
    }
    let folder = OutputFolder(output)
    try folder.write(DocumentHTML.render(document), to: "rulebook.html")
    try folder.write(DocumentMarkdown.render(document, pictures: "pictures"), to: "rulebook.md")
    for picture in document.pictures { try folder.write(picture.svg, to: "pictures/\(picture.name).svg") }
    Console.print("\(output)/rulebook.html, \(output)/rulebook.md, \(document.pictures.count) pictures\n")
  }
}
