import ArgumentParser
import IntakeReading
import Rendering
import RuleAnalysis
import RuleEngine

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// What a cohort would get.
struct Summarize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summarize",
    abstract: "Sum up what many people would get.",
    discussion: """
      Plans for each line of the files, as batch does, and counts: how far plans are settled, what each decision comes out
      as, which rules decide and which never do, and which questions plans wait for. Nothing about any one person is printed;
      --hide-below hides small counts, too.

      Examples:
        handrail summarize Rules admissions.jsonl
        handrail summarize Rules 2025.csv 2026.csv --format markdown --charts charts > report.md
        handrail summarize Rules admissions.jsonl --hide-below 11 --format json
        cat admissions.jsonl | handrail summarize Rules

      Ends with 0 if every line was planned, and with 2 if some had errors.
      """
  )

  @Argument(help: "The folder of the rulebook, or one file.")
  var rules: String

  @Argument(help: "Files with an intake on each line; - or none for standard input.")
  var files: [String] = []

  @Option(help: "text, markdown or json.")
  var format = PlanFormat.text

  @Option(help: ArgumentHelp("A folder for charts as SVG.", valueName: "folder"))
  var charts: String?

  @Option(
    help: ArgumentHelp(
      "Hide counts from 1 up to one less than this; 11 is usual for health data.", valueName: "number"))
  var hideBelow: Int?

  @OptionGroup var lines: LineOptions

  func validate() throws {
    if let hideBelow, hideBelow < 2 {
      throw ValidationError("--hide-below must be at least 2: it hides the counts below it.")
    }
    if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read only once.") }
  }

  func run() throws {
    let program = try loadProgram(rules, lines.overlays)
    let compiled = CompiledProgram(program)
    let tally = CohortTally(compiled)
    let bad = BadLines(lines.bad)
    for file in files.isEmpty ? ["-"] : files {
      try lines.reporting(file, program) { try count(file, compiled, tally, bad) }
    }
    let summary = CohortSummary(tally, bad: bad.count, hidingBelow: hideBelow, language: lines.language)
    switch format {
    case .text: Console.print(CohortText.render(summary, style: Console.style()))
    case .markdown: Console.print(CohortMarkdown.render(summary, charts: charts))
    case .json: Console.print(CohortJSON.render(summary))
    }
    if let charts {
      let folder = OutputFolder(charts)
      for chart in CohortCharts.all(summary) { try folder.write(chart.svg, to: "\(chart.name).svg") }
    }
    guard bad.count > 0 else { return }
    Console.report("\(tally.planCount) planned, \(bad.count) bad (listed in \(bad.path))\n")
    throw ExitStatus.intakeErrors.error
  }

  /// Counts the plans of one file.
  private func count(_ file: String, _ program: CompiledProgram, _ tally: CohortTally, _ bad: BadLines) throws {
    let (input, form) = try lines.open(file)
    let work = LineWork(program, input: form, idKey: lines.id, file: files.count > 1 ? file : nil)
    let run = try LineRun(input: input, threads: lines.workerCount) { try CohortWorker(work) }
    let progress = LineProgress(isShown: Console.reportsToTerminal, size: input.size)
    let clock = ContinuousClock()
    var shown = clock.now
    try run.run { worker in
      try bad.append(worker.bad.bytes, count: worker.badCount)
      if clock.now - shown > .milliseconds(500) {
        shown = clock.now
        let chunk = worker.chunk
        progress.show(line: chunk.firstLine + chunk.lineCount, offset: chunk.range.upperBound, bad: bad.count)
      }
      return true
    }
    progress.clear()
    for worker in run.workers { tally.merge(worker.tally) }
  }
}

/// Lists the lines that could not be planned in a file that only its owner can read; there is none if all could.
private final class BadLines {
  let path: String
  private(set) var count = 0
  private var file: PrivateFile?

  init(_ path: String?) {
    self.path = path ?? "handrail-summarize.bad.jsonl"
  }

  func append(_ bytes: UnsafeRawBufferPointer, count: Int) throws {
    self.count += count
    guard !bytes.isEmpty else { return }
    if file == nil { file = try PrivateFile(path, keeping: 0) }
    try file?.append(bytes)
  }
}
