import Foundation
import RuleLanguage
import TestSupport
import Testing

@testable import RuleAnalysis

/// What the search answers is confirmed by the solver that is a process.
struct SolverTests {
  @Test(arguments: Corpus.files(in: "proofs", endings: [".yaml"]))
  func confirmsTheSearch(name: String) throws {
    let rulebook = Rulebook.load("\(Corpus.folder)/proofs/\(name)")
    let program = try #require(rulebook.program)
    let report = try Prover.prove(program, rulebook.properties, keepsScripts: true)
    for (script, text) in report.scripts {
      let answers = try Self.answers(to: text)
      #expect(answers.allSatisfy { $0 == "sat" || $0 == "unsat" }, "\(script): \(answers)")
      #expect(answers.count == text.split(separator: "\n").count { $0 == "(check-sat)" }, "\(script)")
    }
  }

  @Test func agreeOnRandomFormulas() throws {
    var chance = Chance(seed: 8)
    var counts = (possible: 0, never: 0)
    for round in 0..<200 {
      let bank = TermBank()
      var formulas = Formulas(bank, chance)
      let formula = bank.all((0..<3).map { _ in formulas.truth(depth: 4) })
      chance = formulas.chance
      let process = try ProcessSolver(bank)
      let long = try process.ask(formula, "random", takesLong: true)
      switch (try SearchSolver(bank).ask(formula, "random"), try process.ask(formula, "random"), long) {
      case (.never, .never, .never): counts.never += 1
      case (.possible(let one), .possible(let two), .possible(let three)):
        counts.possible += 1
        for values in [one, two, three] {
          #expect(values[formula.place] == 1, "\(round)")
          #expect(bank.facts.allSatisfy { values[$0.place] == 1 }, "\(round)")
        }
      default: Issue.record("\(round): the solvers differ")
      }
    }
    #expect(counts.possible > 50 && counts.never > 50, "\(counts)")
  }

  /// A script that says the wrong thing is found out.
  @Test func findsAWrongAnswer() throws {
    let script = "(declare-const a Bool)\n(assert a)\n(set-info :status unsat)\n(check-sat)\n"
    #expect(try Self.answers(to: script) != ["sat"])
  }

  /// What Z3 prints for a script, without models and reasons.
  private static func answers(to script: String) throws -> [String] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).smt2")
    defer { try? FileManager.default.removeItem(at: file) }
    let questions = script.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("(get-") }
    try questions.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["z3", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
