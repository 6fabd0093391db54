public import SourceText

/// An intake with the plan it must get.
public struct Case: Sendable {
  /// `day-worker`; a row of a family is `hours-by-age[young_person]`.
  public var id: String
  /// Why the plan is right, in a sentence.
  public var why: LocalizedText?
  public var intake: Intake
  /// The facts whose answers come from an intake file, and must not be printed.
  public var personalFacts: Set<String>
  /// What must be true of the plan, whatever the open answers.
  public var expect: Condition
  /// Whether the plan may hold nothing that ``expect`` does not name.
  public var isExact: Bool
  /// Ids of rules that must decide something; a table stands for its rows.
  public var because: [String]
  /// Ids of rules that must not.
  public var notBecause: [String]
  /// The facts that must still be needed, exactly; `nil` if it does not matter.
  public var needs: [String]?
  /// Where it is written.
  public var place: SourceRange

  public init(
    id: String, why: LocalizedText?, intake: Intake, personalFacts: Set<String>, expect: Condition, isExact: Bool,
    because: [String], notBecause: [String], needs: [String]?, place: SourceRange
  ) {
    self.id = id
    self.why = why
    self.intake = intake
    self.personalFacts = personalFacts
    self.expect = expect
    self.isExact = isExact
    self.because = because
    self.notBecause = notBecause
    self.needs = needs
    self.place = place
  }
}
