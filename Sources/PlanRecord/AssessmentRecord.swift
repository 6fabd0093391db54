public import RuleEngine

/// The record of one assessment: one file with everything that an auditor asks for years later. Its JSON form is documented
/// in `RecordJSON.md`.
///
/// A record has versions. The last one is worked on: a draft, then reviewed, then signed. A change after signing makes a new
/// version, and the signed one stays as it was. Each version is sealed with the SHA-256 of its content and of the seal before
/// it.
public struct AssessmentRecord: Sendable, Codable, Equatable {
  /// What this file is, and how it is written.
  public static let form = "handrail-record-1"

  public private(set) var form = AssessmentRecord.form
  /// The earliest first; never empty.
  public internal(set) var versions: [Version]

  /// Where an interview stands, in its own form: the question it is at, what was skipped. Not sealed, since it says nothing
  /// that was found out; `nil` if there was none.
  public private(set) var interview: JSONValue?

  /// The version that is worked on.
  public var current: Version { versions[versions.count - 1] }

  /// How far a version is.
  public enum State: String, Sendable, Codable {
    case draft
    case reviewed
    case signed
  }

  /// The rulebook a plan was made with.
  public struct RulebookIdentity: Sendable, Codable, Equatable {
    public var name: String
    public var version: String
    /// 64 hexadecimal digits.
    public var digest: String
  }

  /// One thing that was done to a version.
  public struct Step: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable {
      case opened
      /// A reviewed version was changed, and is a draft again.
      case reopened
      case reviewed
      case signed
    }

    public var what: Kind
    public var at: Moment
    public var by: Author
    public var note: String?
  }

  public struct Version: Sendable, Codable, Equatable {
    public var number: Int
    public var state: State
    public var rulebook: RulebookIdentity
    /// ``Program/meaningVersion`` of the program that made the plan.
    public var meaning: Int
    /// In the order in which they were first given.
    public var answers: [RecordedAnswer]
    /// In the order in which they were first made.
    public var selections: [RecordedSelection]
    public var steps: [Step]
    /// The plan with its explanation, as in `PlanJSON.md`; `nil` while answers are still coming in.
    public var plan: JSONValue?
    /// The seal of the version before; empty in the first.
    public var previous: String
    /// The SHA-256 of all of the above, 64 hexadecimal digits.
    public var seal: String
  }

  /// A new record without answers.
  public init(_ program: Program, at moment: Moment, by author: Author) {
    let first = Version(
      number: 1, state: .draft, rulebook: RulebookIdentity(program), meaning: Program.meaningVersion, answers: [],
      selections: [], steps: [Step(what: .opened, at: moment, by: author)], plan: nil, previous: "", seal: "")
    versions = [first]
    sealCurrent()
  }
}

extension AssessmentRecord {
  /// Where an interview stands; `nil` if there was none, or if it was written in a form that is not known here.
  public func interview<Progress: Decodable>(as type: Progress.Type) -> Progress? {
    interview.flatMap { try? RecordText.decode(type, from: RecordText.canonical($0)) }
  }

  /// Keeps where an interview stands.
  public mutating func keep(interview progress: some Encodable) {
    interview = try? RecordText.decode(JSONValue.self, from: RecordText.canonical(progress))
  }
}

extension AssessmentRecord.RulebookIdentity {
  public init(_ program: Program) {
    self.init(name: program.header.name, version: program.header.version, digest: program.digest)
  }
}

extension AssessmentRecord.Version {
  /// What the rulebook is evaluated with: the answers and what was selected.
  ///
  /// - Returns: also the facts and decisions that this rulebook does not know, or for which it does not know the value. With
  ///   the rulebook the version was made with there is none.
  public func intake(for program: Program) -> (intake: Intake, misfits: [String]) {
    var intake = Intake()
    var misfits: [String] = []
    for recorded in answers {
      guard let value = recorded.value else { continue }
      let variable = program.variable(named: recorded.fact).map { program.variables[$0] }
      if let variable, variable.fact != nil, let answer = value.answer(in: variable.domain) {
        intake.answers[recorded.fact] = answer
      } else {
        misfits.append(recorded.fact)
      }
    }
    for recorded in selections where recorded.value != nil {
      if let selection = recorded.selection(in: program) {
        intake.selections[recorded.decision] = selection
      } else {
        misfits.append(recorded.decision)
      }
    }
    return (intake, misfits.sorted())
  }

  /// The plan to be shown; `nil` if there is none, or if it was written in a form that this version of Handrail cannot show.
  public func readPlan() -> Plan? {
    plan.flatMap { try? RecordText.decode(Plan.self, from: RecordText.canonical($0)) }
  }

  /// The last thing of a kind that was done to it.
  public func last(_ kind: AssessmentRecord.Step.Kind) -> AssessmentRecord.Step? { steps.last { $0.what == kind } }
}
