import RuleEngine

/// Which decision reads which, and which facts bear on it. Decisions stand without their phases.
struct DecisionGraph {
  struct Node {
    var family: String
    var label: String
    /// The facts it reads, through derived facts and the conditions of other rules; places in the program, sorted.
    var facts: [Int]
    /// The decisions it reads directly.
    var reads: [String]
  }

  /// In the order of the plan.
  private(set) var nodes: [Node] = []

  init(_ program: Program, language: String) {
    var facts: [String: Set<Int>] = [:]
    var reads: [String: Set<String>] = [:]
    var order: [String] = []
    var labels: [String: String] = [:]
    for index in program.presentation.decisions {
      let decision = program.decisions[index]
      if !order.contains(decision.family) { order.append(decision.family) }
      labels[decision.family] = decision.label.text(in: language)
      var rules = Set<Int>()
      for slot in decision.slots { rules.formUnion(slot.effects.map(\.rule)) }
      var variables: [Int] = []
      for slot in decision.slots {
        if let fill = slot.fill { variables.append(fill.variable) }
      }
      let conditions = [decision.appliesWhen].compactMap(\.self) + rules.sorted().map { program.rules[$0].condition }
      let found = Self.reading(conditions, variables, program)
      facts[decision.family, default: []].formUnion(found.facts)
      reads[decision.family, default: []].formUnion(found.decisions)
    }
    nodes = order.map { family in
      Node(
        family: family, label: labels[family] ?? family, facts: (facts[family] ?? []).sorted(),
        reads: order.filter { $0 != family && reads[family]?.contains($0) ?? false })
    }
  }

  /// The facts and decisions that conditions and variables read, with all that stands between.
  static func reading(
    _ conditions: [Condition], _ variables: [Int], _ program: Program
  ) -> (facts: Set<Int>, decisions: Set<String>) {
    var facts: Set<Int> = []
    var decisions: Set<String> = []
    var seenRules: Set<Int> = []
    var seen: Set<Int> = []
    var waiting = conditions
    var left = variables
    while !waiting.isEmpty || !left.isEmpty {
      if let condition = waiting.popLast() {
        for part in condition.subtree {
          switch part {
          case .test(let variable, let matcher):
            left.append(variable)
            if matcher.isRelative { left.append(program.assessmentDay) }
          case .applies(let rule):
            if seenRules.insert(rule).inserted { waiting.append(program.rules[rule].condition) }
          default: break
          }
        }
        continue
      }
      let variable = left.removeLast()
      guard seen.insert(variable).inserted else { continue }
      switch program.variables[variable].kind {
      case .fact: facts.insert(variable)
      case .derived(let derivation):
        left += derivation.sources
        waiting += derivation.conditions
        if case .total(let decision, _) = derivation { decisions.insert(program.decisions[decision].family) }
      case .decision(let decision), .item(let decision, _): decisions.insert(program.decisions[decision].family)
      }
    }
    return (facts, decisions)
  }

  /// The decisions that read a decision.
  func readers(of family: String) -> [Node] { nodes.filter { $0.reads.contains(family) } }

  /// The layer of each node: one further than the furthest that it reads. What reads in a circle, through different
  /// phases, is taken in the order of the plan.
  func layers() -> [[Int]] {
    let places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.family, $0) })
    var depth: [Int?] = nodes.map { _ in nil }
    var inProgress: Set<Int> = []
    func find(_ node: Int) -> Int {
      if let known = depth[node] { return known }
      guard inProgress.insert(node).inserted else { return 0 }
      var deepest = 0
      for family in nodes[node].reads {
        if let other = places[family], !inProgress.contains(other) { deepest = max(deepest, find(other) + 1) }
      }
      inProgress.remove(node)
      depth[node] = deepest
      return deepest
    }
    for node in nodes.indices { _ = find(node) }
    let count = (depth.compactMap(\.self).max() ?? 0) + 1
    return (0..<count).map { layer in nodes.indices.filter { depth[$0] == layer } }
  }

  /// Who is read by whom, as places in ``nodes``, without what follows from others: where c reads b and b reads a, that c
  /// reads a goes without saying.
  func links() -> [(from: Int, to: Int)] {
    let places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.family, $0) })
    var layer: [Int: Int] = [:]
    for (number, members) in layers().enumerated() {
      for node in members { layer[node] = number }
    }
    let read = nodes.map { $0.reads.compactMap { places[$0] } }
    /// Everything read through others, each in a layer before.
    func reached(from node: Int) -> Set<Int> {
      var found: Set<Int> = []
      var waiting = read[node].filter { layer[$0]! < layer[node]! }
      while let next = waiting.popLast() {
        for other in read[next] where layer[other]! < layer[next]! && found.insert(other).inserted {
          waiting.append(other)
        }
      }
      return found
    }
    return nodes.indices.flatMap { node in
      let implied = reached(from: node)
      return read[node].filter { !implied.contains($0) }.map { (from: $0, to: node) }
    }
  }
}
