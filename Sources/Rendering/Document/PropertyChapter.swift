import RuleEngine
import RuleLanguage

/// What must hold for every possible intake, and why: what `handrail check` proves of the rules.
extension DocumentBuilder {
  func properties() -> [Block] {
    guard !rulebook.properties.isEmpty else { return [] }
    var blocks: [Block] = [
      .heading(level: 2, "What must always hold", anchor: "properties"),
      .paragraph([
        .text(
          "For every possible intake, whatever rules are added or changed. A command proves it, or shows an intake for which it "
            + "does not hold: "), .code("handrail check"), .text("."),
      ]),
    ]
    for property in rulebook.properties.sorted(by: { $0.id < $1.id }) {
      blocks.append(.heading(level: 4, property.id, anchor: Anchor.property(property.id)))
      if let why = property.why { blocks.append(.paragraph([.text(why.text(in: language))])) }
      if property.when != .always {
        blocks.append(.paragraph([.strong("Where:")]))
        blocks.append(.list(prose.items(property.when)))
      }
      if let expect = property.expect {
        blocks.append(.paragraph([.strong("This holds:")]))
        blocks.append(.list(prose.items(expect)))
      }
      for (title, facts) in [
        ("Come out the same whatever is answered to", property.independentOf),
        ("Never come out lower where this is higher", property.monotone),
      ] where !facts.isEmpty {
        blocks.append(.paragraph(titled(title, labels(facts))))
        blocks.append(.paragraph(titled("That is so of", links(toDecisions: property.decisions))))
      }
    }
    return blocks
  }

  private func labels(_ variables: [Int]) -> [Inline] {
    .joined(variables.map { [prose.label($0)] }, by: ", ")
  }

  /// Each decision once, whatever its phases; all of them in few words.
  private func links(toDecisions places: [Int]) -> [Inline] {
    guard places.count < program.decisions.count else { return [.text("every decision")] }
    var seen: Set<String> = []
    let families = places.map { program.decisions[$0] }.filter { seen.insert($0.family).inserted }
    return .joined(
      families.map { [.link($0.label.text(in: language), to: Anchor.decision($0.family))] }, by: ", ")
  }
}
