/// Puts the rules that speak about one slot, and do nothing else, in an order in which most need not be looked for.
///
/// Where the highest value counts, a rule that surely applies and recommends it leaves nothing to all others: no outcome is
/// lost when they are passed over (clause 8: it spoils every other value, and nothing overrides it). So such rules stand on
/// rungs, those that beat the most on the topmost, each rung with a tree of its own; a plan stops at the rung that is settled.
/// Rules whose truth something else reads, that speak about several slots, or that overriding concerns stand on none.
struct RuleLadders {
  struct Ladder: BitwiseCopyable {
    var slot: Int32
    var rungs: Span32
  }

  struct Rung: BitwiseCopyable {
    /// The highest rank of its rules.
    var rank: Int32
    /// The root of the tree of its rules.
    var root: Int32
  }

  private(set) var ladders: [Ladder] = []
  private(set) var rungs: [Rung] = []
  /// The rules whose truth some condition reads.
  private let read: Set<Int>

  /// A slot about which fewer rules speak needs no ladder.
  private static let fewest = 48
  /// Rules of a rung, at the least.
  private static let width = 8

  init(_ program: Program) {
    let conditions = program.conditions + program.impossibilities.map(\.condition)
    read = conditions.flatMap(\.subtree).reduce(into: []) { read, condition in
      if case .applies(let rule) = condition { read.insert(rule) }
    }
  }

  /// How much an effect beats: see ``CompiledEffect/rank``.
  static func rank(_ value: Int32, of slot: CompiledSlot, _ combine: CompiledDecision.Combine) -> Int32 {
    guard value >= 0 else { return 1 << 30 }
    return switch combine {
    case .highest: value
    case .lowest: slot.words * 64 - value
    case .one, .all, .preferred: 0
    }
  }

  /// Takes the rules that are to stand on ladders out of those of a stage, by their slots.
  ///
  /// - Parameter onlyEffect: the effect of a rule that may stand on one.
  func take(
    from rules: inout [RuleIndex.Entry], _ onlyEffect: (_ rule: Int) -> CompiledEffect?
  ) -> [Int32: [RuleIndex.Entry]] {
    var found: [Int32: [RuleIndex.Entry]] = [:]
    for var entry in rules where !read.contains(entry.rule) {
      guard let effect = onlyEffect(entry.rule) else { continue }
      entry.rank = effect.rank
      found[effect.slot, default: []].append(entry)
    }
    found = found.filter { $0.value.count >= Self.fewest }
    let taken = Set(found.values.joined().map(\.rule))
    rules.removeAll { taken.contains($0.rule) }
    return found
  }

  /// Adds the ladders of one stage.
  mutating func add(
    _ bySlot: [Int32: [RuleIndex.Entry]], _ index: inout RuleIndex, _ code: inout ConditionCode
  ) -> Span32 {
    let first = Int32(ladders.count)
    for (slot, rules) in bySlot.sorted(by: { $0.key < $1.key }) {
      let firstRung = Int32(rungs.count)
      var left = rules.sorted { ($1.rank, $0.rule) < ($0.rank, $1.rule) }[...]
      while let highest = left.first {
        // All of one rank stand together.
        let last = left.prefix(Self.width).last!.rank
        let own = left.prefix { $0.rank >= last }
        rungs.append(Rung(rank: highest.rank, root: index.add(Array(own), &code)))
        left = left.dropFirst(own.count)
      }
      ladders.append(Ladder(slot: slot, rungs: Span32(start: firstRung, end: Int32(rungs.count))))
    }
    return Span32(start: first, end: Int32(ladders.count))
  }
}
