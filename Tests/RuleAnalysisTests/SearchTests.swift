import Testing

@testable import RuleAnalysis

@Suite struct SearchTests {
  private func run(_ clauses: [[Int]], variables: Int, steps: Int = 100_000_000) -> Search.Result {
    var search = Search(variables: variables)
    defer { search.free() }
    for clause in clauses {
      var row = Row<Literal>()
      defer { row.free() }
      for number in clause { row.append(Literal(Int32(abs(number) - 1), isPositive: number > 0)) }
      search.add(row)
    }
    return search.run(steps: steps)
  }

  private func holds(_ clauses: [[Int]], _ values: [Bool]) -> Bool {
    clauses.allSatisfy { clause in clause.contains { values[abs($0) - 1] == ($0 > 0) } }
  }

  /// Whether some values do, by trying all.
  private func isPossible(_ clauses: [[Int]], variables: Int) -> Bool {
    (0..<(1 << variables)).contains { bits in holds(clauses, (0..<variables).map { bits >> $0 & 1 == 1 }) }
  }

  private func randomClauses(_ count: Int, of length: ClosedRange<Int>, variables: Int, _ chance: inout Chance)
    -> [[Int]]
  {
    (0..<count).map { _ in
      (0..<(length.lowerBound + chance.below(length.count))).map { _ in
        (1 + chance.below(variables)) * (chance.below(2) == 0 ? 1 : -1)
      }
    }
  }

  /// With literals that stand twice in a clause, and opposites.
  @Test func agreesWithTryingAll() {
    var chance = Chance(seed: 1)
    var possible = 0
    for round in 0..<4_000 {
      let variables = 1 + chance.below(10)
      let clauses = randomClauses(chance.below(5 * variables), of: 1...4, variables: variables, &chance)
      switch run(clauses, variables: variables) {
      case .never: #expect(!isPossible(clauses, variables: variables), "\(round): \(clauses)")
      case .possible(let values):
        possible += 1
        #expect(holds(clauses, values), "\(round): \(clauses)")
      case .gaveUp: Issue.record("\(round): \(clauses)")
      }
    }
    #expect(possible > 1_000 && possible < 3_000)
  }

  @Test func noClausesAndTheEmptyClause() {
    #expect(run([], variables: 2) == .possible([false, false]))
    #expect(run([[]], variables: 2) == .never)
    #expect(run([[1], [-1]], variables: 1) == .never)
  }

  /// More pigeons than holes: short to say, and many lessons long, so that some have to be forgotten.
  @Test func pigeons() {
    for holes in 2...7 {
      func sits(_ pigeon: Int, _ hole: Int) -> Int { pigeon * holes + hole + 1 }
      var clauses = (0...holes).map { pigeon in (0..<holes).map { sits(pigeon, $0) } }
      for hole in 0..<holes {
        for one in 0...holes {
          for other in 0..<one { clauses.append([-sits(one, hole), -sits(other, hole)]) }
        }
      }
      #expect(run(clauses, variables: holes * (holes + 1)) == .never)
      // Without the last pigeon each finds a hole.
      clauses.remove(at: holes)
      guard case .possible(let values) = run(clauses, variables: holes * (holes + 1)) else {
        Issue.record("\(holes) pigeons")
        continue
      }
      #expect(holds(clauses, values))
    }
  }

  /// As hard as random clauses of three literals get, so that the search begins anew many times.
  @Test func agreesWithTheOtherSolver() throws {
    var chance = Chance(seed: 2)
    var possible = 0
    for round in 0..<40 {
      let variables = 120
      let clauses = randomClauses(511, of: 3...3, variables: variables, &chance)
      let bank = TermBank()
      let formula = bank.all(
        clauses.map { clause in
          bank.any(
            clause.map {
              let unknown = bank.boolean("x\(abs($0))")
              return $0 > 0 ? unknown : bank.not(unknown)
            })
        })
      let other = try ProcessSolver(bank).ask(formula, "random")
      switch (run(clauses, variables: variables), other) {
      case (.never, .never): continue
      case (.possible(let values), .possible):
        possible += 1
        #expect(holds(clauses, values), "\(round)")
      default: Issue.record("\(round): the solvers differ")
      }
    }
    #expect(possible > 5 && possible < 35)
  }

  @Test func givesUp() {
    var chance = Chance(seed: 3)
    let clauses = randomClauses(1_065, of: 3...3, variables: 250, &chance)
    #expect(run(clauses, variables: 250, steps: 1_000) == .gaveUp)
  }
}
