package import RuleEngine

/// Intakes written as lines of JSON and of tables.
package enum IntakeLine {
  /// One JSON object, some of its names nested and some with dots, in a random order.
  package static func json(
    _ intake: Intake, _ program: Program, id: String?, _ generator: inout SeededGenerator
  ) -> String {
    var parts: [String] = []
    var nested: [String: [String]] = [:]
    for (name, answer) in intake.answers.sorted(by: { $0.key < $1.key }) {
      guard let variable = program.variable(named: name) else { continue }
      let value = value(answer, program.variables[variable].domain, &generator)
      if let dot = name.firstIndex(of: "."), generator.chance(50) {
        nested[String(name[..<dot]), default: []].append("\"\(name[name.index(after: dot)...])\":\(value)")
      } else {
        parts.append("\"\(name)\": \(value)")
      }
    }
    parts += nested.sorted { $0.key < $1.key }.map { "\"\($0.key)\":{\($0.value.joined(separator: ","))}" }
    if let id { parts.append("\"client\":\"\(id)\"") }
    return "{\(parts.shuffled(using: &generator).joined(separator: ", "))}"
  }

  private static func value(_ answer: Answer, _ domain: Domain, _ generator: inout SeededGenerator) -> String {
    switch answer {
    case .declined: return "\"declined\""
    case .doesNotKnow: return "\"does_not_know\""
    case .number(let number): return text(number, domain)
    case .option(let option):
      if domain == .yesNo, generator.chance(50) { return option == 1 ? "true" : "false" }
      return "\"\(domain.names[option])\""
    case .members(let members):
      if members.allSatisfy({ $0 == .yes || $0 == .no }), generator.chance(50) {
        let chosen = members.indices.filter { members[$0] == .yes }.map { "\"\(domain.names[$0])\"" }
        return "[\(chosen.joined(separator: ","))]"
      }
      let parts = members.indices.compactMap { index -> String? in
        switch members[index] {
        case .yes: generator.chance(50) ? "\"\(domain.names[index])\":true" : "\"\(domain.names[index])\":\"yes\""
        case .no: "\"\(domain.names[index])\":false"
        case .declined: "\"\(domain.names[index])\":\"declined\""
        case .doesNotKnow: "\"\(domain.names[index])\":\"does_not_know\""
        case .notAsked: nil
        }
      }
      return "{\(parts.joined(separator: ","))}"
    }
  }

  private static func text(_ number: Number, _ domain: Domain) -> String {
    if case .dates = domain { return "\"\(CalendarDate(days: number.whole ?? 0))\"" }
    return number.description
  }

  /// Without sets of which nothing was asked, which nobody can tell from those that were left out.
  package static func withoutBlanks(_ intake: Intake) -> Intake {
    Intake(
      answers: intake.answers.filter { _, answer in
        if case .members(let members) = answer { members.contains { $0 != .notAsked } } else { true }
      })
  }

  // MARK: Tables

  private static func facts(_ program: Program) -> [Variable] {
    program.variables.filter { $0.fact != nil }
  }

  /// The names of all facts.
  package static func header(_ program: Program) -> String {
    facts(program).map(\.name).joined(separator: ",")
  }

  /// One row, with a column for each fact. A set of which not all is known is left out.
  package static func csv(_ intake: Intake, _ program: Program, _ generator: inout SeededGenerator) -> String {
    facts(program).map { variable in
      let text: String
      switch intake.answers[variable.name] {
      case nil: text = ""
      case .declined: text = "declined"
      case .doesNotKnow: text = "does_not_know"
      case .option(let option): text = variable.domain.names[option]
      case .number(let number): text = IntakeLine.text(number, variable.domain).replacing("\"", with: "")
      case .members(let members):
        guard members.allSatisfy({ $0 == .yes || $0 == .no }) else { return "" }
        let chosen = members.indices.filter { members[$0] == .yes }.map { variable.domain.names[$0] }
        text = chosen.isEmpty ? "[]" : chosen.joined(separator: ";")
      }
      return generator.chance(20) ? "\"\(text)\"" : text
    }.joined(separator: ",")
  }

  /// What a row of ``csv(_:_:_:)`` holds.
  package static func withoutPartialSets(_ intake: Intake) -> Intake {
    Intake(
      answers: intake.answers.filter { _, answer in
        if case .members(let members) = answer { members.allSatisfy { $0 == .yes || $0 == .no } } else { true }
      })
  }
}
