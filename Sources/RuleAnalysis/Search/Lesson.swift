/// What a contradiction teaches: a clause that forbids what led to it, with as few literals as can be.
///
/// The first point through which everything of the last decision led to the contradiction is its first literal ("first unique
/// implication point"); literals that follow from others of it are left out (Sörensson and Biere, 2009).
struct Lesson {
  /// The first is the one that follows when the decisions beyond ``level`` are taken back; the second stands on that level.
  private(set) var literals = Row<Literal>()
  /// How many decisions may stay.
  private(set) var level: Int32 = 0
  /// On how many levels the literals stand.
  private(set) var worth: Int32 = 0

  private let isSeen: Row<Bool>
  /// Variables that are marked as seen.
  private var seen = Row<Int32>()
  private var stack = Row<Int32>()
  /// For each level, the last lesson that it had a part in.
  private let lastLesson: Row<Int32>
  private var count: Int32 = 0

  init(variables: Int) {
    isSeen = Row(repeating: false, count: variables)
    lastLesson = Row(repeating: 0, count: variables + 1)
  }

  func free() {
    literals.free()
    isSeen.free()
    seen.free()
    stack.free()
    lastLesson.free()
  }

  /// - Parameters:
  ///   - conflict: a clause that is false.
  ///   - level: how many decisions stand.
  ///   - queue: told which variables had a part in it.
  mutating func draw(
    from conflict: Int32, _ clauses: ClauseStore, trail: Row<Literal>, levels: Row<Int32>, reasons: Row<Int32>,
    level current: Int32, _ queue: inout DecisionQueue
  ) {
    literals.shorten(to: 0)
    seen.shorten(to: 0)
    // The place of the first literal, which is found last.
    literals.append(Literal(code: 0))
    var open = 0
    var clause = conflict
    var place = trail.count
    var implied: Int32 = -1
    repeat {
      for index in 0..<clauses.count(clause) {
        let literal = clauses.literal(clause, index)
        let variable = literal.variable
        guard variable != implied, !isSeen[variable], levels[variable] > 0 else { continue }
        mark(variable)
        queue.note(variable)
        if levels[variable] == current { open += 1 } else { literals.append(literal) }
      }
      repeat { place -= 1 } while !isSeen[trail[place].variable]
      implied = trail[place].variable
      clause = reasons[implied]
      isSeen[implied] = false
      open -= 1
    } while open > 0
    literals[0] = !trail[place]
    shorten(clauses, levels, reasons)
    measure(levels)
    for index in 0..<seen.count { isSeen[seen[index]] = false }
  }

  @inline(__always)
  private mutating func mark(_ variable: Int32) {
    isSeen[variable] = true
    seen.append(variable)
  }

  /// Leaves out literals that follow from the others.
  private mutating func shorten(_ clauses: ClauseStore, _ levels: Row<Int32>, _ reasons: Row<Int32>) {
    var mask: UInt64 = 0
    for index in 1..<max(1, literals.count) { mask |= Self.mask(levels[literals[index].variable]) }
    var kept = 1
    for index in 1..<max(1, literals.count) {
      let literal = literals[index]
      if reasons[literal.variable] >= 0, follows(literal.variable, mask, clauses, levels, reasons) { continue }
      literals[kept] = literal
      kept += 1
    }
    literals.shorten(to: kept)
  }

  private static func mask(_ level: Int32) -> UInt64 { 1 << UInt64(level & 63) }

  /// Whether a variable's value follows from that of variables that are seen.
  ///
  /// - Parameter mask: the levels on which literals of the lesson stand; what stands on another leads nowhere.
  private mutating func follows(
    _ variable: Int32, _ mask: UInt64, _ clauses: ClauseStore, _ levels: Row<Int32>, _ reasons: Row<Int32>
  ) -> Bool {
    let before = seen.count
    stack.shorten(to: 0)
    stack.append(variable)
    while stack.count > 0 {
      let next = stack.removeLast()
      let clause = reasons[next]
      for index in 0..<clauses.count(clause) {
        let part = clauses.literal(clause, index).variable
        guard part != next, !isSeen[part], levels[part] > 0 else { continue }
        guard reasons[part] >= 0, mask & Self.mask(levels[part]) != 0 else {
          for place in before..<seen.count { isSeen[seen[place]] = false }
          seen.shorten(to: before)
          return false
        }
        mark(part)
        stack.append(part)
      }
    }
    return true
  }

  /// Puts a literal of the highest level but the current one into the second place, and counts levels.
  private mutating func measure(_ levels: Row<Int32>) {
    count += 1
    level = 0
    worth = 1
    for index in 1..<max(1, literals.count) {
      let literal = literals[index]
      let own = levels[literal.variable]
      if lastLesson[own] != count {
        lastLesson[own] = count
        worth += 1
      }
      if own > level {
        level = own
        literals[index] = literals[1]
        literals[1] = literal
      }
    }
  }
}
