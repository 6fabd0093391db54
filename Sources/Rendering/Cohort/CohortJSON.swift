import FoundationEssentials
package import RuleAnalysis
import RuleEngine

/// What a cohort would get, as JSON. Its keys are documented in `Summary.md`.
package enum CohortJSON {
  package static func render(_ summary: CohortSummary) -> String { JSONText.render(Document(summary)) }

  private struct Document: Encodable {
    var rulebook: Rulebook
    var language: String
    var planned: Int
    var bad: Int
    var hiddenBelow: Int?
    var statuses: [Row]
    var waiting: Int?
    var decisions: [Decision]
    var derived: [Derived]
    var rules: [Rule]
    var questions: [Question]

    init(_ summary: CohortSummary) {
      rulebook = Rulebook(
        name: summary.rulebook.name, version: summary.rulebook.version, digest: summary.rulebook.digest,
        overlays: summary.rulebook.overlays.map(\.name))
      language = summary.language
      planned = summary.planned
      bad = summary.bad
      hiddenBelow = summary.floor
      statuses = summary.statuses.map(Row.init)
      waiting = summary.waiting.count
      decisions = summary.decisions.map(Decision.init)
      derived = summary.derived.map(Derived.init)
      rules = (summary.deciding + summary.idle).map(Rule.init)
      questions = summary.questions.map(Question.init)
    }
  }

  private struct Rulebook: Encodable {
    var name: String
    var version: String
    var digest: String
    var overlays: [String]
  }

  /// A count that is hidden is left out; nobody is 0.
  private struct Row: Encodable {
    var name: String
    var label: String?
    var count: Int?

    init(_ row: CohortSummary.Row) {
      name = row.name
      label = row.label.isEmpty ? nil : row.label
      count = row.count.count
    }
  }

  private struct Amounts: Encodable {
    var mean: Decimal?
    var median: Decimal?
    var lowest: Decimal?
    var highest: Decimal?
    var total: Decimal?

    init(_ amounts: CohortSummary.Amounts) {
      mean = amounts.mean.flatMap { Decimal(string: $0.description) }
      median = amounts.median.flatMap { Decimal(string: $0.description) }
      lowest = amounts.lowest.flatMap { Decimal(string: $0.description) }
      highest = amounts.highest.flatMap { Decimal(string: $0.description) }
      total = amounts.total.flatMap { Decimal(string: $0.description) }
    }
  }

  private struct Decision: Encodable {
    var name: String
    var label: String
    var phase: String?
    var unit: String?
    var statuses: [Row]
    var values: [Row]
    var amounts: Amounts?
    var members: [Member]
    var needed: [Row]

    init(_ decision: CohortSummary.DecisionSummary) {
      name = decision.name
      label = decision.label
      phase = decision.phase
      unit = decision.unit?.name
      statuses = decision.statuses.map(Row.init)
      values = decision.values.map(Row.init)
      amounts = decision.amounts.map(Amounts.init)
      members = decision.members.map(Member.init)
      needed = decision.needed.map(Row.init)
    }
  }

  private struct Member: Encodable {
    var name: String
    var label: String
    var unit: String?
    var included: Int?
    var open: Int?
    var amounts: Amounts?
    var byAmount: [Row]

    init(_ member: CohortSummary.Member) {
      name = member.name
      label = member.label
      unit = member.unit?.name
      included = member.included.count
      open = member.open.count
      amounts = member.amounts.map(Amounts.init)
      byAmount = member.byAmount.map(Row.init)
    }
  }

  private struct Derived: Encodable {
    var name: String
    var label: String
    var unit: String?
    var count: Int?
    var amounts: Amounts?
    var byAmount: [Row]

    init(_ derived: CohortSummary.Derived) {
      name = derived.name
      label = derived.label
      unit = derived.unit?.name
      count = derived.count.count
      amounts = derived.amounts.map(Amounts.init)
      byAmount = derived.byAmount.map(Row.init)
    }
  }

  private struct Rule: Encodable {
    var id: String
    var applied: Int?
    var decided: Int?
    var disabled: Bool

    init(_ rule: CohortSummary.RuleSummary) {
      id = rule.id
      applied = rule.applied.count
      decided = rule.decided.count
      disabled = rule.isDisabled
    }
  }

  private struct Question: Encodable {
    var fact: String
    var ask: String
    var wanted: Int?
    var notAsked: Int?
    var declinedOrNotKnown: Int?
    var ifItApplies: Int?

    init(_ question: CohortSummary.Question) {
      fact = question.fact
      ask = question.ask
      wanted = question.wanted.count
      notAsked = question.notAsked.count
      declinedOrNotKnown = question.unanswerable.count
      ifItApplies = question.later.count
    }
  }
}
