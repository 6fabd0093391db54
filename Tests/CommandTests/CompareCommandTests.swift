import Foundation
import TestSupport
import Testing

/// `handrail compare`, as a reviewer would use it.
struct CompareCommandTests {
  private static let rules = """
    rulebook: {name: small, title: Small, version: 1.0.0}
    sources: {s: {title: A policy, kind: policy, confirmed: yes}}
    facts:
      danger: {ask: Danger?, type: yes_no}
      score: {ask: Score?, type: integer, range: 0 to 20}
    catalogues: {steps: {crisis_line: {label: Crisis line, ordered: [now, today]}}}
    decisions:
      first_steps: {label: First steps, type: menu, of: steps, combine: lowest}
      level:
        label: Level
        type: choice
        ordered: [outpatient, iop]
        combine: highest
        otherwise: {value: outpatient, because: Nothing calls for more.}
    rules:
      in-danger: {when: {danger: yes}, recommend: {first_steps: {crisis_line: now}}, because: Danger comes first., sources: [s]}
      needs-more: {when: {score: at least 12}, recommend: {level: iop}, because: The score is high., sources: [s]}
    cases:
      high: {given: {score: 12}, expect: {level: iop}}

    """

  private func write(_ text: String, _ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try text.write(toFile: "\(path)/rules.yaml", atomically: true, encoding: .utf8)
  }

