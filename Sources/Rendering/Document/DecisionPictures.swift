import RuleEngine

/// Draws which decision reads which, and what bears on each.
struct DecisionPictures {
  typealias Picture = RulebookDocument.Picture

  let program: Program
  let graph: DecisionGraph
  let language: String

  private static let columnGap = 70.0
  private static let rowGap = 14.0

  /// Every decision in layers, from those that read no other to those that read the most. An arrow that follows from
  /// others is left out; the pictures of single decisions have them all.
  func overview() -> Picture {
    let links = graph.links()
    let alternative = "Which decision reads which: \(graph.nodes.count) decisions in layers, with \(links.count) arrows"
    let drawing = LayeredDrawing(labels: graph.nodes.map(\.label), links: links, layers: graph.layers()).drawing()
    return Picture(name: "decisions", alternative: alternative, svg: drawing.text(alternative: alternative))
  }

  // MARK: One decision

  /// What bears on a decision: questions by the sections of the intake, and decisions; and what it bears on.
  func picture(of node: DecisionGraph.Node) -> Picture {
    var drawing = SVGDrawing()
    let width = 300.0
    var left: [SVGDrawing.Box] = []
    var y = 12.0
    for (title, facts) in sections(of: node.facts) {
      let lines = facts.flatMap { bullet(program.variables[$0].label.text(in: language), width) }
      left.append(
        drawing.box(.fact, at: (12, y), width: width, title: SVGDrawing.wrapped(title, width: width - 24), lines: lines)
      )
      y += (left.last?.height ?? 0) + Self.rowGap
    }
    let read = graph.nodes.filter { node.reads.contains($0.family) }
    if !read.isEmpty {
      let lines = read.flatMap { bullet($0.label, width) }
      left.append(drawing.box(.decision, at: (12, y), width: width, title: ["Decisions it reads"], lines: lines))
      y += (left.last?.height ?? 0) + Self.rowGap
    }
    let middleY = max(12, y / 2 - 22)
    let label = SVGDrawing.wrapped(node.label, width: 180)
    let x = left.isEmpty ? 12 : 12 + width + Self.columnGap
    let centre = drawing.box(.chosen, at: (x, middleY), width: 200, title: label, lines: [])
    for box in left { drawing.arrow(through: [box.right, centre.left]) }
    let readers = graph.readers(of: node.family)
    if !readers.isEmpty {
      let lines = readers.flatMap { bullet($0.label, 240) }
      let tall = Double(lines.count + 1) * SVGDrawing.lineHeight
      let box = drawing.box(
        .decision, at: (centre.x + centre.width + Self.columnGap, max(12, centre.y + centre.height / 2 - tall / 2)),
        width: 240, title: ["Decisions that read it"], lines: lines)
      drawing.arrow(through: [centre.right, box.left])
    }
    let alternative = "What bears on \(node.label): questions, \(node.facts.count); decisions, \(read.count)"
    return Picture(
      name: "decision-\(node.family.replacing(".", with: "-"))", alternative: alternative,
      svg: drawing.text(alternative: alternative))
  }

  private func bullet(_ text: String, _ width: Double) -> [String] {
    let lines = SVGDrawing.wrapped(text, width: width - 40)
    return lines.enumerated().map { $0 == 0 ? "• \($1)" : "\u{2003}\($1)" }
  }

  /// Facts by the sections of the intake, in its order; those of no section last.
  private func sections(of facts: [Int]) -> [(title: String, facts: [Int])] {
    var result = program.presentation.sections.map { section in
      (section.title.text(in: language), section.facts.filter(facts.contains))
    }
    // The day of the assessment is asked of nobody.
    let placed = Set(program.presentation.sections.flatMap(\.facts)).union([program.assessmentDay])
    result.append((result.isEmpty ? "Questions" : "Other questions", facts.filter { !placed.contains($0) }))
    return result.filter { !$0.1.isEmpty }
  }
}
