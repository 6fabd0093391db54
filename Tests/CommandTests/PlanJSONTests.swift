import Foundation
import TestSupport
import Testing

/// The documented JSON form is the real one: every key that is printed stands on the page, and the page names no other.
struct PlanJSONTests {
  private static let page = "\(Corpus.repository)/Sources/handrail/Documentation.docc/PlanJSON.md"

  @Test func everyKeyIsDocumented() throws {
    var keys: Set<String> = []
    let overlays = "\(Corpus.folder)/overlays"
    let commands = [
      ["recommend", "Rules/intakes/day-worker.yaml"], ["recommend", "Rules/intakes/partial.yaml"],
      ["explain", "Rules/intakes/day-worker.yaml", "--why-not", "track=daytime"],
      ["explain", "Rules/intakes/partial.yaml"],
      ["recommend", "\(overlays)/worker.json", "--rules", "\(overlays)/rules.yaml", "--overlay", "\(overlays)/ok"],
      ["explain", "\(overlays)/worker.json", "--rules", "\(overlays)/rules.yaml", "--overlay", "\(overlays)/ok"]
        + ["--why-not", "services=ride"],
    ]
    for command in commands {
      let json = try HandrailProcess.run(command + ["--format", "json"]).output
      collect(try JSONSerialization.jsonObject(with: Data(json.utf8)), &keys)
    }
    let findings = try HandrailProcess.run(["check", "rules.yaml", "--format", "json"], in: "\(Corpus.folder)/formats")
      .output
    collect(try JSONSerialization.jsonObject(with: Data(findings.utf8)), &keys)
    let page = try Corpus.text(of: Self.page)
    let documented = Set(page.matches(of: /`([a-z_]+)`/).map { String($0.output.1) })
    #expect(keys.subtracting(documented).sorted() == [])
  }

  @Test func everyKeyOfTestingIsDocumented() throws {
    let run = try HandrailProcess.run(
      ["test", ".", "--filter", "gets-its-plan", "--format", "json", "--coverage", "--mutate"],
      in: "\(Corpus.folder)/cases")
    var keys: Set<String> = []
    collect(try JSONSerialization.jsonObject(with: Data(run.output.utf8)), &keys)
    let page = try Corpus.text(of: "\(Corpus.repository)/Sources/handrail/Documentation.docc/Testing.md")
    let documented = Set(page.matches(of: /`([a-z_]+)`/).map { String($0.output.1) })
    #expect(keys.subtracting(documented).sorted() == [])
    let failing = try HandrailProcess.run(["test", ".", "--format", "json"], in: "\(Corpus.folder)/cases")
    collect(try JSONSerialization.jsonObject(with: Data(failing.output.utf8)), &keys)
    #expect(keys.subtracting(documented).sorted() == [])
    #expect(keys.count > 20)
  }

  /// The keys of objects at any depth; those of `sources` are ids, not keys of the form.
  private func collect(_ value: Any, _ keys: inout Set<String>) {
    if let object = value as? [String: Any] {
      for (key, inner) in object {
        keys.insert(key)
        if key == "sources", let sources = inner as? [String: Any] {
          for source in sources.values { collect(source, &keys) }
        } else {
          collect(inner, &keys)
        }
      }
    } else if let list = value as? [Any] {
      for inner in list { collect(inner, &keys) }
    }
  }
}
