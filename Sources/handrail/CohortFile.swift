import Cores
import IntakeReading
import Rendering
import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText

/// Intakes of persons, one as a JSON object on each line, as `batch` reads them. They are only counted.
enum CohortFile {
  /// So many bytes are read at a time, however long the file.
  private static let chunkSize = 1024 * 1024

  /// How many come out otherwise.
  ///
  /// - Parameter progress: told how many were read so far.
  static func count(
    _ path: String, _ base: Program, _ head: Program, progress: (Int) -> Void
  ) throws -> Comparison.Count {
    let (one, two) = (
      LineWork(CompiledProgram(base), input: .json, idKey: nil),
      LineWork(CompiledProgram(head), input: .json, idKey: nil)
    )
    let reading = CohortReading(base, head)
    let counter = ChangeCounter(base, head)
    var count = Comparison.Count()
    do throws(LineInput.Problem) {
      let input = try LineInput(path)
      let chunk = LineChunk(size: chunkSize)
      while try input.fill(chunk) {
        var found: [UnsafeRawBufferPointer] = []
        chunk.forEachLine { line, _ in
          if !line.allSatisfy({ $0 == 32 || $0 == 9 }) { found.append(line) }
        }
        // The chunk keeps its bytes until it is filled again.
        nonisolated(unsafe) let lines = found
        let pairs = inParallel(Stretches.of(lines.count)) { stretch in
          let readers = (CohortReader(one), CohortReader(two))
          return lines[stretch].map { reading.pair(base: readers.0.intake($0), head: readers.1.intake($0)) }
        }
        count += counter.count(chunk.tooLong.map { _ in (nil, nil) } + pairs.joined())
        progress(count.total)
      }
    } catch {
      Console.report("cannot read `\(path)`: \(error.reason)\n")
      throw ExitStatus.intakeErrors.error
    }
    guard count.total > 0 else {
      Console.report("`\(path)` holds no intakes; write one as a JSON object on each line.\n")
      throw ExitStatus.intakeErrors.error
    }
    return count
  }
}

/// Reads lines as one of the rulebooks does. Each thread has its own.
private final class CohortReader {
  private let work: LineWork
  private var json: JSONIntakeReader
  private let quick: CompiledIntake
  private let machine: PlanMachine

  init(_ work: LineWork) {
    self.work = work
    json = JSONIntakeReader(work.program, work.names)
    quick = CompiledIntake(work.program)
    machine = PlanMachine(work.program)
  }

  /// The intake of a line; `nil` where it is none.
  func intake(_ line: UnsafeRawBufferPointer) -> Intake? {
    if json.read(line, into: quick) == .read {
      machine.run(quick)
      if !machine.contradictsItself() { return quick.answers() }
    }
    let read = work.text.json([UInt8](line), name: "the cohort")
    return read.diagnostics.hasErrors ? nil : read.intake
  }
}
