public import RuleEngine

/// One question as a front end needs it: words, not places in a program.
public struct Question: Sendable, Equatable {
  /// How the answer is given.
  public enum Kind: String, Sendable {
    case yesNo = "yes_no"
    case choice
    case choices
    case integer
    case decimal
    case date
  }

  public struct Option: Sendable, Equatable {
    /// As an intake has it: `paid_work`.
    public var name: String
    /// As a person reads it: `Paid work`.
    public var label: String
    /// Of a question with several answers: what is recorded for this one, while the rest is to be asked.
    public var recorded: Answer.Member?
  }

  /// Where a question stands in a questionnaire.
  public struct Item: Sendable, Equatable {
    public var instrument: String
    /// From 1.
    public var number: Int
    public var count: Int
    /// Whether the total can be entered instead.
    public var takesTotal: Bool
  }

  /// The name of the fact: `work.hours`.
  public var fact: String
  /// What the fact is called in a list of answers.
  public var label: String
  public var section: String
  public var kind: Kind
  public var ask: String
  public var help: String?
  public var why: String?
  /// Of a choice, in the order in which they are numbered from 1; of the others none.
  public var options: [Option]
  /// Of a number: the lowest and the highest, and what it counts.
  public var range: String?
  public var item: Item?
  /// The name of the instrument of which this is the total.
  public var totalOf: String?
  /// What is recorded now, in words, where somebody came back to it.
  public var recorded: String?

  init(_ fact: Int, _ order: QuestionOrder, _ wording: Wording) {
    let program = order.program
    let language = wording.language
    let variable = program.variables[fact]
    let answer = wording.evaluation.answer(of: fact)
    self.fact = variable.name
    label = variable.label.text(in: language)
    section = order.section(of: fact).map { order.sections[$0].title.text(in: language) } ?? "Assessment"
    ask = variable.fact?.question.text(in: language) ?? variable.name
    help = variable.fact?.help?.text(in: language)
    why = variable.fact?.why?.text(in: language)
    options = []
    switch variable.domain {
    case .yesNo: kind = .yesNo
    case .options: kind = .choice
    case .members: kind = .choices
    case .numbers(let numbers):
      kind = numbers.isWhole ? .integer : .decimal
      range = "\(numbers.interval.lower) to \(wording.number(numbers.interval.upper, in: variable.domain))"
    case .dates: kind = .date
    }
    options = zip(variable.domain.names, variable.optionLabels).map { name, label in
      Option(name: name, label: label.text(in: language))
    }
    if case .members(let members)? = answer {
      for index in options.indices where members[index] != .notAsked { options[index].recorded = members[index] }
    }
    if let instrument = order.instrument(of: fact), let number = instrument.items.firstIndex(of: fact) {
      let takesTotal = instrument.total != nil && !wording.evaluation.values[instrument.sum].isSettled
      item = Item(
        instrument: wording.label(of: instrument.sum), number: number + 1, count: instrument.items.count,
        takesTotal: takesTotal)
    }
    totalOf = order.instruments.first { $0.total == fact }.map { wording.label(of: $0.sum) }
    recorded = answer.map { AnswerWords.text($0, of: fact, wording) }
  }
}

/// An answer in the words of the rulebook.
enum AnswerWords {
  static func text(_ answer: Answer, of fact: Int, _ wording: Wording) -> String {
    let domain = wording.evaluation.program.variables[fact].domain
    switch answer {
    case .option(let option): return wording.option(option, of: fact)
    case .number(let number): return wording.number(number, in: domain)
    case .declined: return "declined"
    case .doesNotKnow: return "does not know"
    case .members(let members):
      func labels(_ wanted: Answer.Member) -> String {
        wording.list(members.indices.filter { members[$0] == wanted }.map { wording.option($0, of: fact) })
      }
      let parts = [
        labels(.yes), labels(.declined).isEmpty ? "" : "declined: \(labels(.declined))",
        labels(.doesNotKnow).isEmpty ? "" : "not known: \(labels(.doesNotKnow))",
        labels(.notAsked).isEmpty ? "" : "not asked: \(labels(.notAsked))",
      ].filter { !$0.isEmpty }
      return parts.isEmpty ? "none of these" : parts.joined(separator: "; ")
    }
  }
}
