import ArgumentParser
import IntakeReading
import Rendering
import RuleEngine
import RuleLanguage
import SourceText

/// Plans for very many people: a line of input each, a line of output each.
struct Batch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Plan for each line of a file of intakes.",
    discussion: """
      The input is JSON Lines (one intake as a JSON object on each line) or CSV (one intake on each line, the facts as
      columns). Lines with errors are passed over, counted, and listed with their reasons in a file that only you can read.

      Examples:
        handrail batch intakes.jsonl --output plans.jsonl
        handrail batch intakes.csv --columns line,status,level_of_care.intensive --output plans.csv
        cat intakes.jsonl | handrail batch - --id client > plans.jsonl
        handrail batch intakes.jsonl --output plans.jsonl --resume

      Ends with 0 if every line got a plan, with 2 if some had errors, and with 11 if it was stopped before the end.
      """
  )

  @Argument(help: "The intakes, one a line; - for standard input.")
  var file: String

  @Option(help: "The folder of the rulebook.")
  var rules = "Rules"

  @Option(name: [.long, .short], help: "The file for the plans; standard output if none is given.")
  var output: String?

  @Option(help: "The form of the output, json or csv; by its name if not given, else json.")
  var to: LineForm?

  @Option(
    help: ArgumentHelp(
      "Columns, separated by commas: line, id, status, needed, rules, plan, a decision, its .status or .possible, or one of its members.",
      valueName: "names"))
  var columns: String?

  @Flag(help: "Go on with a batch that was stopped or killed.")
  var resume = false

  @OptionGroup var lines: LineOptions

  func validate() throws {
    if resume, output == nil { throw ValidationError("--resume needs --output: what was written must be at hand.") }
  }

  func run() throws {
    let program = try loadProgram(rules, lines.overlays, withDigest: false)
    try lines.reporting(file, program) { try run(program) }
  }

  private func run(_ program: Program) throws {
    let outputForm = to ?? LineForm(output) ?? .json
    let chosen = try chosenColumns(program)
    // The digest stands in plans with reasons, and in the note from which a stopped batch goes on.
    let program = chosen.contains(where: \.needsReasons) ? program.withDigest() : program
    let opened = try lines.open(file)
    let input = opened.input
    let work = BatchWork(
      LineWork(
        CompiledProgram(program), input: opened.form, idKey: lines.id,
        extent: chosen.contains(where: \.needsEveryRule) ? .rules : .decisions),
      output: outputForm == .json ? .json : .csv,
      columns: chosen, language: lines.language)
    let names = chosen.map { $0.name(program) }.joined(separator: ",")
    let setting = {
      [
        program.withDigest().digest, lines.form(of: file).rawValue, outputForm.rawValue, lines.language, lines.id ?? "",
        names,
      ].joined(separator: " ")
    }
    let run = try LineRun(input: input, threads: lines.workerCount) { try BatchWorker(work) }
    let files = try BatchFiles(output, badPath: lines.bad, setting: setting, resumes: resume)
    if resume, !files.goesOn, let output {
      Console.report("nothing is recorded of a stopped batch of `\(output)`, so it begins at the first line\n")
    } else if resume {
      guard file == "-" || files.point.fingerprint == BatchFiles.fingerprint(of: file, before: files.point.offset)
      else {
        throw BatchProblem("`\(file)` is not what it was when the batch was stopped; begin anew without --resume")
      }
      if files.point.offset > 0 { try input.skip(to: files.point.offset, line: files.point.line) }
    }
    if files.point.offset == 0 {
      var header = work.row.header
      try header.withUTF8 {
        try files.append(plans: UnsafeRawBufferPointer($0), bad: UnsafeRawBufferPointer(start: nil, count: 0))
      }
    }
    let result = try BatchRun(
      lines: run, inputPath: file, files: files, showsProgress: Console.reportsToTerminal
    ).run()
    try report(result, files)
  }

  private func chosenColumns(_ program: Program) throws -> [PlanColumn] {
    guard let columns else { return PlanColumn.standard(program, hasID: lines.id != nil) }
    return try PlanColumn.read(columns, program)
  }

  private func report(_ result: BatchRun.Result, _ files: BatchFiles) throws {
    let point = result.point
    var text = "\(point.plannedCount) planned"
    if point.badCount > 0 { text += ", \(point.badCount) bad (listed in \(files.listOfBadLines))" }
    if result.wasStopped {
      Console.report(
        "\(text); stopped before line \(point.line)\(output == nil ? "" : ", --resume goes on from there")\n")
      throw ExitStatus.stopped.error
    }
    Console.report("\(text)\n")
    if point.badCount > 0 { throw ExitStatus.intakeErrors.error }
  }
}
