import ArgumentParser
import PlanRecord
import Rendering
import RuleEngine
import RuleLanguage

/// Puts a plan on paper.
struct Print: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print",
    abstract: "Put a plan on paper: for the client, for the clinician, or the full record.",
    discussion: """
      Examples:
        handrail print client.json > handout.html
        handrail print client.json --as plan > plan.html
        handrail print client.json --as record > record.html
        handrail print intake.yaml --as handout --format markdown

      From a record, the plan is printed as it was recorded. The handout is one page and says nothing of answers or reasons. \
      Plan and record carry the notice of 42 CFR part 2.
      """
  )

  enum Paper: String, ExpressibleByArgument, CaseIterable {
    case handout
    case plan
    case record
  }

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case html
    case markdown
  }

  @OptionGroup var options: PlanOptions

  @Option(name: .customLong("as"), help: "handout (for the client), plan (for the clinician) or record (everything).")
  var paper = Paper.handout

  @Option(help: "html or markdown.")
  var format = Format.html

  func run() throws {
    let record: AssessmentRecord?
    do {
      let (read, flaws) = try RecordFile.read(options.file)
      // What was tampered with goes on no paper.
      guard flaws.isEmpty else {
        Console.report(RecordText.flaws(flaws))
        throw ExitStatus.recordErrors.error
      }
      record = read
    } catch RecordFile.Problem.notARecord {
      record = nil
    } catch RecordFile.Problem.cannotRead {
      // Standard input, or a file about which the reader of intakes says what is wrong.
      record = nil
    }
    guard let record else { return try printIntake() }
    guard let plan = record.current.readPlan() else {
      throw misunderstood("\(options.file): there is no plan in this record that can be printed.")
    }
    Console.print(text(plan, record))
  }

  private func printIntake() throws {
    guard paper != .record else {
      throw misunderstood("The full record is printed from a record; `handrail record new` begins one.")
    }
    let (program, intake) = try options.load()
    Console.print(text(Plan(program, intake, language: options.language), nil))
  }

  private func text(_ plan: Plan, _ record: AssessmentRecord?) -> String {
    switch (paper, format) {
    case (.handout, .html): HandoutHTML.render(plan)
    case (.handout, .markdown): HandoutMarkdown.render(plan)
    case (.plan, .html): PlanHTML.render(plan, version: record?.current)
    case (.plan, .markdown): PlanPaper.markdown(plan, version: record?.current)
    case (.record, .html): record.map { RecordPaper.html($0, plan, program: rulebook(of: $0)) } ?? ""
    case (.record, .markdown): record.map { RecordPaper.markdown($0, plan, program: rulebook(of: $0)) } ?? ""
    }
  }

  /// The rulebook of a record, if it is the one at hand.
  private func rulebook(of record: AssessmentRecord) -> Program? {
    let program = options.overlays.load(options.rules, withCases: false).program
    return program?.digest == record.current.rulebook.digest ? program : nil
  }
}
