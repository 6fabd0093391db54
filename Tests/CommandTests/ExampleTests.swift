import Foundation
import TestSupport
import Testing

/// Every example of the tutorial, the language reference and the README is run, and its output is what the page shows.
///
/// A `yaml` block whose first line is `# file: name` is written into the folder of the page; a `console` block holds
/// commands and their output. `RECORD=1 swift test` writes the outputs anew.
struct ExampleTests {
  static let documentation = "Sources/handrail/Documentation.docc"

  @Test(arguments: ["Authoring.md", "Interview.md", "Language.md", "Testing.md", "Tutorial.md"])
  func page(name: String) throws {
    let path = "\(Corpus.repository)/\(Self.documentation)/\(name)"
    try withTemporaryFolder { folder in
      let page = try Corpus.text(of: path)
      let result = try run(page, in: folder)
      #expect(result.commands > 2)
      #expect(Corpus.difference(result.text, from: path) == nil)
    }
  }

  /// The README runs in the repository itself.
  @Test func readme() throws {
    let path = "\(Corpus.repository)/README.md"
    let result = try run(try Corpus.text(of: path), in: Corpus.repository)
    #expect(result.commands > 0)
    #expect(Corpus.difference(result.text, from: path) == nil)
  }

  private func run(_ page: String, in folder: String) throws -> (text: String, commands: Int) {
    var lines: [String] = []
    var block: (kind: String, lines: [String])?
    var commands = 0
    for line in page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if let open = block {
        guard line == "```" else {
          block?.lines.append(line)
          continue
        }
        if open.kind == "yaml" {
          try write(open.lines, in: folder)
          lines += open.lines
        } else {
          let shown = try console(open.lines, in: folder)
          commands += shown.count { $0.hasPrefix("$ ") }
          lines += shown
        }
        lines.append(line)
        block = nil
      } else {
        lines.append(line)
        if line == "```yaml" || line == "```console" { block = (String(line.dropFirst(3)), []) }
      }
    }
    return (lines.joined(separator: "\n"), commands)
  }

  private func write(_ lines: [String], in folder: String) throws {
    let prefix = "# file: "
    let first = try #require(lines.first)
    guard first.hasPrefix(prefix) else {
      // In the README a piece of a rulebook may be shown; elsewhere every block is a file.
      #expect(folder == Corpus.repository, "a yaml block must begin with `\(prefix)`: \(first)")
      return
    }
    guard folder != Corpus.repository else { return }
    let path = URL(filePath: folder).appending(path: String(first.dropFirst(prefix.count)))
    try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try (lines.joined(separator: "\n") + "\n").write(to: path, atomically: true, encoding: .utf8)
  }

  /// Runs each command and puts its output where the old one stood.
  private func console(_ lines: [String], in folder: String) throws -> [String] {
    var result: [String] = []
    for line in lines where line.hasPrefix("$ ") {
      result.append(line)
      var words = line.dropFirst(2).split(separator: " ").map(String.init)
      var input: String?
      if let sign = words.firstIndex(of: "<"), sign + 1 < words.count {
        input = try Corpus.text(of: "\(folder)/\(words[sign + 1])")
        words.removeSubrange(sign...)
      }
      if words.first == "cat", words.count == 2 {
        let text = try Corpus.text(of: "\(folder)/\(words[1])")
        result += text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        continue
      }
      // Set-up commands of the README are tried by the check script, in a fresh clone.
      guard words.first == "handrail" else { return lines }
      let run = try HandrailProcess.run(Array(words.dropFirst()), in: folder, input: input)
      let output = run.errors + run.output
      result += output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
      if run.exitCode != 0 { result.append("(exit \(run.exitCode))") }
    }
    return result
  }
}
