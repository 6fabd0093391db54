public import RuleEngine
import SourceText

/// One assessment as a talk: which question is next, what an answer changes, and what the plan is so far.
///
/// It knows neither terminal nor file. A front end shows ``question`` and ``plan``, hands every line that was typed to
/// ``take(_:)``, and stores ``intake`` and ``progress`` before it shows the next question.
///
/// ```swift
/// var interview = Interview(program, Intake(answers: ["assessed_on": .number(Number(20_777))]))
/// interview.question?.ask       // "Is there chest pain …?"
/// let turn = interview.take("n")
/// turn.recorded                 // ["medical.emergency"]
/// ```
public struct Interview: Sendable {
  public let program: Program
  public let scope: InterviewScope
  public let language: String
  /// What was answered, also what does not apply now, and what a clinician selected.
  public private(set) var intake: Intake
  public private(set) var progress: Progress
  /// What is asked now; `nil` if nothing is left but what was skipped.
  public private(set) var question: Question?
  /// The plan so far. Its needed questions are not ranked.
  public private(set) var plan: Plan
  /// What is settled so far.
  public var settled: [Settled] { plan.settled }
  /// How many questions are needed now, what was skipped among them, and how many more may follow.
  public private(set) var remaining: (now: Int, skipped: Int, later: Int)

  let order: QuestionOrder
  private let facts: Set<String>
  private(set) var evaluation: Evaluation
  private var correction: String?
  private var listed: InterviewPage?

  /// Goes on where `intake` and `progress` stand.
  public init(
    _ program: Program, _ intake: Intake, progress: Progress = Progress(), scope: InterviewScope = .needed,
    language: String = "en"
  ) {
    self.program = program
    self.scope = scope
    self.language = language
    self.intake = intake
    self.progress = progress
    order = QuestionOrder(program)
    facts = Set(program.variables.filter { $0.fact != nil }.map(\.name))
    evaluation = Evaluator.evaluate(program, intake)
    plan = Plan(evaluation, language: language, ranksQuestions: false)
    remaining = (0, 0, 0)
    if scope == .all { self.progress.asksAll = true }
    ask()
  }

  var asked: InterviewScope { progress.asksAll && scope != .screen ? .all : scope == .all ? .needed : scope }
  var wording: Wording { Wording(evaluation, language: language) }
  func name(_ fact: Int) -> String { program.variables[fact].name }
  func label(_ fact: Int) -> String { program.variables[fact].label.text(in: language) }

  // MARK: What is next

  private mutating func ask() {
    let open = order.open(evaluation, asked)
    let skipped = open.filter { progress.skipped.contains(name($0)) }
    remaining = (
      open.count - skipped.count, skipped.count,
      asked == .screen ? 0 : evaluation.neededFacts(for: program.decisions.indices).later.count
    )
    if let at = progress.at, let fact = program.variable(named: at), !evaluation.values[fact].cannotApply {
      question = Question(fact, order, wording)
      return
    }
    progress.at = nil
    let waiting = open.subtracting(skipped)
    if let section = progress.section,
      !order.sections.indices.contains(section) || !order.sections[section].facts.contains(where: waiting.contains)
    {
      progress.section = nil
    }
    let next = order.next(of: waiting, evaluation, asked, first: progress.section)
    question = next.map { Question($0, order, wording) }
  }

  /// Whether no question is left that could settle anything more.
  public var isSettled: Bool { order.open(evaluation, .needed).isEmpty }

  // MARK: What was typed

  /// What a typed line led to.
  public struct Turn: Sendable {
    /// In the order in which they are to be read.
    public var messages: [Message] = []
    /// The facts whose answers are new.
    public var recorded: [String] = []
    /// What is settled since, or settled otherwise; first steps before the rest.
    public var settled: [Settled] = []
    /// What is to be shown apart from the question.
    public var page: InterviewPage?
    /// Whether the person wants to stop.
    public var ends = false

    public init(messages: [Message] = [], recorded: [String] = [], page: InterviewPage? = nil, ends: Bool = false) {
      self.messages = messages
      self.recorded = recorded
      self.page = page
      self.ends = ends
    }

    /// Whether nothing was taken.
    public var isRefused: Bool { messages.contains { $0.id.isRefusal } }
  }

  /// Takes a line: an answer, a command, or an empty line for the correction that was offered.
  public mutating func take(_ line: String) -> Turn {
    let offered = correction
    let list = listed
    correction = nil
    listed = nil
    let before = settled
    var turn: Turn
    if let refusal = Self.refusal(of: line) {
      turn = Turn(messages: [refusal])
    } else {
      var reply = Reply(line, to: question, facts: facts)
      if reply == .nothing, let offered { reply = Reply(offered, to: question, facts: facts) }
      turn = obey(reply.chosen(from: list))
    }
    correction = turn.messages.last?.correction
    listed = turn.page
    if !turn.recorded.isEmpty {
      turn.settled = settled.filter { !before.contains($0) }
      let now = Set(settled.map(\.name))
      let gone = before.filter { $0.isFirstStep && !now.contains($0.name) }.map(\.label)
      if !gone.isEmpty { turn.messages.append(.noLongerFirst(gone)) }
    }
    return turn
  }

