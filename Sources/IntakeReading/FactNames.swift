package import RuleEngine

/// The names that can stand in an intake, ready to be found by their bytes.
package struct FactNames: Sendable {
  /// What a key of an intake leads to.
  enum Target {
    case unknown
    case fact(Int)
    /// The beginning that several facts have in common, as a scope of its own.
    case group(Int32)
    /// The key that names the intake.
    case id
  }

  /// What an answer to a fact can be.
  enum Kind: Sendable {
    case yesNo
    case options
    case members
    case number(Interval, isWhole: Bool)
    case date(Interval)
  }

  static let root: Int32 = 0
  let kinds: [Kind]
  private let table: NameTable
  private let groupCount: Int32
  private let variableCount: Int32
  private let idValue: Int32

  /// - Parameter idKey: a key that is no fact and names the intake, if there is one.
  package init(_ program: Program, idKey: String?) {
    var groups: [String: Int32] = ["": 0]
    func group(_ name: String) -> Int32 {
      if let known = groups[name] { return known }
      let own = Int32(groups.count)
      groups[name] = own
      return own
    }
    /// Every way to split a name at its dots, since nesting and dots are the same.
    func splits(_ name: String) -> [(prefix: String, rest: String)] {
      let parts = name.split(separator: ".")
      return (0..<parts.count).map { (parts[..<$0].joined(separator: "."), parts[$0...].joined(separator: ".")) }
    }
    var names: [(scope: Int32, name: String, value: Int32)] = []
    var isFact: Set<String> = []
    var beginnings: Set<String> = []
    let facts = program.variables.indices.filter { program.variables[$0].fact != nil }
    for fact in facts {
      let name = program.variables[fact].name
      isFact.insert(name)
      for (prefix, rest) in splits(name) {
        names.append((group(prefix), rest, Int32(fact)))
        if !prefix.isEmpty { beginnings.insert(prefix) }
      }
    }
    variableCount = Int32(program.variables.count)
    // A name that is both a fact and a beginning of others is left to the reader of intakes where it holds a map.
    for beginning in beginnings.subtracting(isFact).sorted() {
      for (prefix, rest) in splits(beginning) {
        names.append((group(prefix), rest, variableCount + group(beginning)))
      }
    }
    groupCount = Int32(groups.count)
    idValue = variableCount + groupCount
    if let idKey { names.append((Self.root, idKey, idValue)) }
    for fact in facts {
      for (option, name) in program.variables[fact].domain.names.enumerated() {
        names.append((groupCount + Int32(fact), name, Int32(option)))
      }
    }
    table = NameTable(names)
    kinds = program.variables.map { variable in
      switch variable.domain {
      case .yesNo: .yesNo
      case .options: .options
      case .members: .members
      case .numbers(let numbers): .number(numbers.interval, isWhole: numbers.isWhole)
      case .dates(let interval): .date(interval)
      }
    }
  }

  @inline(__always)
  func target(_ text: UnsafeRawPointer, length: Int, in scope: Int32) -> Target {
    let value = table.value(of: text, length: length, scope: scope)
    if value < 0 { return .unknown }
    if value < variableCount { return .fact(Int(value)) }
    return value == idValue ? .id : .group(value - variableCount)
  }

  /// The place of an option or member; `nil` if the fact has none of this name.
  @inline(__always)
  func option(_ text: UnsafeRawPointer, length: Int, of fact: Int) -> Int? {
    let value = table.value(of: text, length: length, scope: groupCount + Int32(fact))
    return value < 0 ? nil : Int(value)
  }
}
