/// Compares a plan with what overlays say is offered.
struct AvailabilityBuilder {
  let wording: Wording
  /// The evaluation with every assumption taken as an answer, if there are any.
  let assumed: Wording?
  private var program: Program { wording.evaluation.program }

  /// One entry for each decision and each phase of which an overlay says what is offered, in the plan's order; then one
  /// for each such fact.
  func availability(of decisions: [DecisionPlan]) -> [Availability] {
    guard let adaptation = program.adaptation else { return [] }
    let offers = Dictionary(adaptation.offers.map { ($0.name, $0) }) { first, _ in first }
    var result: [Availability] = []
    for (place, index) in program.presentation.decisions.enumerated() where decisions.indices.contains(place) {
      guard let offer = offers[decisions[place].family] else { continue }
      if let found = availability(of: decisions[place], index, offer) { result.append(found) }
    }
    for offer in adaptation.offers {
      guard let variable = program.variable(named: offer.name), program.variables[variable].fact != nil else {
        continue
      }
      if let found = availability(ofFact: variable, offer) { result.append(found) }
    }
    return result
  }

  private func entry(
    _ variable: Int, _ offer: Adaptation.Offer, _ status: Availability.Status, missing: [Availability.Option],
    nearest: Availability.Nearest? = nil
  ) -> Availability {
    let domain = program.variables[variable].domain
    let overlay = program.adaptation?.overlays[offer.overlay]
    let ranges = offer.ranges.map { range in
      range.single.map { wording.number($0, in: domain) }
        ?? "\(range.lower) to \(wording.number(range.upper, in: domain))"
    }
    return Availability(
      name: program.variables[variable].name, label: wording.label(of: variable), status: status, missing: missing,
      nearest: nearest, offered: offer.options.map { wording.option($0, of: variable) } + ranges,
      overlay: overlay?.name ?? "",
      overlayTitle: overlay?.title.text(in: wording.language) ?? "")
  }

  private func availability(of plan: DecisionPlan, _ index: Int, _ offer: Adaptation.Offer) -> Availability? {
    let decision = program.decisions[index]
    let variable = decision.variable
    let domain = program.variables[variable].domain
    guard ![.notApplicable, .gap, .conflict].contains(plan.status) else { return nil }
    func isOffered(_ value: Value) -> Bool {
      switch value {
      case .option(let option): offer.options.contains(option)
      case .number(let number): offer.ranges.contains { $0.contains(number) }
      case .included: true
      }
    }
    func option(_ value: Value) -> Availability.Option { self.option(value, of: variable, offer) }
    if decision.hasMembers {
      let certain = plan.values.filter(\.isCertain).compactMap { value in domain.names.firstIndex(of: value.name) }
      let missing = certain.filter { !offer.options.contains($0) }
      var status: Availability.Status = plan.status == .open ? .open : .available
      if !missing.isEmpty { status = missing.count == certain.count ? .notAvailable : .partlyAvailable }
      return entry(variable, offer, status, missing: missing.map { option(.option($0)) })
    }
    let shown = plan.status == .assumed ? assumed ?? wording : wording
    let outcomes = shown.evaluation.decisionOutcomes[index].sorted()
    var values: [Value] = []
    for case .value(let value) in outcomes { values.append(value) }
    let missing = values.filter { !isOffered($0) }
    guard plan.status != .open, let value = values.first, values.count == 1 else {
      return entry(variable, offer, .open, missing: missing.map(option))
    }
    guard !missing.isEmpty else { return entry(variable, offer, .available, missing: []) }
    let nearest = nearest(to: value, decision, index, offer, shown.evaluation).map { found in
      Availability.Nearest(
        name: option(found.value).name, label: option(found.value).label, comparison: found.comparison)
    }
    return entry(variable, offer, .notAvailable, missing: [option(value)], nearest: nearest)
  }

  /// An answer for which nothing is offered, such as a language.
  private func availability(ofFact variable: Int, _ offer: Adaptation.Offer) -> Availability? {
    let possible = wording.evaluation.values[variable]
    guard possible.isSettled, !possible.cannotApply else { return nil }
    var given: [Int] = []
    switch possible.values {
    case .options(let options): given = options.sorted()
    case .members(let members): given = members.indices.filter { members[$0] == .yes }
    default: return nil
    }
    let missing = given.filter { !offer.options.contains($0) }
    return entry(
      variable, offer, missing.isEmpty ? .available : missing.count == given.count ? .notAvailable : .partlyAvailable,
      missing: missing.map { option(.option($0), of: variable, offer) })
  }

  private func option(_ value: Value, of variable: Int, _ offer: Adaptation.Offer) -> Availability.Option {
    let domain = program.variables[variable].domain
    var name = ""
    var label = ""
    switch value {
    case .option(let place): (name, label) = (domain.names[place], wording.option(place, of: variable))
    case .number(let number): (name, label) = (number.description, wording.number(number, in: domain))
    case .included: break
    }
    let reason = offer.reasons[name] ?? offer.reason
    return Availability.Option(name: name, label: label, reason: reason?.text(in: wording.language) ?? "")
  }

  // MARK: Nearest

  private typealias Found = (value: Value, comparison: Availability.Nearest.Comparison)

  private func nearest(
    to value: Value, _ decision: Decision, _ index: Int, _ offer: Adaptation.Offer, _ evaluation: Evaluation
  ) -> Found? {
    if decision.combine == .preferred { return nextPreferred(decision, index, offer, evaluation) }
    let domain = program.variables[decision.variable].domain
    switch (value, domain) {
    case (.option(let place), .options(_, isOrdered: true)):
      let above = offer.options.filter { $0 > place }.min()
      let below = offer.options.filter { $0 < place }.max()
      return nearer(
        decision.combine, above: above.map { (.option($0), $0 - place) }, below: below.map { (.option($0), place - $0) }
      )
    case (.number(let number), .numbers):
      let above = offer.ranges.map(\.lower).filter { $0 > number }.min()
      let below = offer.ranges.map(\.upper).filter { $0 < number }.max()
      return nearer(
        decision.combine, above: above.map { (.number($0), $0 - number) },
        below: below.map { (.number($0), number - $0) })
    default: return nil
    }
  }

  /// Where the highest recommendation counts, each is a floor, so more comes before less; where the lowest does, each is a
  /// ceiling; else the shorter way counts, and of two equal ways the one up.
  private func nearer<Distance: Comparable>(
    _ combine: Decision.Combine, above: (Value, Distance)?, below: (Value, Distance)?
  ) -> Found? {
    let more = above.map { Found($0.0, .more) }
    let less = below.map { Found($0.0, .less) }
    switch combine {
    case .highest: return more ?? less
    case .lowest: return less ?? more
    case .one, .all, .preferred:
      guard let above, let below else { return more ?? less }
      return below.1 < above.1 ? less : more
    }
  }

  /// The first in the order of preference that is in; else the first that nothing rules out, or could rule out.
  private func nextPreferred(
    _ decision: Decision, _ index: Int, _ offer: Adaptation.Offer, _ evaluation: Evaluation
  ) -> Found? {
    let offered = decision.preference.filter { offer.options.contains($0) }
    let isIn = offered.first { evaluation.combined[index][$0] == [.verdict(.recommend(.included))] }
    let isFree = offered.first { !evaluation.combined[index][$0].contains(.verdict(.ruleOut)) }
    return (isIn ?? isFree).map { (.option($0), .other) }
  }
}
