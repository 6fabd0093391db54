import Foundation
import RuleEngine
import RuleLanguage
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A rulebook in prose: complete, every link leads somewhere, and the same bytes each time.
struct DocumentCommandTests {
  private static let folder = "\(Corpus.folder)/overlays"
  private static let adapted = ["\(folder)/rules.yaml", "--overlay", "\(folder)/ok/everything.yaml"]

  @Test(arguments: ["markdown", "html"])
  func writesAnAdaptedRulebook(format: String) throws {
    let run = try HandrailProcess.run(["document"] + Self.adapted + ["--format", format])
    #expect(run.exitCode == 0, "\(run.errors)")
    let ending = ["markdown": "md", "html": "html"][format] ?? ""
    #expect(Corpus.difference(run.output, from: "\(Self.folder)/document.\(ending)") == nil)
  }

  @Test func everythingStandsThereAndEveryLinkLeadsSomewhere() throws {
    try withTemporaryFolder { folder in
      let run = try HandrailProcess.run(["document", "Rules", "--output", "\(folder)/new/pages"])
      #expect(run.exitCode == 0, "\(run.errors)")
      let html = try Corpus.text(of: "\(folder)/new/pages/rulebook.html")
      let anchors = html.matches(of: /id="([^"]+)"/).map { String($0.output.1) }
      let links = Set(html.matches(of: /href="#([^"]+)"/).map { String($0.output.1) })
      #expect(links.subtracting(anchors).sorted() == [])
      // The arrow head of each picture has the same name, and nothing else.
      #expect(
        Dictionary(grouping: anchors.filter { $0 != "tip" }, by: \.self).filter { $1.count > 1 }.keys.sorted() == [])

      let markdown = try Corpus.text(of: "\(folder)/new/pages/rulebook.md")
      let ids = Set(markdown.matches(of: /<a id="([^"]+)">/).map { String($0.output.1) })
      #expect(ids == Set(anchors).subtracting(["tip"]))
      for line in try rulesOfTheShippedRulebook() {
        #expect(ids.contains("rule-\(line)"), "the rule \(line) is missing")
      }
      for property in Rulebook.load("\(Corpus.repository)/Rules", withCases: false).properties {
        #expect(ids.contains("property-\(property.id)"), "the property \(property.id) is missing")
      }
      #expect(markdown.contains("Not confirmed: read it before you rely on it."))

      let pictures = markdown.matches(of: /\]\((pictures\/[^)]+\.svg)\)/).map { String($0.output.1) }
      #expect(pictures.count > 20)
      for picture in pictures {
        let data = try Data(contentsOf: URL(filePath: "\(folder)/new/pages/\(picture)"))
        let parser = XMLParser(data: data)
        #expect(parser.parse(), "\(picture): \(String(describing: parser.parserError))")
      }
    }
  }

  /// The names of rules as they stand in the files, tables apart.
  private func rulesOfTheShippedRulebook() throws -> [String] {
    let folder = "\(Corpus.repository)/Rules/rules"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
    var names: [String] = []
    for file in files {
      var isRules = false
      for line in try Corpus.text(of: "\(folder)/\(file)").split(separator: "\n") {
        if let section = line.firstMatch(of: /^([a-z]+):/) { isRules = section.output.1 == "rules" }
        if isRules, let rule = line.firstMatch(of: /^  ([a-z0-9-]+):/) { names.append(String(rule.output.1)) }
      }
    }
    #expect(names.count > 50)
    return names
  }

  @Test func saysWhatKeepsItFromWriting() throws {
    let errors = try HandrailProcess.run(["document", "\(Corpus.folder)/rulebooks/err/ambiguous-not-choice.yaml"])
    #expect(errors.exitCode == 1)
    #expect(errors.output == "")
    let unwritable = try HandrailProcess.run(["document"] + Self.adapted + ["--output", "/dev/null/pages"])
    #expect(unwritable.exitCode == 9)
    #expect(unwritable.errors.contains("Cannot write /dev/null/pages: Not a directory"))
  }
}
