import RuleEngine

/// Whether a score's band can be open in vain: asked once for all items of the score.
///
/// Where items reach a plan only through the band of their sum, one of them that is asked in vain leaves some neighbouring
/// bands possible, of which each leads to the same. If no set of neighbouring bands does that, no item is asked in vain,
/// and nothing need be asked about sums. If one does, the items have to be looked at one by one.
struct VainBand {
  let session: ProofSession
  /// The band, a derived fact.
  let band: Int

  /// The last band on the only way from a fact into the plan; `nil` if there is none.
  static func band(behind fact: Int, _ program: Program, _ dependencies: Dependencies) -> Int? {
    var place = fact
    var band: Int?
    while true {
      let readers = dependencies.directReaders(of: [place])
      guard readers.count == 1, let reader = readers.first, reader < program.variables.count,
        case .derived(let derivation) = program.variables[reader].kind, derivation.conditions.isEmpty
      else { return band }
      if case .bands = derivation { band = reader }
      place = reader
    }
  }

  /// Whether one of these places can be open while only the band is not known, though each band that is left leads to the
  /// same.
  func formula(_ places: [VainQuestion.Place]) -> Term {
    let bank = session.bank
    guard case .bands(_, let bands)? = derivation else { return .yes }
    let isLeft = bands.indices.map { bank.boolean("band!\(program.variables[band].name)!\($0)") }
    let open = evaluation(isLeft)
    let known = bands.indices.map { band in evaluation(bands.indices.map { bank.constant($0 == band) }) }
    let pairs = zip(bands.indices, bands.indices.dropFirst())
    // Neighbours: once the bands that are left end, none follows.
    var hasEnded = Term.no
    // One band alone leaves nothing open.
    var areNeighbours = [bank.any(pairs.map { bank.all(isLeft[$0], isLeft[$1]) })]
    for (one, next) in pairs {
      hasEnded = bank.any(hasEnded, bank.all(isLeft[one], bank.not(isLeft[next])))
      areNeighbours.append(bank.not(bank.all(hasEnded, isLeft[next])))
    }
    // One item cannot move the score from one band into another that lies farther away than the item reaches.
    if let reach {
      for (one, band) in bands.enumerated() {
        for next in bands.indices.dropFirst(one + 1) where bands[next].lower - band.upper > reach {
          areNeighbours.append(bank.not(bank.all(isLeft[one], isLeft[next])))
        }
      }
    }
    let isInVain = places.map { place in
      let outcomes = known.map { $0.outcomes(at: place) }
      let settled = bands.indices.map { bank.implies(isLeft[$0], outcomes[$0].isSettled(bank)) }
      let same = pairs.map { one, next in
        bank.any(
          bank.not(isLeft[one]), bank.not(isLeft[next]), bank.not(outcomes[one].differs(from: outcomes[next], bank)))
      }
      return bank.all([bank.not(open.outcomes(at: place).isSettled(bank))] + settled + same)
    }
    return bank.all(areNeighbours + [bank.any(isInVain)])
  }

  private var program: Program { session.program }

  /// How far one item can move the score at most; `nil` if it is not a sum.
  private var reach: Number? {
    guard case .bands(let score, _)? = derivation, case .derived(.sum(let items, _)) = program.variables[score].kind
    else { return nil }
    var most = Number.zero
    for item in Set(items) {
      guard let interval = program.variables[item].domain.interval else { return nil }
      // An item may be counted more than once.
      most = max(most, (interval.upper - interval.lower) * Number(items.count { $0 == item }))
    }
    return most
  }

  private var derivation: Derivation? {
    if case .derived(let derivation) = program.variables[band].kind { derivation } else { nil }
  }

  /// With these bands possible, and everything else as it is but for what is asked only by the band.
  private func evaluation(_ possible: [Term]) -> SymbolicEvaluation {
    var values = session.evaluation.values[band]
    values.values = .options(possible)
    return session.evaluation.changing(session.unanswered(behind: band), session.dependencies)
      .changing(band, to: values, session.dependencies)
  }
}

extension SymbolicEvaluation {
  /// How a place can come out.
  func outcomes(at place: VainQuestion.Place) -> SymbolicOutcomes {
    place.slot.map { slotOutcomes[place.decision][$0] } ?? decisionOutcomes[place.decision]!
  }
}
