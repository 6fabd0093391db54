import IntakeReading
import Rendering
import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText

/// Intakes of persons, one as a JSON object on each line, as `batch` reads them. They are only counted.
enum CohortFile {
  /// Each line as both rulebooks read it; `nil` where one cannot.
  static func read(_ path: String, _ base: Program, _ head: Program) throws -> [(base: Intake?, head: Intake?)] {
    let (one, two) = (IntakeText(base, idKey: nil), IntakeText(head, idKey: nil))
    let reading = CohortReading(base, head)
    var found: [(base: Intake?, head: Intake?)] = []
    do throws(LineInput.Problem) {
      let input = try LineInput(path)
      let chunk = LineChunk(size: 128 * 1024)
      while try input.fill(chunk) {
        found += chunk.tooLong.map { _ in (nil, nil) }
        chunk.forEachLine { line, _ in
          let bytes = [UInt8](line)
          guard !bytes.allSatisfy({ $0 == 32 || $0 == 9 }) else { return }
          func intake(_ text: IntakeText) -> Intake? {
            let line = text.json(bytes, name: path)
            return line.diagnostics.hasErrors ? nil : line.intake
          }
          found.append(reading.pair(base: intake(one), head: intake(two)))
        }
      }
    } catch {
      Console.report("cannot read `\(path)`: \(error.reason)\n")
      throw ExitStatus.intakeErrors.error
    }
    guard !found.isEmpty else {
      Console.report("`\(path)` holds no intakes; write one as a JSON object on each line.\n")
      throw ExitStatus.intakeErrors.error
    }
    return found
  }
}
