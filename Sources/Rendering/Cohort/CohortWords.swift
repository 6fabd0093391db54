import RuleAnalysis
import RuleEngine

/// The words of a summary, the same in every format.
struct CohortWords {
  let summary: CohortSummary

  /// What a person reads first: how many plans, of which rulebook.
  var introduction: String {
    var text = "\(Self.people(summary.planned)) planned"
    if summary.bad > 0 {
      text += ", \(Self.count(summary.bad)) \(summary.bad == 1 ? "line" : "lines") with errors left out"
    }
    let overlays = summary.rulebook.overlays.map(\.name)
    let with = overlays.isEmpty ? "" : " with \(overlays.joined(separator: ", "))"
    return "\(text). Rulebook \(summary.rulebook.name) \(summary.rulebook.version)\(with), digest "
      + "\(summary.rulebook.digest.prefix(12))."
  }

  /// What is hidden, if anything may be.
  var hiding: String? {
    summary.floor.map {
      "Counts from 1 to \($0 - 1) are hidden, and others where a hidden one would follow from them."
    }
  }

  static func people(_ count: Int) -> String { "\(self.count(count)) \(count == 1 ? "person" : "people")" }

  /// `10,000`.
  static func count(_ count: Int) -> String {
    var digits = String(abs(count))
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = String(digits.dropLast(3))
    }
    return (count < 0 ? "-" : "") + ([digits[...]] + groups).joined(separator: ",")
  }

  static func count(_ cell: CohortCell) -> String { cell.count.map { count($0) } ?? "hidden" }

  /// The share of everybody in tenths of a percent; it is 0 or 100 only for nobody and everybody.
  static func percent(_ count: Int, of whole: Int) -> String {
    guard whole > 0 else { return "" }
    let tenths = (count * 2000 + whole) / (2 * whole)
    if tenths == 0, count > 0 { return "<0.1 %" }
    if tenths == 1000, count < whole { return ">99.9 %" }
    return "\(tenths / 10).\(tenths % 10) %"
  }

  func percent(_ cell: CohortCell) -> String { cell.count.map { Self.percent($0, of: summary.planned) } ?? "" }

  // MARK: Statuses

  static func status(_ name: String) -> String {
    switch name {
    case "final": "Settled"
    case "final_regardless": "Settled, whatever is not known"
    case "provisional": "Settled if what is assumed holds"
    case "open": "Open: answers are needed"
    case "gap": "No rule covers it"
    case "conflict": "Rules disagree"
    case "settled", "settled_regardless": "Settled"
    case "assumed": "If what is assumed holds"
    case "not_applicable": "Does not apply"
    default: name
    }
  }

  // MARK: Decisions

  /// `Level of care, intensive`.
  static func title(_ decision: CohortSummary.DecisionSummary) -> String {
    decision.label + (decision.phase.map { ", \($0)" } ?? "")
  }

  /// `on average 181.5 minutes a week; half at most 180; from 60 to 360; all together 54,000`.
  static func amounts(_ amounts: CohortSummary.Amounts, _ unit: MeasurementUnit?) -> String {
    var parts: [String] = []
    if let mean = amounts.mean { parts.append("on average \(text(mean, unit))") }
    if let median = amounts.median { parts.append("half at most \(number(median))") }
    if let lowest = amounts.lowest, let highest = amounts.highest {
      parts.append(
        lowest == highest ? "all \(number(lowest))" : "from \(number(lowest)) to \(number(highest))")
    }
    if let total = amounts.total { parts.append("all together \(number(total))") }
    return parts.joined(separator: "; ")
  }

  static func text(_ number: Number, _ unit: MeasurementUnit?) -> String {
    unit.map { number == Number(1) ? $0.text(for: number) : "\(self.number(number)) \($0.name)" } ?? self.number(number)
  }

  /// `891,900`, `1,234.5`.
  private static func number(_ number: Number) -> String {
    let parts = number.description.split(separator: ".")
    guard let whole = Int(parts[0]), abs(whole) >= 1_000 else { return number.description }
    return ([count(whole)] + parts.dropFirst().map(String.init)).joined(separator: ".")
  }

  /// The rows of a table about a decision: first what people get, then why others get nothing.
  struct Line {
    var label: String
    var count: CohortCell
    /// Amounts and open parts, in words.
    var remark: String
    /// Whether it says why there is no value.
    var isWithoutValue: Bool
  }

  func lines(_ decision: CohortSummary.DecisionSummary) -> [Line] {
    var values = decision.values
    if values.count > Self.mostZeros { values.removeAll { $0.count == .count(0) } }
    var lines = values.map { Line(label: $0.label, count: $0.count, remark: "", isWithoutValue: false) }
    lines += included(decision).map { member in
      var remarks = amounts(member).map { [$0] } ?? []
      if member.open != .count(0) { remarks.append("open for \(Self.count(member.open))") }
      return Line(
        label: member.label, count: member.included, remark: remarks.joined(separator: "; "), isWithoutValue: false)
    }
    let hasMembers = !decision.members.isEmpty
    let statuses = hasMembers ? Array(decision.statuses.dropFirst()) : decision.withoutValue
    lines += statuses.filter { $0.count != .count(0) }.map {
      let words = Self.status($0.name)
      return Line(
        label: hasMembers ? "As a whole: \(words.prefix(1).lowercased() + words.dropFirst())" : words, count: $0.count,
        remark: "", isWithoutValue: true)
    }
    return lines
  }

  /// Values that nobody gets are listed up to so many; then they are left out.
  private static let mostZeros = 12

  /// The members that somebody gets, the most frequent first.
  func included(_ decision: CohortSummary.DecisionSummary) -> [CohortSummary.Member] {
    decision.members.enumerated().filter { $0.element.included != .count(0) }
      .sorted { ($1.element.included.count ?? 0, $0.offset) < ($0.element.included.count ?? 0, $1.offset) }
      .map(\.element)
  }

  /// The members that nobody gets for sure: `Nobody gets Rides; Child care (open for 5)`.
  func nobody(_ decision: CohortSummary.DecisionSummary) -> String? {
    let members = decision.members.filter { $0.included == .count(0) }
    guard !members.isEmpty else { return nil }
    return "Nobody gets for sure: "
      + members.map { $0.open == .count(0) ? $0.label : "\($0.label) (open for \(Self.count($0.open)))" }
      .joined(separator: "; ") + "."
  }

  /// What those get that get some of it, as far as their amounts are settled.
  private func amounts(_ member: CohortSummary.Member) -> String? {
    if let amounts = member.amounts { return Self.amounts(amounts, member.unit) }
    let choices = member.byAmount.filter { $0.count != .count(0) }.map { "\($0.label) \(Self.count($0.count))" }
    return member.unit != nil || choices.isEmpty ? nil : choices.joined(separator: ", ")
  }

  /// The amounts of a derived number, then those who have none or of whom it is not known yet.
  func lines(_ derived: CohortSummary.Derived) -> [Line] {
    let rest = derived.count.count.map { CohortCell.count(summary.planned - $0) } ?? .hidden
    return derived.byAmount.map { Line(label: $0.label, count: $0.count, remark: "", isWithoutValue: false) }
      + (rest == .count(0) ? [] : [Line(label: "None, or open", count: rest, remark: "", isWithoutValue: true)])
  }

  // MARK: Open plans

  /// How many plans each decision keeps open, with the facts most wanted for it.
  func openDecisions() -> [(title: String, open: CohortCell, needed: String)] {
    summary.decisions.compactMap { decision in
      guard let open = decision.statuses.first(where: { $0.name == "open" }), open.count != .count(0) else {
        return nil
      }
      let needed = decision.needed.prefix(3).map { "\($0.label) (\(Self.count($0.count)))" }
      return (Self.title(decision), open.count, needed.joined(separator: ", "))
    }
  }
}
