/// Draws nodes in columns, one for each layer, with an arrow for each link. Links that span layers pass between the boxes.
/// Nothing is left to chance, so the same nodes and links always give the same picture.
struct LayeredDrawing {
  let labels: [String]
  let links: [(from: Int, to: Int)]
  /// The nodes of each layer; a link usually leads to a later one.
  let layers: [[Int]]

  private enum Entry {
    case node(Int)
    /// Where a link from one node to another passes a layer between them.
    case passage(from: Int, to: Int)
  }

  private static let columnGap = 80.0
  private static let rowGap = 14.0
  private static let nodeWidth = 170.0

  func drawing() -> SVGDrawing {
    let ordered = ordered()
    var layerOf: [Int: Int] = [:]
    for (layer, nodes) in ordered.enumerated() {
      for node in nodes { layerOf[node] = layer }
    }
    let columns = passages(ordered, layerOf)
    var drawing = SVGDrawing()
    var boxes: [Int: SVGDrawing.Box] = [:]
    var points: [String: [(Double, Double)]] = [:]
    let tallest = columns.map(height).max() ?? 0
    for (number, column) in columns.enumerated() {
      let x = 12 + Double(number) * (Self.nodeWidth + Self.columnGap)
      var y = 12 + (tallest - height(column)) / 2
      for entry in column {
        switch entry {
        case .node(let node):
          let box = drawing.box(.decision, at: (x, y), width: Self.nodeWidth, lines: lines(of: node))
          boxes[node] = box
          y += box.height + Self.rowGap
        case .passage(let from, let to):
          points["\(from)-\(to)", default: []] += [(x, y), (x + Self.nodeWidth, y)]
          y += Self.rowGap
        }
      }
    }
    for link in links {
      guard let from = boxes[link.from], let to = boxes[link.to] else { continue }
      drawing.arrow(through: [from.right] + (points["\(link.from)-\(link.to)"] ?? []) + [to.left])
    }
    return drawing
  }

  private func lines(of node: Int) -> [String] {
    SVGDrawing.wrapped(labels[node], width: Self.nodeWidth - 2 * SVGDrawing.padding)
  }

  private func height(_ column: [Entry]) -> Double {
    column.reduce(0) { sum, entry in
      switch entry {
      case .node(let node):
        sum + Double(lines(of: node).count) * SVGDrawing.lineHeight + SVGDrawing.padding * 1.2 + Self.rowGap
      case .passage: sum + Self.rowGap
      }
    }
  }

  /// The nodes of each layer, those with like neighbours near each other, and those with none at the end; ties in the
  /// order they were given.
  private func ordered() -> [[Int]] {
    var result = layers
    for sweep in 0..<6 {
      let isForward = sweep % 2 == 0
      for layer in isForward ? Array(result.indices) : result.indices.reversed() {
        var rank: [Int: Double] = [:]
        for nodes in result {
          for (place, node) in nodes.enumerated() { rank[node] = Double(place) / Double(max(1, nodes.count)) }
        }
        func centre(_ node: Int) -> Double {
          let near = links.filter { isForward ? $0.to == node : $0.from == node }.map { isForward ? $0.from : $0.to }
          if near.isEmpty { return links.contains { $0.from == node || $0.to == node } ? rank[node] ?? 0 : 2 }
          return near.reduce(0) { $0 + (rank[$1] ?? 0) } / Double(near.count)
        }
        let centres = Dictionary(uniqueKeysWithValues: result[layer].map { ($0, centre($0)) })
        result[layer].sort { (centres[$0] ?? 0, $0) < (centres[$1] ?? 0, $1) }
      }
    }
    return result
  }

  /// The columns, with the passages of long links where a straight line would cross.
  private func passages(_ layers: [[Int]], _ layerOf: [Int: Int]) -> [[Entry]] {
    var positions: [Int: Double] = [:]
    for nodes in layers {
      for (place, node) in nodes.enumerated() { positions[node] = (Double(place) + 0.5) / Double(nodes.count) }
    }
    return layers.indices.map { layer in
      var entries: [(at: Double, entry: Entry)] = layers[layer].map { (positions[$0] ?? 0, .node($0)) }
      for link in links {
        let (first, last) = (layerOf[link.from] ?? 0, layerOf[link.to] ?? 0)
        guard first < layer, layer < last else { continue }
        let part = Double(layer - first) / Double(last - first)
        let at = (positions[link.from] ?? 0) * (1 - part) + (positions[link.to] ?? 0) * part
        entries.append((at, .passage(from: link.from, to: link.to)))
      }
      return entries.enumerated().sorted { ($0.1.at, $0.0) < ($1.1.at, $1.0) }.map(\.1.entry)
    }
  }
}
