import Foundation
import TestSupport
import Testing

/// The schema of a rulebook lets through what the rulebook holds, and stops what an author mistypes.
struct SchemaTests {
  /// Writes a schema and validates files with it.
  private func validate(
    _ files: [String], rules: String, of kind: String = "rulebook", options: [String] = []
  ) throws -> HandrailProcess {
    try withTemporaryFolder { folder in
      let schema = try HandrailProcess.run(["schema", rules, "--of", kind] + options)
      #expect(schema.exitCode == 0, "\(schema.errors)")
      let path = "\(folder)/schema.json"
      try schema.output.write(toFile: path, atomically: true, encoding: .utf8)
      return try InstalledTool.run("check-jsonschema", ["--schemafile", path] + files)
    }
  }

  private static func files(below folder: String) -> [String] {
    let all =
      FileManager.default.enumerator(atPath: "\(Corpus.repository)/\(folder)")?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("intakes/") && !$0.hasPrefix("overlays/") }.sorted()
      .map { "\(Corpus.repository)/\(folder)/\($0)" }
  }

  @Test func shippedRulebookFits() throws {
    let files = Self.files(below: "Rules")
    #expect(files.count > 20)
    let check = try validate(files, rules: "Rules")
    #expect(check.exitCode == 0, "\(check.output)")
  }

  @Test func shippedIntakesFit() throws {
    let folder = "\(Corpus.repository)/Rules/intakes"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }
    let check = try validate(files, rules: "Rules", of: "intake")
    #expect(check.exitCode == 0, "\(check.output)")
  }

  @Test func shippedOverlaysFit() throws {
    let overlays = try FileManager.default.contentsOfDirectory(atPath: "\(Corpus.repository)/Rules/overlays").sorted()
    #expect(overlays.count >= 2)
    for overlay in overlays {
      let files = Self.files(below: "Rules/overlays/\(overlay)")
      let options = ["--overlay", "Rules/overlays/\(overlay)"]
      let check = try validate(files, rules: "Rules", of: "overlay", options: options)
      #expect(check.exitCode == 0, "\(overlay): \(check.output)")
    }
  }

  @Test(arguments: Corpus.files(in: "rulebooks/ok", endings: [".yaml"]))
  func rulebookWithoutAMistakeFits(name: String) throws {
    let path = "\(Corpus.folder)/rulebooks/ok/\(name)"
    // Line ends of old machines are no YAML to other readers.
    guard name != "mac-line-ends.yaml" else { return }
    let check = try validate([path], rules: path)
    #expect(check.exitCode == 0, "\(check.output)")
  }

  /// Each file has one mistake, which is named: the line `# finds: …` holds words of what the validator says.
  @Test(arguments: ["rulebook", "intake"])
  func mistakesDoNotFit(kind: String) throws {
    let folder = "\(Corpus.folder)/schema/\(kind)"
    let names = Corpus.files(in: "schema/\(kind)", endings: [".yaml"])
    #expect(names.count >= 8)
    for name in names {
      let check = try validate(["\(folder)/\(name)"], rules: "\(Corpus.folder)/schema/rules.yaml", of: kind)
      #expect(check.exitCode == 1, "\(name)")
      let first = try #require(try Corpus.text(of: "\(folder)/\(name)").split(separator: "\n").first)
      #expect(first.hasPrefix("# finds: "))
      let said = check.output.split { $0.isWhitespace }.joined(separator: " ")
      #expect(said.contains(first.dropFirst("# finds: ".count)), "\(name): \(check.output)")
    }
    // The rulebook itself, and an intake that is right, fit.
    let right = kind == "rulebook" ? "rules.yaml" : "right-intake.yaml"
    let check = try validate(
      ["\(Corpus.folder)/schema/\(right)"], rules: "\(Corpus.folder)/schema/rules.yaml", of: kind)
    #expect(check.exitCode == 0, "\(check.output)")
  }

  /// Every key that the language knows is in the schema, and no other: the language says which it knows when asked for one
  /// that it does not.
  @Test(arguments: [
    ("rules", "a-b"), ("tables", "a-b"), ("facts", "a"), ("derived", "a"), ("decisions", "a"), ("sources", "a-b"),
    ("parameters", "a"), ("impossible", "a-b"), ("properties", "a-b"), ("cases", "a-b"), ("rulebook", ""),
    ("present", ""),
  ])
  func keysAreThoseOfTheLanguage(section: String, element: String) throws {
    let schema = try HandrailProcess.run(["schema", "\(Corpus.folder)/schema/rules.yaml"]).output
    let tree = try #require(try JSONSerialization.jsonObject(with: Data(schema.utf8)) as? [String: Any])
    let sections = try #require(tree["properties"] as? [String: [String: Any]])
    var node = try #require(sections[section])
    if !element.isEmpty {
      node = try #require((node["patternProperties"] as? [String: [String: Any]])?.values.first)
    }
    let keys = Set(try #require(node["properties"] as? [String: Any]).keys).subtracting(["suppress"])
    let known = try withTemporaryFolder { folder in
      let inner = "{zzzz: 1}"
      let text = element.isEmpty ? "\(section): \(inner)\n" : "\(section): {\(element): \(inner)}\n"
      try text.write(toFile: "\(folder)/a.yaml", atomically: true, encoding: .utf8)
      let output = try HandrailProcess.run(["check", "a.yaml", "--format", "json"], in: folder).output
      let message = try #require(output.split(separator: "\n").first { $0.contains("has no key `zzzz`") })
      let list = try #require(message.firstRange(of: "expected ").map { message[$0.upperBound...] })
      return Set(list.matches(of: /`([a-z_]+)`/).map { String($0.output.1) })
    }
    #expect(keys == known)
  }
}
