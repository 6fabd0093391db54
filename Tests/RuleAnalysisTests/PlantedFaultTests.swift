import Rendering
import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// Small rulebooks, each with one known fault or none: just that must be found, in the words of the golden file beside it.
///
/// The name of a file begins with the fault: `gap-number.yaml`, `none-override.yaml`.
struct PlantedFaultTests {
  @Test(arguments: Corpus.files(in: "proofs", endings: [".yaml"]))
  func justTheFault(name: String) throws {
    let folder = "\(Corpus.folder)/proofs"
    let rulebook = Rulebook.load("\(folder)/\(name)")
    #expect(rulebook.diagnostics.map(\.message) == [])
    let program = try #require(rulebook.program)
    let report = try Prover.prove(program, rulebook.properties)
    let fault = Finding.Kind.allCases.map(\.rawValue).filter { name.hasPrefix("\($0)-") }.max { $0.count < $1.count }
    #expect(fault != nil || name.hasPrefix("none-"))
    #expect(report.findings.map(\.kind.rawValue) == [fault].compactMap(\.self))
    let findings = report.findings.map { $0.diagnostic(program, rulebook.places) }
    let text = DiagnosticText(files: rulebook.files, style: TextStyle()).render(findings)
    let base = "\(folder)/\(name.dropLast(5)).out"
    #expect(Corpus.difference(text.replacing("\(folder)/", with: ""), from: base) == nil)
  }

  /// An overlay disables a rule so that it applies to nobody; that is no fault.
  @Test func disabledRulesAreMeantToBeIdle() throws {
    let folder = "\(Corpus.folder)/overlays"
    let rulebook = Rulebook.load("\(folder)/rules.yaml", overlays: ["\(folder)/ok/everything.yaml"])
    let program = try #require(rulebook.program)
    let disabled = program.rules.filter { $0.disabled != nil }.map(\.id)
    #expect(disabled.count > 1)
    let messages = try Prover.prove(program, rulebook.properties).findings.map {
      $0.diagnostic(program, rulebook.places).message
    }
    for rule in disabled { #expect(!messages.contains { $0.contains("`\(rule)`") }, "\(messages)") }
  }

  @Test func everyFaultIsPlanted() {
    let names = Corpus.files(in: "proofs", endings: [".yaml"])
    #expect(names.count >= 60)
    for kind in Finding.Kind.allCases where kind != .notProved && kind != .solverDisagrees {
      #expect(names.contains { $0.hasPrefix("\(kind.rawValue)-") }, "\(kind.rawValue)")
    }
  }
}
