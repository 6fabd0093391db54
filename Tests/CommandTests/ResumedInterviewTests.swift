import Foundation
import TestSupport
import Testing

/// What an interview says first when it goes on with a record that changed since, and how the record lies on the disk.
struct ResumedInterviewTests {
  private static let rules = "\(Corpus.folder)/interview/rules.yaml"
  private static let clinician = ["--by", "J. Kim", "--role", "LCSW", "--at", "2026-11-20T12:00:00Z"]

  private func interview(_ record: String, _ rules: String = rules, typing lines: String) throws -> HandrailProcess {
    try HandrailProcess.run(
      ["interview", record, "--rules", rules, "--by", "Ann Lee", "--on", "2026-11-20"], input: lines)
  }

  @Test func newRulesAreTold() throws {
    try withTemporaryFolder { folder in
      let record = "\(folder)/ann.json"
      #expect(!(try interview(record, typing: "n\nq\n")).output.contains("The rules have changed"))
      let newer = "\(folder)/newer.yaml"
      let text = try String(contentsOfFile: Self.rules, encoding: .utf8)
      try text.replacing("version: 1.0.0", with: "version: 2.0.0").write(
        toFile: newer, atomically: true, encoding: .utf8)
      let resumed = try interview(record, newer, typing: "q\n")
      #expect((resumed.output + resumed.errors).contains("The rules have changed since this interview began"))
      #expect((resumed.output + resumed.errors).contains("version 2.0.0"))
    }
  }

  @Test func reviewedAndSignedRecordsAreTold() throws {
    try withTemporaryFolder { folder in
      let record = "\(folder)/ann.json"
      _ = try interview(record, typing: "n\nq\n")
      let review = try HandrailProcess.run(["record", "review", record] + Self.clinician)
      #expect(review.exitCode == 0, "\(review.errors)")
      let reviewed = try interview(record, typing: "q\n")
      #expect((reviewed.output + reviewed.errors).contains("This assessment was reviewed."))
      let sign = try HandrailProcess.run(["record", "sign", record] + Self.clinician)
      #expect(sign.exitCode == 0, "\(sign.errors)")
      let signed = try interview(record, typing: "q\n")
      #expect((signed.output + signed.errors).contains("This assessment was signed."))
    }
  }

  /// Health records are for their owner's eyes.
  @Test func onlyTheOwnerReadsTheRecord() throws {
    try withTemporaryFolder { folder in
      let record = "\(folder)/ann.json"
      _ = try interview(record, typing: "n\nq\n")
      let mode = try FileManager.default.attributesOfItem(atPath: record)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }
}
