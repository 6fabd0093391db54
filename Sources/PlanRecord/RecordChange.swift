public import RuleEngine

/// Why something cannot be done to a record.
public enum RecordRefusal: Error, Equatable {
  /// Only a draft can be reviewed.
  case notADraft
  /// Only a reviewed version can be signed.
  case notReviewed
  /// A version without a plan can be neither reviewed nor signed.
  case noPlan
  case nothingSelected(String)
}

/// Everything that changes a record. Each change is sealed; what was there before is kept.
extension AssessmentRecord {
  /// Records an answer, or takes one back. The same answer again changes nothing.
  ///
  /// ```swift
  /// record.answer("work.hours", .option(2), in: program, at: moment, by: coordinator)
  /// ```
  ///
  /// - Parameters:
  ///   - answer: `nil` takes the answer back; that there was one stays recorded.
  ///   - program: knows the words for the answer.
  /// - Returns: whether anything changed.
  @discardableResult
  public mutating func answer(
    _ fact: String, _ answer: Answer?, in program: Program, at moment: Moment, by author: Author
  ) -> Bool {
    guard let variable = program.variable(named: fact) else { return false }
    let value = answer.map { RecordedValue($0, of: program.variables[variable].domain) }
    let place = current.answers.firstIndex { $0.fact == fact }
    guard place.flatMap({ current.answers[$0].value }) != value else { return false }
    change(program, at: moment, by: author) { version in
      var recorded = RecordedAnswer(fact: fact, value: value, at: moment, by: author)
      guard let place else { return version.answers.append(recorded) }
      let old = version.answers[place]
      recorded.earlier = old.earlier + [RecordedAnswer.Earlier(value: old.value, at: old.at, by: old.by)]
      version.answers[place] = recorded
    }
    return true
  }

  /// Takes the answers and selections of an intake; what it does not mention stays.
  ///
  /// - Returns: whether anything changed.
  @discardableResult
  public mutating func take(
    _ intake: Intake, in program: Program, at moment: Moment, by author: Author
  ) -> Bool {
    let before = self
    for fact in intake.answers.keys.sorted() {
      answer(fact, intake.answers[fact], in: program, at: moment, by: author)
    }
    for name in intake.selections.keys.sorted() {
      if let selection = intake.selections[name] { select(name, selection, in: program, at: moment, by: author) }
    }
    return self != before
  }

  /// Records what was selected for a decision, a member or an item.
  ///
  /// - Returns: whether anything changed.
  @discardableResult
  public mutating func select(
    _ name: String, _ selection: Selection, in program: Program, at moment: Moment, by author: Author
  ) -> Bool {
    guard let value = program.text(of: selection, for: name) else { return false }
    let place = current.selections.firstIndex { $0.decision == name }
    if let place, current.selections[place].value == value, current.selections[place].because == selection.because,
      current.selections[place].note == selection.note
    {
      return false
    }
    put(value, selection.because, selection.note, for: name, program, at: moment, by: author)
    return true
  }

  /// Withdraws a selection; that there was one stays recorded.
  public mutating func withdraw(
    _ name: String, in program: Program, at moment: Moment, by author: Author
  ) throws(RecordRefusal) {
    guard current.selections.contains(where: { $0.decision == name && $0.value != nil }) else {
      throw .nothingSelected(name)
    }
    put(nil, nil, nil, for: name, program, at: moment, by: author)
  }

  private mutating func put(
    _ value: String?, _ because: Selection.Reason?, _ note: String?, for name: String, _ program: Program,
    at moment: Moment, by author: Author
  ) {
    let place = current.selections.firstIndex { $0.decision == name }
    change(program, at: moment, by: author) { version in
      var recorded = RecordedSelection(
        decision: name, value: value, because: because, note: note, at: moment, by: author, earlier: [])
      guard let place else { return version.selections.append(recorded) }
      let old = version.selections[place]
      recorded.earlier =
        old.earlier
        + [
          RecordedSelection.Earlier(value: old.value, because: old.because, note: old.note, at: old.at, by: old.by)
        ]
      version.selections[place] = recorded
    }
  }

  /// Makes the plan of a draft anew from what is recorded, and keeps it. A plan that was reviewed or signed stays.
  ///
  /// - Parameter language: the language of the plan's texts.
  public mutating func makePlan(_ program: Program, language: String = "en") throws {
    guard current.state == .draft else { return }
    let plan = Plan(program, current.intake(for: program).intake, language: language)
    versions[versions.count - 1].plan = try RecordText.decode(JSONValue.self, from: RecordText.canonical(plan))
    versions[versions.count - 1].rulebook = RulebookIdentity(program)
    versions[versions.count - 1].meaning = Program.meaningVersion
    sealCurrent()
  }

  /// Somebody has read the draft and found it right.
  public mutating func review(at moment: Moment, by author: Author, note: String? = nil) throws(RecordRefusal) {
    guard current.state == .draft else { throw .notADraft }
    guard current.plan != nil else { throw .noPlan }
    move(to: .reviewed, Step(what: .reviewed, at: moment, by: author, note: note))
  }

  /// A clinician takes responsibility. From now on this version does not change.
  public mutating func sign(at moment: Moment, by author: Author, note: String? = nil) throws(RecordRefusal) {
    guard current.state == .reviewed else { throw .notReviewed }
    guard current.plan != nil else { throw .noPlan }
    move(to: .signed, Step(what: .signed, at: moment, by: author, note: note))
  }

  private mutating func move(to state: State, _ step: Step) {
    versions[versions.count - 1].state = state
    versions[versions.count - 1].steps.append(step)
    sealCurrent()
  }

  /// Changes the current version, or a new one if it is signed. The plan is not what is recorded any more, so it goes.
  private mutating func change(
    _ program: Program, at moment: Moment, by author: Author, _ body: (inout Version) -> Void
  ) {
    switch current.state {
    case .draft: break
    case .reviewed: move(to: .draft, Step(what: .reopened, at: moment, by: author))
    case .signed:
      var next = current
      next.number += 1
      next.state = .draft
      next.previous = current.seal
      next.steps = [Step(what: .opened, at: moment, by: author)]
      versions.append(next)
    }
    body(&versions[versions.count - 1])
    versions[versions.count - 1].plan = nil
    versions[versions.count - 1].rulebook = RulebookIdentity(program)
    versions[versions.count - 1].meaning = Program.meaningVersion
    sealCurrent()
  }
}
