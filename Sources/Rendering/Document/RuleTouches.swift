import RuleEngine

/// What each rule does and which other rules it meets, gathered from all slots. A rule that stands once for each phase is
/// one rule here.
struct RuleTouches {
  /// What a rule says about one slot.
  struct Effect {
    var decision: Int
    var slot: Int
    var verdict: Slot.Verdict
    var phase: String?
  }

  /// A rule as its author wrote it: one of the program's, or its copies for each phase.
  struct Entry {
    var id: String
    /// Places in the program.
    var rules: [Int]
    var effects: [Effect] = []
    /// Whether it stands once for each phase.
    var isPhased: Bool
  }

  private(set) var entries: [String: Entry] = [:]
  private(set) var overriddenBy: [String: [String]] = [:]
  /// For each decision without its phase, the rules that speak about it.
  private(set) var speakers: [String: [String]] = [:]
  private var bySlot: [String: Set<String>] = [:]

  init(_ program: Program) {
    var names: [String] = []
    for (index, rule) in program.rules.enumerated() {
      let id = Self.family(of: rule.id)
      names.append(id)
      entries[id, default: Entry(id: id, rules: [], isPhased: id != rule.id)].rules.append(index)
    }
    for (number, decision) in program.decisions.enumerated() {
      for (place, slot) in decision.slots.enumerated() {
        for effect in slot.effects {
          let id = names[effect.rule]
          entries[id]?.effects.append(
            Effect(decision: number, slot: place, verdict: effect.verdict, phase: decision.phase))
          bySlot["\(decision.family)/\(place)", default: []].insert(id)
          speakers[decision.family, default: []].append(id)
        }
      }
    }
    speakers = speakers.mapValues { Set($0).sorted() }
    for entry in entries.values {
      for overridden in program.rules[entry.rules[0]].overrides {
        overriddenBy[overridden, default: []].append(entry.id)
      }
    }
    overriddenBy = overriddenBy.mapValues { $0.sorted() }
  }

  /// `iop-three-days[transition]` without its phase.
  static func family(of id: String) -> String {
    for phase in Program.phases where id.hasSuffix("[\(phase)]") { return String(id.dropLast(phase.count + 2)) }
    return id
  }

  /// By decision, the other rules that speak about the same option, item or value.
  func neighbours(of entry: Entry, _ program: Program) -> [(decision: Int, rules: [String])] {
    var found: [(decision: Int, rules: Set<String>)] = []
    for effect in entry.effects {
      let family = program.decisions[effect.decision].family
      let others = (bySlot["\(family)/\(effect.slot)"] ?? []).subtracting([entry.id])
      if let place = found.firstIndex(where: { program.decisions[$0.decision].family == family }) {
        found[place].rules.formUnion(others)
      } else {
        found.append((effect.decision, others))
      }
    }
    return found.map { ($0.decision, $0.rules.sorted()) }
  }
}
