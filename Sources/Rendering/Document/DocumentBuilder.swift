import RuleEngine
public import RuleLanguage
import SourceText

/// Writes a rulebook out in prose: what it decides, by which rules, from which answers and sources.
///
/// ```
/// About this rulebook · What the overlays change · The plan · The rules · What follows from answers
/// The questions · Numbers that may change · What cannot be · What must always hold · Cases · Sources
/// ```
struct DocumentBuilder {
  typealias Inline = RulebookDocument.Inline
  typealias Item = RulebookDocument.Item
  typealias Block = RulebookDocument.Block

  let rulebook: Rulebook
  /// Without overlays; the same as ``rulebook`` if there are none.
  let base: Rulebook
  let program: Program
  let language: String
  /// For each rule the cases it decides.
  let cases: [String: [String]]
  /// For each rule, or the table of a row, the cases that were written to show it.
  let shown: [String: [String]]
  let prose: ConditionProse
  let touches: RuleTouches
  let graph: DecisionGraph

  func document() -> RulebookDocument {
    var blocks = about()
    if program.adaptation != nil { blocks += overlays() }
    blocks += plan()
    blocks += rules()
    blocks += derivedFacts()
    blocks += questions()
    blocks += parameters()
    blocks += impossible()
    blocks += properties()
    blocks += workedCases()
    blocks += sources()
    return RulebookDocument(title: program.header.title.text(in: language), language: language, blocks: blocks)
  }

  // MARK: About

  private func about() -> [Block] {
    let overlays = (program.adaptation?.overlays ?? []).map(\.name)
    let with = overlays.isEmpty ? "" : " with \(prose.list(overlays))"
    var blocks: [Block] = [
      .paragraph([
        .text("Rulebook \(program.header.name) \(program.header.version)\(with), digest "),
        .code(String(program.digest.prefix(12))), .text("."),
      ]),
      .heading(level: 2, "About this rulebook", anchor: "about"),
    ]
    // Its author's own words on what it is: the comment at the top of the file that names it.
    let own = base.files.values.filter { file in file.lines.contains { $0.hasPrefix("rulebook:") } }
    if let file = own.min(by: { $0.name < $1.name }) { blocks += introduction(of: file) }
    let title = [Inline.text(program.header.title.text(in: language))]
    blocks.removeAll { block in
      if case .paragraph(let words) = block { words == title } else { false }
    }
    let questions = program.variables.count { $0.fact != nil } - 1
    blocks.append(
      .paragraph([
        .text(
          "It asks \(Self.count(questions, "question")), of each person only those that matter, and makes "
            + "\(Self.count(graph.nodes.count, "decision")) by \(Self.count(touches.entries.count, "rule")). "
            + "\(Self.count(rulebook.cases.count, "worked case")) \(rulebook.cases.count == 1 ? "shows" : "show") what it does."
        )
      ]))
    blocks += confirmation()
    return blocks
  }

  /// How much of it rests on what somebody has read.
  private func confirmation() -> [Block] {
    let confirmed = program.sources.count { $0.isConfirmed }
    let unconfirmed = touches.entries.values.filter { entry in
      !program.rules[entry.rules[0]].sources.contains { program.sources[$0].isConfirmed }
    }.map(\.id).sorted()
    var words: [Inline] = [
      .text(
        confirmed == program.sources.count
          ? "All of its \(Self.count(confirmed, "source")) were read in their own words. "
          : "Of its \(Self.count(program.sources.count, "source")) \(confirmed) were read in their own words; the others "
            + "are marked “not confirmed”. ")
    ]
    if unconfirmed.isEmpty {
      words.append(.text("Every rule has at least one source that was read."))
    } else {
      words.append(.text("These rules rest only on sources that nobody has read: "))
      words += .joined(unconfirmed.map { [.link($0, to: Anchor.rule($0))] }, by: ", ")
      words.append(.text("."))
    }
    return [.paragraph(words)]
  }

  /// The comment at the top of a file: paragraphs, and lists where its lines begin with a hyphen.
  func introduction(of file: SourceFile) -> [Block] {
    var paragraph: [String] = []
    var items: [String] = []
    var blocks: [Block] = []
    func close() {
      if !paragraph.isEmpty { blocks.append(.paragraph([.text(paragraph.joined(separator: " "))])) }
      if !items.isEmpty { blocks.append(.list(items.map { Item(words: [.text($0)]) })) }
      paragraph = []
      items = []
    }
    for line in file.lines.prefix(while: { $0.hasPrefix("#") }) {
      let text = line.dropFirst().drop { $0 == " " }
      if text.isEmpty {
        close()
      } else if text.hasPrefix("- ") {
        items.append(String(text.dropFirst(2)))
      } else if !items.isEmpty {
        items[items.count - 1] += " \(text)"
      } else {
        paragraph.append(String(text))
      }
    }
    close()
    return blocks
  }

  // MARK: Small pieces

  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// `guideline: Clinical Issues …, SAMHSA 2021, page 1`, leading to the source, with a mark if nobody read it.
  func sources(_ places: [Int]) -> [Inline] {
    .joined(
      places.sorted { (program.sources[$0].kind, $0) < (program.sources[$1].kind, $1) }.map { place in
        let source = program.sources[place]
        let name = [source.publisher ?? source.title, source.year.map(String.init)].compactMap(\.self)
          .joined(separator: " ")
        let mark = source.isConfirmed ? "" : ", not confirmed"
        return [.link(name, to: Anchor.source(source.id)), .text(" (\(source.kind.rawValue)\(mark))")]
      }, by: "; ")
  }

  /// The copy of a rule for one phase leads to the rule, and a table to its first row: neither has a place of its own.
  func links(toRules ids: [String]) -> [Inline] {
    .joined(
      ids.map { id in
        let rule = RuleTouches.family(of: id)
        let row = touches.entries[rule] == nil ? touches.entries.keys.filter { $0.hasPrefix("\(id)[") }.min() : nil
        return [.link(id, to: Anchor.rule(row ?? rule))]
      }, by: ", ")
  }

  func titled(_ title: String, _ words: [Inline]) -> [Inline] { [.strong("\(title):"), .text(" ")] + words }
}

extension RulebookDocument {
  /// - Parameters:
  ///   - rulebook: with its overlays, if there are any.
  ///   - base: the same without overlays.
  ///   - cases: for each rule, by its id without the phase, the cases it decides.
  /// - Returns: `nil` if the rulebook has errors.
  public init?(_ rulebook: Rulebook, base: Rulebook, cases: [String: [String]], language: String = "en") {
    guard let program = rulebook.program else { return nil }
    let builder = DocumentBuilder(
      rulebook: rulebook, base: base, program: program, language: language, cases: cases,
      shown: Self.shown(by: rulebook),
      prose: ConditionProse(program: program, language: language), touches: RuleTouches(program),
      graph: DecisionGraph(program, language: language))
    self = builder.document()
  }

  private static func shown(by rulebook: Rulebook) -> [String: [String]] {
    var result: [String: Set<String>] = [:]
    for aCase in rulebook.cases {
      for rule in aCase.because { result[RuleTouches.family(of: rule), default: []].insert(aCase.id) }
    }
    return result.mapValues { $0.sorted() }
  }
}
