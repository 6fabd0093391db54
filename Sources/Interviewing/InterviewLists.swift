import RuleEngine

/// What can be looked over: the sections, and the answers so far.
extension Interview {
  /// A section, how many of its questions wait, and how many were answered.
  public struct SectionRow: Sendable, Equatable {
    /// From 1.
    public var number: Int
    public var title: String
    public var waiting: Int
    public var answered: Int
  }

  public var sectionRows: [SectionRow] {
    let open = order.open(evaluation, asked)
    return order.sections.enumerated().map { index, section in
      SectionRow(
        number: index + 1, title: section.title.text(in: language), waiting: section.facts.count(where: open.contains),
        answered: section.facts.count { intake.answers[name($0)] != nil && !evaluation.values[$0].cannotApply })
    }
  }

  /// An answer in a list.
  public struct AnswerRow: Sendable, Equatable {
    /// From 1, among all answers.
    public var number: Int
    public var fact: String
    public var section: String
    public var label: String
    public var answer: String
    /// Whether it does not apply now, and so has no effect.
    public var isAside: Bool
  }

  /// The answers as the rulebook presents their questions, the day of the assessment first.
  ///
  /// - Parameter words: what their name, label or question must hold; nothing for all.
  public func answerRows(matching words: String) -> [AnswerRow] {
    let presented = order.sections.flatMap(\.facts)
    let all = [program.assessmentDay].filter { !presented.contains($0) } + presented
    let rows = all.compactMap { fact -> AnswerRow? in
      guard let answer = intake.answers[name(fact)] else { return nil }
      return AnswerRow(
        number: 0, fact: name(fact),
        section: order.section(of: fact).map { order.sections[$0].title.text(in: language) } ?? "Assessment",
        label: label(fact), answer: AnswerWords.text(answer, of: fact, wording),
        isAside: evaluation.values[fact].cannotApply)
    }
    let lowered = words.lowercased()
    return rows.enumerated().map { index, row in
      var row = row
      row.number = index + 1
      return row
    }.filter { row in
      let ask = program.variable(named: row.fact).flatMap { program.variables[$0].fact?.question.text(in: language) }
      return lowered.isEmpty
        || [row.fact, row.label, row.section, ask ?? ""].contains { $0.lowercased().contains(lowered) }
    }
  }
}
