import ArgumentParser

/// Everything that is done with the record of an assessment.
struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Keep the record of an assessment: answers, plan, selections, signature.",
    discussion: """
      Examples:
        handrail record new intake.yaml --to client.json --by "A. Rivera" --role "intake coordinator"
        handrail select client.json track=daytime --because court --by "J. Kim" --role LCSW
        handrail record review client.json --by "J. Kim" --role LCSW
        handrail record sign client.json --by "J. Kim" --role LCSW
        handrail record verify client.json --seal 3f9a0c11d2e4
      """,
    subcommands: [
      NewRecord.self, UpdateRecord.self, ShowRecord.self, ReviewRecord.self, SignRecord.self, VerifyRecord.self,
    ]
  )
}