  private static func refusal(of line: String) -> Message? {
    if line.unicodeScalars.contains(where: {
      $0.properties.generalCategory == .control && $0 != "\t" || $0 == "\u{FFFD}"
    }) {
      return .strangeKeys
    }
    return line.unicodeScalars.count > 1000 ? .tooLong : nil
  }

  private mutating func obey(_ reply: Reply) -> Turn {
    switch reply {
    case .nothing: return nothing()
    case .answer(let text): return answer(text, to: question?.fact)
    case .answerTo(let fact, let text): return named(fact, text)
    case .declined: return record(.declined)
    case .doesNotKnow: return record(.doesNotKnow)
    case .skip: return skip()
    case .back: return back()
    case .change(let words): return change(words)
    case .go(let words): return go(words)
    case .total: return total()
    case .all: return everything()
    case .plan: return Turn(page: .plan)
    case .help: return Turn(page: .help)
    case .quit: return Turn(ends: true)
    case .noCommand(let word): return Turn(messages: [.noSuchCommand(word, near: Reply.likelyCommand(word))])
    }
  }

  /// An empty line: keeps an answer that somebody came back to, or goes on to what was skipped.
  private mutating func nothing() -> Turn {
    if question != nil {
      guard question?.recorded != nil, progress.at != nil else { return Turn(messages: [.nothingTyped]) }
      progress.at = nil
      ask()
      return Turn()
    }
    guard remaining.skipped > 0 else { return Turn(messages: [.nothingAsked]) }
    let message = Message.skippedNow(remaining.skipped)
    progress.skipped = []
    ask()
    return Turn(messages: [message])
  }

  // MARK: Answers

  private mutating func named(_ fact: String, _ text: String) -> Turn {
    guard let place = program.variable(named: fact), !evaluation.values[place].cannotApply else {
      return Turn(messages: [.doesNotApply(program.variable(named: fact).map(label) ?? fact)])
    }
    switch text.lowercased() {
    case "d", "declined": return record(.declined, for: fact)
    case "dk", "does_not_know": return record(.doesNotKnow, for: fact)
    default: return answer(text, to: fact)
    }
  }

  private mutating func answer(_ text: String, to fact: String?) -> Turn {
    guard let fact, let place = program.variable(named: fact) else {
      return Turn(messages: [.nothingAsked])
    }
    let typed = TypedAnswer(
      question: fact == question?.fact ? question! : Question(place, order, wording),
      domain: program.variables[place].domain,
      today: evaluation.values[program.assessmentDay].interval?.single?.whole)
    switch typed.read(text) {
    case .success(let answer): return record(answer, for: fact)
    case .failure(let refusal): return Turn(messages: [refusal.message])
    }
  }

  private mutating func record(_ answer: Answer) -> Turn {
    guard let fact = question?.fact else { return nothing() }
    return record(answer, for: fact)
  }

  /// Records an answer, unless it contradicts the others; says what it changed about those that apply.
  private mutating func record(_ answer: Answer, for fact: String) -> Turn {
    let before = evaluation
    var changed = intake
    changed.answers[fact] = answer
    let after = Evaluator.evaluate(program, changed)
    if let contradiction = after.contradictions.first(where: { !before.contradictions.contains($0) }) {
      return Turn(messages: [message(contradiction, Wording(after, language: language))])
    }
    intake = changed
    evaluation = after
    plan = Plan(evaluation, language: language, ranksQuestions: false)
    progress.path.removeAll { $0 == fact }
    progress.path.append(fact)
    progress.skipped.removeAll { $0 == fact }
    if fact == question?.fact { progress.at = nil }
    ask()
    // What was answered in part comes again at the end, and not at once.
    if let place = program.variable(named: fact), order.open(evaluation, asked).contains(place) {
      progress.skipped.append(fact)
      ask()
    }
    let place = program.variable(named: fact) ?? program.assessmentDay
    return Turn(
      messages: [.recorded(label(place), AnswerWords.text(answer, of: place, wording))] + applicability(before),
      recorded: [fact])
  }

  /// Which answers no longer count, and which count again.
  private func applicability(_ before: Evaluation) -> [Message] {
    func labels(_ isSo: (Int) -> Bool) -> [String] {
      program.variables.indices.filter { intake.answers[name($0)] != nil && before.answer(of: $0) != nil && isSo($0) }
        .map(label)
    }
    let aside = labels { evaluation.values[$0].cannotApply && !before.values[$0].cannotApply }
    let back = labels { !evaluation.values[$0].cannotApply && before.values[$0].cannotApply }
    return (aside.isEmpty ? [] : [.keptAside(aside)]) + (back.isEmpty ? [] : [.comesBack(back)])
  }

