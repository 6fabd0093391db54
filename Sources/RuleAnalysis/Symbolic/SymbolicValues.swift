import RuleEngine

/// A three-valued truth as two formulas: whether it is surely true, and whether it is not surely false.
struct SymbolicTruth: Equatable {
  var must: Term
  var may: Term

  static let yes = SymbolicTruth(must: .yes, may: .yes)
  static let no = SymbolicTruth(must: .no, may: .no)
  static let unknown = SymbolicTruth(must: .no, may: .yes)

  init(must: Term, may: Term) {
    self.must = must
    self.may = may
  }

  /// A truth that is never unknown.
  init(_ term: Term) {
    self.init(must: term, may: term)
  }
}

/// ``PossibleValues`` with formulas in the place of what is known.
struct SymbolicValues {
  enum Values {
    case none
    /// For each option, whether it is possible.
    case options([Term])
    /// The bounds of the interval, and whether it is one number.
    case interval(lower: Term, upper: Term, isSingle: Term)
    /// For each member, whether it is in.
    case members([SymbolicTruth])
  }

  var values: Values
  var cannotApply: Term
  /// Holds also where it cannot apply.
  var mayNotApply: Term

  static let notApplicable = SymbolicValues(values: .none, cannotApply: .yes, mayNotApply: .yes)
}

extension TermBank {
  func all(_ truths: [SymbolicTruth]) -> SymbolicTruth {
    SymbolicTruth(must: all(truths.map(\.must)), may: all(truths.map(\.may)))
  }

  func any(_ truths: [SymbolicTruth]) -> SymbolicTruth {
    SymbolicTruth(must: any(truths.map(\.must)), may: any(truths.map(\.may)))
  }

  func not(_ truth: SymbolicTruth) -> SymbolicTruth {
    SymbolicTruth(must: not(truth.may), may: not(truth.must))
  }

  func atLeast(_ count: Int, of truths: [SymbolicTruth]) -> SymbolicTruth {
    SymbolicTruth(must: atLeast(count, of: truths.map(\.must)), may: atLeast(count, of: truths.map(\.may)))
  }

  /// Whether at least so many hold, counted up one by one.
  private func atLeast(_ count: Int, of terms: [Term]) -> Term {
    guard count > 0 else { return .yes }
    // reached[n]: n + 1 of those seen so far hold.
    var reached = [Term](repeating: .no, count: count)
    for term in terms {
      for n in stride(from: count - 1, through: 0, by: -1) {
        reached[n] = any(reached[n], all(term, n == 0 ? .yes : reached[n - 1]))
      }
    }
    return reached[count - 1]
  }

  func choose(_ condition: Term, _ first: SymbolicTruth, _ second: SymbolicTruth) -> SymbolicTruth {
    SymbolicTruth(
      must: choose(condition, first.must, second.must), may: choose(condition, first.may, second.may))
  }

  /// Limited by a guard: nothing while it is false, perhaps nothing while it is unknown.
  func guarded(_ values: SymbolicValues, by truth: SymbolicTruth) -> SymbolicValues {
    SymbolicValues(
      values: values.values, cannotApply: any(values.cannotApply, not(truth.may)),
      mayNotApply: any(values.mayNotApply, not(truth.must)))
  }
}
