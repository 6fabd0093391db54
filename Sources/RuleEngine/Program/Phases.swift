extension Program {
  /// The phases of a decision that is `per: phase`, in the order of time.
  public static let phases = ["intensive", "transition", "continuing"]
}

extension Rule {
  /// The id without the phase: of `taper[continuing]`, `taper`.
  package var baseID: String {
    for phase in Program.phases where id.hasSuffix("[\(phase)]") { return String(id.dropLast(phase.count + 2)) }
    return id
  }
}
