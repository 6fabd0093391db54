import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText

/// Says in words what a mutant changes, and where.
struct MutationWords {
  private let program: Program
  private let wording: Wording
  private let conditions: ConditionWords
  private let elements: CoverageWords

  init(_ rulebook: Rulebook, _ program: Program) {
    self.program = program
    wording = Wording(Evaluator.evaluate(program, Intake()), language: "en")
    conditions = ConditionWords(wording)
    elements = CoverageWords(rulebook, program)
  }

  static func summary(_ run: MutationRun) -> String {
    var text =
      "\(run.killed) of \(run.counted) small faults are noticed: \(run.permille / 10).\(run.permille % 10) %"
    if run.killedByRecords > 0 { text += ", \(run.killedByRecords) of them by a recorded explanation alone" }
    if run.equivalent > 0 { text += "; \(run.equivalent) more change nothing, and do not count" }
    return text
  }

  /// Of a fault for which there is no case that would notice it.
  static func unknown(_ survivor: MutationRun.Survivor) -> String {
    survivor.reason.map { "No case was found that would notice it: \($0)." }
      ?? "No plan was found that it changes, nor is it proved that there is none."
  }

  func name(_ mutant: Mutant) -> String { elements.name(mutant.element) }
  func place(_ mutant: Mutant) -> SourceRange? { elements.place(mutant.element) }

  /// `“Working hours: Days” becomes “Working hours: Nights”`.
  func text(_ mutant: Mutant) -> String {
    switch mutant.change {
    case .clause(let from, let to): return "“\(conditions.text(from))” becomes “\(conditions.text(to))”"
    case .clauseDropped(let clause): return "“\(conditions.text(clause))” is dropped"
    case .ruleDropped: return "the rule is dropped"
    case .verdict(let decision, let slot, let from, let to):
      let was = verdict(from, decision, slot)
      guard let to else { return "“\(was)” is dropped" }
      return "“\(was)” becomes “\(verdict(to, decision, slot))”"
    case .overrideDropped(let rule): return "it no longer overrides \(program.rules[rule].id)"
    case .otherwise(let decision, let from, let to):
      func text(_ value: Value) -> String {
        wording.value(value, in: program.decisions[decision], slot: program.decisions[decision].slots[0])
      }
      return "where no rule recommends anything, “\(text(from))” becomes “\(text(to))”"
    case .parameter(let parameter, let from, let to):
      let domain = program.parameters[parameter].domain
      return "“\(wording.number(from, in: domain))” becomes “\(wording.number(to, in: domain))”"
    case .band(let variable, let band, let from, let to):
      let name = wording.option(band, of: variable)
      return "“\(name)” begins at \(to) instead of \(from)"
    case .points(let variable, let option, let from, let to):
      return "“\(wording.option(option, of: variable))” counts \(to) instead of \(from)"
    }
  }

  private func verdict(_ verdict: Slot.Verdict, _ index: Int, _ place: Int) -> String {
    let decision = program.decisions[index]
    let slot = decision.slots[place]
    var words = [wording.label(of: decision.variable)]
    if let member = slot.member { words.append(wording.option(member, of: decision.variable)) }
    switch verdict {
    case .ruleOut: words[0] = "rule out \(words[0])"
    case .recommend(.included): break
    case .recommend(let value): words.append(wording.value(value, in: decision, slot: slot))
    }
    return words.joined(separator: ": ")
  }
}
