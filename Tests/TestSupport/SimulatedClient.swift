public import Interviewing
public import RuleEngine

/// A client who answers every question by chance, the same in every run: some have little that weighs on them, others much.
///
/// The draws know the kinds of questions and not their subjects, so that another rulebook gets clients, too.
public struct SimulatedClient {
  private var generator: SeededGenerator
  /// From 0 to 100: how often the answer is the higher or the yes.
  private let burden: Int
  /// Of a hundred questions, how many the client declines or cannot answer.
  private let silence: Int

  public init(seed: Int, silence: Int = 0) {
    var generator = SeededGenerator(seed: seed)
    burden = generator.below(101)
    self.generator = generator
    self.silence = silence
  }

  /// What the client's coordinator types.
  public mutating func answer(to question: Question) -> String {
    if generator.chance(silence) { return generator.chance(50) ? "d" : "dk" }
    switch question.kind {
    case .yesNo: return generator.chance(8 + burden / 3) ? "y" : "n"
    case .choice: return String(generator.below(question.options.count) + 1)
    case .choices:
      let chosen = question.options.indices.filter { _ in generator.chance(15 + burden / 3) }.map { String($0 + 1) }
      return chosen.isEmpty ? "0" : chosen.joined(separator: " ")
    case .integer, .decimal: return number(question)
    case .date:
      // Most of what is asked about lies in the last weeks.
      return generator.chance(25) ? "\(generator.below(300)) days ago" : "\(generator.below(40)) days ago"
    }
  }

  /// Mostly in the part of the range to which the burden leads.
  private mutating func number(_ question: Question) -> String {
    let ends = (question.range ?? "").split(separator: " ").compactMap { Int($0) }
    guard ends.count > 1 else { return "0" }
    let whole = ends[1] - ends[0]
    let centre = ends[0] + whole * burden / 100
    let spread = max(1, whole / 4)
    let value =
      generator.chance(15) ? ends[0] + generator.below(whole + 1) : centre - spread + generator.below(2 * spread + 1)
    return String(min(ends[1], max(ends[0], value)))
  }
}

/// An interview with a simulated client, up to the first plan to which no needed question can add.
public enum SimulatedInterview {
  /// How the questions are chosen.
  public enum Order: String, CaseIterable, Sendable {
    /// As an interview does.
    case mostDecisive = "most decisive first"
    /// Every question that applies, as the rulebook presents them, until the plan needs no more.
    case textual = "in the rulebook's order"
    /// Every question that applies.
    case everything = "everything"
  }

  /// - Returns: how many questions were answered; those that contradicted others and were answered again count once.
  public static func questions(_ program: Program, _ client: SimulatedClient, _ order: Order, day: Int) -> Int {
    var client = client
    var interview = Interview(
      program, Intake(answers: ["assessed_on": .number(Number(day))]), scope: order == .mostDecisive ? .needed : .all)
    var answered = 0
    var refusals = 0
    while let question = interview.question {
      if order == .textual, interview.isSettled { break }
      // After many contradictions the client cannot say.
      let turn = interview.take(refusals > 20 ? "dk" : client.answer(to: question))
      if turn.recorded.isEmpty {
        refusals += 1
      } else {
        answered += 1
        refusals = 0
      }
    }
    return answered
  }
}
