/// The statuses of 64 plans and of their decisions.
struct LaneStatuses {
  /// For each decision, the lanes of each ``DecisionPlan/Status``; the last of them, *open*, is all that is left.
  let decisions: Table<Decision>
  /// The lanes of what a plan as a whole can be; what is none of these is final.
  let conflict = Kept<UInt64>(0)
  let gap = Kept<UInt64>(0)
  let open = Kept<UInt64>(0)
  let provisional = Kept<UInt64>(0)
  /// The lanes in which a fact is not known.
  let unknownFacts = Kept<UInt64>(0)

  struct Decision: BitwiseCopyable {
    var conflict: UInt64 = 0
    var gap: UInt64 = 0
    var notApplicable: UInt64 = 0
    var assumed: UInt64 = 0
    var settled: UInt64 = 0
    var regardless: UInt64 = 0

    var open: UInt64 { ~(conflict | gap | notApplicable | assumed | settled | regardless) }
  }

  init(decisions count: Int) {
    decisions = Table(repeating: Decision(), count: count)
  }

  func free() {
    decisions.free()
    conflict.free()
    gap.free()
    open.free()
    provisional.free()
    unknownFacts.free()
  }
}
