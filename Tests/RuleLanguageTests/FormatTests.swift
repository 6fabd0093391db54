import Foundation
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// Another form says the same: every comment stays, nothing is formatted twice, and no blank decides how a file looks.
struct FormatTests {
  private static let repository = Corpus.repository

  /// All files of the shipped rulebook, its intakes, and the corpus.
  private static let files: [String] = {
    let folders = [
      "Rules", "Tests/Corpus/rulebooks/ok", "Tests/Corpus/trial", "Tests/Corpus/exits",
    ]
    return folders.flatMap { FormattedFile.files(at: "\(repository)/\($0)").names }
  }()

  private func format(_ text: String) -> FormattedFile {
    FormattedFile.format(Array(text.utf8), path: "a.yaml", name: "a.yaml")
  }

  private func root(_ text: String) -> YAMLNode? {
    let (root, problems) = YAMLReader.read(SourceFile(name: "a.yaml", text: text))
    return problems.isEmpty ? root : nil
  }

  @Test(arguments: files)
  func sameMeaningOnceAndForAll(path: String) throws {
    let original = try Corpus.text(of: path)
    guard let before = root(original) else { return }
    let first = format(original)
    let text = try #require(first.text, "\(first.diagnostics)")
    let after = try #require(root(text))
    #expect(after.saysTheSame(as: before))
    #expect(format(text).text == text, "not the same when formatted again")
    #expect(!format(text).isChanged)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy { $0.last != " " })
    #expect(!text.contains("\n\n\n"))
    // Every line that is a comment, by its text alone.
    let remarks = original.replacing("\r", with: "\n").split(separator: "\n").map { $0.drop { $0 == " " } }.filter {
      $0.hasPrefix("# ")
    }
    for remark in remarks { #expect(text.contains(remark)) }
  }

  /// The digest, by which a plan is reproduced, is that of the rules, whatever their form.
  @Test func sameDigest() throws {
    try withTemporaryFolder { folder in
      for name in ["Rules"]
        + Corpus.files(in: "rulebooks/ok", endings: [".yaml"]).map({ "Tests/Corpus/rulebooks/ok/\($0)" })
      {
        let copy = "\(folder)/\(name.replacing("/", with: "-"))"
        try FileManager.default.copyItem(atPath: "\(Self.repository)/\(name)", toPath: copy)
        let before = try #require(Rulebook.load(copy).program).digest
        for file in FormattedFile.files(at: copy).names {
          let text = try #require(FormattedFile.load(file).text)
          #expect(FileReplacement.write(text, to: file) == nil)
        }
        #expect(try #require(Rulebook.load(copy).program).digest == before, "\(name)")
      }
    }
  }

  /// Blanks, indents and line breaks at random: as long as the file says the same, its form is the same.
  @Test func whitespaceDecidesNothing() throws {
    var generator = SeededGenerator(seed: 11)
    var tried = 0
    for path in Self.files {
      let original = try Corpus.text(of: path)
      guard let before = root(original), let form = format(original).text else { continue }
      for _ in 0..<8 {
        let mangled = mangle(form, &generator)
        guard mangled != form, let read = root(mangled), read.saysTheSame(as: before) else { continue }
        tried += 1
        #expect(format(mangled).text == form, "\(path)\n\(mangled)")
      }
    }
    #expect(tried > 150)
  }

  private func mangle(_ text: String, _ generator: inout SeededGenerator) -> String {
    let times = 1 + generator.below(3)
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let depth = line.prefix { $0 == " " }.count
      var new = String(repeating: " ", count: depth * times) + line.dropFirst(depth)
      if generator.below(6) == 0 { new += String(repeating: " ", count: 1 + generator.below(3)) }
      // Inside quotes a line break is the author's.
      let hasBraces = line.contains { "{[".contains($0) } && !line.contains { "#'\"".contains($0) }
      if generator.below(4) == 0, hasBraces {
        new = new.replacing(
          ", ", with: generator.below(2) == 0 ? " ,   " : ",\n\(String(repeating: " ", count: depth * times + 1))"
        )
        .replacing("{", with: "{ ").replacing("]", with: " ]")
      }
      if generator.below(5) == 0, !line.contains("#") { new = new.replacing(": ", with: ":   ") }
      lines.append(new)
    }
    return lines.joined(separator: generator.below(4) == 0 ? "\r\n" : "\n")
  }

  /// Whatever stands in a file, formatting ends, and what it gives says the same.
  @Test func damagedFiles() throws {
    var generator = SeededGenerator(seed: 12)
    let originals = try Self.files.map { Array(try Corpus.text(of: $0).utf8) }.filter { $0.count < 4000 }
    var formatted = 0
    for trial in 0..<1500 {
      var bytes = originals[trial % originals.count]
      for _ in 0..<(1 + generator.below(4)) {
        let place = generator.below(bytes.count)
        switch generator.below(3) {
        case 0: bytes[place] = generator.pick(Array("{}[]:,#&*!|>'\"%@`-? \n\t\\".utf8))
        case 1: bytes.remove(at: place)
        default: bytes.insert(generator.pick(Array("{}[]:,#|>'\"-? \n\\x".utf8)), at: place)
        }
      }
      let result = FormattedFile.format(bytes, path: "a.yaml", name: "a.yaml")
      #expect(!result.isDefect, "\(String(decoding: bytes, as: UTF8.self))")
      if let text = result.text {
        formatted += 1
        #expect(format(text).text == text, "\(String(decoding: bytes, as: UTF8.self))\n---\n\(text)")
      }
    }
    #expect(formatted > 300)
  }

  /// What is chosen in doubt, in one place, to be read.
  @Test(arguments: Corpus.files(in: "formats/yaml", endings: [".yaml"]))
  func looksSo(name: String) throws {
    let path = "\(Corpus.folder)/formats/yaml/\(name)"
    let text = try #require(format(try Corpus.text(of: path)).text)
    #expect(Corpus.difference(text, from: "\(path.dropLast(5)).out") == nil)
  }

  @Test func whatCannotBeReadIsLeft() {
    #expect(format("a: [b\n").text == nil)
    #expect(format("a: [b\n").diagnostics.map(\.id) == ["syntax"])
    #expect(format("a: !not b\n").diagnostics.map(\.id) == ["yaml-feature"])
    #expect(format("# nothing\n").text == nil)
    #expect(FormattedFile.load("/no/such").diagnostics.map(\.id) == ["cannot-read"])
  }
}
