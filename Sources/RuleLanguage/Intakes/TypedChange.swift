public import RuleEngine
public import SourceText

/// `track=daytime` or `work.hours=nights`, as typed behind `select` or `--what-if`: a name and a value, read as in an intake.
public struct TypedChange: Sendable {
  /// The intake with what was typed.
  public private(set) var intake: Intake
  /// The names of what was selected, sorted.
  public private(set) var selected: [String] = []
  public private(set) var diagnostics: [Diagnostic] = []
  /// What was typed, to show places in it.
  public private(set) var files: [String: SourceFile] = [:]

  /// What every selection that was typed carries.
  public struct Reason: Sendable {
    public var because: Selection.Reason?
    public var note: String?
    public var by: String?

    public init(because: Selection.Reason? = nil, note: String? = nil, by: String? = nil) {
      self.because = because
      self.note = note
      self.by = by
    }
  }

  /// Reads what was typed; bad names and values are told in ``diagnostics``.
  ///
  /// - Parameters:
  ///   - arguments: each `name=value`. A set takes `focus=[step_down]` or `focus.step_down=no`.
  ///   - mayAnswer: whether facts can be answered, too: in a what-if, and not where a clinician selects.
  public init(
    _ arguments: [String], to intake: Intake, _ program: Program, reason: Reason = Reason(), mayAnswer: Bool
  ) {
    self.intake = intake
    for argument in arguments { read(argument, program, reason, mayAnswer) }
    diagnostics = (diagnostics + IntakeCheck.check(program, self.intake, places: [:], file: "argument")).sortedByPlace()
  }

  private mutating func read(_ argument: String, _ program: Program, _ reason: Reason, _ mayAnswer: Bool) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let file = SourceFile(name: "argument", text: parts.joined(separator: ": "))
    files[file.name] = file
    let (root, problems) = YAMLReader.read(file)
    diagnostics += problems
    guard let root, case .map(let entries) = root.content, let entry = entries.first, parts.count == 2 else {
      if problems.isEmpty { diagnostics.append(.typedShape(argument)) }
      return
    }
    let facts = IntakeNames.facts(of: program)
    if mayAnswer, facts[entry.key.value] != nil {
      let read = IntakeReader.read(root, IntakeNames(facts: facts), isPersonal: false, isJSON: false)
      intake.answers.merge(read.intake.answers) { _, typed in typed }
      for name in read.blank { intake.answers[name] = nil }
      diagnostics += read.diagnostics
      return
    }
    var reader = SelectionReader(
      selectable: Selectable.all(in: program), isPersonal: false, isJSON: false, facts: mayAnswer ? Set(facts.keys) : []
    )
    reader.select(entry.key, entry.value) {
      Selection($0, because: reason.because, note: reason.note, by: reason.by)
    }
    selected = (selected + reader.selections.keys).sorted()
    intake.selections.merge(reader.selections) { _, typed in typed }
    diagnostics += reader.diagnostics
  }
}