  private func message(_ contradiction: Contradiction, _ wording: Wording) -> Message {
    switch contradiction {
    case .impossible(let index): .impossible(wording.text(program.impossibilities[index].because))
    case .totalDisagrees(_, let entered): .totalDisagrees(label(entered))
    case .noParameterInForce(let index):
      .noParameterInForce(
        first: program.parameters[index].values.first.map { CalendarDate(days: $0.from).description } ?? "")
    }
  }

  // MARK: Ways through the questions

  private mutating func skip() -> Turn {
    guard let fact = question?.fact else { return nothing() }
    progress.at = nil
    if intake.answers[fact] == nil {
      progress.skipped.removeAll { $0 == fact }
      progress.skipped.append(fact)
      progress.path.removeAll { $0 == fact }
      progress.path.append(fact)
    }
    ask()
    return Turn(messages: [.skipped])
  }

  private mutating func back() -> Turn {
    let applying = progress.path.filter { fact in
      program.variable(named: fact).map { !evaluation.values[$0].cannotApply } ?? false
    }
    let current = question?.fact
    let before = current.flatMap { applying.firstIndex(of: $0) }.map { applying[..<$0] } ?? applying[...]
    guard let fact = before.last else { return Turn(messages: [.nothingBefore]) }
    progress.at = fact
    ask()
    return Turn()
  }

  private mutating func change(_ words: String) -> Turn {
    guard !words.isEmpty else { return Turn(page: .answers(matching: "")) }
    let rows = answerRows(matching: "")
    if let number = Int(words), let row = rows.first(where: { $0.number == number }) { return goTo(row.fact) }
    if let place = program.variable(named: words), facts.contains(words) {
      guard !evaluation.values[place].cannotApply, !evaluation.values[place].mayNotApply else {
        return Turn(messages: [.doesNotApply(label(place))])
      }
      return goTo(words)
    }
    let fitting = answerRows(matching: words)
    if fitting.count == 1 { return goTo(fitting[0].fact) }
    if fitting.count > 1 { return Turn(messages: [.severalAnswers(words)], page: .answers(matching: words)) }
    let near = likelyMeant(words, among: rows.map(\.fact) + rows.map { $0.label.lowercased() })
    return Turn(messages: [.noSuchAnswer(words, near: near)])
  }

  private mutating func goTo(_ fact: String) -> Turn {
    guard let place = program.variable(named: fact), !evaluation.values[place].cannotApply else {
      return Turn(messages: [.doesNotApply(program.variable(named: fact).map(label) ?? fact)])
    }
    progress.at = fact
    ask()
    return Turn()
  }

  private mutating func go(_ words: String) -> Turn {
    guard !words.isEmpty else { return Turn(page: .sections) }
    let titles = order.sections.map { $0.title.text(in: language) }
    let lowered = words.lowercased()
    let fitting = titles.indices.filter { titles[$0].lowercased().contains(lowered) }
    let number = Int(words).map { $0 - 1 }.flatMap { titles.indices.contains($0) ? $0 : nil }
    guard let section = number ?? (fitting.count == 1 ? fitting[0] : nil) else {
      return Turn(messages: [.noSuchSection(words, near: likelyMeant(lowered, among: titles.map { $0.lowercased() }))])
    }
    let open = order.open(evaluation, asked)
    let here = order.sections[section].facts.filter(open.contains)
    guard !here.isEmpty else { return Turn(messages: [.nothingInSection(titles[section])]) }
    // Who goes there on purpose wants what was skipped there, too.
    let names = Set(here.map(name))
    progress.skipped.removeAll { names.contains($0) }
    progress.section = section
    progress.at = nil
    ask()
    return Turn()
  }

  /// From an item to the total of its instrument, and back.
  private mutating func total() -> Turn {
    guard let fact = question.flatMap({ program.variable(named: $0.fact) }) else { return nothing() }
    if order.instruments.contains(where: { $0.total == fact }) {
      progress.at = nil
      ask()
      return Turn()
    }
    guard question?.item?.takesTotal == true, let total = order.instrument(of: fact)?.total else {
      return Turn(messages: [.noTotal])
    }
    return goTo(name(total))
  }

  /// From the needed questions to all of them, and back.
  private mutating func everything() -> Turn {
    progress.asksAll.toggle()
    if progress.asksAll { progress.skipped = [] }
    ask()
    if !progress.asksAll { return Turn(messages: [.asksNeeded]) }
    return Turn(messages: [question == nil ? .askedAll : .asksAll])
  }
}
