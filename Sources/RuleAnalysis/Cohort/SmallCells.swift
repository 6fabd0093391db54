/// Counts of people that are shown or, where they are so small that they could point at a person, hidden.
package enum CohortCell: Sendable, Equatable {
  case count(Int)
  case hidden

  package var count: Int? {
    if case .count(let count) = self { count } else { nil }
  }
}

/// Hides small counts (section “Small counts” of the page on summaries).
package struct SmallCells: Sendable {
  /// Counts of at least 1 and below this are hidden; `nil` hides nothing.
  package let floor: Int?

  package init(below floor: Int?) {
    self.floor = floor
  }

  private func isSmall(_ count: Int) -> Bool {
    guard let floor else { return false }
    return count > 0 && count < floor
  }

  /// Counts that add up to a total which is shown. What is hidden must not follow from the rest: while fewer than two are
  /// hidden, or they add up to less than the floor, the next smallest is hidden too.
  package func parts(_ counts: [Int]) -> [CohortCell] {
    guard let floor else { return counts.map { .count($0) } }
    var isHidden = counts.map(isSmall)
    guard isHidden.contains(true) else { return counts.map { .count($0) } }
    func hidden() -> [Int] { counts.indices.filter { isHidden[$0] } }
    while hidden().count < 2 || hidden().reduce(0, { $0 + counts[$1] }) < floor {
      let rest = counts.indices.filter { !isHidden[$0] && counts[$0] > 0 }
      // Where everybody else is nobody, a zero is hidden: then the total could be either's.
      guard
        let next = rest.min(by: { counts[$0] < counts[$1] }) ?? counts.indices.first(where: { !isHidden[$0] })
      else { break }
      isHidden[next] = true
    }
    return counts.indices.map { isHidden[$0] ? .hidden : .count(counts[$0]) }
  }

  /// The parts of a whole that may itself be hidden: then all of them are, but for what nobody has.
  package func parts(_ counts: [Int], of whole: CohortCell) -> [CohortCell] {
    whole == .hidden ? counts.map { $0 == 0 ? .count(0) : .hidden } : parts(counts)
  }

  /// A part of a whole that is shown: hidden if it, or what is left, is small.
  package func part(_ count: Int, of whole: Int) -> CohortCell {
    isSmall(count) || isSmall(whole - count) ? .hidden : .count(count)
  }
}
