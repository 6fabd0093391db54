import Foundation
import TestSupport
import Testing

/// The workflow and the hooks of the page on continuous integration are run as they stand there.
struct IntegrationTests {
  private static let page = "\(Corpus.repository)/Sources/handrail/Documentation.docc/ContinuousIntegration.md"

  private static let rules = """
    sources: {s: {title: A policy, kind: policy, confirmed: yes}}
    facts: {a: {ask: A?, type: yes_no}}
    decisions: {d: {type: yes_no, combine: one, otherwise: {value: no, because: Nothing calls for it.}}}
    rules: {r: {when: {a: yes}, recommend: {d: yes}, because: A is so., sources: [s]}}
    cases: {c: {given: {a: yes}, expect: {d: yes}}}

    """

  /// A block of the page: the file of that name, or the one whose first line is as given.
  private func block(_ first: String) throws -> String {
    let page = try Corpus.text(of: Self.page)
    let start = try #require(page.firstRange(of: "\n\(first)\n"))
    let rest = page[page.index(after: start.lowerBound)...]
    let end = try #require(rest.firstRange(of: "\n```"))
    return rest[..<end.lowerBound] + "\n"
  }

  /// A git repository that holds a rulebook, with the program on the path.
  private func withRepository(_ body: (String, [String: String]) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let program = URL(filePath: HandrailProcess.path).deletingLastPathComponent().path
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      let environment = [
        "HOME": folder, "PRE_COMMIT_HOME": "\(folder)/hooks", "PATH": "\(program):\(InstalledTool.folder)/bin:\(path)",
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org", "GITHUB_PATH": "\(folder)/path",
        "GITHUB_STEP_SUMMARY": "\(folder)/summary.md", "GIT_CONFIG_NOSYSTEM": "1",
      ]
      let repository = "\(folder)/repository"
      try FileManager.default.createDirectory(atPath: "\(repository)/Rules", withIntermediateDirectories: true)
      try Self.rules.write(toFile: "\(repository)/Rules/rules.yaml", atomically: true, encoding: .utf8)
      #expect(try shell("git init -q . && git add -A && git commit -qm first", repository, environment).exitCode == 0)
      try body(repository, environment)
    }
  }

  private func shell(
    _ command: String, _ folder: String, _ environment: [String: String]
  ) throws -> HandrailProcess {
    try HandrailProcess.run(["-c", command], in: folder, environment: environment, executable: "/bin/sh")
  }

  private func change(_ text: String, to other: String, _ repository: String) throws {
    #expect(Self.rules.contains(text))
    try Self.rules.replacing(text, with: other)
      .write(toFile: "\(repository)/Rules/rules.yaml", atomically: true, encoding: .utf8)
  }

  /// The exit codes of the workflow's shell steps, in their order.
  private func steps(_ repository: String, _ environment: [String: String]) throws -> [Int32] {
    let commands = try block("# file: .github/workflows/rules.yaml").split(separator: "\n").compactMap { line in
      line.firstRange(of: "run: ").map { String(line[$0.upperBound...]) }
    }
    #expect(commands.count == 6)
    return try commands.map { try shell($0, repository, environment).exitCode }
  }

  @Test func workflowIsOne() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/rules.yaml"
      try block("# file: .github/workflows/rules.yaml").write(toFile: path, atomically: true, encoding: .utf8)
      let check = try InstalledTool.run("check-jsonschema", ["--builtin-schema", "vendor.github-workflows", path])
      #expect(check.exitCode == 0, "\(check.output)")
    }
  }

  @Test func workflowStopsWhatIsWrong() throws {
    try withRepository { repository, environment in
      #expect(try steps(repository, environment) == [0, 0, 0, 0, 0, 0])
      #expect(try Corpus.text(of: "\(repository)/findings.sarif").contains("2.1.0"))
      let summary = "\(repository)/../summary.md"
      #expect(try Corpus.text(of: summary).hasPrefix("**Proved equal"))
      try change("when: {a: yes}", to: "when: {b: yes}", repository)
      #expect(try steps(repository, environment) == [0, 0, 0, 1, 1, 1])
      #expect(try Corpus.text(of: "\(repository)/findings.sarif").contains("unknown-name"))
      try change("when: {a: yes}", to: "when: {a: no}", repository)
      #expect(try steps(repository, environment) == [0, 0, 0, 0, 7, 0])
      #expect(try Corpus.text(of: summary).contains("can come out lower"))
      try change("when: {a: yes}", to: "when:   {a: yes}", repository)
      #expect(try steps(repository, environment) == [0, 12, 0, 0, 0, 0])
    }
  }

  @Test func preCommitStopsWhatIsWrong() throws {
    try withRepository { repository, environment in
      try block("# file: .pre-commit-config.yaml")
        .write(toFile: "\(repository)/.pre-commit-config.yaml", atomically: true, encoding: .utf8)
      let install = try shell("pre-commit install && git add -A && git commit -m hooks", repository, environment)
      #expect(install.exitCode == 0, "\(install.output)\(install.errors)")
      try commitsAreStopped(repository, environment)
      // What was in another form is in its form now; added again, it is committed.
      #expect(try Corpus.text(of: "\(repository)/Rules/rules.yaml") == Self.rules.replacing("A is so.", with: "A is."))
      #expect(try shell("git commit -am tidy", repository, environment).exitCode == 0)
    }
  }

  @Test func plainHookStopsWhatIsWrong() throws {
    try withRepository { repository, environment in
      // Put there by a program of its own: a file that this one holds open while another test starts a program is still open
      // in that, and cannot be run ("text file busy").
      try block("#!/bin/sh").write(toFile: "\(repository)/hook", atomically: true, encoding: .utf8)
      let installed = try shell("install -m 755 hook .git/hooks/pre-commit && rm hook", repository, environment)
      #expect(installed.exitCode == 0, "\(installed.errors)")
      try commitsAreStopped(repository, environment)
      // What is not committed does not count.
      #expect(try shell("git checkout -q HEAD Rules && echo x > y && git add y", repository, environment).exitCode == 0)
      try change("when: {a: yes}", to: "when: {b: yes}", repository)
      #expect(try shell("git commit -m other", repository, environment).exitCode == 0)
    }
  }

  /// An error, a case without its plan, and a file in another form stop a commit; a change that is right does not.
  private func commitsAreStopped(_ repository: String, _ environment: [String: String]) throws {
    let commit = { try self.shell("git commit -am change", repository, environment) }
    try change("A is so.", to: "A is the case.", repository)
    #expect(try commit().exitCode == 0)
    try change("when: {a: yes}", to: "when: {b: yes}", repository)
    let stopped = try commit()
    #expect(stopped.exitCode == 1)
    #expect((stopped.output + stopped.errors).contains("unknown-name"), "\(stopped.output)\(stopped.errors)")
    try change("when: {a: yes}", to: "when: {a: no}", repository)
    #expect(try commit().exitCode != 0)
    try change("A is so.", to: "'A is.'", repository)
    #expect(try commit().exitCode != 0)
  }
}
