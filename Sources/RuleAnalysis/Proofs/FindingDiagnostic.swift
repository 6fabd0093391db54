public import RuleEngine
package import SourceText

extension Finding.Kind {
  /// How grave it is. What reaches a person is an error; what reaches nobody is a warning; a second reason is a remark.
  package var severity: Diagnostic.Severity {
    switch self {
    case .gap, .conflict, .propertyViolated, .notProved, .solverDisagrees: .error
    case .ruleNeverApplies, .ruleNeverWins, .uselessOverride, .optionNeverChosen, .factNeverMatters, .openInVain:
      .warning
    case .redundantRule: .note
    }
  }
}

extension Finding {
  /// The finding with its place in the files, and the intake that shows it.
  package func diagnostic(_ program: Program, _ places: ElementPlaces) -> Diagnostic {
    var notes: [Diagnostic.Note] = related.map {
      Diagnostic.Note("\($0.subject.name): \($0.message)", at: places[$0.subject])
    }
    if let witness {
      let yaml = CaseYAML(program)
      let isPair = witness.other != nil
      notes.append(Diagnostic.Note("\(isPair ? "one" : "for example"): \(yaml.line(witness.intake))"))
      if let other = witness.other {
        let own = other.answers.filter { $0.value != witness.intake.answers[$0.key] }
        let missing = witness.intake.answers.keys.filter { other.answers[$0] == nil }.sorted()
        let without = missing.isEmpty ? "" : ", without \(missing.joined(separator: ", "))"
        let changes = own.isEmpty ? "" : ", but \(yaml.line(Intake(answers: own)))"
        notes.append(Diagnostic.Note("the other: the same\(changes)\(without)"))
      }
      if !witness.outcomes.isEmpty {
        let plan = witness.outcomes.map { "\($0.name): \($0.text)" }.joined(separator: "; ")
        notes.append(Diagnostic.Note("the plan then: \(plan)"))
      }
    }
    if let advice { notes.append(Diagnostic.Note(advice)) }
    return Diagnostic(
      id: kind.rawValue, severity: kind.severity, message: message, range: places[subject], notes: notes)
  }
}

extension Finding.Subject {
  var name: String {
    switch self {
    case .rule(let name), .variable(let name), .property(let name): name
    }
  }
}

extension ElementPlaces {
  fileprivate subscript(subject: Finding.Subject) -> SourceRange? {
    switch subject {
    case .rule(let id): rule(id)
    case .variable(let name): variables[name]
    case .property(let id): properties[id]
    }
  }
}

extension Prover.Report {
  /// The intakes of the findings as a rulebook file with cases, each expecting what it should not get: to be corrected to
  /// what the person should get, and kept.
  public func cases(_ program: Program) -> String {
    let yaml = CaseYAML(program)
    var numbers: [String: Int] = [:]
    var text = "cases:\n"
    let errors = findings.filter { $0.kind.severity == .error }
    for finding in errors + findings.filter({ $0.kind.severity != .error }) {
      guard let witness = finding.witness else { continue }
      let base =
        finding.kind.rawValue + "-" + String(finding.subject.name.map { $0.isLetter || $0.isNumber ? $0 : "-" })
      let what = finding.message.replacing(": ", with: " - ")
      let why = "Found by a proof (\(what)); say what this person should get."
      for intake in [witness.intake] + (witness.other.map { [$0] } ?? []) {
        numbers[base, default: 0] += 1
        let number = numbers[base]!
        text += yaml.entry(
          id: number == 1 ? base : "\(base)-\(number)", why: why, intake,
          expect: [("plan", "settled")])
      }
    }
    return numbers.isEmpty ? "" : text
  }
}
