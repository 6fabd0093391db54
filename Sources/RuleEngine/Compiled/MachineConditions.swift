/// The truth of conditions (section 4, clause 3), as in the reference's `MatcherTruth.swift`.
extension PlanMachine {
  /// The truth of the condition that stands at a place.
  ///
  /// Two in three are tests of one word, which are answered here, where they are asked, without a call.
  @inline(__always)
  func truth(at place: Int) -> CompiledTruth {
    let node = tables.nodes[place]
    return node.operation == .test ? truth(cells[node.first], wanted: node.wanted) : truth(ofOther: place)
  }

  private func truth(ofOther place: Int) -> CompiledTruth {
    let node = tables.nodes[place]
    let end = Int(node.end)
    var part = place + 1
    switch node.operation {
    case .constant: return CompiledTruth(truncatingIfNeeded: node.first)
    case .test: return truth(cells[node.first], wanted: node.wanted)
    case .wideTest: return wideTruth(Int(node.first), Int(node.second), words: Int(node.third))
    case .dynamic:
      let truth = truth(ofDynamic: Int(node.first))
      return node.isNegated ? truth.opposite : truth
    case .applies:
      let truth = ruleTruths[node.first]
      return node.isNegated ? truth.opposite : truth
    case .all:
      var result = CompiledTruth.yes
      while part < end {
        result = min(result, truth(at: part))
        if result == .no { break }
        part = Int(tables.nodes[part].end)
      }
      return result
    case .any:
      var result = CompiledTruth.no
      while part < end {
        result = max(result, truth(at: part))
        if result == .yes { break }
        part = Int(tables.nodes[part].end)
      }
      return result
    case .atLeast:
      var yes: Int32 = 0
      var open: Int32 = 0
      while part < end {
        let truth = truth(at: part)
        if truth == .yes { yes += 1 }
        if truth == .unknown { open += 1 }
        part = Int(tables.nodes[part].end)
      }
      let truth: CompiledTruth = yes >= node.first ? .yes : yes + open < node.first ? .no : .unknown
      return node.isNegated ? truth.opposite : truth
    }
  }

  /// Whether all cells that are possible are wanted, none is, or some are.
  @inline(__always)
  func truth(_ possible: UInt64, wanted: UInt64) -> CompiledTruth {
    possible & wanted == 0 ? .no : possible & ~wanted == 0 ? .yes : .unknown
  }

  /// The same of a signal of many words.
  func wideTruth(_ at: Int, _ wanted: Int, words: Int) -> CompiledTruth {
    if let cell = onlyCell(at, words: words) {
      return tables.wanted[wanted + cell >> 6] & (1 << UInt64(cell & 63)) == 0 ? .no : .yes
    }
    var inside = false
    var outside = false
    for word in 0..<words {
      let possible = cells[at + word]
      if possible & tables.wanted[wanted + word] != 0 { inside = true }
      if possible & ~tables.wanted[wanted + word] != 0 { outside = true }
      if inside, outside { return .unknown }
    }
    return inside ? (outside ? .unknown : .yes) : .no
  }

  /// The only possible cell of a signal of many words, looked for once in a plan: no signal changes once it is read.
  @inline(__always)
  func onlyCell(_ at: Int, words: Int) -> Int? {
    if onlyCells[at] == Self.notSought { seekOnlyCell(at, words: words) }
    let cell = onlyCells[at]
    return cell < 0 ? nil : Int(cell)
  }

  private func seekOnlyCell(_ at: Int, words: Int) {
    let several: Int32 = -1
    var found = several
    for word in 0..<words {
      let possible = cells[at + word]
      guard possible != 0 else { continue }
      guard found == several, possible & (possible &- 1) == 0 else { return onlyCells[at] = several }
      found = Int32(word << 6 + possible.trailingZeroBitCount)
    }
    onlyCells[at] = found
  }
}
