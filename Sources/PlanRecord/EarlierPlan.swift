public import RuleEngine

/// What an earlier record says to a new assessment of the same person: facts named `earlier.x` ask for what `x` was then.
///
/// Which those are, and what follows from them, stands in the rulebook; here they are only filled in.
public struct EarlierPlan: Sendable {
  /// The version it is taken from.
  public var version: AssessmentRecord.Version
  /// For each fact `earlier.x`, its answer.
  public private(set) var answers: [String: Answer] = [:]

  /// Takes the last signed version, else the last.
  ///
  /// What was answered or follows by calculation is read with the rulebook of today; what was decided, as it was decided and
  /// perhaps selected then. What is not known, or is not a value the fact can have, is left to be asked.
  public init(_ record: AssessmentRecord, for program: Program) {
    version = record.versions.last { $0.state == .signed } ?? record.current
    let evaluation = Evaluator.evaluate(program, version.intake(for: program).intake)
    let plan = version.readPlan()
    for variable in program.variables where variable.fact != nil && variable.name.hasPrefix(Self.prefix) {
      let name = String(variable.name.dropFirst(Self.prefix.count))
      guard let place = program.variable(named: name) else { continue }
      let text: String?
      if case .decision = program.variables[place].kind {
        let decision = plan?.decisions.first { $0.name == name }
        text = decision?.selected.first { !$0.isSetAside }?.value ?? decision?.values.first?.name
      } else {
        text = Self.text(evaluation.values[place], in: program.variables[place].domain)
      }
      if let answer = text.flatMap({ RecordedValue.text($0).answer(in: variable.domain) }), answer.isValue {
        answers[variable.name] = answer
      }
    }
  }

  private static let prefix = "earlier."

  /// The one value that is possible, as it is written in an intake.
  private static func text(_ possible: PossibleValues, in domain: Domain) -> String? {
    guard possible.isSettled else { return nil }
    switch possible.values {
    case .options(let options): return options.first.map { domain.text(of: .option($0)) }
    case .interval(let interval): return interval.single.map { domain.text(of: $0) }
    case .none, .members: return nil
    }
  }
}
