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
  /// For each column that shows values, the texts of the values of its slots.
  private let texts: [[Cell]]
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
    /// The values, in the order of the slot.
    var values: [Int]
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
    texts = columns.map { column in
      switch column {
      case .value(let decision): PlanRow.cells(decision, nil, program, format, fragments)
      case .member(let decision, let slot): PlanRow.cells(decision, slot, program, format, fragments)
      default: []
      }
    }
    fragments.finish()
    self.fragments = fragments
  }

  private static func cells(
    _ index: Int, _ slot: Int?, _ program: CompiledProgram, _ format: Format, _ fragments: Fragments
  ) -> [Cell] {
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
      return [Cell(slot: -1, name: -1, values: program.values(of: index, slot: nil).map { text($0, variable.domain) })]
    }
    return (slot.map { [$0] } ?? Array(decision.slots.indices)).map { place in
      let own = decision.slots[place]
      let member = variable.domain.names[own.member ?? place]
      let domain = own.variable.map { program.program.variables[$0].domain } ?? variable.domain
      let name =
        format == .json
        ? (decision.isMenu ? "\"\(member)\":" : "\"\(member)\"") : decision.isMenu ? "\(member)=" : member
      return Cell(
        slot: place, name: fragments.add(name),
        values: program.values(of: index, slot: place).map { text($0, domain) })
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
      case .value(let decision): writeValue(decision, machine, texts[index], &output)
      case .member(let decision, let slot):
        write(machine.result(of: decision, slot: slot), texts[index][0], &output)
      }
    }
    output.append(format == .json ? "}\n" : "\n")
  }

  private func writeNoValue(_ statuses: borrowing PlanStatuses, _ output: inout ByteBuffer) {
    var isFirst = true
    if format == .json { output.append(UInt8(ascii: "{")) }
    for decision in program.program.presentation.decisions {
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
    _ decision: Int, _ machine: borrowing PlanMachine, _ cells: [Cell], _ output: inout ByteBuffer
  ) {
    guard program.program.decisions[decision].hasMembers else {
      return write(machine.result(of: decision), cells[0], &output)
    }
    // Of a menu in conflict nothing is told, as of any decision that `no_value` names.
    guard machine.isSettled(decision: decision), !isNotApplicable(decision, machine),
      !hasConflict(decision, machine)
    else {
      return writeNothing(&output)
    }
    let isMenu = program.program.decisions[decision].isMenu
    if format == .json { output.append(UInt8(ascii: isMenu ? "{" : "[")) }
    var isFirst = true
    for cell in cells {
      let result = machine.result(of: decision, slot: cell.slot)
      if result == .out || result == .notApplicable { continue }
      if !isFirst { output.append(UInt8(ascii: format == .json ? "," : ";")) }
      isFirst = false
      output.append(fragments[cell.name])
      if isMenu { write(result, cell, &output) }
    }
    if format == .json { output.append(UInt8(ascii: isMenu ? "}" : "]")) }
  }

  private func isNotApplicable(_ decision: Int, _ machine: borrowing PlanMachine) -> Bool {
    !program.program.decisions[decision].slots.isEmpty && machine.result(of: decision, slot: 0) == .notApplicable
  }

  private func hasConflict(_ decision: Int, _ machine: borrowing PlanMachine) -> Bool {
    for slot in program.program.decisions[decision].slots.indices
    where machine.result(of: decision, slot: slot) == .conflict {
      return true
    }
    return false
  }

  private func write(_ result: PlanMachine.Result, _ cell: Cell, _ output: inout ByteBuffer) {
    switch result {
    case .value(let place): output.append(fragments[cell.values[place]])
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
