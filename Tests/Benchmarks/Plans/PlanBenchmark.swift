import Foundation
import IntakeReading
import RuleEngine
import RuleLanguage

/// Measures one plan inside one process: `Tests/Benchmarks/plans` runs it beside the peers.
///
/// Usage: PlanBenchmark RULEBOOK INTAKES.jsonl outcomes|time|count [PLANS]
///
/// - `outcomes` prints what each intake comes out as, one line each, to be compared with the peers.
/// - `time` prints the nanoseconds of a plan as JSON: of prepared answers, the same with every rule looked for, and from the
///   JSON text on.
/// - `count` works out so many plans and prints nothing, for a tool that counts instructions.
@main
struct PlanBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4 else {
      print("usage: PlanBenchmark RULEBOOK INTAKES.jsonl outcomes|time|count [PLANS]")
      exit(64)
    }
    guard let program = Rulebook.load(arguments[1], withCases: false).program else {
      print("the rulebook has errors; handrail check shows them")
      exit(1)
    }
    var bench = try Bench(program, intakes: arguments[2])
    switch arguments[3] {
    case "outcomes": bench.printOutcomes()
    case "time": bench.printTimes()
    default: bench.count(arguments.count > 4 ? Int(arguments[4]) ?? 1 : 1)
    }
  }
}

private struct Bench: ~Copyable {
  let compiled: CompiledProgram
  var machine: PlanMachine
  var reader: JSONIntakeReader
  var intakes: [Prepared] = []
  let compileSeconds: Double

  /// One line of the input, and its answers.
  final class Prepared {
    let text: [UInt8]
    let length: Int
    let intake: CompiledIntake

    init(_ line: Substring, _ program: CompiledProgram, _ reader: inout JSONIntakeReader) {
      length = line.utf8.count
      text = Array(line.utf8) + Array(repeating: 0, count: LineInput.padding)
      intake = CompiledIntake(program)
      let length = length
      let quick = text.withUnsafeBytes { reader.read(UnsafeRawBufferPointer(rebasing: $0[..<length]), into: intake) }
      precondition(quick == .read, "a line of the input is not plain")
    }
  }

  init(_ program: Program, intakes path: String) throws {
    let clock = ContinuousClock()
    let start = clock.now
    compiled = CompiledProgram(program)
    compileSeconds = (clock.now - start) / .seconds(1)
    machine = PlanMachine(compiled)
    reader = JSONIntakeReader(compiled, FactNames(program, idKey: nil))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for line in text.split(separator: "\n") { intakes.append(Prepared(line, compiled, &reader)) }
  }

  mutating func count(_ plans: Int) {
    for index in 0..<plans { machine.run(intakes[index % intakes.count].intake, .decisions) }
  }

  mutating func printOutcomes() {
    let program = compiled.program
    for prepared in intakes {
      machine.run(prepared.intake, .decisions)
      let words = program.decisions.indices.map { decision -> String in
        let variable = program.variables[program.decisions[decision].variable]
        guard case .value(let value) = machine.result(of: decision) else { return "\(variable.name)=" }
        return "\(variable.name)=\(variable.domain.names[value])"
      }
      print(words.joined(separator: " "))
    }
  }

  mutating func printTimes() {
    let all = intakes
    let scratch = CompiledIntake(compiled)
    let plain = nanoseconds { bench in
      for prepared in all { bench.machine.run(prepared.intake, .decisions) }
    }
    let everyRule = nanoseconds { bench in
      for prepared in all { bench.machine.run(prepared.intake, .rules) }
    }
    let fromText = nanoseconds { bench in
      for prepared in all {
        prepared.text.withUnsafeBytes {
          _ = bench.reader.read(UnsafeRawBufferPointer(rebasing: $0[..<prepared.length]), into: scratch)
        }
        bench.machine.run(scratch, .decisions)
      }
    }
    print(
      "{\"ns\": \(plain), \"ns_every_rule\": \(everyRule), \"ns_from_text\": \(fromText), \"compile_seconds\": \(compileSeconds)}"
    )
  }

  /// The least of several rounds, which the rest of the machine disturbs least.
  private mutating func nanoseconds(_ body: (inout Bench) -> Void) -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    body(&self)
    let end = clock.now + .seconds(2)
    repeat {
      let start = clock.now
      body(&self)
      best = min(best, (clock.now - start) / .nanoseconds(1) / Double(intakes.count))
    } while clock.now < end
    return best
  }
}
