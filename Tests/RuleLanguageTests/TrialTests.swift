import Rendering
import RuleAnalysis
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// The language trial: hard situations written as rules and cases by hand, before the language hardened.
struct TrialTests {
  @Test func hasTwentySituations() {
    #expect(Corpus.folders(in: "trial").count >= 20)
  }

  @Test(arguments: Corpus.folders(in: "trial"))
  func situation(name: String) throws {
    let rulebook = Rulebook.load("\(Corpus.folder)/trial/\(name)")
    let findings = DiagnosticText(files: rulebook.files, style: TextStyle()).render(rulebook.diagnostics)
    #expect(!rulebook.diagnostics.hasErrors, "\(findings)")
    let program = try #require(rulebook.program)
    let results = CaseRunner.run(rulebook.cases, program)
    #expect(!results.isEmpty)
    #expect(results.filter { !$0.hasPassed }.map(\.id) == [], "\(CaseText.render(results, style: TextStyle()))")
  }
}
