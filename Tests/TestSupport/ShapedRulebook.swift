/// Rulebooks of other shapes than random ones have: wide, deep, and made of tables.
package enum ShapedRulebook: String, CaseIterable, Sendable {
  /// Many facts, choices with more than 64 options, and menus and sets of many members.
  case wide
  /// Conditions within conditions, derived facts on derived facts, and decisions that read decisions.
  case deep
  /// Hardly a rule but rows of tables, with ranges, and cells left out.
  case tables
  /// Very many rules about few things, most of which another rule makes needless.
  case crowded
  /// Numbers that follow from facts of which each may not apply.
  case guarded

  private static let start = """
    rulebook: {name: shaped, title: Shaped, version: 1.0.0}
    sources: {s: {title: S, kind: policy, confirmed: yes}}

    """
  private static let end = "because: Since., sources: [s]}\n"

  package func text(seed: Int) -> String {
    var generator = SeededGenerator(seed: seed)
    return switch self {
    case .wide: Self.wide(&generator)
    case .deep: Self.deep(&generator)
    case .tables: Self.tables(&generator)
    case .crowded: Self.crowded(&generator)
    case .guarded: Self.guarded(&generator)
    }
  }

  private static func names(_ prefix: String, _ count: Int) -> [String] { (0..<count).map { "\(prefix)\($0)" } }

  private static func options(_ names: [String]) -> String {
    "{" + names.map { "\($0): \($0.uppercased())" }.joined(separator: ", ") + "}"
  }

  private static func wide(_ generator: inout SeededGenerator) -> String {
    let many = names("o", 90)
    var text = start + "facts:\n"
    for fact in 0..<60 {
      let kind =
        switch fact % 4 {
        case 0: "choice, options: \(options(many))"
        case 1: "integer, range: 0 to 500"
        case 2: "choices, options: \(options(names("m", 20)))"
        default: "yes_no, assume: no"
        }
      text += "  f\(fact): {ask: Q?, type: \(kind)}\n"
    }
    func test() -> String {
      let fact = generator.below(60)
      let value =
        switch fact % 4 {
        case 0: "[\(generator.pick(many)), \(generator.pick(many)), \(generator.pick(many))]"
        case 1: "\(generator.below(200)) to \(200 + generator.below(300))"
        case 2: "includes m\(generator.below(20))"
        default: generator.pick(["yes", "no"])
        }
      return "f\(fact): \(value)"
    }
    text += "catalogues:\n  items:\n"
    for item in 0..<70 { text += "    i\(item): {label: I, unit: minutes a week, range: 0 to 900}\n" }
    text += """
      decisions:
        one: {type: choice, options: \(options(many)), combine: one}
        high: {type: choice, ordered: [\(many.joined(separator: ", "))], combine: highest, per: phase}
        liked: {type: choice, options: \(options(many)), combine: preferred, prefer: [\(many.joined(separator: ", "))]}
        set: {type: set, options: \(options(names("s", 80))), combine: all, applies_when: {f3: yes}}
        menu: {type: menu, of: items, combine: lowest}
      rules:

      """
    for rule in 0..<260 {
      let recommended =
        switch rule % 6 {
        case 0: "recommend: {one: \(generator.pick(many))}"
        case 1: "recommend: {high: \(generator.pick(many))}"
        case 2: "recommend: {liked: \(generator.pick(many))}"
        case 3: "rule_out: {liked: \(generator.pick(many)), set: s\(generator.below(80))}"
        case 4: "recommend: {set: [s\(generator.below(40)), s\(40 + generator.below(40))]}"
        default: "recommend: {menu: {i\(generator.below(70)): \(30 * generator.below(20)) minutes a week}}"
        }
      let overrides = rule >= 6 && rule % 6 < 2 && generator.chance(30) ? ", overrides: [r\(rule - 6)]" : ""
      text +=
        "  r\(rule): {when: {any: [{\(test())}, {all: [{\(test())}, {\(test())}]}]}, \(recommended)\(overrides), \(end)"
    }
    return text
  }

  private static func crowded(_ generator: inout SeededGenerator) -> String {
    var text = start + "facts:\n"
    for fact in 0..<8 {
      let type = fact % 2 == 0 ? "choice, options: \(options(names("o", 4)))" : "integer, range: 0 to 30"
      let condition = fact > 4 ? ", applies_when: {f\(fact - 4): \(fact % 2 == 0 ? "o1" : "at least 12")}" : ""
      text += "  f\(fact): {ask: Q?, type: \(type)\(condition)}\n"
    }
    let levels = names("l", 9)
    text += "catalogues:\n  items:\n    i0: {label: I, unit: minutes a week, range: 0 to 900}\n"
    text += """
      decisions:
        high: {type: choice, ordered: [\(levels.joined(separator: ", "))], combine: highest}
        low: {type: integer, range: 0 to 900, combine: lowest, otherwise: {value: 7, because: None., sources: [s]}}
        liked: {type: choice, options: \(options(names("p", 2))), combine: preferred, prefer: [p1, p0]}
        set: {type: set, options: \(options(names("s", 2))), combine: all, applies_when: {high: at least l3}}
        menu: {type: menu, of: items, combine: highest}
        more: {type: menu, of: items, combine: lowest}
      rules:

      """
    for rule in 0..<600 {
      func test() -> String {
        let fact = generator.below(8)
        if fact % 2 == 0 { return "f\(fact): o\(generator.below(4))" }
        return "f\(fact): at least \(8 + generator.below(23))"
      }
      let amount = "\(30 * generator.below(20)) minutes a week"
      var verdict =
        switch rule % 6 {
        case 0: "recommend: {high: \(generator.pick(levels))}"
        case 1: "recommend: {low: \(generator.below(200))}"
        case 2: "recommend: {liked: p\(generator.below(2))}"
        case 3: "recommend: {set: s\(generator.below(2))}"
        case 4: "recommend: {menu: {i0: \(amount)}}"
        default: "recommend: {more: {i0: \(amount)}}"
        }
      if rule % 60 == 2 { verdict = "rule_out: {liked: p\(generator.below(2))}" }
      if rule % 60 == 9 { verdict = "rule_out: {set: s\(generator.below(2))}" }
      if rule % 60 == 4 { verdict = "rule_out: {menu: i0}" }
      if rule % 35 == 0 { verdict = "recommend: {high: \(generator.pick(levels)), low: \(generator.below(200))}" }
      let above = rule % 30 == 12 ? ", {r\(rule - 6): applies}" : ""
      let reads = rule % 50 == 7 ? ", {high: at least l4}" : ""
      let condition = "all: [{\(test())}, {any: [{\(test())}, {\(test())}]}\(above)\(reads)]"
      text += "  r\(rule): {when: {\(condition)}, \(verdict), \(end)"
    }
    return text
  }

  private static func guarded(_ generator: inout SeededGenerator) -> String {
    var text = start + "facts:\n"
    for fact in 0..<4 { text += "  g\(fact): {ask: Q?, type: yes_no}\n" }
    for fact in 0..<4 {
      let guarded = ", applies_when: {g\(fact): yes}"
      text += "  n\(fact): {ask: Q?, type: integer, range: 0 to 9\(guarded)}\n"
      text +=
        "  c\(fact): {ask: Q?, type: choice, options: \(options(names("o", 5))), ordered: [\(names("o", 5).joined(separator: ", "))]\(guarded)}\n"
      text += "  s\(fact): {ask: Q?, type: choices, options: \(options(names("o", 3)))\(guarded)}\n"
    }
    text += "  whole.entered: {ask: Q?, type: integer, range: 0 to 36, applies_when: {g0: yes}}\n"
    text += """
      derived:
        most: {highest: [n0, n1, n2, n3]}
        least: {lowest: [n0, n1, n2, n3]}
        worst: {highest: [c0, c1, c2, c3]}
        mildest: {lowest: [c0, c1, c2, c3]}
        whole: {sum: [n0, n1, n2, n3], or_entered_as: whole.entered}
        points: {points: s0, as: {o0: 3, o1: -2, o2: 1}}
        marks: {points: c1, as: {o0: -1, o1: 0, o2: 2, o3: 2, o4: 5}}
        apart: {difference: {of: most, less: least}}
        held: {count: [{n0: at least 5}, {n1: at least 5}, {c2: o1}]}
        band: {bands: whole, as: {few: 0 to 8, some: 9 to 20, many: 21 to 36}}
      decisions:
        one: {type: choice, options: \(options(names("d", 6))), combine: one}
        high: {type: choice, ordered: [\(names("d", 6).joined(separator: ", "))], combine: highest}
        set: {type: set, options: \(options(names("d", 6))), combine: all}
      rules:

      """
    for rule in 0..<60 {
      let (number, highest) = generator.pick([
        ("most", 9), ("least", 9), ("whole", 36), ("points", 4), ("marks", 5), ("apart", 9), ("held", 3),
      ])
      let test =
        switch rule % 3 {
        case 0: "\(number): at least \(generator.below(highest + 1))"
        case 1: "\(generator.pick(["worst", "mildest"])): at least o\(generator.below(5))"
        default: "band: \(generator.pick(["few", "some", "many"]))"
        }
      text +=
        "  r\(rule): {when: {\(test)}, recommend: {\(generator.pick(["one", "high", "set"])): d\(generator.below(6))}, \(end)"
    }
    return text
  }

  private static func deep(_ generator: inout SeededGenerator) -> String {
    var text = start + "facts:\n"
    for fact in 0..<14 {
      let isGuarded = fact > 3 && generator.chance(50)
      let condition = isGuarded ? ", applies_when: {f\(generator.below(fact)): yes}" : ""
      text += "  f\(fact): {ask: Q?, type: yes_no\(condition)}\n"
    }
    /// `leaf` gives the name of something that is yes or no.
    func nested(_ depth: Int, _ leaf: (inout SeededGenerator) -> String, _ generator: inout SeededGenerator) -> String {
      guard depth > 0 else { return "{\(leaf(&generator)): yes}" }
      func part() -> String { nested(depth - 1, leaf, &generator) }
      switch generator.below(4) {
      case 0: return "{all: [\(part()), \(part())]}"
      case 1: return "{any: [\(part()), \(part())]}"
      case 2: return "{not: \(part())}"
      default: return "{at_least: {count: 2, of: [\(part()), \(part()), \(part())]}}"
      }
    }
    text += "derived:\n"
    for derived in 0..<12 {
      let condition = nested(
        5, { $0.chance(40) && derived > 0 ? "n\($0.below(derived))" : "f\($0.below(14))" }, &generator)
      text += "  n\(derived): {when: \(condition)}\n"
    }
    text += "decisions:\n"
    for decision in 0..<12 {
      let guardText = decision > 2 && generator.chance(30) ? ", applies_when: {d\(decision - 1): yes}" : ""
      text +=
        "  d\(decision): {type: yes_no, combine: highest\(guardText), otherwise: {value: no, because: None., sources: [s]}}\n"
    }
    text += "rules:\n"
    for decision in 0..<12 {
      for rule in 0..<3 {
        let condition = nested(
          4,
          {
            $0.chance(30) && decision > 0
              ? "d\($0.below(decision))" : $0.chance(30) ? "n\($0.below(12))" : "f\($0.below(14))"
          },
          &generator)
        text += "  r\(decision)-\(rule): {when: \(condition), recommend: {d\(decision): yes}, \(end)"
      }
    }
    return text
  }

  private static func tables(_ generator: inout SeededGenerator) -> String {
    var text = start + "facts:\n"
    for fact in 0..<10 { text += "  f\(fact): {ask: Q?, type: integer, range: 0 to 99}\n" }
    text += "decisions:\n"
    for decision in 0..<6 {
      text += "  d\(decision): {type: integer, range: 1 to 9, combine: \(["highest", "lowest", "one"][decision % 3])}\n"
    }
    text += "tables:\n"
    for table in 0..<12 {
      let first = generator.below(5)
      text += "  t\(table):\n    columns: {when: [f\(first), f\(first + 5)], recommend: [d\(table % 6)]}\n"
      text += "    because: Since.\n    sources: [s]\n    rows:\n"
      for row in 0..<30 {
        let low = generator.below(60)
        let range = "\(low) to \(low + generator.below(40))"
        let other = "at \(generator.pick(["least", "most"])) \(generator.below(100))"
        let cells =
          generator.chance(15)
          ? "{f\(first): \(range), d\(table % 6): \(1 + generator.below(9))}"
          : "[\(range), \(other), \(1 + generator.below(9))]"
        text += "      row_\(row): \(cells)\n"
      }
    }
    return text
  }
}
