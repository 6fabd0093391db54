/// An intake with the plan it must get.
public struct Case: Sendable {
  public var id: String
  /// Why the plan is right, in a sentence.
  public var why: LocalizedText?
  public var intake: Intake
  /// The facts whose answers come from an intake file, and must not be printed.
  public var personalFacts: Set<String>
  /// What must be true of the plan, whatever the open answers.
  public var expect: Condition
  /// Ids of rules that must decide something; a table stands for its rows.
  public var because: [String]
  /// Ids of rules that must not.
  public var notBecause: [String]
  /// The facts that must still be needed, exactly; `nil` if it does not matter.
  public var needs: [String]?

  public init(
    id: String, why: LocalizedText?, intake: Intake, personalFacts: Set<String>, expect: Condition, because: [String],
    notBecause: [String],
    needs: [String]?
  ) {
    self.id = id
    self.why = why
    self.intake = intake
    self.personalFacts = personalFacts
    self.expect = expect
    self.because = because
    self.notBecause = notBecause
    self.needs = needs
  }
}
