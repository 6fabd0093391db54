import RuleEngine

/// The columns of a table of intakes, as they are read by a query: one for each fact, and one for each member of a fact with
/// several answers. The same as those of a table for `handrail batch`.
struct QueryInput {
  /// A column of the table.
  struct Column {
    var name: String
    var fact: Int
    /// The place of the member; `nil` for the fact itself.
    var member: Int?
  }

  let program: Program
  let dialect: QueryDialect
  let columns: [Column]
  /// What the terms of the answers are made of: for each unknown of the bank, an expression and the columns it reads.
  private(set) var unknowns: [String: (text: String, reads: [String])] = [:]
  private(set) var intake: SymbolicIntake
  /// For each fact, for each member or once, whether it was asked.
  private(set) var asked: [Int: [Term]] = [:]
  private let scale: NumberScale

  /// - Parameter present: the columns that the table has, in their order; all that it could have if nothing is said.
  init(_ program: Program, _ present: [Column], dialect: QueryDialect, scale: NumberScale, bank: TermBank) {
    self.program = program
    self.dialect = dialect
    self.scale = scale
    columns = present
    intake = SymbolicIntake(answers: [:])
    for fact in program.variables.indices where program.variables[fact].fact != nil {
      intake.answers[fact] = answer(fact, bank)
    }
  }

  /// Every column that a table of intakes can have.
  static func all(_ program: Program) -> [Column] {
    program.variables.indices.filter { program.variables[$0].fact != nil }.flatMap { fact -> [Column] in
      let variable = program.variables[fact]
      let own = [Column(name: variable.name, fact: fact)]
      guard case .members(let names) = variable.domain else { return own }
      return own + names.indices.map { Column(name: "\(variable.name).\(names[$0])", fact: fact, member: $0) }
    }
  }

  // MARK: Names of columns within the query

  /// The column of the table as text, `NULL` where it is blank.
  private func raw(_ column: Column) -> String { "t" + suffix(column) }
  private func suffix(_ column: Column) -> String { "\(column.fact)" + (column.member.map { "_\($0)" } ?? "") }
  /// What a fact was answered, as a word: an option, `value`, `declined`, `does_not_know`, or nothing.
  private func word(_ fact: Int, _ member: Int? = nil) -> String { "a\(fact)" + (member.map { "_\($0)" } ?? "") }
  private func number(_ fact: Int) -> String { "x\(fact)" }
  private func exact(_ fact: Int) -> String { "d\(fact)" }

  private func own(_ fact: Int) -> Column? { columns.first { $0.fact == fact && $0.member == nil } }
  private func members(_ fact: Int) -> [Column] { columns.filter { $0.fact == fact && $0.member != nil } }

  // MARK: Steps

  /// The columns of the table as text; what holds nothing but spaces was not asked.
  func texts() -> [String] {
    columns.map { column in
      let text = "CAST(\(dialect.quoted(column.name)) AS \(dialect.textType))"
      return "CASE WHEN TRIM(\(text)) <> '' THEN \(text) END AS \(raw(column))"
    }
  }

  /// The names of ``texts()``.
  var rawNames: [String] { columns.map(raw) }

  private var numericFacts: [Int] {
    program.variables.indices.filter { program.variables[$0].domain.interval != nil && own($0) != nil }
  }

