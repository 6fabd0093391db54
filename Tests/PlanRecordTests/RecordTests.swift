import Foundation
import PlanRecord
import RuleEngine
import RuleLanguage
import TestSupport
import Testing

/// What a record keeps, and what it refuses.
struct RecordTests {
  private static let morning = Moment("2026-11-20T09:30:00Z")!
  private static let noon = Moment("2026-11-20T12:00:00Z")!
  private static let later = Moment("2026-11-23T08:00:00Z")!
  private static let coordinator = Author(name: "A. Rivera", role: "intake coordinator")
  private static let clinician = Author(name: "J. Kim", role: "LCSW")

  private func program() throws -> Program {
    try #require(Rulebook.load("\(Corpus.folder)/intakes/rules.yaml").program)
  }

  private func draft(_ program: Program) throws -> AssessmentRecord {
    var record = AssessmentRecord(program, at: Self.morning, by: Self.coordinator)
    record.answer("employed", .option(1), in: program, at: Self.morning, by: Self.coordinator)
    record.answer("work.hours", .option(0), in: program, at: Self.morning, by: Self.coordinator)
    try record.makePlan(program)
    return record
  }

  private func signed(_ program: Program) throws -> AssessmentRecord {
    var record = try draft(program)
    try record.review(at: Self.noon, by: Self.clinician)
    try record.sign(at: Self.noon, by: Self.clinician)
    return record
  }

  @Test func aChangedAnswerKeepsTheEarlier() throws {
    let program = try program()
    var record = try draft(program)
    record.answer("work.hours", .declined, in: program, at: Self.noon, by: Self.clinician)
    record.answer("work.hours", nil, in: program, at: Self.later, by: Self.clinician)
    let hours = try #require(record.current.answers.first { $0.fact == "work.hours" })
    #expect(hours.value == nil)
    #expect(hours.earlier.map(\.value) == [.text("days"), .text("declined")])
    #expect(hours.earlier.map(\.at) == [Self.morning, Self.noon])
    #expect(record.current.intake(for: program).intake.answers.keys.sorted() == ["employed"])
    #expect(record.current.plan == nil, "the plan of other answers must not stay")
  }

  @Test func theSameAnswerAgainChangesNothing() throws {
    let program = try program()
    var record = try signed(program)
    let before = record
    let changed = record.answer("work.hours", .option(0), in: program, at: Self.later, by: Self.clinician)
    #expect(!changed)
    #expect(record == before)
  }

  /// An answer that no longer applies is kept, and counts again once it does.
  @Test func whatNoLongerAppliesIsKeptAside() throws {
    let program = try program()
    var record = try draft(program)
    record.answer("employed", .option(0), in: program, at: Self.noon, by: Self.coordinator)
    try record.makePlan(program)
    #expect(record.current.readPlan()?.setAside.map(\.fact) == ["work.hours"])
    record.answer("employed", .option(1), in: program, at: Self.later, by: Self.coordinator)
    try record.makePlan(program)
    #expect(record.current.readPlan()?.setAside.isEmpty == true)
    #expect(record.current.intake(for: program).intake.answers["work.hours"] == .option(0))
  }

  /// Every answer comes back from the file as it went in.
  @Test func answersOfEveryKind() throws {
    let program = try program()
    let answers: [(String, Answer)] = [
      ("employed", .option(1)), ("age", .number(Number(34))), ("weight", .number(Number("72.5")!)),
      ("stay.left_on", .number(Number(CalendarDate("2026-11-08")!.days))), ("drinking.frequency", .declined),
      ("work.hours", .doesNotKnow), ("needs", .members([.yes, .no, .yes])),
    ]
    for (fact, answer) in answers + [("needs", .members([.yes, .declined, .notAsked]))] {
      var record = AssessmentRecord(program, at: Self.morning, by: Self.coordinator)
      record.answer(fact, answer, in: program, at: Self.morning, by: Self.coordinator)
      try withTemporaryFolder { folder in
        try RecordFile.create(record, at: "\(folder)/r.json")
        let (read, flaws) = try RecordFile.read("\(folder)/r.json")
        #expect(flaws == [])
        #expect(read == record)
        #expect(read.current.intake(for: program).intake.answers == [fact: answer])
      }
    }
  }

