public import RuleEngine

/// A plan made again from a record, beside the one that was recorded.
public struct PlanReplay: Sendable {
  /// How one decision came out then and now.
  public struct Difference: Sendable, Equatable {
    public var decision: String
    public var label: String
    /// In words; empty where the decision did not exist.
    public var then: String
    public var now: String
    /// The rules that decided then and do not now, and the other way round.
    public var rulesGone: [String]
    public var rulesNew: [String]
  }

  /// Whether the recorded plan came out byte for byte.
  public var isSame: Bool
  /// Whether the rulebook is the recorded one.
  public var hasSameRulebook: Bool
  /// Whether the language means the same as then: ``Program/meaningVersion``.
  public var hasSameMeaning: Bool
  /// The decisions that came out otherwise, or for other reasons.
  public var differences: [Difference]
  /// Facts and decisions of the record that the rulebook does not know, or whose value it does not.
  public var misfits: [String]

  /// Makes the plan of a version again.
  ///
  /// - Throws: ``RecordRefusal/noPlan`` if the version has none.
  public init(_ version: AssessmentRecord.Version, with program: Program) throws {
    guard let recorded = version.plan else { throw RecordRefusal.noPlan }
    let (intake, misfits) = version.intake(for: program)
    let plan = Plan(program, intake, language: recorded["language"]?.text ?? "en")
    let again = try RecordText.decode(JSONValue.self, from: RecordText.canonical(plan))
    self.misfits = misfits
    isSame = again == recorded
    hasSameRulebook = version.rulebook.digest == program.digest
    hasSameMeaning = version.meaning == Program.meaningVersion
    let then = Dictionary(
      (recorded["decisions"]?.list ?? []).map { ($0["name"]?.text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    let now = Dictionary(
      (again["decisions"]?.list ?? []).map { ($0["name"]?.text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    differences = Set(then.keys).union(now.keys).sorted().compactMap { name in
      let difference = Difference(name, then[name], now[name])
      return difference.then == difference.now && difference.rulesGone.isEmpty && difference.rulesNew.isEmpty
        ? nil : difference
    }
  }
}

extension PlanReplay.Difference {
  fileprivate init(_ name: String, _ then: JSONValue?, _ now: JSONValue?) {
    let before = Self.rules(of: then)
    let after = Self.rules(of: now)
    self.init(
      decision: name, label: (now ?? then)?["label"]?.text ?? name, then: Self.words(for: then),
      now: Self.words(for: now),
      rulesGone: before.subtracting(after).sorted(), rulesNew: after.subtracting(before).sorted())
  }

  private static func words(for decision: JSONValue?) -> String {
    guard let decision else { return "" }
    let values = (decision["values"]?.list ?? []).map { value in
      [value["label"]?.text, value["amount"]?.text ?? value["summary"]?.text].compactMap {
        $0?.isEmpty == false ? $0 : nil
      }
      .joined(separator: ": ")
    }
    let selected = (decision["selected"]?.list ?? []).map {
      "selected \($0["label"]?.text ?? "") \($0["words"]?.text ?? "")"
    }
    let status = decision["status"]?.text ?? ""
    let isPlain = ["settled", "settled_regardless"].contains(status)
    let words = values.isEmpty ? decision["summary"]?.text ?? "" : values.joined(separator: "; ")
    return
      ([isPlain ? words : [status.replacing("_", with: " "), words].filter { !$0.isEmpty }.joined(separator: ": ")]
      + selected).filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private static func rules(of decision: JSONValue?) -> Set<String> {
    var rules: Set<String> = []
    for value in decision?["values"]?.list ?? [] {
      for reason in value["reasons"]?.list ?? [] { if let rule = reason["rule"]?.text { rules.insert(rule) } }
    }
    return rules
  }
}