  /// A folder with the rulebook in `before`, and in `after` with one text in the place of another.
  private func withChange(_ old: String, _ new: String, _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try #require(Self.rules.contains(old))
      try write(Self.rules, "\(folder)/before")
      try write(Self.rules.replacing(old, with: new), "\(folder)/after")
      try body(folder)
    }
  }

  private func compare(_ arguments: [String], _ folder: String) throws -> HandrailProcess {
    try HandrailProcess.run(["compare"] + arguments, in: folder)
  }

  @Test func equal() throws {
    try withChange("score: at least 12", "score: more than 11") { folder in
      let result = try compare(["before", "after"], folder)
      #expect(result.exitCode == 0, "\(result.errors)")
      #expect(
        result.output == """
          Proved equal: every plan is the same, for every intake, complete or not.

          Written otherwise
            rule needs-more

          0 of 1 case changes

          """)
    }
  }

  @Test func plansDiffer() throws {
    try withChange("score: at least 12", "score: at least 10") { folder in
      let result = try compare(["before", "after"], folder)
      // A plan that is settled on iop at 10 was settled on outpatient.
      #expect(result.exitCode == 15, "\(result.output)\(result.errors)")
      #expect(result.output.hasPrefix("Plans change. No level falls, nothing is lost or held back"), "\(result.output)")
    }
  }

  @Test func safetyDiffers() throws {
    try withChange("recommend: {first_steps: {crisis_line: now}}", "recommend: {level: outpatient}") { folder in
      let result = try compare(["before", "after", "--format", "markdown"], folder)
      #expect(result.exitCode == 16, "\(result.errors)")
      #expect(
        result.output == """
          **Plans change, and the change touches safety.**

          ### Written otherwise

          - rule `in-danger`

          1 of 1 case changes (1 of them in what touches safety): `high`

          ### Safety

          - for `{danger: yes}`
            - **Crisis line** (`first_steps.crisis_line`) can be lost
              - before: now, by `in-danger`
              - after: not in the plan
          - before anything is answered
            - **Crisis line** (`first_steps.crisis_line`) is settled where it was open
              - before: now or not in the plan, by `in-danger`
              - after: not in the plan

          """, "\(result.output)")
    }
  }

  @Test func json() throws {
    try withChange("score: at least 12", "score: at least 14") { folder in
      let result = try compare(["before", "after", "--format", "json"], folder)
      #expect(result.exitCode == 16)
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      #expect(
        Set(report.keys) == [
          "cases", "changed_cases", "declared", "equal", "examples", "not_proved", "parts", "safety",
        ])
      #expect(report["equal"] as? Bool == false && report["safety"] as? Bool == true)
      #expect(report["changed_cases"] as? [String] == ["high"])
      let page = try Corpus.text(of: "\(Corpus.repository)/Sources/handrail/Documentation.docc/Comparing.md")
      for key in keys(report) { #expect(page.contains("`\(key)`"), "\(key)") }
    }
  }

  /// All keys of objects, however deep.
  private func keys(_ value: Any) -> Set<String> {
    switch value {
    case let object as [String: Any]: object.reduce(into: Set(object.keys)) { $0.formUnion(keys($1.value)) }
    case let list as [Any]: list.reduce(into: []) { $0.formUnion(keys($1)) }
    default: []
    }
  }

  /// A cohort is counted, and no answer of it is shown.
  @Test func cohort() throws {
    try withChange("score: at least 12", "score: at least 14") { folder in
      let lines = [
        #"{"score": 13, "danger": true}"#, #"{"score": 13}"#, #"{"score": 19}"#, "", #"{"score": 77}"#, "no json",
      ]
      try lines.joined(separator: "\n").write(toFile: "\(folder)/people.jsonl", atomically: true, encoding: .utf8)
      for format in ["text", "markdown", "json"] {
        let result = try compare(["before", "after", "--cohort", "people.jsonl", "--format", format], folder)
        #expect(result.exitCode == 16, "\(result.errors)")
        #expect(!result.output.contains("77") && !result.output.contains("19"))
        if format != "json" {
          #expect(
            result.output.contains(
              "2 of 5 intakes of the cohort change (2 of them in what touches safety; 2 cannot be read by both)"),
            "\(result.output)")
        } else {
          #expect(result.output.contains("\"cohort\""))
        }
      }
      let missing = try compare(["before", "after", "--cohort", "none.jsonl"], folder)
      #expect(missing.exitCode == 2 && missing.errors.contains("none.jsonl"))
    }
  }

  /// A cohort that is read in several pieces is counted as a whole.
  @Test func longCohort() throws {
    try withChange("score: at least 12", "score: at least 14") { folder in
      let blanks = String(repeating: " ", count: 2_000)
      let lines = (0..<1_500).map { "{\"score\": \([13, 19, 77][$0 % 3]),\(blanks)\"danger\": true}" }
      try lines.joined(separator: "\n").write(toFile: "\(folder)/people.jsonl", atomically: true, encoding: .utf8)
      let result = try compare(["before", "after", "--cohort", "people.jsonl"], folder)
      #expect(
        result.output.contains(
          "500 of 1500 intakes of the cohort change (500 of them in what touches safety; 500 cannot be read by both)"),
        "\(result.output)")
    }
  }

  @Test func revision() throws {
    try withTemporaryFolder { folder in
      func git(_ command: String) throws {
        let environment = [
          "HOME": folder, "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
          "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_NOSYSTEM": "1",
        ]
        let result = try HandrailProcess.run(
          ["-c", command], in: folder, environment: environment, executable: "/bin/sh")
        #expect(result.exitCode == 0, "\(result.errors)")
      }
      try write(Self.rules, "\(folder)/Rules")
      try git("git init -q -b main . && git add -A && git commit -qm first && git tag v1")
      #expect(try compare(["v1", "Rules"], folder).exitCode == 0)
      try write(Self.rules.replacing("at least 12", with: "at least 14"), "\(folder)/Rules")
      #expect(try compare(["v1", "Rules"], folder).exitCode == 16)
      try git("git commit -qam second && mkdir -p site && git mv Rules site/Rules && git commit -qm third")
      #expect(try compare(["v1", "main~1"], folder).exitCode == 16)
      #expect(try compare(["main", "site/Rules", "--rules", "site/Rules"], folder).exitCode == 0)
      let unknown = try compare(["v2", "site/Rules"], folder)
      #expect(unknown.exitCode == 1)
      #expect(
        unknown.errors.hasPrefix("`v2` is no file or folder here, and no revision of git that holds `Rules`"),
        "\(unknown.errors)")
      for name in ["--output=x", "-v"] { #expect(try compare(["--", name, "site/Rules"], folder).exitCode == 1) }
      #expect(try compare(["main", "site/Rules", "--rules", "../Rules"], folder).exitCode == 1)
      // A revision whose rulebook has errors says which revision it is.
      try write(Self.rules.replacing("danger: yes}", with: "danjer: yes}"), "\(folder)/site/Rules")
      try git("git commit -qam broken")
      let broken = try compare(["main", "main~1", "--rules", "site/Rules"], folder)
      #expect(broken.exitCode == 1 && broken.output.isEmpty)
      #expect(broken.errors.hasSuffix("The rulebook in `main` has errors, so nothing can be compared with it.\n"))
    }
  }

  /// Without the solver nothing is said to be equal; where nothing is to be asked it is not missed.
  @Test func noSolver() throws {
    try withChange("score: at least 12", "score: at least 14") { folder in
      func bare(_ head: String) throws -> HandrailProcess {
        try HandrailProcess.run(["compare", "before", head], in: folder, environment: ["PATH": folder])
      }
      let result = try bare("after")
      #expect(result.exitCode == 13 && result.output.isEmpty)
      #expect(result.errors.contains("`z3` was not found"), "\(result.errors)")
      #expect(try bare("before").exitCode == 0)
    }
  }

  @Test func wrongLimit() throws {
    #expect(try compare(["a", "b", "--time-limit", "0"], Corpus.repository).exitCode == 64)
  }
}
