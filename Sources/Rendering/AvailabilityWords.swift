import RuleEngine

/// Says what of a plan is offered here. What is recommended stands as it is; this stands beside it.
enum AvailabilityWords {
  /// One line for the whole plan.
  static func summary(_ plan: Plan) -> String {
    guard !plan.availability.isEmpty else { return "" }
    let lacking = plan.availability.filter { $0.status == .notAvailable || $0.status == .partlyAvailable }
    let labels = unique(
      lacking.map { entry in plan.decisions.first { $0.name == entry.name }?.familyLabel ?? entry.label })
    let who = unique(plan.availability.map(\.overlayTitle)).joined(separator: ", ")
    guard !labels.isEmpty else {
      return plan.availability.contains { $0.status == .open }
        ? "\(who): what is settled so far is offered here." : "\(who): what is recommended is offered here."
    }
    return "\(who): not all of what is recommended is offered here; see \(labels.joined(separator: ", "))."
  }

  /// What else is offered, and answers for which nothing is.
  static func remarks(_ plan: Plan) -> [String] {
    let decisions = Set(plan.decisions.map(\.name))
    let answers = plan.availability.filter { !decisions.contains($0.name) && !$0.missing.isEmpty }.map { entry in
      "\(entry.overlayTitle): not offered here for the answer to \(entry.label): \(labels(entry.missing)). "
        + reasons(entry.missing)
    }
    let also = plan.rulebook.overlays.filter { !$0.alsoOffered.isEmpty }.map { overlay in
      "\(overlay.title) also offers: \(sentences(overlay.alsoOffered))"
    }
    return answers + also
  }

  /// The lines below a decision, its phases together.
  static func lines(_ phases: [DecisionPlan], _ plan: Plan) -> [String] {
    let entries = phases.compactMap { phase -> (phase: String?, title: String, words: String)? in
      guard let entry = plan.availability.first(where: { $0.name == phase.name }), let words = words(entry) else {
        return nil
      }
      return (phase.phase, entry.overlayTitle, words)
    }
    let isSame = entries.count == phases.count && Set(entries.map(\.words)).count == 1
    let lines = entries.map { entry in
      let phase = isSame ? "" : entry.phase.map { ", \($0) phase" } ?? ""
      return "\(entry.title)\(phase): \(entry.words)"
    }
    return unique(lines)
  }

  /// The line below one item of a menu.
  static func lines(forItem item: String, _ phases: [DecisionPlan], _ plan: Plan) -> [String] {
    let lines = phases.compactMap { phase -> String? in
      guard let entry = plan.availability.first(where: { $0.name == phase.name }),
        let missing = entry.missing.first(where: { $0.name == item })
      else { return nil }
      return "\(entry.overlayTitle): not offered here. \(reasons([missing]))"
    }
    return unique(lines)
  }

  private static func words(_ entry: Availability) -> String? {
    guard !entry.missing.isEmpty else { return nil }
    let reasons = reasons(entry.missing)
    switch entry.status {
    case .available: return nil
    case .open: return "of what is still possible, not offered here: \(labels(entry.missing)). \(reasons)"
    case .partlyAvailable: return "not offered here: \(labels(entry.missing)). \(reasons)"
    case .notAvailable:
      guard let nearest = entry.nearest else {
        return "not offered here, and nothing that is offered stands in for it. \(reasons)"
      }
      let comparison =
        switch nearest.comparison {
        case .more: ", which is more than recommended"
        case .less: ", which is less than recommended"
        case .other: ""
        }
      return "not offered here; nearest is \(nearest.label)\(comparison). \(reasons)"
    }
  }

  private static func labels(_ options: [Availability.Option]) -> String {
    options.map(\.label).joined(separator: ", ")
  }

  private static func reasons(_ options: [Availability.Option]) -> String {
    sentences(unique(options.map(\.reason)))
  }

  /// Texts one after the other, each with a full stop.
  private static func sentences(_ texts: [String]) -> String {
    texts.map { text in text.last.map { $0.isLetter || $0.isNumber } ?? false ? "\(text)." : text }
      .joined(separator: " ")
  }

  private static func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }
}
