import PlanRecord
import RuleEngine

/// A record in words, for paper.
enum RecordWords {
  /// How far a version is, who did what, and its seal.
  static func standing(_ version: AssessmentRecord.Version) -> [String] {
    var lines = ["Version \(version.number), \(version.state.rawValue)."]
    lines += version.steps.map { step in
      "\(step.what.rawValue.capitalizedFirst) \(step.at) by \(step.by.text)\(step.note.map { ": \($0)" } ?? "")"
    }
    return lines + ["Seal \(version.seal)"]
  }

  /// One row for each answer: the fact, the answer, when and by whom, and what it was before.
  static func answers(_ version: AssessmentRecord.Version, _ program: Program?) -> [[String]] {
    version.answers.map { answer in
      let variable = program.flatMap { program in program.variable(named: answer.fact).map { program.variables[$0] } }
      let earlier = answer.earlier.map { "\(text($0.value)) (\($0.at), \($0.by.text))" }
      return [
        variable.map { "\($0.label.text(in: "en")) (\(answer.fact))" } ?? answer.fact, text(answer.value),
        "\(answer.at), \(answer.by.text)", earlier.joined(separator: "; "),
      ]
    }
  }

  static func selections(_ version: AssessmentRecord.Version) -> [[String]] {
    version.selections.map { selection in
      let earlier = selection.earlier.map { "\($0.value ?? "none") (\($0.at), \($0.by.text))" }
      let reason = selection.because.map(SelectionWords.reason)
      return [
        selection.decision, selection.value ?? "withdrawn",
        [reason, selection.note].compactMap(\.self).joined(separator: ": "),
        "\(selection.at), \(selection.by.text)", earlier.joined(separator: "; "),
      ]
    }
  }

  private static func text(_ value: RecordedValue?) -> String {
    switch value {
    case nil: "taken back"
    case .text(let text): text
    case .chosen(let chosen): chosen.isEmpty ? "none" : chosen.joined(separator: ", ")
    case .options(let options):
      options.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
