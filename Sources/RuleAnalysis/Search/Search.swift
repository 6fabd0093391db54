/// Looks for values of variables under which all of some clauses hold, and learns a clause from each contradiction
/// ("CDCL": Marques-Silva and Sakallah, GRASP, 1996; the arrangement follows Eén and Sörensson, An Extensible SAT-solver, 2003).
///
/// It does the same work for the same clauses on every machine. A search is made for one question, used once, and must then
/// be freed.
struct Search {
  enum Result: Equatable {
    /// No values do.
    case never
    /// The value of each variable.
    case possible([Bool])
    /// It would have taken more steps than allowed.
    case gaveUp
  }

  /// A clause to be looked at when one of its literals becomes false; not while another one, the blocker, is true.
  private struct Watcher: BitwiseCopyable {
    /// The place of the clause; as its complement, where it has just the two literals.
    let clause: Int32
    let blocker: Literal
  }

  private static let none: Int32 = -1
  /// After so many contradictions, times what ``Pauses`` says, it begins anew with what it has learned.
  private static let shortestRun = 100

  private var clauses = ClauseStore()
  /// For each literal, the clauses in which its opposite stands and is watched.
  private var watchers = Row<Row<Watcher>>()
  /// For each literal 1 if it is true, -1 if it is false, 0 if that is not decided.
  private let values: Row<Int8>
  /// For each variable the value it had last, which it gets when it is decided again.
  private let habits: Row<Bool>
  /// For each variable with a value, how many decisions stood when it got it, and the clause from which it follows.
  private let levels: Row<Int32>
  private let reasons: Row<Int32>
  /// The literals that are true, in the order in which they became so, and where in it each decision stands.
  private var trail = Row<Literal>()
  private var decisions = Row<Int32>()
  private var propagated = 0
  private var queue: DecisionQueue
  private var lesson: Lesson
  private var isImpossible = false
  private var mostLearned = 0

  init(variables count: Int) {
    for _ in 0..<(2 * count) { watchers.append(Row()) }
    values = Row(repeating: 0, count: 2 * count)
    habits = Row(repeating: false, count: count)
    levels = Row(repeating: 0, count: count)
    reasons = Row(repeating: Self.none, count: count)
    queue = DecisionQueue(count: count)
    lesson = Lesson(variables: count)
  }

  func free() {
    clauses.free()
    for index in 0..<watchers.count { watchers[index].free() }
    watchers.free()
    values.free()
    habits.free()
    levels.free()
    reasons.free()
    trail.free()
    decisions.free()
    queue.free()
    lesson.free()
  }

  /// Adds a clause: at least one of the literals holds. To be called before ``run(steps:)``.
  mutating func add(_ literals: Row<Literal>) {
    switch literals.count {
    case 0: isImpossible = true
    case 1:
      switch values[literals[0].code] {
      case 0: note(literals[0], because: Self.none)
      case -1: isImpossible = true
      default: break
      }
    default: watch(clauses.add(literals))
    }
  }

  /// - Parameter most: how many literals may be propagated.
  mutating func run(steps most: Int) -> Result {
    if isImpossible { return .never }
    mostLearned = clauses.count / 3 + 2_000
    var pauses = Pauses()
    var steps = 0
    var left = Self.shortestRun * pauses.next()
    while true {
      let before = propagated
      let conflict = propagate()
      steps += propagated - before
      if conflict != Self.none {
        if decisions.count == 0 { return .never }
        learn(from: conflict)
        left -= 1
        continue
      }
      if steps > most { return .gaveUp }
      if left <= 0 {
        takeBack(to: 0)
        if clauses.learned.count > mostLearned { forget() }
        left = Self.shortestRun * pauses.next()
        continue
      }
      guard let literal = undecided() else {
        return .possible((0..<levels.count).map { values[Literal(Int32($0)).code] > 0 })
      }
      decisions.append(Int32(trail.count))
      note(literal, because: Self.none)
    }
  }

  // MARK: Values

  private mutating func undecided() -> Literal? {
    while let variable = queue.next() {
      let literal = Literal(variable, isPositive: habits[variable])
      if values[literal.code] == 0 { return literal }
    }
    return nil
  }

  @inline(__always)
  private mutating func note(_ literal: Literal, because clause: Int32) {
    values[literal.code] = 1
    values[(!literal).code] = -1
    levels[literal.variable] = Int32(decisions.count)
    reasons[literal.variable] = clause
    trail.append(literal)
  }

