import RuleEngine

/// Carries answers of one rulebook over to another, by name and never by place.
struct Translation: Sendable {
  let from: Program
  let to: Program

  /// The intake with the answers that the other rulebook asks for, too; `nil` if it cannot hold one of them: an option that it
  /// does not have, or a number outside of its bounds. Selections stay behind: what rules recommend is compared.
  func intake(_ intake: Intake) -> Intake? {
    var result = Intake()
    for (name, answer) in intake.answers {
      guard let (source, target) = domains(name) else { continue }
      guard let found = self.answer(answer, source, target) else { return nil }
      result.answers[name] = found
    }
    return result
  }

  /// The same of the answer to one fact, of whatever name; `nil` also if only one of them asks for it.
  func answer(_ answer: Answer, to name: String) -> Answer? {
    domains(name).flatMap { self.answer(answer, $0, $1) }
  }

  /// Whether both ask for it.
  func isShared(_ name: String) -> Bool { domains(name) != nil }

  private func domains(_ name: String) -> (Domain, Domain)? {
    guard let source = from.variable(named: name), let target = to.variable(named: name),
      from.variables[source].fact != nil, to.variables[target].fact != nil
    else { return nil }
    return (from.variables[source].domain, to.variables[target].domain)
  }

  private func answer(_ answer: Answer, _ domain: Domain, _ other: Domain) -> Answer? {
    guard answer.isValue, domain != other else { return answer }
    guard domain.isKind(of: other) else { return nil }
    switch (answer, other) {
    case (.option(let option), .options(let names, _)):
      return names.firstIndex(of: domain.names[option]).map { .option($0) }
    case (.number(let number), .numbers(let numbers)):
      return numbers.interval.contains(number) && (!numbers.isWhole || number.isWhole) ? answer : nil
    case (.number(let number), .dates(let whole)): return whole.contains(number) ? answer : nil
    case (.members(let members), .members(let names)):
      let byName = Dictionary(zip(domain.names, members)) { first, _ in first }
      let missing = domain.names.filter { !names.contains($0) }
      // In a list, what is not named is not chosen.
      let isList = members.allSatisfy { $0 == .yes || $0 == .no }
      guard missing.allSatisfy({ byName[$0] == .notAsked || (isList && byName[$0] == .no) }) else { return nil }
      return .members(names.map { byName[$0] ?? (isList ? .no : .notAsked) })
    default: return nil
    }
  }
}
