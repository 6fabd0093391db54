import Foundation
import PlanRecord
import RuleEngine
import RuleLanguage
import TestSupport
import Testing

/// The file of a record: whole, private, and never overwritten unseen.
struct RecordFileTests {
  private static let moment = Moment("2026-11-20T09:30:00Z")!
  private static let author = Author(name: "A. Rivera", role: "intake coordinator")

  private func record(_ program: Program) -> AssessmentRecord {
    AssessmentRecord(program, at: Self.moment, by: Self.author)
  }

  private func program() throws -> Program {
    try #require(Rulebook.load("\(Corpus.folder)/intakes/rules.yaml").program)
  }

  @Test func onlyItsOwnerCanReadIt() throws {
    let program = try program()
    try withTemporaryFolder { folder in
      let path = "\(folder)/r.json"
      let old = record(program)
      try RecordFile.create(old, at: path)
      #expect(try mode(path) == 0o600)
      // Also where somebody had opened it up meanwhile.
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      var new = old
      new.answer("age", .number(Number(40)), in: program, at: Self.moment, by: Self.author)
      try RecordFile.replace(old, with: new, at: path)
      #expect(try mode(path) == 0o600)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["r.json"], "nothing is left beside it")
    }
  }

  @Test func nothingIsOverwritten() throws {
    let program = try program()
    try withTemporaryFolder { folder in
      let path = "\(folder)/r.json"
      try "something else".write(toFile: path, atomically: true, encoding: .utf8)
      #expect(throws: RecordFile.Problem.alreadyThere) { try RecordFile.create(record(program), at: path) }
      #expect(try Corpus.text(of: path) == "something else")
      #expect(throws: RecordFile.Problem.notARecord) { try RecordFile.read(path) }
    }
  }

  /// Of two who read the same record and both write, the second is told.
  @Test func aChangeMeanwhileIsNotLost() throws {
    let program = try program()
    try withTemporaryFolder { folder in
      let path = "\(folder)/r.json"
      let old = record(program)
      try RecordFile.create(old, at: path)
      var first = old
      first.answer("age", .number(Number(40)), in: program, at: Self.moment, by: Self.author)
      var second = old
      second.answer("age", .number(Number(50)), in: program, at: Self.moment, by: Self.author)
      try RecordFile.replace(old, with: first, at: path)
      #expect(throws: RecordFile.Problem.changedMeanwhile) { try RecordFile.replace(old, with: second, at: path) }
      #expect(try RecordFile.read(path).record == first)
    }
  }

  /// What a killed writer left behind is replaced, and a link there is not followed.
  @Test func whatAKilledWriterLeftBehind() throws {
    let program = try program()
    try withTemporaryFolder { folder in
      try "keep me".write(toFile: "\(folder)/other", atomically: true, encoding: .utf8)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/.r.json.part", withDestinationPath: "\(folder)/other")
      try RecordFile.create(record(program), at: "\(folder)/r.json")
      #expect(try Corpus.text(of: "\(folder)/other") == "keep me")
      #expect(try RecordFile.read("\(folder)/r.json").flaws == [])
    }
  }

  @Test func missingFoldersAndFiles() throws {
    let program = try program()
    #expect(throws: RecordFile.Problem.cannotRead("No such file or directory")) { try RecordFile.read("/no/such") }
    #expect(throws: RecordFile.Problem.cannotWrite("No such file or directory")) {
      try RecordFile.create(record(program), at: "/no/such/r.json")
    }
  }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }
}
