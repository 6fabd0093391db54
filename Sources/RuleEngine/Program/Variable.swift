/// A fact, a derived fact, a decision, or one item of a menu: whatever a condition can read.
public struct Variable: Sendable, Codable, Equatable {
  public enum Kind: Sendable, Codable, Equatable {
    case fact(Fact)
    case derived(Derivation)
    /// The decision at this place in ``Program/decisions``.
    case decision(Int)
    /// One item of a menu: the decision, and the slot in it.
    case item(decision: Int, slot: Int)
  }

  public var name: String
  public var label: LocalizedText
  public var domain: Domain
  /// What the options or members are called, by their places in the domain.
  public var optionLabels: [LocalizedText]
  public var kind: Kind

  public init(name: String, label: LocalizedText, domain: Domain, optionLabels: [LocalizedText], kind: Kind) {
    self.name = name
    self.label = label
    self.domain = domain
    self.optionLabels = optionLabels
    self.kind = kind
  }

  public var fact: Fact? {
    if case .fact(let fact) = kind { fact } else { nil }
  }
}

/// What is special to a fact: how it is asked, and when it applies.
public struct Fact: Sendable, Codable, Equatable {
  public var question: LocalizedText
  public var help: LocalizedText?
  /// Why it is asked, in words for the person.
  public var why: LocalizedText?
  /// The fact does not apply where this is false.
  public var appliesWhen: Condition?
  /// What may be taken for granted while it is not known; settles nothing (section 4, clause 12).
  public var assumed: Answer?
  /// No rule may read it.
  public var isRecordOnly: Bool
  /// Whether the person or the program could change it, so that advice may speak of it.
  public var isChangeable: Bool

  public init(
    question: LocalizedText, help: LocalizedText?, why: LocalizedText?, appliesWhen: Condition?, assumed: Answer?,
    isRecordOnly: Bool, isChangeable: Bool
  ) {
    self.question = question
    self.help = help
    self.why = why
    self.appliesWhen = appliesWhen
    self.assumed = assumed
    self.isRecordOnly = isRecordOnly
    self.isChangeable = isChangeable
  }
}
