package import RuleEngine

/// Intakes as a table with a column for each fact, and for each member of a fact with several answers.
package enum IntakeTable {
  package static func header(_ program: Program) -> [String] {
    program.variables.filter { $0.fact != nil }.flatMap { variable -> [String] in
      guard case .members(let names) = variable.domain else { return [variable.name] }
      return [variable.name] + names.map { "\(variable.name).\($0)" }
    }
  }

  /// The cells of one intake; a set is written as a list or, as it must be where not all of it is known, by its members.
  package static func row(_ intake: Intake, _ program: Program, _ generator: inout SeededGenerator) -> [String] {
    var cells: [String] = []
    for variable in program.variables where variable.fact != nil {
      let answer = intake.answers[variable.name]
      guard case .members(let names) = variable.domain else {
        cells.append(answer.map { word($0, variable.domain) } ?? "")
        continue
      }
      guard case .members(let members)? = answer else {
        cells.append(answer == nil ? "" : answer == .declined ? "declined" : "does_not_know")
        cells += names.map { _ in "" }
        continue
      }
      if members.allSatisfy({ $0 == .yes || $0 == .no }), generator.chance(50) {
        let chosen = names.indices.filter { members[$0] == .yes }.map { names[$0] }
        cells.append(chosen.isEmpty ? "[]" : chosen.joined(separator: ";"))
        cells += names.map { _ in "" }
      } else {
        cells.append("")
        cells += members.map { member in
          switch member {
          case .yes: "yes"
          case .no: "no"
          case .declined: "declined"
          case .doesNotKnow: "does_not_know"
          case .notAsked: ""
          }
        }
      }
    }
    return cells
  }

  private static func word(_ answer: Answer, _ domain: Domain) -> String {
    switch answer {
    case .option(let option): domain.names[option]
    case .number(let number):
      if case .dates = domain { CalendarDate(days: number.whole ?? 0).description } else { number.description }
    case .declined: "declined"
    case .doesNotKnow: "does_not_know"
    case .members: ""
    }
  }

  /// What a row can hold: a set of which nothing was asked is one that was left out.
  package static func written(_ intake: Intake) -> Intake { IntakeLine.withoutBlanks(intake) }
}
