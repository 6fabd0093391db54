/// What can still be true of a fact, a derived fact or a decision (section 4, clause 2).
///
/// ```
/// known                  options {2}, applies
/// not asked              the whole domain, applies
/// guard not known        the whole domain, or not applicable
/// guard false            nothing but not applicable
/// ```
public struct PossibleValues: Sendable, Equatable {
  public enum Values: Sendable, Equatable {
    /// Nothing: it does not apply.
    case none
    /// One of these options, by their place in the domain.
    case options(Set<Int>)
    /// A number or a date in the interval.
    case interval(Interval)
    /// For each member of the domain, whether it is in.
    case members([Truth])
  }

  public var values: Values
  public var mayNotApply: Bool

  public static let notApplicable = PossibleValues(values: .none, mayNotApply: true)

  public init(values: Values, mayNotApply: Bool = false) {
    self.values = values
    self.mayNotApply = mayNotApply
  }

  /// Every value of the domain.
  public init(all domain: Domain) {
    switch domain {
    case .options(let names, _): self.init(values: .options(Set(names.indices)))
    case .numbers, .dates: self.init(values: domain.interval.map(Values.interval) ?? .none)
    case .members(let names): self.init(values: .members(names.map { _ in .unknown }))
    }
  }

  public init(_ truth: Truth) {
    switch truth {
    case .no: self.init(values: .options([0]))
    case .yes: self.init(values: .options([1]))
    case .unknown: self.init(values: .options([0, 1]))
    }
  }

  /// The numbers or days it can be; `nil` if it cannot apply.
  public var interval: Interval? {
    if case .interval(let interval) = values { interval } else { nil }
  }

  public var cannotApply: Bool { values == .none }

  /// Whether just one thing is possible.
  public var isSettled: Bool { cannotApply || (hasOneValue && !mayNotApply) }

  /// Whether there is just one value that it has if it applies.
  public var hasOneValue: Bool {
    switch values {
    case .none: false
    case .options(let options): options.count == 1
    case .interval(let interval): interval.single != nil
    case .members(let members): !members.contains(.unknown)
    }
  }

  /// The same, limited by a guard: nothing while it is false, perhaps nothing while it is unknown.
  func guarded(by truth: Truth) -> PossibleValues {
    switch truth {
    case .yes: self
    case .no: .notApplicable
    case .unknown: PossibleValues(values: values, mayNotApply: true)
    }
  }
}
