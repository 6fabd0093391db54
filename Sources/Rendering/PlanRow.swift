package import RuleEngine

/// Writes plans as lines of JSON or of comma-separated values, with chosen columns.
///
/// What is not settled is `null` in JSON and empty in a table; how it stands says the column `no_value`. Names of facts,
/// decisions and options need no quoting in either.
package final class PlanRow: Sendable {
  package enum Format: String, Sendable {
    case json
    case csv
  }

  package let columns: [PlanColumn]
  private let format: Format
  private let program: CompiledProgram
  private let fragments: Fragments
  private let fields: [Field]
  /// What is written of slots: those of each field one after the other.
  private let cells: [Cell]
  /// The texts of values, those of each cell one after the other.
  private let values: [Fragment]
  /// The words of statuses, in the order of their cases.
  private let planStatuses: [Fragment]
  private let decisionStatuses: [Fragment]
  /// For each decision in the order of presentation and each status, an entry of `no_value`.
  private let entries: [(decision: Int, first: Int)]
  private let entryTexts: [Fragment]

  /// One column, with the texts that are the same on every line.
  private struct Field {
    /// What stands before the value: the key, or the comma; of a set or menu, its bracket, too.
    var opening: Fragment
    /// The same where there is no value.
    var nothing: Fragment
    var content: Content
  }

  private enum Content {
    case single(decision: Int, cell: Int)
    case members(decision: Int, isMenu: Bool, cells: Range<Int>)
    case other(PlanColumn, cell: Int)
  }

  /// How one slot is written.
  private struct Cell {
    var slot: Int
    /// What stands before a value that is no text of its own: the opening of the field, or the name of the item; of a set,
    /// the member.
    var opening: Fragment
    /// Where the texts of its values begin, each with its opening.
    var values: Int
  }

  package init(_ program: CompiledProgram, _ columns: [PlanColumn], format: Format) {
    self.program = program
    self.columns = columns
    self.format = format
    var texts = Fragments.Builder()
    func word(_ text: String) -> String { format == .json ? "\"\(text)\"" : text }
    planStatuses = Plan.Status.allCases.map { texts.add(word($0.rawValue)) }
    decisionStatuses = DecisionPlan.Status.allCases.map { texts.add(word($0.rawValue)) }
    var fields: [Field] = []
    var cells: [Cell] = []
    var values: [Fragment] = []
    func add(_ decision: Int, slot: Int?, opening: String) {
      cells.append(Cell(slot: slot ?? -1, opening: texts.add(opening), values: values.count))
      values += PlanRow.words(of: decision, slot, program, format).map { texts.add(opening + $0) }
    }
    for column in columns {
      let key = format == .json ? "\"\(column.name(program.program))\":" : ""
      let opening = (format == .json && fields.isEmpty ? "{" : fields.isEmpty ? "" : ",") + key
      let first = cells.count
      var bracket = ""
      var content = Content.other(column, cell: first)
      switch column {
      case .value(let decision) where !program.program.decisions[decision].hasMembers:
        add(decision, slot: nil, opening: opening)
        content = .single(decision: decision, cell: first)
      case .value(let decision):
        let isMenu = program.program.decisions[decision].isMenu
        if format == .json { bracket = isMenu ? "{" : "[" }
        for slot in program.program.decisions[decision].slots.indices {
          let name = word(PlanRow.member(decision, slot, program.program))
          let separator = format == .json ? "," : ";"
          add(decision, slot: slot, opening: separator + name + (isMenu ? format == .json ? ":" : "=" : ""))
        }
        content = .members(decision: decision, isMenu: isMenu, cells: first..<cells.count)
      case .member(let decision, let slot): add(decision, slot: slot, opening: opening)
      default: break
      }
      fields.append(
        Field(
          opening: texts.add(opening + bracket), nothing: texts.add(opening + (format == .json ? "null" : "")),
          content: content))
    }
    var entries: [(decision: Int, first: Int)] = []
    var entryTexts: [Fragment] = []
    for decision in program.program.presentation.decisions {
      entries.append((decision, entryTexts.count))
      let name = word(program.program.variables[program.program.decisions[decision].variable].name)
      entryTexts += DecisionPlan.Status.allCases.map { status in
        texts.add((format == .json ? ",\(name):" : ";\(name)=") + word(status.rawValue))
      }
    }
    (self.fields, self.cells, self.values) = (fields, cells, values)
    (self.entries, self.entryTexts) = (entries, entryTexts)
    fragments = Fragments(texts)
  }

  /// The words for the values that can come out of a slot; for the decision as a whole, without a slot.
  private static func words(of index: Int, _ slot: Int?, _ program: CompiledProgram, _ format: Format) -> [String] {
    let decision = program.program.decisions[index]
    let variable = slot.flatMap { decision.slots[$0].variable } ?? decision.variable
    let domain = program.program.variables[variable].domain
    return program.values(of: index, slot: slot).map { value in
      switch value {
      case .option(let option): format == .json ? "\"\(domain.names[option])\"" : domain.names[option]
      case .number(let number): number.description
      case .included: format == .json ? "true" : "yes"
      }
    }
  }

  private static func member(_ decision: Int, _ slot: Int, _ program: Program) -> String {
    let own = program.decisions[decision]
    return program.variables[own.variable].domain.names[own.slots[slot].member ?? slot]
  }

  /// The first line of a table; nothing for JSON.
  package var header: String {
    format == .json ? "" : columns.map { $0.name(program.program) }.joined(separator: ",") + "\n"
  }

  // MARK: Writing

  /// What a line needs beside the plan.
  package struct Context {
    package var line: Int
    /// The name of the intake, as it is written in the output; empty if it has none.
    package var id: UnsafeRawBufferPointer
    /// The plan with its reasons; `nil` unless a column needs it.
    package var reasons: Plan?

    package init(line: Int, id: UnsafeRawBufferPointer, reasons: Plan?) {
      self.line = line
      self.id = id
      self.reasons = reasons
    }
  }

  /// Writes one line.
  package func write<Outcomes: PlanOutcomes & ~Copyable>(
    _ plan: borrowing Outcomes, _ statuses: borrowing PlanStatuses, _ context: Context,
    to output: inout ByteBuffer
  ) {
    for field in fields {
      switch field.content {
      case .single(let decision, let cell):
        guard statuses.decisions[decision].hasValue else { append(field.nothing, &output); continue }
        write(plan.result(of: decision), cells[cell], field.nothing, &output)
      case .members(let decision, let isMenu, let places):
        guard statuses.decisions[decision].hasValue, plan.applies(decision) else {
          append(field.nothing, &output)
          continue
        }
        append(field.opening, &output)
        write(cells: places, of: decision, isMenu: isMenu, plan, &output)
      case .other(.member(let decision, let slot), let cell):
        write(plan.result(of: decision, slot: slot), cells[cell], field.nothing, &output)
      case .other(let column, _):
        append(field.opening, &output)
        write(column, plan, statuses, context, &output)
      }
    }
    output.append(format == .json ? "}\n" : "\n")
  }

  private func write<Outcomes: PlanOutcomes & ~Copyable>(
    _ column: PlanColumn, _ plan: borrowing Outcomes, _ statuses: borrowing PlanStatuses, _ context: Context,
    _ output: inout ByteBuffer
  ) {
    switch column {
    case .line: output.append(number: context.line)
    case .id: if context.id.isEmpty { writeNothing(&output) } else { output.append(context.id) }
    case .status: append(planStatuses[statuses.plan.place], &output)
    case .decisionStatus(let decision): append(decisionStatuses[statuses.decisions[decision].place], &output)
    case .noValue: writeNoValue(statuses, &output)
    case .needed: writeList((context.reasons?.needed ?? []).flatMap(\.questions).map(\.fact), &output)
    case .rules: writeList(context.reasons?.decidingRules ?? [], &output)
    case .plan: writePlan(context.reasons, &output)
    case .possible(let decision): writePossible(decision, plan, &output)
    case .value, .member: break
    }
  }

  @inline(__always)
  private func append(_ fragment: Fragment, _ output: inout ByteBuffer) { output.append(fragment, of: fragments) }

  private func writeNoValue(_ statuses: borrowing PlanStatuses, _ output: inout ByteBuffer) {
    var isFirst = true
    if format == .json { output.append(UInt8(ascii: "{")) }
    for (decision, first) in entries {
      let status = statuses.decisions[decision]
      if status.hasValue { continue }
      let entry = entryTexts[first + status.place]
      append(isFirst ? entry.withoutSeparator : entry, &output)
      isFirst = false
    }
    if format == .json { output.append(UInt8(ascii: "}")) }
  }

  private func writeNothing(_ output: inout ByteBuffer) {
    if format == .json { output.append("null") }
  }

  /// Of a set or menu that is settled, what is in.
  private func write<Outcomes: PlanOutcomes & ~Copyable>(
    cells places: Range<Int>, of decision: Int, isMenu: Bool, _ plan: borrowing Outcomes,
    _ output: inout ByteBuffer
  ) {
    var isFirst = true
    plan.forEachSlotNotOut(of: decision) { slot, result in
      let cell = cells[places.lowerBound + slot]
      var text = cell.opening
      var isWhole = !isMenu
      if isMenu, case .value(let value) = result {
        text = values[cell.values + value]
        isWhole = true
      }
      append(isFirst ? text.withoutSeparator : text, &output)
      isFirst = false
      if isWhole { return }
      if case .amount(let number) = result { output.append(number.description) } else { writeNothing(&output) }
    }
    if format == .json { output.append(UInt8(ascii: isMenu ? "}" : "]")) }
  }

  /// A value with what stands before it.
  private func write(
    _ result: PlanMachine.Result, _ cell: Cell, _ nothing: Fragment, _ output: inout ByteBuffer
  ) {
    switch result {
    case .value(let place): append(values[cell.values + place], &output)
    case .amount(let number):
      append(cell.opening, &output)
      output.append(number.description)
    case .out where cell.slot >= 0:
      append(cell.opening, &output)
      output.append(format == .json ? "false" : "no")
    case .out, .gap, .conflict, .notApplicable, .open: append(nothing, &output)
    }
  }

  private func writeList(_ words: [String], _ output: inout ByteBuffer) {
    if format == .json {
      output.append("[" + words.map { "\"\($0)\"" }.joined(separator: ",") + "]")
    } else {
      output.append(words.joined(separator: ";"))
    }
  }

  private func writePlan(_ plan: Plan?, _ output: inout ByteBuffer) {
    guard let plan else { return writeNothing(&output) }
    let text = PlanJSON.line(plan)
    output.append(format == .json ? text : "\"" + text.replacing("\"", with: "\"\"") + "\"")
  }

  /// All outcomes, ascending: of a set or menu, each member that may be in, with what it can be.
  private func writePossible<Outcomes: PlanOutcomes & ~Copyable>(
    _ decision: Int, _ plan: borrowing Outcomes, _ output: inout ByteBuffer
  ) {
    let own = program.program.decisions[decision]
    let variable = program.program.variables[own.variable]
    guard own.hasMembers else {
      return writeList(plan.outcomes(of: decision).sorted().map { word($0, variable.domain) }, &output)
    }
    let words = own.slots.indices.flatMap { slot -> [String] in
      let member = variable.domain.names[own.slots[slot].member ?? slot]
      let domain = own.slots[slot].variable.map { program.program.variables[$0].domain } ?? variable.domain
      return plan.outcomes(of: decision, slot: slot).sorted().compactMap { outcome in
        if outcome == .out || outcome == .notApplicable { return nil }
        return outcome == .value(.included) ? member : "\(member)=\(word(outcome, domain))"
      }
    }
    writeList(words, &output)
  }

  private func word(_ outcome: Evaluation.Outcome, _ domain: Domain) -> String {
    switch outcome {
    case .value(.option(let option)): domain.names[option]
    case .value(.number(let number)): number.description
    case .value(.included): "in"
    case .between(let interval): "\(interval.lower) to \(interval.upper)"
    case .out: "out"
    case .gap: "gap"
    case .conflict: "conflict"
    case .notApplicable: "not_applicable"
    }
  }
}

extension DecisionPlan.Status {
  /// Whether it stands in the plan with a value.
  fileprivate var hasValue: Bool { self == .settled || self == .settledRegardless }
}