  /// Notes everything that follows. Returns a clause that is false then, if there is one.
  private mutating func propagate() -> Int32 {
    var conflict = Self.none
    while conflict == Self.none, propagated < trail.count {
      let literal = trail[propagated]
      propagated += 1
      var list = watchers[literal.code]
      let count = list.count
      var (next, kept) = (0, 0)
      while next < count, conflict == Self.none {
        let watcher = list[next]
        next += 1
        if let stays = look(watcher, without: !literal, &conflict) {
          list[kept] = stays
          kept += 1
        }
      }
      while next < count {
        list[kept] = list[next]
        (next, kept) = (next + 1, kept + 1)
      }
      list.shorten(to: kept)
      watchers[literal.code] = list
    }
    return conflict
  }

  /// Looks at a clause of which a watched literal is false now, and notes what follows.
  ///
  /// - Returns: the watcher that stays with the literal; `nil` where another literal of the clause is watched instead.
  @inline(__always)
  private mutating func look(_ watcher: Watcher, without gone: Literal, _ conflict: inout Int32) -> Watcher? {
    let value = values[watcher.blocker.code]
    if value > 0 { return watcher }
    if watcher.clause < 0 {
      if value < 0 { conflict = ~watcher.clause } else { note(watcher.blocker, because: ~watcher.clause) }
      return watcher
    }
    let clause = watcher.clause
    var first = clauses.literal(clause, 0)
    if first == gone {
      first = clauses.literal(clause, 1)
      clauses.set(clause, 0, first)
      clauses.set(clause, 1, gone)
    }
    let renewed = Watcher(clause: clause, blocker: first)
    if values[first.code] > 0 { return renewed }
    if let place = clauses.firstPlace(clause, from: 2, where: { values[$0.code] >= 0 }) {
      let replacement = clauses.literal(clause, place)
      clauses.set(clause, 1, replacement)
      clauses.set(clause, place, gone)
      watchers.append(renewed, to: (!replacement).code)
      return nil
    }
    if values[first.code] < 0 { conflict = clause } else { note(first, because: clause) }
    return renewed
  }

  /// Takes all but so many decisions back, with everything that followed.
  private mutating func takeBack(to count: Int) {
    guard decisions.count > count else { return }
    let start = Int(decisions[count])
    for place in (start..<trail.count).reversed() {
      let literal = trail[place]
      values[literal.code] = 0
      values[(!literal).code] = 0
      habits[literal.variable] = literal.isPositive
      queue.insert(literal.variable)
    }
    trail.shorten(to: start)
    decisions.shorten(to: count)
    propagated = start
  }

  // MARK: Clauses

  private mutating func watch(_ clause: Int32) {
    let (first, second) = (clauses.literal(clause, 0), clauses.literal(clause, 1))
    let named = clauses.count(clause) == 2 ? ~clause : clause
    watchers.append(Watcher(clause: named, blocker: second), to: (!first).code)
    watchers.append(Watcher(clause: named, blocker: first), to: (!second).code)
  }

  /// Learns a clause from one that is false, takes back what it forbids, and notes what follows from it.
  private mutating func learn(from conflict: Int32) {
    lesson.draw(
      from: conflict, clauses, trail: trail, levels: levels, reasons: reasons, level: Int32(decisions.count), &queue)
    takeBack(to: Int(lesson.level))
    if lesson.literals.count == 1 {
      note(lesson.literals[0], because: Self.none)
    } else {
      let clause = clauses.add(lesson.literals, worth: lesson.worth)
      watch(clause)
      note(lesson.literals[0], because: clause)
    }
    queue.age()
  }

  /// Drops what was learned and is of little use. Only while no decision stands: what holds then has no need of its reasons.
  private mutating func forget() {
    let values = values
    clauses.dropHalf { values[$0.code] > 0 }
    mostLearned += mostLearned / 10
    watchers.emptyAll()
    for clause in clauses.places { watch(clause) }
  }
}

/// How often the shortest run is to be repeated before the search begins anew: 1, 1, 2, 1, 1, 2, 4, … (Luby, Sinclair and
/// Zuckerman, 1993).
struct Pauses {
  private var (place, power) = (1, 1)

  mutating func next() -> Int {
    defer {
      // Knuth's "reluctant doubling".
      if place & -place == power { (place, power) = (place + 1, 1) } else { power *= 2 }
    }
    return power
  }
}
