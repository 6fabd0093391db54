import ArgumentParser
import Cores
import Rendering

/// The command line. The list of subcommands is the table of contents.
@main
struct Handrail: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handrail",
    abstract: "From an intake assessment to a treatment plan that explains itself.",
    discussion: """
      Exit codes:
        0   done; of a plan: settled
        1   the rulebook has errors
        2   the intake has errors
        3   two rules disagree about a decision
        4   no rule covers a decision
        5   the plan is open: answers are needed
        6   the plan is settled only if what is assumed holds
        7   a case did not get its plan
        9   a record or page cannot be read or written, or was tampered with
        10  a plan that was made again is not the recorded one
        11  a batch was stopped before its end
        12  a file is not in the form that format gives it
        13  the solver is missing or broke, or not everything was proved
        14  a file cannot be written
        15  two rulebooks give different plans
        16  the same, and it touches safety
        64  the command was not understood
      """,
    version: "handrail \(ProgramVersion.text)",
    subcommands: [
      InterviewCommand.self, Recommend.self, Explain.self, Print.self, Select.self, Record.self, Reassess.self,
      Replay.self, Archive.self, Check.self, Test.self, Compare.self, Batch.self, Summarize.self,
      DocumentCommand.self, ExplainID.self, Format.self, Schema.self, Export.self,
    ]
  )

  static func main() {
    ThreadMemory.growInLargeSteps()
    self.main(nil)
  }
}
