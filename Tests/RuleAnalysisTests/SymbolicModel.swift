import Foundation
import RuleEngine
import RuleLanguage
import TestSupport
import Testing

@testable import RuleAnalysis

/// A program, evaluated for every intake of a scope, and its formulas at one intake.
struct SymbolicModel {
  let program: Program
  let bank = TermBank()
  let scale: NumberScale
  let evaluation: SymbolicEvaluation

  init(_ program: Program, scope: SymbolicIntake.Scope) {
    self.program = program
    scale = NumberScale([program])
    let intake = SymbolicIntake(program, scope: scope, scale: scale, bank: bank)
    evaluation = SymbolicEvaluation(program, intake, scale: scale, bank: bank)
    // What an expectation asks of decisions is made on demand, and must be there before terms are given values.
    for decision in program.decisions.indices { _ = evaluation.isSettled(decision) }
  }

  /// The solver's unknowns, as the intake has them.
  func assignment(of intake: Intake) -> Assignment {
    var assignment = Assignment()
    for variable in program.variables where variable.fact != nil {
      let name = variable.name
      guard let answer = intake.answers[name] else { continue }
      assignment.booleans["\(name)?"] = answer.isValue
      switch answer {
      case .declined: assignment.booleans["\(name)?declined"] = true
      case .doesNotKnow: assignment.booleans["\(name)?does_not_know"] = true
      case .option(let option): assignment.booleans["\(name)=\(variable.domain.names[option])"] = true
      case .number(let number):
        assignment.integers[name] = scale.floor(number) / (variable.domain.isWhole ? scale.perOne : 1)
      case .members(let members):
        for (member, recorded) in zip(variable.domain.names, members) {
          assignment.booleans["\(name).\(member)?"] = recorded.truth != .unknown
          assignment.booleans["\(name).\(member)"] = recorded.truth == .yes
        }
      }
    }
    // A choice that is not known still has just one option.
    for variable in program.variables where variable.fact != nil {
      let names = variable.domain.names.map { "\(variable.name)=\($0)" }
      guard case .options = variable.domain, names.allSatisfy({ assignment.booleans[$0] == nil }) else { continue }
      assignment.booleans[names[0]] = true
    }
    return assignment
  }
}

enum RandomProgram {
  static func make(seed: Int) throws -> Program {
    let text = RandomRulebook.text(RandomRulebook(seed: seed).trees)
    return try #require(Compiling.compile([("rules.yaml", text)]).program)
  }
}

/// How long tests over random rulebooks run.
enum Longer {
  /// The number of rulebooks, or what the environment variable `HANDRAIL_RULEBOOKS` says.
  static func rulebooks(_ usual: Int) -> Int {
    ProcessInfo.processInfo.environment["HANDRAIL_RULEBOOKS"].flatMap(Int.init) ?? usual
  }
}
