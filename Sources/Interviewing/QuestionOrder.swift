import RuleEngine

/// Which questions an interview asks.
public enum InterviewScope: String, Sendable, Codable {
  /// Those that the plan still needs.
  case needed
  /// Every question that applies.
  case all
  /// The rulebook's own few for the first phone call.
  case screen
}

/// Which question comes next: the rulebook's sections in their order, in a section the most decisive first, instruments
/// without interruption.
struct QuestionOrder: Sendable {
  struct Section: Sendable {
    var title: LocalizedText
    var facts: [Int]
    var isInOrder: Bool
  }

  let program: Program
  /// As the rulebook presents them; what stands in none comes last.
  let sections: [Section]
  let instruments: [Instrument]

  init(_ program: Program) {
    self.program = program
    var sections = program.presentation.sections.map {
      Section(title: $0.title, facts: $0.facts, isInOrder: $0.isInOrder)
    }
    let placed = Set(sections.flatMap(\.facts))
    // The day of the assessment is given when an interview begins; it is asked only where the rulebook presents it.
    let rest = program.variables.indices.filter {
      program.variables[$0].fact != nil && !placed.contains($0) && $0 != program.assessmentDay
    }
    if !rest.isEmpty {
      let title = LocalizedText(sections.isEmpty ? "Questions" : "Other questions")
      sections.append(Section(title: title, facts: rest, isInOrder: false))
    }
    self.sections = sections
    instruments = Instrument.all(in: program, order: sections.flatMap(\.facts))
  }

  /// The facts worth asking now, whatever was skipped. A fact whose guard is not known yet is not among them: its guard's
  /// facts are. The total of an instrument is not, while its items can be asked.
  func open(_ evaluation: Evaluation, _ scope: InterviewScope) -> Set<Int> {
    var facts: Set<Int>
    switch scope {
    case .needed: facts = evaluation.neededFacts(for: program.decisions.indices).now
    case .all: facts = Set(evaluation.unknownFacts().filter { canBeAsked($0, evaluation) })
    case .screen: facts = Set(program.presentation.screen.filter { canBeAsked($0, evaluation) })
    }
    for instrument in instruments {
      if let total = instrument.total, instrument.items.contains(where: facts.contains) { facts.remove(total) }
    }
    return facts
  }

  /// Whether a fact surely applies and was not asked, or only in part.
  private func canBeAsked(_ fact: Int, _ evaluation: Evaluation) -> Bool {
    let possible = evaluation.values[fact]
    guard !possible.mayNotApply, !possible.cannotApply else { return false }
    switch evaluation.answer(of: fact) {
    case nil: return true
    case .members(let members)?: return members.contains(.notAsked)
    case .option?, .number?, .declined?, .doesNotKnow?: return false
    }
  }

  /// The next of these facts.
  ///
  /// - Parameter first: the section to begin with, where somebody went on purpose.
  func next(of open: Set<Int>, _ evaluation: Evaluation, _ scope: InterviewScope, first: Int?) -> Int? {
    if scope == .screen { return program.presentation.screen.first(where: open.contains) }
    let order = [first].compactMap(\.self) + sections.indices.filter { $0 != first }
    for section in order {
      let here = sections[section].facts.filter(open.contains)
      guard !here.isEmpty else { continue }
      if here.count == 1 { return here[0] }
      if let begun = instruments.first(where: { isBegun($0, evaluation) && $0.items.contains(where: here.contains) }) {
        return begun.items.first(where: here.contains)
      }
      guard scope == .needed, !sections[section].isInOrder, let best = evaluation.mostDecisiveFirst(here).first else {
        return here[0]
      }
      return instrument(of: best)?.items.first(where: here.contains) ?? best
    }
    return nil
  }

  /// The instrument of which a fact is an item.
  func instrument(of fact: Int) -> Instrument? {
    instruments.first { $0.items.contains(fact) }
  }

  /// The section in which a fact stands.
  func section(of fact: Int) -> Int? {
    sections.firstIndex { $0.facts.contains(fact) }
  }

  private func isBegun(_ instrument: Instrument, _ evaluation: Evaluation) -> Bool {
    instrument.items.contains { evaluation.answer(of: $0) != nil }
  }
}
