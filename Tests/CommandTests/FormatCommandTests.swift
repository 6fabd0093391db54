import Foundation
import TestSupport
import Testing

/// `handrail format` as people run it: what it writes, what it leaves, and how it ends.
struct FormatCommandTests {
  private let untidy = "facts:\n    a:   {ask: \"A?\",   type: yes_no}\n"
  private let tidy = "facts:\n  a: {ask: A?, type: yes_no}\n"

  private func write(_ files: [String: String], in folder: String) throws {
    for (name, text) in files {
      let path = URL(filePath: folder).appending(path: name)
      try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: path, atomically: true, encoding: .utf8)
    }
  }

  @Test func checkSaysWhatIsInAnotherForm() throws {
    try withTemporaryFolder { folder in
      try write(["a.yaml": untidy, "b.yml": tidy, "intakes/c.yaml": "a:    yes\n", "d.txt": untidy], in: folder)
      let check = try HandrailProcess.run(["format", "--check", "."], in: folder)
      #expect(check.exitCode == 12)
      #expect(check.output == "./a.yaml\n./intakes/c.yaml\n3 files: 2 in another form\n")
      #expect(try Corpus.text(of: "\(folder)/a.yaml") == untidy)
      let format = try HandrailProcess.run(["format", "."], in: folder)
      #expect(format.exitCode == 0)
      #expect(format.output == "3 files: 2 changed\n")
      #expect(try Corpus.text(of: "\(folder)/a.yaml") == tidy)
      #expect(try Corpus.text(of: "\(folder)/d.txt") == untidy)
      #expect(try HandrailProcess.run(["format", "--check", "."], in: folder).exitCode == 0)
    }
  }

  /// A file with a mistake is left, with the finding that a check gives; the others are formatted.
  @Test func mistakesAreReported() throws {
    try withTemporaryFolder { folder in
      let broken = "facts:\n    a: [b\n"
      try write(["a.yaml": broken, "b.yaml": untidy], in: folder)
      let run = try HandrailProcess.run(["format", "."], in: folder)
      #expect(run.exitCode == 1)
      #expect(run.errors.contains("./a.yaml:2:8: error[syntax]"), "\(run.errors)")
      #expect(run.output == "2 files: 1 changed, 1 left as they are\n")
      #expect(try Corpus.text(of: "\(folder)/a.yaml") == broken)
      #expect(try Corpus.text(of: "\(folder)/b.yaml") == tidy)
      #expect(try HandrailProcess.run(["format", "/no/such"], in: folder).exitCode == 1)
    }
  }

  /// An answer of a person is not shown, even where the intake is no YAML.
  @Test func answersStayPrivate() throws {
    try withTemporaryFolder { folder in
      try write(["intakes/a.yaml": "a: [zebra\n", "b.yaml": tidy], in: folder)
      let run = try HandrailProcess.run(["format", "."], in: folder)
      #expect(run.exitCode == 1)
      #expect(run.errors.contains("error[syntax]"))
      #expect(!run.errors.contains("zebra"))
    }
  }

  @Test func standardInputIsPrinted() throws {
    let run = try HandrailProcess.run(["format", "-"], input: untidy)
    #expect(run.exitCode == 0)
    #expect(run.output == tidy)
    #expect(try HandrailProcess.run(["format", "--check", "-"], input: untidy).exitCode == 12)
  }

  /// The file is replaced at once; its permissions stay, a link to it stays a link, and nothing else is left behind.
  @Test func replacesTheFileItself() throws {
    try withTemporaryFolder { folder in
      try write(["real/a.yaml": untidy], in: folder)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "\(folder)/real/a.yaml")
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/link.yaml", withDestinationPath: "real/a.yaml")
      #expect(try HandrailProcess.run(["format", "link.yaml"], in: folder).exitCode == 0)
      #expect(try Corpus.text(of: "\(folder)/real/a.yaml") == tidy)
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/real/a.yaml")
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link.yaml") == "real/a.yaml")
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/real") == ["a.yaml"])
    }
  }
}
