import RuleEngine

/// Lines that were read and wait until there are 64, which are planned at once.
final class WaitingLines {
  struct Line {
    let number: Int
    let text: UnsafeRawBufferPointer
    let name: LineName
    /// Whether its answers stand in its lane; else it must be read slowly.
    let isRead: Bool
  }

  private(set) var lines: [Line] = []
  let intake: LaneIntake
  let machine: LaneMachine
  let assumed: LaneMachine
  private let scratch: LaneIntake

  init(_ program: LaneProgram) {
    intake = LaneIntake(program)
    machine = LaneMachine(program)
    assumed = LaneMachine(program)
    scratch = LaneIntake(program)
  }

  var isFull: Bool { intake.isFull }

  func add(_ line: Line) { lines.append(line) }

  /// Works out all plans.
  ///
  /// - Returns: the lanes whose answers contradict each other.
  func plan() -> UInt64 {
    machine.run(intake)
    machine.readStatuses(intake, assumed: assumed, scratch: scratch)
    return machine.contradictions()
  }

  func forget() {
    lines.removeAll(keepingCapacity: true)
    intake.reset()
  }
}
