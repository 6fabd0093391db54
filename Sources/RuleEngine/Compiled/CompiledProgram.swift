/// A ``Program`` made ready to plan for very many people: names are places, domains are small sets of cells, conditions are
/// one flat list, and an index leads to the rules that may apply.
///
/// It says what the ``Evaluator`` says, to the last outcome; `CompiledProgramTests` holds them against each other. Reasons it
/// does not give: whoever wants them for a plan asks the reference evaluator, so that nobody else pays for them.
///
/// ```swift
/// let compiled = CompiledProgram(program)
/// let machine = PlanMachine(compiled)        // one for each thread
/// let intake = CompiledIntake(compiled)
/// intake.read(Intake(answers: ["age": .number(Number(30))]))
/// machine.run(intake)
/// machine.status                             // .open
/// ```
package final class CompiledProgram: Sendable {
  package let program: Program
  let layout: SignalLayout
  let tables: CompiledTables
  /// The places of the conditions of the program's impossibilities.
  let impossibilities: [Int32]
  /// The steps of sums whose total can be entered instead.
  let enteredSums: [Int]
  /// Words of the sets of possible values of all slots.
  let valueWords: Int
  let status: StatusTables

  package init(_ program: Program) {
    var builder = ProgramCompiler(program)
    builder.build()
    self.program = program
    layout = builder.layout
    tables = CompiledTables(builder)
    impossibilities = builder.impossibilities
    enteredSums = builder.steps.indices.filter {
      if case .sum(_, _, let enteredAs) = builder.steps[$0] { enteredAs >= 0 } else { false }
    }
    valueWords = builder.valueWords
    status = StatusTables(program)
  }

  deinit { tables.free() }
}
