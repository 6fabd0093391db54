package import RuleEngine

/// An intake, or a case made of it, as an author would write it in YAML. Made of intakes that are invented by the program,
/// never of a person's answers.
package struct CaseYAML {
  private let program: Program

  package init(_ program: Program) {
    self.program = program
  }

  /// Each answer by the name of its fact, in the order of the sections of the intake: `work.hours` and `days`.
  package func answers(_ intake: Intake) -> [(name: String, text: String)] {
    let placed = program.presentation.sections.flatMap(\.facts)
    let order = [program.assessmentDay] + placed.filter { $0 != program.assessmentDay }
    let rest = program.variables.indices.filter { program.variables[$0].fact != nil && !order.contains($0) }
    return (order + rest).compactMap { index in
      let variable = program.variables[index]
      return intake.answers[variable.name].map { (variable.name, text($0, variable.domain)) }
    }
  }

  /// On one line: `{assessed_on: 2026-11-20, work.hours: days}`.
  package func line(_ intake: Intake) -> String {
    "{" + answers(intake).map { "\($0.name): \($0.text)" }.joined(separator: ", ") + "}"
  }

  /// A case ready to be pasted below `cases:`.
  ///
  /// - Parameters:
  ///   - why: a sentence without quotation marks.
  ///   - expect: what is expected, by name; nothing expects no more than that the rules are not in the way of each other.
  ///   - other: what the case demands besides, such as `needs`.
  package func entry(
    id: String, why: String, _ intake: Intake, expect: [(name: String, text: String)],
    beside other: (name: String, text: String)? = nil
  ) -> String {
    var text = "  \(id):\n    why: \(why)\n    given:"
    let answers = answers(intake)
    text += answers.isEmpty ? " {}\n" : "\n" + answers.map { "      \($0.name): \($0.text)\n" }.joined()
    if other == nil || !expect.isEmpty {
      text += "    expect:\n" + expect.map { "      \($0.name): \($0.text)\n" }.joined()
    }
    return text + (other.map { "    \($0.name): \($0.text)\n" } ?? "")
  }

  private func text(_ answer: Answer, _ domain: Domain) -> String {
    switch answer {
    case .option(let option): return domain.names[option]
    case .number(let number):
      if case .dates = domain, let day = number.whole { return CalendarDate(days: day).description }
      return number.description
    case .declined: return "declined"
    case .doesNotKnow: return "does_not_know"
    case .members(let members):
      if members.allSatisfy({ $0 == .yes || $0 == .no }) {
        let chosen = zip(domain.names, members).filter { $0.1 == .yes }.map(\.0)
        return "[\(chosen.joined(separator: ", "))]"
      }
      let words = zip(domain.names, members).compactMap { name, member -> String? in
        switch member {
        case .yes: "\(name): yes"
        case .no: "\(name): no"
        case .declined: "\(name): declined"
        case .doesNotKnow: "\(name): does_not_know"
        case .notAsked: nil
        }
      }
      return "{\(words.joined(separator: ", "))}"
    }
  }
}