  private static let numberPattern = "-?(0|[1-9][0-9]{0,8})([.][0-9]{1,9})?"
  /// Days of the Gregorian calendar; the year 0000 is told apart.
  private static let datePattern =
    "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    + "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[048]|[2468][048]|[13579][26])00)-02-29"

  /// Numbers and days, where the text is one.
  func parsed() -> [String] {
    numericFacts.map { fact in
      let text = raw(own(fact)!)
      if case .dates = program.variables[fact].domain {
        let isDay = "\(text) NOT LIKE '0000%' AND \(dialect.matches(text, Self.datePattern))"
        return "CASE WHEN \(isDay) THEN \(dialect.days(text)) END AS \(exact(fact))"
      }
      let isNumber = dialect.matches(text, Self.numberPattern)
      return "CASE WHEN \(isNumber) THEN CAST(\(text) AS DECIMAL(18, 9)) END AS \(exact(fact))"
    }
  }

  /// What was answered, never `NULL`: the columns with their names.
  func answers() -> [(name: String, text: String)] {
    program.variables.indices.filter { program.variables[$0].fact != nil }.flatMap(answers(of:))
  }

  private func answers(of fact: Int) -> [(name: String, text: String)] {
    let variable = program.variables[fact]
    switch variable.domain {
    case .yesNo:
      guard let own = own(fact) else { return [] }
      let text = raw(own)
      let answer =
        "CASE \(yesOrNo(text)) \(unanswered(text)) ELSE '' END"
      return [(word(fact), answer)]
    case .options(let names, _):
      guard let own = own(fact) else { return [] }
      let isKnown = dialect.isOne(raw(own), of: names + Self.unanswered)
      return [(word(fact), "CASE WHEN \(isKnown) THEN \(raw(own)) ELSE '' END")]
    case .numbers, .dates:
      guard let own = own(fact), let interval = variable.domain.interval else { return [] }
      let isValue = isInside(fact, variable.domain)
      let lowest = dialect.quotedNumber(counted(interval.lower, variable.domain))
      let answer = "CASE WHEN \(isValue) THEN 'value' \(unanswered(raw(own))) ELSE '' END"
      return [
        (word(fact), answer),
        (number(fact), "CASE WHEN \(isValue) THEN \(counted(fact, variable.domain)) ELSE \(lowest) END"),
      ]
    case .members(let names): return memberAnswers(fact, names)
    }
  }

  /// Whether a fact with numbers or days holds one that it can hold.
  private func isInside(_ fact: Int, _ domain: Domain) -> String {
    let value = exact(fact)
    guard let interval = domain.interval else { return "FALSE" }
    var text = "\(value) BETWEEN \(interval.lower) AND \(interval.upper)"
    if case .numbers(let numbers) = domain, numbers.isWhole { text += " AND \(value) = FLOOR(\(value))" }
    return text
  }

  /// The number in the unit of the scale, or, of whole numbers and days, as it is.
  private func counted(_ fact: Int, _ domain: Domain) -> String {
    if domain.isWhole { return "CAST(\(exact(fact)) AS BIGINT)" }
    return "CAST(\(dialect.scaled(exact(fact), by: scale.perOne)) AS \(isWide(domain) ? dialect.wideType : "BIGINT"))"
  }

  private func counted(_ number: Number, _ domain: Domain) -> Int128 {
    domain.isWhole ? scale.ceiling(number) / scale.perOne : scale.ceiling(number)
  }

  private func isWide(_ domain: Domain) -> Bool {
    guard let interval = domain.interval else { return false }
    return max(scale.ceiling(interval.upper), -scale.floor(interval.lower)) > QueryStages.narrowest
  }

  /// Of several answers at once: how the fact was answered as a whole, and each member.
  private func memberAnswers(_ fact: Int, _ names: [String]) -> [(name: String, text: String)] {
    let own = own(fact)
    let members = members(fact)
    guard own != nil || !members.isEmpty else { return [] }
    let isList = own.map { list(raw($0), names) }
    let isGiven = members.map { dialect.isOne(raw($0), of: Self.memberWords) }
    let isValue = ([isList].compactMap(\.self) + isGiven).joined(separator: " OR ")
    let others = own.map { unanswered(raw($0)) } ?? ""
    var columns = [(name: word(fact), text: "CASE WHEN \(isValue) THEN 'value' \(others) ELSE '' END")]
    for (member, name) in names.enumerated() {
      var cases: [String] = []
      if let column = members.first(where: { $0.member == member }) {
        let text = raw(column)
        cases += [yesOrNo(text), unanswered(text)]
      }
      if let own, let isList {
        cases.append(
          "WHEN \(isList) THEN CASE WHEN POSITION(';\(name);' IN CONCAT(';', \(raw(own)), ';')) > 0 THEN 'yes' ELSE 'no' END"
        )
      }
      columns.append((word(fact, member), cases.isEmpty ? "''" : "CASE \(cases.joined(separator: " ")) ELSE '' END"))
    }
    return columns
  }

  private static let unanswered = ["declined", "does_not_know"]
  private static let memberWords = ["yes", "true", "no", "false"] + unanswered

  private func yesOrNo(_ text: String) -> String {
    "WHEN \(dialect.isOne(text, of: ["yes", "true"])) THEN 'yes'"
      + " WHEN \(dialect.isOne(text, of: ["no", "false"])) THEN 'no'"
  }

  private func unanswered(_ text: String) -> String {
    "WHEN \(dialect.isOne(text, of: Self.unanswered)) THEN \(text)"
  }

  private func list(_ text: String, _ names: [String]) -> String {
    let one = names.joined(separator: "|")
    return "\(text) = '[]' OR \(dialect.matches(text, "(\(one))(;(\(one)))*"))"
  }

  /// The names of the columns that hold what they cannot hold.
  func errors() -> [String] {
    columns.map { column in
      let text = raw(column)
      let isRight: String
      if column.member != nil {
        isRight = dialect.isOne(text, of: Self.memberWords)
      } else if case .members(let names) = program.variables[column.fact].domain {
        // A list, and members beside it, are two answers to one question.
        let alone = members(column.fact).map { "\(raw($0)) IS NULL" }
        let isAnswer = "(\(dialect.isOne(text, of: Self.unanswered)) OR \(list(text, names)))"
        isRight = ([isAnswer] + alone).joined(separator: " AND ")
      } else {
        isRight = "\(word(column.fact)) <> ''"
      }
      return "CASE WHEN \(text) IS NOT NULL AND NOT COALESCE(\(isRight), FALSE) THEN \(dialect.text(column.name)) END"
    }
  }

  // MARK: Terms

  private mutating func leaf(_ name: String, _ text: String, reads columns: [String], _ bank: TermBank) -> Term {
    unknowns[name] = (text, columns)
    return bank.boolean(name)
  }

  private mutating func isWord(_ column: String, _ word: String, _ bank: TermBank) -> Term {
    leaf("\(column)=\(word)", "\(column) = '\(word)'", reads: [column], bank)
  }

  private mutating func answer(_ fact: Int, _ bank: TermBank) -> SymbolicIntake.Answer {
    let variable = program.variables[fact]
    let isThere = columns.contains { $0.fact == fact }
    let column = word(fact)
    func nothing(_ value: SymbolicIntake.Answer.Value) -> SymbolicIntake.Answer {
      SymbolicIntake.Answer(value: value, isKnown: .no, isDeclined: .no, isNotKnown: .no)
    }
    let value: SymbolicIntake.Answer.Value
    switch variable.domain {
    case .options(let names, _):
      guard isThere else { return nothing(.options(names.map { _ in .no })) }
      value = .options(names.map { isWord(column, $0, bank) })
    case .numbers, .dates:
      let step = variable.domain.isWhole ? scale.perOne : 1
      let whole = variable.domain.interval!
      let bounds = (scale.ceiling(whole.lower) / step)...(scale.floor(whole.upper) / step)
      guard isThere else { return nothing(.number(bank.whole(bounds.lowerBound * step))) }
      unknowns[number(fact)] = (number(fact), [number(fact)])
      value = .number(bank.times(step, bank.integer(number(fact), in: bounds)))
    case .members(let names):
      guard isThere else { return nothing(.members(names.map { _ in (isKnown: .no, isIn: .no) })) }
      value = .members(
        names.indices.map { member in
          let own = word(fact, member)
          let isIn = isWord(own, "yes", bank)
          return (isKnown: bank.any(isIn, isWord(own, "no", bank)), isIn: isIn)
        })
      asked[fact] = names.indices.map { bank.not(isWord(word(fact, $0), "", bank)) }
    }
    let isAsked = bank.not(isWord(column, "", bank))
    if asked[fact] == nil { asked[fact] = [isAsked] }
    let isDeclined = isWord(column, "declined", bank)
    let isNotKnown = isWord(column, "does_not_know", bank)
    let isValue =
      variable.domain.names.isEmpty
      ? isWord(column, "value", bank)
      : leaf(
        "\(column)?", "(NOT \(dialect.isOne(column, of: [""] + Self.unanswered)))", reads: [column], bank)
    return SymbolicIntake.Answer(value: value, isKnown: isValue, isDeclined: isDeclined, isNotKnown: isNotKnown)
  }
}

extension QueryDialect {
  /// A whole number that stands alone.
  func quotedNumber(_ number: Int128) -> String {
    abs(number) > QueryStages.narrowest ? "CAST(\(number) AS \(wideType))" : "CAST(\(number) AS BIGINT)"
  }
}
