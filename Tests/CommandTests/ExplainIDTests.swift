import Foundation
import TestSupport
import Testing

/// Each finding explains itself in the terminal, from the page of the documentation.
struct ExplainIDTests {
  private static let folder = "\(Corpus.repository)/Sources/handrail/Documentation.docc/Diagnostics"
  private static let ids = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map {
    String($0.dropLast(3))
  }.sorted()

  /// Every line of an example stands in the terminal as on the page; prose is wrapped.
  @Test(arguments: ids)
  func showsThePage(id: String) throws {
    let run = try HandrailProcess.run(["explain-id", id])
    #expect(run.exitCode == 0)
    #expect(run.output.hasPrefix("\(id)\n"))
    let page = try Corpus.text(of: "\(Self.folder)/\(id).md")
    var isExample = false
    var prose = ""
    for line in page.split(separator: "\n") {
      if line.hasPrefix("```") {
        isExample.toggle()
      } else if isExample {
        #expect(run.output.contains("\n    \(line)\n"))
      } else {
        prose += line.drop { $0 == "#" || $0 == " " } + " "
      }
    }
    let shown = run.output.split(separator: "\n").filter { !$0.hasPrefix("    ") }
    #expect(shown.allSatisfy { $0.count <= 80 })
    #expect(
      shown.joined(separator: " ").split(separator: " ") == prose.split(separator: " "), "prose was lost or added")
  }

  @Test func listsAll() throws {
    let run = try HandrailProcess.run(["explain-id"])
    #expect(run.exitCode == 0)
    let listed = run.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }.compactMap {
      $0.split(separator: " ").first
    }
    #expect(listed.map(String.init) == Self.ids)
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func suggestsTheNearest() throws {
    let run = try HandrailProcess.run(["explain-id", "ambigous-not"])
    #expect(run.exitCode == 64)
    #expect(run.output == "")
    #expect(run.errors.contains("Did you mean `ambiguous-not`?"))
    let far = try HandrailProcess.run(["explain-id", "xyz"])
    #expect(far.exitCode == 64)
    #expect(far.errors == "There is no finding `xyz`. `handrail explain-id` lists all.\n")
  }
}
