import RuleEngine

/// What one of two rulebooks asks, decides, assumes or offers and the other does not. It is told as it stands, since for what only
/// one of them has there is nothing to compare with.
public struct DeclaredChange: Sendable, Equatable {
  /// A question, an option, a decision: by name.
  public let name: String
  /// One line, lower case, without a full stop.
  public let message: String
  /// Whether a decision, or an item of one, is gone or can no longer be compared.
  public let isAboutSafety: Bool

  /// All of them, by name.
  static func all(_ base: Program, _ head: Program) -> [DeclaredChange] {
    var found = facts(base, head) + decisions(base, head)
    if base.adaptation?.namedOffers(base) != head.adaptation?.namedOffers(head) {
      found.append(
        DeclaredChange(
          name: "overlay", message: "what the overlays say is offered is not the same", isAboutSafety: false)
      )
    }
    return found.sorted { ($0.name, $0.message) < ($1.name, $1.message) }
  }

  private static func names(_ program: Program, _ isMeant: (Variable) -> Bool) -> [String: Int] {
    var result: [String: Int] = [:]
    for (index, variable) in program.variables.enumerated() where isMeant(variable) { result[variable.name] = index }
    return result
  }

  // MARK: Questions

  private static func facts(_ base: Program, _ head: Program) -> [DeclaredChange] {
    let before = names(base) { $0.fact != nil }
    let after = names(head) { $0.fact != nil }
    func change(_ name: String, _ message: String) -> DeclaredChange {
      DeclaredChange(name: name, message: message, isAboutSafety: false)
    }
    var found: [DeclaredChange] = []
    for name in Set(before.keys).union(after.keys) {
      guard let old = before[name] else {
        found.append(change(name, "`\(name)` is asked and was not"))
        continue
      }
      guard let new = after[name] else {
        found.append(change(name, "`\(name)` was asked and is not"))
        continue
      }
      let (one, two) = (base.variables[old], head.variables[new])
      if one.domain.form != two.domain.form {
        found.append(change(name, "`\(name)` was \(one.domain.form) and is \(two.domain.form)"))
      }
      found += options(name, one.domain, two.domain, isAboutSafety: false)
      if one.namedAssumption != two.namedAssumption {
        found.append(change(name, "what is assumed for `\(name)` while it is not answered is not the same"))
      }
    }
    return found
  }

  private static func options(
    _ name: String, _ one: Domain, _ two: Domain, isAboutSafety: Bool
  ) -> [DeclaredChange] {
    guard one.isKind(of: two) else { return [] }
    return one.names.filter { !two.names.contains($0) }.map {
      DeclaredChange(name: name, message: "`\(name)` has no longer `\($0)`", isAboutSafety: isAboutSafety)
    }
      + two.names.filter { !one.names.contains($0) }.map {
        DeclaredChange(name: name, message: "`\(name)` has `\($0)` and had not", isAboutSafety: false)
      }
  }

  // MARK: Decisions

  private static func decisions(_ base: Program, _ head: Program) -> [DeclaredChange] {
    let before = names(base) { if case .decision = $0.kind { true } else { false } }
    let after = names(head) { if case .decision = $0.kind { true } else { false } }
    var found: [DeclaredChange] = []
    for name in Set(before.keys).union(after.keys) {
      guard before[name] != nil, let old = base.decision(named: name) else {
        found.append(DeclaredChange(name: name, message: "`\(name)` is decided and was not", isAboutSafety: false))
        continue
      }
      guard let new = head.decision(named: name) else {
        found.append(DeclaredChange(name: name, message: "`\(name)` was decided and is not", isAboutSafety: true))
        continue
      }
      let (one, two) = (base.decisions[old], head.decisions[new])
      let (domain, other) = (base.variables[one.variable].domain, head.variables[two.variable].domain)
      guard one.isComparable(with: two, base, head) else {
        let (first, second) = (one.form(domain), two.form(other))
        found.append(
          DeclaredChange(
            name: name, message: "`\(name)` was \(first) and is \(second), so its plans cannot be compared",
            isAboutSafety: true))
        continue
      }
      // Whether somebody loses what is gone, or falls, is shown by an example.
      found += options(name, domain, other, isAboutSafety: false)
      for member in domain.names where other.names.contains(member) {
        let (amount, now) = (base.item(member, of: old), head.item(member, of: new))
        guard let amount, let now, !Optional(amount).isComparable(with: now) else { continue }
        found.append(
          DeclaredChange(
            name: "\(name).\(member)",
            message: "`\(name).\(member)` was \(amount.form) and is \(now.form), so its plans cannot be compared",
            isAboutSafety: true))
      }
    }
    return found
  }
}

extension Domain {
  /// What can be answered, but for the names of options.
  fileprivate var form: String {
    switch self {
    case .options: return "one option"
    case .members: return "any number of options"
    case .dates(let whole): return self == .allDates ? "a date" : "a date from \(whole.lower) to \(whole.upper)"
    case .numbers(let numbers):
      let unit = numbers.unit.map { " \($0.name)" } ?? ""
      return "\(numbers.isWhole ? "a whole number" : "a number") from \(numbers.interval.lower) to "
        + "\(numbers.interval.upper)\(unit)"
    }
  }
}

extension Decision {
  fileprivate func form(_ domain: Domain) -> String {
    if isMenu { return "a menu" }
    if hasMembers { return "a set" }
    return combine == .preferred ? "a preferred choice" : domain.form
  }
}

extension Variable {
  /// What is taken for granted, by the names of options.
  fileprivate var namedAssumption: String? {
    guard let assumed = fact?.assumed else { return nil }
    switch assumed {
    case .option(let option): return domain.names[option]
    case .number(let number): return number.description
    case .members(let members): return zip(domain.names, members).map { "\($0) \($1)" }.sorted().joined(separator: ",")
    case .declined, .doesNotKnow: return "\(assumed)"
    }
  }
}

extension Adaptation {
  /// What is offered, by the names of options.
  fileprivate func namedOffers(_ program: Program) -> [String] {
    offers.map { offer in
      let variable =
        program.variable(named: offer.name)
        ?? program.decisions.first { $0.family == offer.name }?.variable
      let names = variable.map { program.variables[$0].domain.names } ?? []
      let options = offer.options.map { names.indices.contains($0) ? names[$0] : "\($0)" }.sorted()
      return "\(offer.name): \(options) \(offer.ranges.map { "\($0.lower) \($0.upper)" })"
    }.sorted()
  }
}
