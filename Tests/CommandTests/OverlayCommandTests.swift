import Foundation
import TestSupport
import Testing

/// Overlays as their people use them: what a plan says is offered here, and that every shipped overlay holds.
struct OverlayCommandTests {
  private static let folder = "\(Corpus.folder)/overlays"
  private static let adapted = ["--rules", "\(folder)/rules.yaml", "--overlay", "\(folder)/ok/everything.yaml"]

  @Test(arguments: ["text", "markdown", "json"])
  func planSaysWhatIsOffered(format: String) throws {
    let run = try HandrailProcess.run(
      ["recommend", "\(Self.folder)/worker.json", "--format", format] + Self.adapted)
    #expect(run.exitCode == 0)
    #expect(run.errors == "")
    let ending = ["text": "txt", "markdown": "md", "json": "json"][format] ?? ""
    #expect(
      Corpus.difference(run.output, from: "\(Self.folder)/worker.\(ending == "json" ? "plan.json" : ending)") == nil)
  }

  /// A disabled rule is named, with who disabled it and why.
  @Test func whyNotNamesTheOverlay() throws {
    let run = try HandrailProcess.run(
      ["explain", "\(Self.folder)/worker.json", "--why-not", "services=ride"] + Self.adapted)
    #expect(run.exitCode == 0)
    #expect(run.output.contains("long-way is disabled by east: The bus stops here"), "\(run.output)")
  }

  @Test func errorsInAnOverlayEndTheCommand() throws {
    let wrong = "\(Self.folder)/err/unknown-name-element.yaml"
    let arguments = ["--rules", "\(Self.folder)/rules.yaml", "--overlay", wrong]
    let run = try HandrailProcess.run(["recommend", "\(Self.folder)/worker.json"] + arguments)
    #expect(run.exitCode == 1)
    #expect(run.output == "")
    #expect(run.errors.contains("--overlay \(wrong)` shows them all"))
    let missing = try HandrailProcess.run(["check", "Rules", "--overlay", "/no/such/overlay"])
    #expect(missing.exitCode == 1)
    #expect(missing.output.contains("error[cannot-read]"))
  }

  /// Every shipped overlay is clean, alone and with the shipped site. Its cases are run by the check script.
  @Test(arguments: Corpus.shippedOverlays)
  func shippedOverlay(name: String) throws {
    let alone = ["--overlay", "Rules/overlays/\(name)"]
    let withSite = alone + ["--overlay", "Rules/overlays/riverside"]
    for overlays in name == "riverside" ? [alone] : [alone, withSite] {
      let check = try HandrailProcess.run(["check", "Rules", "--no-proofs"] + overlays)
      #expect(check.exitCode == 0, "\(check.output)")
      #expect(check.output.contains("0 errors, 0 warnings"))
    }
  }

  /// The cases of the rulebook, of a state and of a site, all at once.
  @Test func stateAndSiteGetTheirPlans() throws {
    let overlays = ["--overlay", "Rules/overlays/maryland", "--overlay", "Rules/overlays/riverside"]
    let run = try HandrailProcess.run(["test", "Rules"] + overlays)
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
  }
}

extension Corpus {
  /// The folders of `Rules/overlays`, sorted.
  static let shippedOverlays: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "\(repository)/Rules/overlays")) ?? []
    return all.filter { !$0.hasPrefix(".") }.sorted()
  }()
}
