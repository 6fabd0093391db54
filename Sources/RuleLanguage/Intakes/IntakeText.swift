package import RuleEngine
package import SourceText

/// Reads many intakes that are no files of their own, such as the lines of a file, and says what is wrong with each.
package struct IntakeText: Sendable {
  private let program: Program
  private let names: IntakeNames
  /// A key that is no fact and names the intake.
  private let idKey: String?

  /// What stands in one line.
  package struct Line: Sendable {
    package var intake: Intake
    /// What the line says the intake is called.
    package var id: String?
    /// Sorted by place. The line is the first of its own text.
    package var diagnostics: [Diagnostic]
  }

  package init(_ program: Program, idKey: String?) {
    self.program = program
    self.idKey = idKey
    names = IntakeNames(program)
  }

  /// Reads a line of JSON.
  package func json(_ bytes: [UInt8], name: String) -> Line {
    let (file, problems) = FileReader.decode(bytes, name: name, isPersonal: true)
    guard let file, !problems.hasErrors else { return Line(intake: Intake(), diagnostics: problems) }
    let (root, found) = YAMLReader.read(file.withoutSurrogatePairs())
    guard let root else {
      return Line(intake: Intake(), diagnostics: found.isEmpty ? [.emptyIntake(name)] : found.sortedByPlace())
    }
    return read(root, problems + found, name: name)
  }

  /// A cell of a table that holds something.
  package struct Cell: Sendable {
    /// The name of its column: a fact, or a member of one as `fact.member`.
    package var name: String
    /// The place of its column, counted from 1.
    package var column: Int
    package var text: String

    package init(name: String, column: Int, text: String) {
      self.name = name
      self.column = column
      self.text = text
    }
  }

  /// Reads a row of a table. Several members in one cell stand between semicolons; `[]` means that none was chosen.
  package func row(_ cells: [Cell], name: String) -> Line {
    var entries: [YAMLEntry] = []
    var members: [String: [YAMLEntry]] = [:]
    for cell in cells {
      let range = SourceRange(
        file: name, start: SourcePosition(line: 1, column: cell.column),
        end: SourcePosition(line: 1, column: cell.column + 1))
      let value = scalar(cell.text, range)
      if let (fact, member) = member(cell.name) {
        members[fact, default: []].append(YAMLEntry(key: Spanned(member, range), value: value))
      } else if case .members? = names.facts[cell.name], cell.text != "declined", cell.text != "does_not_know" {
        let parts = cell.text == "[]" ? [] : cell.text.split(separator: ";", omittingEmptySubsequences: false)
        let items = parts.map { scalar(String($0), range) }
        entries.append(YAMLEntry(key: Spanned(cell.name, range), value: YAMLNode(.list(items), range)))
      } else {
        entries.append(YAMLEntry(key: Spanned(cell.name, range), value: value))
      }
    }
    let whole = SourceRange.start(of: name)
    for (fact, own) in members.sorted(by: { $0.key < $1.key }) {
      entries.append(YAMLEntry(key: Spanned(fact, own[0].key.range), value: YAMLNode(.map(own), own[0].key.range)))
    }
    return read(YAMLNode(.map(entries), whole), [], name: name)
  }

  /// `obligations.school` as a fact with several answers and one of them.
  private func member(_ column: String) -> (fact: String, member: String)? {
    guard names.facts[column] == nil, let dot = column.lastIndex(of: ".") else { return nil }
    let fact = String(column[..<dot])
    guard case .members(let members)? = names.facts[fact] else { return nil }
    let member = String(column[column.index(after: dot)...])
    return members.contains(member) ? (fact, member) : nil
  }

  private func scalar(_ text: String, _ range: SourceRange) -> YAMLNode {
    YAMLNode(.scalar(YAMLScalar(text: text, isQuoted: true, isBlock: false)), range)
  }

  private func read(_ root: YAMLNode, _ problems: [Diagnostic], name: String) -> Line {
    var root = root
    var id: String?
    if let idKey, case .map(let entries) = root.content {
      id = entries.first { $0.key.value == idKey }?.value.scalar?.value.text
      root.content = .map(entries.filter { $0.key.value != idKey })
    }
    let reading = IntakeReader.read(root, names, isPersonal: true, isJSON: true)
    var found = problems + reading.diagnostics
    if !found.hasErrors {
      found += IntakeCheck.check(program, reading.intake, places: reading.places, file: name)
    }
    return Line(intake: reading.intake, id: id, diagnostics: found.sortedByPlace())
  }
}
