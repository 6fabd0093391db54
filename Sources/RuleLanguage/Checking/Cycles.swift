/// Finds circles in a graph of names.
enum Cycles {
  /// One circle for each group of names that lead to each other, beginning and ending with the same name.
  static func find(in edges: [String: [String]]) -> [[String]] {
    var done: Set<String> = []
    var cycles: [[String]] = []
    for start in edges.keys.sorted() where !done.contains(start) {
      // Depth first without recursion, since chains can be long.
      var path: [String] = []
      var onPath: Set<String> = []
      var stack: [(name: String, next: Int)] = [(start, 0)]
      while let (name, next) = stack.last {
        if next == 0 {
          path.append(name)
          onPath.insert(name)
        }
        let targets = edges[name] ?? []
        if next < targets.count {
          stack[stack.count - 1].next += 1
          let target = targets[next]
          if onPath.contains(target) {
            let from = path.firstIndex(of: target) ?? 0
            cycles.append(Array(path[from...]) + [target])
          } else if !done.contains(target) {
            stack.append((target, 0))
          }
        } else {
          done.insert(name)
          onPath.remove(name)
          path.removeLast()
          stack.removeLast()
        }
      }
    }
    return cycles
  }
}
