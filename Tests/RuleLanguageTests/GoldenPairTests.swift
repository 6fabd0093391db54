import Rendering
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// Every finding has a pair of golden files: a rulebook or intake with one mistake, and what is said about it.
struct GoldenPairTests {
  @Test(arguments: Corpus.files(in: "rulebooks/err", endings: [".yaml"]))
  func rulebookWithAMistake(name: String) {
    let folder = "\(Corpus.folder)/rulebooks/err"
    #expect(
      Corpus.difference(check("\(folder)/\(name)", folder: folder), from: "\(folder)/\(name.dropLast(5)).out") == nil)
  }

  @Test(arguments: Corpus.files(in: "rulebooks/ok", endings: [".yaml"]))
  func rulebookWithoutAMistake(name: String) {
    let rulebook = Rulebook.load("\(Corpus.folder)/rulebooks/ok/\(name)")
    let (findings, _) = rulebook.suppressions.applied(to: rulebook.diagnostics, proofsRan: false)
    #expect(findings.map(\.message) == [])
  }

  @Test(arguments: Corpus.files(in: "intakes/err", endings: [".yaml", ".json"]))
  func intakeWithAMistake(name: String) throws {
    let folder = "\(Corpus.folder)/intakes/err"
    let rulebook = Rulebook.load("\(Corpus.folder)/intakes/rules.yaml")
    #expect(rulebook.diagnostics == [])
    let program = try #require(rulebook.program)
    let loaded = IntakeFile.load("\(folder)/\(name)", for: program)
    let files = loaded.file.map { [$0.name: $0] } ?? [:]
    let text = DiagnosticText(files: files, style: TextStyle()).render(loaded.diagnostics)
    let base = name.split(separator: ".").dropLast().joined(separator: ".")
    #expect(Corpus.difference(text.replacing("\(folder)/", with: ""), from: "\(folder)/\(base).out") == nil)
  }

  /// A file is one overlay; a folder holds several, which are put onto the rulebook together.
  @Test(arguments: Corpus.files(in: "overlays/err", endings: [".yaml"]) + Corpus.folders(in: "overlays/err"))
  func overlayWithAMistake(name: String) {
    let folder = "\(Corpus.folder)/overlays/err"
    let files = Corpus.files(in: "overlays/err/\(name)", endings: [".yaml"]).map { "\(folder)/\(name)/\($0)" }
    let overlays = files.isEmpty ? ["\(folder)/\(name)"] : files
    let rulebook = Rulebook.load("\(Corpus.folder)/overlays/rules.yaml", overlays: overlays)
    let backwards = Rulebook.load("\(Corpus.folder)/overlays/rules.yaml", overlays: overlays.reversed())
    #expect(rulebook.diagnostics == backwards.diagnostics)
    let base = name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name
    #expect(Corpus.difference(text(rulebook, folder: folder), from: "\(folder)/\(base).out") == nil)
  }

  @Test(arguments: Corpus.files(in: "overlays/ok", endings: [".yaml"]))
  func overlayWithoutAMistake(name: String) {
    let folder = "\(Corpus.folder)/overlays"
    #expect(Rulebook.load("\(folder)/rules.yaml").diagnostics.map(\.message) == [])
    let rulebook = Rulebook.load("\(folder)/rules.yaml", overlays: ["\(folder)/ok/\(name)"])
    #expect(rulebook.diagnostics.map(\.message) == [])
  }

  /// A message without a test is not written yet.
  @Test func everyFindingHasAPair() throws {
    var found: Set<String> = []
    for folder in ["rulebooks/err", "overlays/err", "intakes/err"] {
      for name in Corpus.files(in: folder, endings: [".out"]) {
        let text = try Corpus.text(of: "\(Corpus.folder)/\(folder)/\(name)")
        for id in DiagnosticID.allCases where text.contains("[\(id.rawValue)]") { found.insert(id.rawValue) }
      }
    }
    let missing = DiagnosticID.allCases.map(\.rawValue).filter {
      !found.contains($0) && !LimitTests.generated.contains($0)
    }
    #expect(missing == [])
  }

  private func check(_ path: String, folder: String) -> String {
    text(Rulebook.load(path), folder: folder)
  }

  private func text(_ rulebook: Rulebook, folder: String) -> String {
    let (findings, suppressed) = rulebook.suppressions.applied(to: rulebook.diagnostics, proofsRan: false)
    let text = DiagnosticText(files: rulebook.files, style: TextStyle()).render(findings)
    let summary = CheckSummary.text(rulebook.counts, findings, suppressed: suppressed.count)
    return (text + summary).replacing("\(folder)/", with: "").replacing("\(Corpus.folder)/", with: "")
  }
}
