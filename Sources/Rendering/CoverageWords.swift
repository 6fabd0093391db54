import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText

/// Says in words what cases reach of a rulebook, and what they do not.
struct CoverageWords {
  /// A rule, fact or decision with all that was not reached about it.
  struct Entry {
    var name: String
    var place: SourceRange?
    var lines: [Line]
  }

  /// One thing about it, and what it never did: “Working hours: Days” never held, never was unknown.
  struct Line {
    var subject: String
    var never: [(figure: CoverageFigure, text: String)]

    var text: String {
      let never = never.map { "never \($0.text)" }.joined(separator: ", ")
      return subject.isEmpty ? never : "\(subject): \(never)"
    }
  }

  private let program: Program
  private let wording: Wording
  private let conditions: ConditionWords
  private let places: ElementPlaces

  init(_ rulebook: Rulebook, _ program: Program) {
    self.program = program
    places = rulebook.places
    wording = Wording(Evaluator.evaluate(program, Intake()), language: "en")
    conditions = ConditionWords(wording)
  }

  static func title(_ figure: CoverageFigure) -> String {
    switch figure {
    case .rulesApplied: "rules that applied"
    case .rulesWon: "what rules say that decided"
    case .rulesDefeated: "what rules say that was overridden"
    case .clausesTrue: "clauses that held"
    case .clausesFalse: "clauses that did not hold"
    case .clausesUnknown: "clauses that were unknown"
    case .optionsChosen: "options that were chosen"
    }
  }

  /// `99.9 %`, floored.
  static func percent(_ count: Coverage.Count) -> String { "\(count.permille / 10).\(count.permille % 10) %" }

  /// What is missing, by element, in the order of files.
  func entries(_ coverage: Coverage) -> [Entry] {
    var entries: [CoverageGoal.Element: Entry] = [:]
    for goal in coverage.missing {
      var entry = entries[goal.element] ?? Entry(name: name(goal.element), place: place(goal.element), lines: [])
      let subject = subject(goal)
      let never = (goal.figure, never(goal))
      if let line = entry.lines.lastIndex(where: { $0.subject == subject }) {
        entry.lines[line].never.append(never)
      } else {
        entry.lines.append(Line(subject: subject, never: [never]))
      }
      entries[goal.element] = entry
    }
    return entries.values.sorted { ($0.place ?? .start(of: ""), $0.name) < ($1.place ?? .start(of: ""), $1.name) }
  }

  private func never(_ goal: CoverageGoal) -> String {
    switch goal.figure {
    case .rulesApplied: return "applied"
    case .rulesWon: return "decided"
    case .rulesDefeated:
      guard case .effect(let decision, let slot, let effect) = goal.subject else { return "overridden" }
      let effects = program.decisions[decision].slots[slot].effects
      let rules = effects[effect].overriddenBy.map { program.rules[effects[$0].rule].id }
      return "overridden by \(rules.joined(separator: " or "))"
    case .clausesTrue: return "held"
    case .clausesFalse: return "failed"
    case .clausesUnknown: return "unknown"
    case .optionsChosen: return "chosen"
    }
  }

  private func subject(_ goal: CoverageGoal) -> String {
    switch goal.subject {
    case .rule: return ""
    case .clause(let clause): return "“\(conditions.text(clause))”"
    case .option(let index, let option):
      let variable = program.decisions[index].variable
      return "\(wording.label(of: variable)): \(wording.option(option, of: variable))"
    case .effect(let index, let slotIndex, let effect):
      let decision = program.decisions[index]
      let slot = decision.slots[slotIndex]
      let member = slot.member.map { wording.option($0, of: decision.variable) }
      var words = [wording.label(of: decision.variable), member].compactMap(\.self)
      switch slot.effects[effect].verdict {
      case .ruleOut: words[0] = "rule out \(words[0])"
      case .recommend(.included): break
      case .recommend(let value): words.append(wording.value(value, in: decision, slot: slot))
      }
      return words.joined(separator: ": ")
    }
  }

  func name(_ element: CoverageGoal.Element) -> String {
    switch element {
    case .rule(let rule): program.rules[rule].id
    case .variable(let variable): program.variables[variable].name
    case .parameter(let parameter): "$\(program.parameters[parameter].name)"
    }
  }

  func place(_ element: CoverageGoal.Element) -> SourceRange? {
    switch element {
    case .rule(let rule): places.rule(program.rules[rule].id)
    case .variable(let variable): places.variables[program.variables[variable].name]
    case .parameter: nil
    }
  }
}
