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
  /// For each column, what stands before its value: the key, or the comma.
  private let openings: [Int]
  /// For each column that shows values, its cells among ``cells``.
  private let spans: [Range<Int>]
  private let cells: [Cell]
  /// The texts of values, those of each cell one after the other.
  private let valueTexts: [Int]
  /// For each decision, what it is.
  private let kinds: [Kind]
  /// Decisions in the order of presentation.
  private let order: [Int]
  /// The words of statuses, in the order of their cases.
  private let planStatuses: [Int]
  private let decisionStatuses: [Int]
  /// Of each decision, its name as a key.
  private let keys: [Int]

  /// How one slot is written.
  private struct Cell: Sendable {
    var slot: Int
    /// The name of the member, with what follows it before an amount; -1 where none is named.
    var name: Int
    /// Where the texts of the values begin, in the order of the slot.
    var values: Int
  }

  private enum Kind {
    case single
    case set
    case menu
  }

  package init(_ program: CompiledProgram, _ columns: [PlanColumn], format: Format) {
    self.program = program
    self.columns = columns
    self.format = format
    let fragments = Fragments()
    openings = columns.enumerated().map { index, column in
      let name = column.name(program.program)
      return fragments.add(
        format == .json ? "\(index == 0 ? "{" : ",")\"\(name)\":" : index == 0 ? "" : ",")
    }
    func word(_ text: String) -> String { format == .json ? "\"\(text)\"" : text }
    planStatuses = Plan.Status.allCases.map { fragments.add(word($0.rawValue)) }
    decisionStatuses = DecisionPlan.Status.allCases.map { fragments.add(word($0.rawValue)) }
    keys = program.program.decisions.map { decision in
      let name = program.program.variables[decision.variable].name
      return fragments.add(format == .json ? "\"\(name)\":" : "\(name)=")
    }
    var cells: [Cell] = []
    var valueTexts: [Int] = []
    var spans: [Range<Int>] = []
    for column in columns {
      let start = cells.count
      var own: [(slot: Int, name: Int, values: [Int])] = []
      switch column {
      case .value(let decision): own = PlanRow.cells(decision, nil, program, format, fragments)
      case .member(let decision, let slot): own = PlanRow.cells(decision, slot, program, format, fragments)
      default: break
      }
      for (slot, name, values) in own {
        cells.append(Cell(slot: slot, name: name, values: valueTexts.count))
        valueTexts += values
      }
      spans.append(start..<cells.count)
    }
    (self.cells, self.valueTexts, self.spans) = (cells, valueTexts, spans)
    kinds = program.program.decisions.map { $0.isMenu ? .menu : $0.hasMembers ? .set : .single }
    order = program.program.presentation.decisions
    fragments.finish()
    self.fragments = fragments
  }

  private static func cells(
    _ index: Int, _ slot: Int?, _ program: CompiledProgram, _ format: Format, _ fragments: Fragments
  ) -> [(slot: Int, name: Int, values: [Int])] {
    let decision = program.program.decisions[index]
    let variable = program.program.variables[decision.variable]
    func text(_ value: Value, _ domain: Domain) -> Int {
      switch value {
      case .option(let option): fragments.add(format == .json ? "\"\(domain.names[option])\"" : domain.names[option])
      case .number(let number): fragments.add(number.description)
      case .included: fragments.add(format == .json ? "true" : "yes")
      }
    }
    guard decision.hasMembers else {
      return [(slot: -1, name: -1, values: program.values(of: index, slot: nil).map { text($0, variable.domain) })]
    }
    return (slot.map { [$0] } ?? Array(decision.slots.indices)).map { place in
      let own = decision.slots[place]
      let member = variable.domain.names[own.member ?? place]
      let domain = own.variable.map { program.program.variables[$0].domain } ?? variable.domain
      let name =
        format == .json
        ? (decision.isMenu ? "\"\(member)\":" : "\"\(member)\"") : decision.isMenu ? "\(member)=" : member
      return (
        slot: place, name: fragments.add(name),
        values: program.values(of: index, slot: place).map { text($0, domain) }
      )
    }
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
  package func write(
    _ machine: borrowing PlanMachine, _ statuses: borrowing PlanStatuses, _ context: Context,
    to output: inout ByteBuffer
  ) {
    for (index, column) in columns.enumerated() {
      output.append(fragments[openings[index]])
      switch column {
      case .line: output.append(number: context.line)
      case .id: if context.id.isEmpty { writeNothing(&output) } else { output.append(context.id) }
      case .status: output.append(fragments[planStatuses[statuses.plan.place]])
      case .decisionStatus(let decision):
        output.append(fragments[decisionStatuses[statuses.decisions[decision].place]])
      case .noValue: writeNoValue(statuses, &output)
      case .needed: writeList((context.reasons?.needed ?? []).flatMap(\.questions).map(\.fact), &output)
      case .rules: writeList(context.reasons?.decidingRules ?? [], &output)
      case .plan: writePlan(context.reasons, &output)
      case .possible(let decision): writePossible(decision, machine, &output)
      case .value(let decision): writeValue(decision, machine, spans[index], &output)
      case .member(let decision, let slot):
        write(machine.result(of: decision, slot: slot), cells[spans[index].lowerBound], &output)
      }
    }
    output.append(format == .json ? "}\n" : "\n")
  }

  private func writeNoValue(_ statuses: borrowing PlanStatuses, _ output: inout ByteBuffer) {
    var isFirst = true
    if format == .json { output.append(UInt8(ascii: "{")) }
    for decision in order {
      let status = statuses.decisions[decision]
      if status == .settled || status == .settledRegardless { continue }
      if !isFirst { output.append(UInt8(ascii: format == .json ? "," : ";")) }
      isFirst = false
      output.append(fragments[keys[decision]])
      output.append(fragments[decisionStatuses[status.place]])
    }
    if format == .json { output.append(UInt8(ascii: "}")) }
  }

  private func writeNothing(_ output: inout ByteBuffer) {
    if format == .json { output.append("null") }
  }

  private func writeValue(
    _ decision: Int, _ machine: borrowing PlanMachine, _ span: Range<Int>, _ output: inout ByteBuffer
  ) {
    let kind = kinds[decision]
    guard kind != .single else { return write(machine.result(of: decision), cells[span.lowerBound], &output) }
    // Of a menu in conflict nothing is told, as of any decision that `no_value` names.
    guard machine.isSettled(decision: decision), machine.applies(decision),
      kind == .set || !hasConflict(decision, span, machine)
    else { return writeNothing(&output) }
    if format == .json { output.append(UInt8(ascii: kind == .menu ? "{" : "[")) }
    var isFirst = true
    for place in span where !machine.isOut(decision, slot: cells[place].slot) {
      let cell = cells[place]
      if !isFirst { output.append(UInt8(ascii: format == .json ? "," : ";")) }
      isFirst = false
      output.append(fragments[cell.name])
      if kind == .menu { write(machine.result(of: decision, slot: cell.slot), cell, &output) }
    }
    if format == .json { output.append(UInt8(ascii: kind == .menu ? "}" : "]")) }
  }

  private func hasConflict(_ decision: Int, _ span: Range<Int>, _ machine: borrowing PlanMachine) -> Bool {
    for place in span where !machine.isOut(decision, slot: cells[place].slot) {
      if case .conflict = machine.result(of: decision, slot: cells[place].slot) { return true }
    }
    return false
  }

  private func write(_ result: PlanMachine.Result, _ cell: Cell, _ output: inout ByteBuffer) {
    switch result {
    case .value(let place): output.append(fragments[valueTexts[cell.values + place]])
    case .amount(let number): output.append(number.description)
    case .out where cell.slot >= 0: if format == .json { output.append("false") } else { output.append("no") }
    case .out, .gap, .conflict, .notApplicable, .open: writeNothing(&output)
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
  private func writePossible(_ decision: Int, _ machine: borrowing PlanMachine, _ output: inout ByteBuffer) {
    let own = program.program.decisions[decision]
    let variable = program.program.variables[own.variable]
    guard own.hasMembers else {
      return writeList(machine.outcomes(of: decision).sorted().map { word($0, variable.domain) }, &output)
    }
    let words = own.slots.indices.flatMap { slot -> [String] in
      let member = variable.domain.names[own.slots[slot].member ?? slot]
      let domain = own.slots[slot].variable.map { program.program.variables[$0].domain } ?? variable.domain
      return machine.outcomes(of: decision, slot: slot).sorted().compactMap { outcome in
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
