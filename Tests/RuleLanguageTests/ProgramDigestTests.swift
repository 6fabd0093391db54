import Foundation
import RuleEngine
import TestSupport
import Testing

@testable import RuleLanguage

/// The canonical form, which is written in stretches, is what a program would be encoded as in one piece. Every member of a
/// program is in it.
struct ProgramDigestTests {
  private func expectSame(_ program: Program?, _ name: String) throws {
    let program = try #require(program, "\(name) has no program")
    var whole = program
    whole.digest = ""
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(try ProgramDigest.canonical(program) == Array(encoder.encode(whole)), "\(name)")
  }

  @Test(arguments: try FileManager.default.contentsOfDirectory(atPath: "\(Corpus.folder)/trial"))
  func ofTrialRulebooks(name: String) throws {
    try expectSame(Rulebook.load("\(Corpus.folder)/trial/\(name)/rules.yaml").program, name)
  }

  @Test func ofTheShippedRulebook() throws {
    let rules = "\(Corpus.repository)/Rules"
    try expectSame(Rulebook.load(rules).program, "Rules")
    let adapted = Rulebook.load(rules, overlays: ["\(rules)/overlays/riverside"]).program
    try #require(adapted?.adaptation != nil)
    try expectSame(adapted, "Rules with an overlay")
  }
}
