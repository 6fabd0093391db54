import ArgumentParser
import Rendering
import RuleLanguage
import SourceText

/// Puts YAML files into one form, or says which are not in it.
struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "format",
    abstract: "Put the files of a rulebook into one form.",
    discussion: """
      Indents by two spaces, removes needless blanks, blank lines and quotes, and divides braces that are longer than 120 \
      columns. Comments and the lines of long texts stay, and what the files say does not change.

      Ends with 0, with 12 if --check found a file in another form, and with 1 if a file could not be read or written.
      """
  )

  @Argument(help: "Folders and files; - for standard input, which is printed.")
  var paths = ["Rules"]

  @Flag(help: "Write nothing; list the files that are in another form.")
  var check = false

  func run() throws {
    var counts = Counts()
    for path in paths {
      let (names, problems) = path == "-" ? (["-"], []) : FormattedFile.files(at: path)
      report(problems, [:], &counts)
      for name in names { format(name, &counts) }
    }
    if !paths.contains("-") || check { Console.print(counts.text(isCheck: check)) }
    if counts.failed > 0 { throw ExitStatus.rulebookErrors.error }
    if check, counts.changed > 0 { throw ExitStatus.notFormatted.error }
  }

  private func format(_ name: String, _ counts: inout Counts) {
    let formatted = FormattedFile.load(name)
    counts.files += 1
    report(formatted.diagnostics, formatted.file.map { [$0.name: $0] } ?? [:], &counts)
    if formatted.isDefect {
      fail("\(name) was left as it is: another form would have changed what it says. Please report this.", &counts)
    }
    if name == "-", !check, let text = formatted.text { return Console.print(text) }
    guard formatted.isChanged, let text = formatted.text else { return }
    counts.changed += 1
    if check {
      Console.print("\(name)\n")
    } else if let reason = FileReplacement.write(text, to: name) {
      fail("\(name) cannot be written: \(reason)", &counts)
    }
  }

  private func report(_ problems: [Diagnostic], _ files: [String: SourceFile], _ counts: inout Counts) {
    Console.report(DiagnosticText(files: files, style: Console.style(forErrors: true)).render(problems))
    if problems.hasErrors { counts.failed += 1 }
  }

  private func fail(_ message: String, _ counts: inout Counts) {
    Console.report(message + "\n")
    counts.failed += 1
  }

  private struct Counts {
    var files = 0
    var changed = 0
    var failed = 0

    func text(isCheck: Bool) -> String {
      let all = "\(files) file\(files == 1 ? "" : "s")"
      let rest = failed > 0 ? ", \(failed) left as they are" : ""
      return "\(all): \(changed) \(isCheck ? "in another form" : "changed")\(rest)\n"
    }
  }
}
