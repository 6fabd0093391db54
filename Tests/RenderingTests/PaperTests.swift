import Foundation
import PlanRecord
import Rendering
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// The papers: nothing from outside gets into the HTML unescaped, and the notice stands where it must.
struct PaperTests {
  private static let moment = Moment("2026-11-20T09:30:00Z")!
  private static let clinician = Author(name: "J. <Kim> & \"Co\"", role: "LCSW")
  private static let attack = "<script>alert('x')</script> & \"quotes\" | *stars*"

  /// A rulebook whose every text tries to be HTML.
  private func hostile() throws -> Program {
    let attack = Self.attack.replacing("\"", with: "\\\"")
    let text = """
      rulebook: {name: hostile, title: "\(attack)", version: 1.0.0}
      facts:
        a: {ask: "\(attack)", label: "\(attack)", type: yes_no, help: "\(attack)"}
        b: {ask: "\(attack)", type: yes_no}
      decisions:
        first_steps: {type: menu, of: steps, combine: lowest}
        track: {label: "\(attack)", type: choice, options: {one: "\(attack)", two: Two}, combine: preferred, prefer: [one, two]}
        open_one: {label: "\(attack)", type: yes_no, combine: one}
      catalogues:
        steps:
          every_item: {ordered: [now, today], options: {now: Now, today: Today}}
          call: {label: "\(attack)"}
      rules:
        r: {when: {a: yes}, recommend: {track: one, first_steps: {call: now}}, because: "Less < more & \\"so\\"", sources: [s]}
        t: {when: {a: no}, recommend: {track: two, first_steps: {call: today}}, because: No., sources: [s]}
        q: {when: {b: yes}, recommend: {open_one: yes}, because: Yes., sources: [s]}
        n: {when: {b: no}, recommend: {open_one: no}, because: No., sources: [s]}
      sources:
        s: {title: "\(attack)", publisher: "\(attack)", kind: policy, confirmed: yes}
      """
    return try withTemporaryFolder { folder in
      try text.write(toFile: "\(folder)/rules.yaml", atomically: true, encoding: .utf8)
      let rulebook = Rulebook.load("\(folder)/rules.yaml")
      return try #require(rulebook.program, "\(rulebook.diagnostics.map(\.message))")
    }
  }

  private func record(_ program: Program) throws -> AssessmentRecord {
    var record = AssessmentRecord(program, at: Self.moment, by: Self.clinician)
    record.answer("a", .option(1), in: program, at: Self.moment, by: Self.clinician)
    let selection = Selection(.option(1), because: .other, note: Self.attack)
    record.select("track", selection, in: program, at: Self.moment, by: Self.clinician)
    record.answer("b", .declined, in: program, at: Self.moment, by: Self.clinician)
    try record.makePlan(program)
    return record
  }

  @Test func everythingIsEscaped() throws {
    let program = try hostile()
    let record = try record(program)
    let plan = try #require(record.current.readPlan())
    let papers = [
      HandoutHTML.render(plan), PlanHTML.render(plan, version: record.current),
      RecordPaper.html(record, plan, program: program), RecordPaper.html(record, plan, program: nil),
    ]
    for paper in papers {
      #expect(!paper.contains("<script"))
      #expect(!paper.contains("<Kim>"))
      #expect(paper.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;"))
    }
    for markdown in [
      HandoutMarkdown.render(plan), PlanPaper.markdown(plan, version: record.current),
      RecordPaper.markdown(record, plan, program: program),
    ] {
      #expect(markdown.firstMatch(of: /[^\\]<script/) == nil)
      #expect(markdown.contains("\\| \\*stars\\*"))
    }
  }

  /// The notice of 42 CFR part 2 stands on what a third party may get, at the top and at the end.
  @Test func theNoticeStandsOnPlanAndRecord() throws {
    let program = try hostile()
    let record = try record(program)
    let plan = try #require(record.current.readPlan())
    let notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    for paper in [
      PlanHTML.render(plan), RecordPaper.html(record, plan, program: nil), PlanPaper.markdown(plan),
      RecordPaper.markdown(record, plan, program: nil),
    ] {
      #expect(paper.components(separatedBy: notice).count > 2)
    }
  }

  /// The record holds each answer with its history, each selection, and the seal; the plan on paper holds the seal, too.
  @Test func theRecordHoldsEverything() throws {
    let program = try hostile()
    var record = try record(program)
    record.answer("a", .option(0), in: program, at: Moment("2026-11-21T10:00:00Z")!, by: Self.clinician)
    try record.makePlan(program)
    let plan = try #require(record.current.readPlan())
    let markdown = RecordPaper.markdown(record, plan, program: nil)
    #expect(markdown.contains("| a | no | 2026-11-21T10:00:00Z"))
    #expect(markdown.contains("yes (2026-11-20T09:30:00Z"))
    #expect(markdown.contains("| track | two | another reason"))
    #expect(markdown.contains(record.current.seal))
    #expect(PlanHTML.render(plan, version: record.current).contains(record.current.seal))
    #expect(PlanHTML.render(plan).contains("nothing is on record"))
  }

  /// Printed for real: the sheets are there, with words on them, and the picture of one is not blank.
  @Test func printsAsPDFAndPicture() throws {
    let rulebook = Rulebook.load("\(Corpus.repository)/Rules", withCases: false)
    let program = try #require(rulebook.program)
    let intake = IntakeFile.load("\(Corpus.repository)/Rules/intakes/day-worker.yaml", for: program).intake
    var record = AssessmentRecord(program, at: Self.moment, by: Self.clinician)
    record.take(intake, in: program, at: Self.moment, by: Self.clinician)
    try record.makePlan(program)
    let plan = try #require(record.current.readPlan())
    try withTemporaryFolder { folder in
      let handout = try Paper(HandoutHTML.render(plan), in: folder)
      #expect(try handout.pages() == 1)
      #expect(try handout.text(ofPage: 1).contains("First steps"))
      let picture = try handout.picture(ofPage: 1)
      #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
      #expect(picture.count > 10_000, "an empty sheet is smaller")
    }
    try withTemporaryFolder { folder in
      let paper = try Paper(PlanHTML.render(plan, version: record.current), in: folder)
      let pages = try paper.pages()
      #expect((2...8).contains(pages), "\(pages)")
      #expect(try paper.text(ofPage: 1).contains("42 CFR part 2"))
      #expect(try paper.text(ofPage: pages).contains("Signature, date"))
    }
  }
}
