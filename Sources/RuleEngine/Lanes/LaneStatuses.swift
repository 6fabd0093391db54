/// The statuses of 64 plans and of their decisions.
struct LaneStatuses {
  /// For each decision, the lanes of each ``DecisionPlan/Status``; the last of them, *open*, is all that is left.
  let decisions: Table<Decision>
  /// The lanes in which some decision came out so; the first of them is what a plan as a whole is, and what is none is final.
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

    /// What it is in the lane of a bit.
    func status(in bit: UInt64) -> DecisionPlan.Status {
      if settled & bit != 0 { return .settled }
      if notApplicable & bit != 0 { return .notApplicable }
      if regardless & bit != 0 { return .settledRegardless }
      if assumed & bit != 0 { return .assumed }
      if conflict & bit != 0 { return .conflict }
      return gap & bit != 0 ? .gap : .open
    }

    var open: UInt64 { ~(conflict | gap | notApplicable | assumed | settled | regardless) }
  }

  /// What the plan as a whole is in the lane of a bit.
  func plan(in bit: UInt64) -> Plan.Status {
    if conflict.value & bit != 0 { return .conflict }
    if gap.value & bit != 0 { return .gap }
    if open.value & bit != 0 { return .open }
    if provisional.value & bit != 0 { return .provisional }
    return unknownFacts.value & bit != 0 ? .finalRegardless : .final
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
