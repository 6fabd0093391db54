import RuleEngine
import SourceText

/// Impossible intakes, presentation and cases: what stands on everything else.
extension RulebookChecker {
  mutating func checkImpossibilities() {
    var places: [String: SourceRange] = [:]
    for impossibility in parsed.impossibilities {
      if let first = places[impossibility.id.value] {
        diagnostics.append(.duplicateName(impossibility.id, what: "impossible intake", first: first))
        continue
      }
      places[impossibility.id.value] = impossibility.id.range
      let context = ConditionChecker.Context(
        what: "the impossible intake `\(impossibility.id.value)`", mayReadDecisions: false)
      let condition = condition(impossibility.when ?? .broken, context)
      let because = impossibility.because.map { template($0, readable: readable(condition)) }
      checked.impossibilities.append(
        CheckedImpossibility(
          id: impossibility.id.value, condition: condition, because: because ?? Template(byLanguage: [:])))
    }
    checked.impossibilities.sort { $0.id < $1.id }
  }

  mutating func checkPresentation() {
    var placed: [String: SourceRange] = [:]
    // The order of files must not matter, so each part of the presentation stands in one place.
    for (index, part) in parsed.presentation.enumerated() where index > 0 {
      diagnostics.append(.standsTwice(part.place, what: "section", first: parsed.presentation[0].place.range))
    }
    for part in parsed.presentation {
      if let sentence = part.sentence { checked.presentation.sentence = template(sentence, readable: nil) }
      for section in part.sections {
        var facts: [String] = []
        for fact in section.facts {
          guard case .fact? = symbols[fact.value]?.kind else {
            if !parsed.hasUnreadableParts {
              diagnostics.append(.unknownName(fact, what: "fact", candidates: checked.facts.map(\.name)))
            }
            continue
          }
          if let first = placed[fact.value] {
            diagnostics.append(.standsTwice(fact, what: "question", first: first))
            continue
          }
          placed[fact.value] = fact.range
          facts.append(fact.value)
        }
        checked.presentation.sections.append(
          CheckedPresentation.Section(
            title: TextChecker.localized(section.title), facts: facts, isInOrder: section.isInOrder))
      }
      checkScreen(part.screen)
      for decision in part.decisions {
        if decisions[decision.value] == nil {
          if !parsed.hasUnreadableParts {
            diagnostics.append(.unknownName(decision, what: "decision", candidates: decisions.keys.sorted()))
          }
        } else if !checked.presentation.decisions.contains(decision.value) {
          checked.presentation.decisions.append(decision.value)
        }
      }
    }
  }

  /// The pre-screen names facts, each once, and stays short.
  private mutating func checkScreen(_ facts: [Spanned<String>]) {
    var seen: [String: SourceRange] = [:]
    for fact in facts {
      guard case .fact? = symbols[fact.value]?.kind else {
        if !parsed.hasUnreadableParts {
          diagnostics.append(.unknownName(fact, what: "fact", candidates: checked.facts.map(\.name)))
        }
        continue
      }
      if let first = seen[fact.value] {
        diagnostics.append(.standsTwice(fact, what: "question", first: first))
        continue
      }
      seen[fact.value] = fact.range
      checked.presentation.screen.append(fact.value)
    }
    if let first = facts.dropFirst(Limits.screen).first { diagnostics.append(.screenTooLong(first, facts.count)) }
  }

  /// - Parameter readIntake: reads an intake file that a case starts from.
  mutating func checkCases(_ readIntake: ReadIntake) {
    let facts = Dictionary(uniqueKeysWithValues: checked.facts.map { ($0.name, $0.domain) })
    let names = IntakeNames(
      facts: facts, computed: Set(symbols.names).subtracting(facts.keys),
      selectable: Selectable.all(in: checked.decisions))
    var places: [String: SourceRange] = [:]
    let before = diagnostics.count
    for aCase in parsed.cases {
      if let first = places[aCase.id.value] {
        diagnostics.append(.duplicateName(aCase.id, what: "case", first: first))
        continue
      }
      places[aCase.id.value] = aCase.id.range
      check(aCase, names, readIntake)
    }
    checked.cases.sort { $0.id < $1.id }
    // What a family writes once is checked with each row, and said once.
    var said: Set<String> = []
    let found = diagnostics[before...].filter { said.insert("\($0.id) \($0.range as Any) \($0.message)").inserted }
    diagnostics.replaceSubrange(before..., with: found)
  }

  private mutating func check(_ aCase: ParsedCase, _ names: IntakeNames, _ readIntake: ReadIntake) {
    let facts = names.facts
    var intake = Intake()
    if let from = aCase.from {
      let file = readIntake(from)
      diagnostics += file.diagnostics.map { $0.range == nil ? $0.at(from.range) : $0 }
      if let root = file.root {
        let read = IntakeReader.read(root, names, isPersonal: true, isJSON: from.value.hasSuffix(".json"))
        diagnostics += read.diagnostics
        intake = read.intake
      }
    }
    var personal = Set(intake.answers.keys)
    // What stands in the case counts more than the file, and what stands in a row more than what holds for all rows.
    for entries in [aCase.given, aCase.givenInRow] {
      let given = YAMLNode(.map(entries), aCase.id.range)
      let read = IntakeReader.read(given, names, isPersonal: false, isJSON: false)
      diagnostics += read.diagnostics
      intake.answers.merge(read.intake.answers) { _, own in own }
      intake.selections.merge(read.intake.selections) { _, own in own }
      // A blank answer takes back what was said before.
      for name in read.blank { intake.answers[name] = nil }
      personal.subtract(read.intake.answers.keys)
    }

    let context = ConditionChecker.Context(what: "the case `\(aCase.id.value)`", isExpectation: true)
    for name in aCase.expect?.names ?? [] where symbols[name.value] != nil { use(name.value) }
    let expect = aCase.expect.map { conditions.check($0, context, &known, &diagnostics) } ?? .always
    for rule in aCase.because + aCase.notBecause where !isRule(rule.value) && !parsed.hasUnreadableParts {
      diagnostics.append(.unknownName(rule, what: "rule", candidates: symbols.rules.keys.sorted()))
    }
    for fact in aCase.needs ?? [] where facts[fact.value] == nil && !parsed.hasUnreadableParts {
      diagnostics.append(.unknownName(fact, what: "fact", candidates: facts.keys.sorted()))
    }
    checked.cases.append(
      CheckedCase(
        id: aCase.id.value, why: aCase.why.map(TextChecker.localized), intake: intake,
        personalFacts: personal, expect: expect, isExact: aCase.isExact,
        because: aCase.because.map(\.value), notBecause: aCase.notBecause.map(\.value),
        needs: aCase.needs?.map(\.value), place: aCase.id.range))
  }
}

extension RulebookChecker {
  /// Whether a rule, a table, a row, or one phase of a rule has that id.
  fileprivate func isRule(_ id: String) -> Bool {
    if symbols.rules[id] != nil { return true }
    guard let bracket = id.lastIndex(of: "["), id.hasSuffix("]") else { return false }
    let phase = id[id.index(after: bracket)...].dropLast()
    return Program.phases.contains(String(phase)) && symbols.rules[String(id[..<bracket])] != nil
  }
}

extension Diagnostic {
  /// The same finding at a place, for one that has none of its own.
  func at(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      id: id, severity: severity, message: message, range: range, notes: notes, fixIts: fixIts, answerNote: answerNote)
  }
}