  @Test func selectionsAreKeptWithTheirHistory() throws {
    let program = try program()
    var record = try draft(program)
    let first = Selection(.option(0), because: .court, note: "By order")
    record.select("track", first, in: program, at: Self.noon, by: Self.clinician)
    record.select(
      "focus.parents", Selection(.included, because: .clinicalJudgment), in: program, at: Self.noon, by: Self.clinician)
    try record.makePlan(program)
    let plan = try #require(record.current.readPlan())
    let track = try #require(plan.decisions.first { $0.name == "track" })
    #expect(track.values.map(\.name) == ["evening"], "what is recommended stays")
    #expect(track.selected.map(\.value) == ["daytime"])
    #expect(track.selected.first?.by == "J. Kim, LCSW")
    try record.withdraw("track", in: program, at: Self.later, by: Self.clinician)
    #expect(record.current.selections.first?.earlier.first?.value == "daytime")
    #expect(record.current.intake(for: program).intake.selections.keys.sorted() == ["focus.parents"])
    #expect(throws: RecordRefusal.nothingSelected("track")) {
      try record.withdraw("track", in: program, at: Self.later, by: Self.clinician)
    }
  }

  @Test func statesFollowEachOther() throws {
    let program = try program()
    var record = AssessmentRecord(program, at: Self.morning, by: Self.coordinator)
    #expect(throws: RecordRefusal.noPlan) { try record.review(at: Self.noon, by: Self.clinician) }
    record = try draft(program)
    #expect(throws: RecordRefusal.notReviewed) { try record.sign(at: Self.noon, by: Self.clinician) }
    try record.review(at: Self.noon, by: Self.clinician)
    #expect(throws: RecordRefusal.notADraft) { try record.review(at: Self.noon, by: Self.clinician) }
    record.answer("age", .number(Number(40)), in: program, at: Self.noon, by: Self.coordinator)
    #expect(record.current.state == .draft, "a change after the review is not reviewed")
    #expect(record.current.steps.map(\.what) == [.opened, .reviewed, .reopened])
  }

  /// A change after signing begins a new version; the signed one stays, byte for byte.
  @Test func whatIsSignedStays() throws {
    let program = try program()
    var record = try signed(program)
    let first = record.current
    record.answer("work.hours", .option(2), in: program, at: Self.later, by: Self.coordinator)
    try record.makePlan(program)
    #expect(record.versions.count == 2)
    #expect(record.versions[0] == first)
    #expect(record.current.state == .draft)
    #expect(record.current.previous == first.seal)
    #expect(record.flaws() == [])
    try record.makePlan(program)
    #expect(record.versions[0] == first)
  }

  /// Each single field of a version that is changed without a new seal shows.
  @Test func tamperingShows() throws {
    let program = try program()
    var record = try signed(program)
    record.answer("work.hours", .option(2), in: program, at: Self.later, by: Self.coordinator)
    try record.makePlan(program)
    try record.review(at: Self.later, by: Self.clinician)
    try withTemporaryFolder { folder in
      let path = "\(folder)/r.json"
      try RecordFile.create(record, at: path)
      let text = try Corpus.text(of: path)
      // Every line that says something, one after the other.
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      var tried = 0
      for index in lines.indices where lines[index].contains(" : \"") && index % 3 == 0 {
        var changed = lines
        changed[index] = lines[index].replacing(" : \"", with: " : \"x", maxReplacements: 1)
        try changed.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let flaws = (try? RecordFile.read(path))?.flaws
        #expect(flaws != [], "line \(index + 1) can be changed unseen: \(lines[index])")
        tried += 1
      }
      #expect(tried > 50)
      // A key that the record does not have, and blanks, are outside of the seals and show all the same.
      for added in [
        text.replacing("\"form\"", with: "\"extra\" : 1,\n  \"form\""), text + "\n",
        text.replacing("  \"form\"", with: "\"form\""),
      ] {
        try added.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try RecordFile.read(path).flaws == [.notAsWritten])
      }
    }
  }

  @Test func aVersionTakenOutShows() throws {
    let program = try program()
    var record = try signed(program)
    let noted = record.current.seal
    for hours in [2, 1] {
      record.answer("work.hours", .option(hours), in: program, at: Self.later, by: Self.coordinator)
      try record.makePlan(program)
      try record.review(at: Self.later, by: Self.clinician)
      try record.sign(at: Self.later, by: Self.clinician)
    }
    #expect(record.flaws(noted: noted) == [])
    #expect(record.flaws(noted: String(record.current.seal.prefix(12)).uppercased()) == [])
    #expect(record.flaws(noted: "abc") == [.sealNotFound])
    #expect(record.flaws(noted: String(repeating: "0", count: 64)) == [.sealNotFound])
    let json = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(record)) as? [String: Any])
    let versions = try #require(json["versions"] as? [Any])
    func without(_ place: Int) throws -> AssessmentRecord {
      var cut = json
      var rest = versions
      rest.remove(at: place)
      cut["versions"] = rest
      return try JSONDecoder().decode(AssessmentRecord.self, from: JSONSerialization.data(withJSONObject: cut))
    }
    #expect(try without(0).flaws().contains(.brokenChain(version: 2)))
    #expect(try without(1).flaws().contains(.brokenChain(version: 3)))
    // What no chain can show by itself: that the last was cut off. A seal noted elsewhere does.
    #expect(try without(2).flaws() == [])
    #expect(try without(2).flaws(noted: record.current.seal) == [.sealNotFound])
  }

  @Test func momentsAreReadStrictly() {
    for bad in [
      "2026-11-20", "2026-11-20T25:00:00Z", "2026-02-30T09:00:00Z", "2026-11-20T09:00:00+", "2026-11-20T9:00:00ZZ",
    ] {
      #expect(Moment(bad) == nil, "\(bad)")
    }
  }
}
