public import RuleAnalysis

/// What changes between two rulebooks, for programs. The keys are documented in `Comparing.md`.
public enum ComparisonJSON {
  public static func render(_ comparison: Comparison) -> String { JSONText.render(Report(comparison)) }

  private struct Report: Encodable {
    struct Answer: Encodable {
      var fact: String
      var answer: String
    }
    struct Change: Encodable {
      var kind: String
      var safety: Bool
      var name: String
      var label: String
      var before: String
      var after: String
      var rulesBefore: [String]
      var rulesAfter: [String]
      var consequence: Bool
    }
    struct Example: Encodable {
      var safety: Bool
      var intake: [Answer]
      var changes: [Change]
    }
    struct Declared: Encodable {
      var name: String
      var safety: Bool
      var message: String
    }
    struct Part: Encodable {
      var kind: String
      var name: String
      var how: String
      var changesNothing: Bool
    }
    struct Count: Encodable {
      var total: Int
      var changed: Int
      var safety: Int
      var unreadable: Int

      init(_ count: Comparison.Count) {
        total = count.total
        changed = count.changed.count
        safety = count.safety
        unreadable = count.unreadable
      }
    }
    var equal: Bool
    var safety: Bool
    var examples: [Example]
    var declared: [Declared]
    var parts: [Part]
    var notProved: [String]
    var cases: Count
    var changedCases: [String]
    var cohort: Count?

    init(_ comparison: Comparison) {
      equal = comparison.isEqual
      safety = comparison.touchesSafety
      examples = comparison.examples.map { example in
        Example(
          safety: example.isAboutSafety, intake: example.answers.map { Answer(fact: $0.name, answer: $0.text) },
          changes: example.changes.map { change in
            Change(
              kind: change.kind.rawValue, safety: change.kind.isAboutSafety, name: change.name, label: change.label,
              before: change.before, after: change.after, rulesBefore: change.rulesBefore,
              rulesAfter: change.rulesAfter, consequence: change.isConsequence)
          })
      }
      declared = comparison.declared.map { Declared(name: $0.name, safety: $0.isAboutSafety, message: $0.message) }
      parts = comparison.parts.map {
        Part(kind: $0.kind.rawValue, name: $0.name, how: $0.how.rawValue, changesNothing: $0.changesNothing)
      }
      notProved = comparison.notProved.map(\.message)
      cases = Count(comparison.cases)
      changedCases = comparison.cases.changed
      cohort = comparison.cohort.map(Count.init)
    }
  }
}
