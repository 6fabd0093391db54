import ArgumentParser
import Rendering
import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText

/// Runs the cases of a rulebook.
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the cases of a rulebook.",
    discussion: """
      Ends with 0 if every case gets its plan and all that was demanded holds, else with 7; also if there is no case.

      Examples:
        handrail test
        handrail test Rules --filter 'young-*'
        handrail test Rules --format junit > cases.xml
        handrail test Rules --coverage --minimum-coverage rules=100,clauses=80
        handrail test Rules --mutate --filter 'young-*'
        handrail test Rules --explanations Rules/explanations --record
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case junit
    case github
    case markdown
  }

  @Argument(help: "The folder of the rulebook, or one file.")
  var rules = "Rules"

  @OptionGroup var overlays: OverlayOptions

  @Option(help: ArgumentHelp("Only cases whose id matches; * stands for any letters.", valueName: "id"))
  var filter: String?

  @Option(help: "text, json, junit, github or markdown.")
  var format = Format.text

  @Flag(help: "Also say how much of the rules the cases reach.")
  var coverage = false

  @Option(
    help: ArgumentHelp(
      "Fail if the cases reach less: figures or groups of them with a percentage, such as rules=100,clauses-true=90.",
      valueName: "figure=percent,…"))
  var minimumCoverage: String?

  @Flag(help: "Also make small faults in the rules, and say which of them no case notices.")
  var mutate = false

  @Option(
    help: ArgumentHelp("Fail if fewer of the faults are noticed, in percent; means --mutate.", valueName: "percent"))
  var minimumMutationScore: String?

  @Flag(help: "Do not prove of faults that they change nothing; all of them count.")
  var noProofs = false

  @Option(
    help: ArgumentHelp(
      "Fail if the plan of a case is explained otherwise than recorded in this folder.", valueName: "folder"))
  var explanations: String?

  @Flag(help: "Record the explanations in that folder instead.")
  var record = false

  func validate() throws {
    if coverage || mutate, format == .junit || format == .github {
      throw ValidationError(
        "`--format \(format.rawValue)` has no place for coverage or faults; use text, json or markdown.")
    }
    if record, explanations == nil { throw ValidationError("`--record` needs `--explanations <folder>`.") }
    if let score = minimumMutationScore {
      guard let number = Number(score), number >= .zero, number <= Number(100) else {
        throw ValidationError("`\(score)` is no percentage from 0 to 100.")
      }
    }
  }

  func run() throws {
    let gate = try minimumCoverage.map(gate)
    let rulebook = overlays.load(rules, withDigest: false)
    let program = try program(of: rulebook, rules, overlays)
    let cases = try chosen(from: rulebook.cases)
    let results = CaseRunner.run(cases, program)
    let measured = coverage || gate != nil ? Coverage.measure(cases, program) : nil
    let shown = coverage ? measured : nil
    let hasPassed = !results.isEmpty && results.allSatisfy(\.hasPassed)
    let mutation = hasPassed ? try mutation(of: cases, program) : nil
    let changes = try explanationChanges(cases, program)
    let style = Console.style()
    switch format {
    case .text:
      Console.print(CaseText.render(results, style: style))
      if let shown { Console.print(CoverageText.render(shown, rulebook, program, style: style)) }
      if let mutation { Console.print(MutationText.render(mutation, rulebook, program, style: style)) }
      Console.print(ExplanationText.render(changes, style: style))
    case .json:
      Console.print(CaseJSON.render(results, coverage: shown, mutation: mutation, of: rulebook, program))
      Console.report(ExplanationText.render(changes, style: Console.style(forErrors: true)))
    case .junit:
      Console.print(CaseJUnit.render(results))
      Console.report(ExplanationText.render(changes, style: Console.style(forErrors: true)))
    case .github: Console.print(CaseGitHub.render(results) + ExplanationText.github(changes))
    case .markdown:
      Console.print(CaseMarkdown.render(results))
      if let shown { Console.print(CoverageMarkdown.render(shown, rulebook, program)) }
      if let mutation { Console.print(MutationMarkdown.render(mutation, rulebook, program)) }
      Console.print(ExplanationText.markdown(changes))
    }
    if !hasPassed, mutate || minimumMutationScore != nil {
      Console.report("No faults were tried, since a case that fails notices everything.\n")
    }
    let isBelow = try report(gate, measured)
    let isUnnoticed = report(mutation)
    if !hasPassed || isBelow || isUnnoticed || !changes.isEmpty { throw ExitStatus.caseFailed.error }
  }

  /// Tries all small faults, if that was asked for, and tells a person at a terminal how far it is.
  private func mutation(of cases: [Case], _ program: Program) throws -> MutationRun? {
    guard mutate || minimumMutationScore != nil else { return nil }
    let isWatched = Console.reportsToTerminal
    // What is recorded is read in review, so it notices a fault as well as an expectation does.
    let record: (@Sendable (Case, Program) -> String?)? =
      explanations == nil ? nil : { @Sendable in CaseExplanation.text(of: $0, $1) }
    do {
      return try MutationRun.run(cases, program, proves: !noProofs, record: record) { done, total in
        if isWatched, done % 25 == 0 || done == total {
          Console.report("\r\(MutationText.progress(done, of: total))" + (done == total ? "\n" : ""))
        }
      }
    } catch {
      throw solverFailed(error, instead: "count every fault with `--no-proofs`")
    }
  }

  /// Whether fewer faults are noticed than demanded.
  private func report(_ mutation: MutationRun?) -> Bool {
    guard let mutation, let minimum = minimumMutationScore.flatMap({ Number($0) }), !mutation.reaches(minimum) else {
      return false
    }
    Console.report(MutationText.shortfall(mutation, minimum: minimum))
    return true
  }

  /// Compares the explanations with their records, or records them.
  private func explanationChanges(_ cases: [Case], _ program: Program) throws -> [ExplanationChange] {
    guard let explanations else { return [] }
    let folder = ExplanationFolder(path: explanations)
    let all = CaseExplanation.all(of: cases, program)
    guard record else { return folder.changes(all, isComplete: filter == nil) }
    do {
      try folder.record(all, isComplete: filter == nil)
    } catch {
      Console.report("\(error.message)\n")
      throw ExitStatus.caseFailed.error
    }
    return []
  }

  /// Says which figures are below their minimum, and whether any is.
  private func report(_ gate: CoverageGate?, _ coverage: Coverage?) throws -> Bool {
    guard let gate, let coverage else { return false }
    let failures = gate.failures(of: coverage)
    for (count, minimum) in failures { Console.report(CoverageText.shortfall(count, minimum: minimum)) }
    return !failures.isEmpty
  }

  private func gate(_ text: String) throws -> CoverageGate {
    do {
      return try CoverageGate(text)
    } catch {
      switch error {
      case .shape(let part): Console.report("`\(part)` is no minimum; write a figure and a percentage: rules=100\n")
      case .notAPercentage(let word): Console.report("`\(word)` is no percentage from 0 to 100\n")
      case .unknownFigure(let name, let candidates):
        let near = likelyMeant(name, among: candidates).map { "; did you mean `\($0)`?" } ?? ""
        Console.report("There is no figure `\(name)`\(near) Figures: \(candidates.joined(separator: ", "))\n")
      }
      throw ExitCode.validationFailure
    }
  }

  /// The cases that match the filter. One that matches nothing is a mistake, and no reason to be content.
  private func chosen(from cases: [Case]) throws -> [Case] {
    guard let filter else { return cases }
    let chosen = cases.filtered(by: filter)
    if chosen.isEmpty {
      let near = likelyMeant(filter, among: cases.map(\.id)).map { "; did you mean `\($0)`?" } ?? ""
      Console.report("No case matches `\(filter)`\(near)\n")
      throw ExitStatus.caseFailed.error
    }
    return chosen
  }
}
