import Foundation
import FoundationXML
import TestSupport
import Testing

/// `handrail test` as its people use it: what it prints in each format, and how it ends.
struct CaseCommandTests {
  private static let folder = "\(Corpus.folder)/cases"

  @Test(arguments: [("text", "txt"), ("json", "json"), ("junit", "xml"), ("github", "github.txt"), ("markdown", "md")])
  func printsInEveryFormat(format: String, ending: String) throws {
    let run = try HandrailProcess.run(["test", ".", "--format", format], in: Self.folder)
    #expect(run.exitCode == 7)
    #expect(run.errors == "")
    #expect(Corpus.difference(run.output, from: "\(Self.folder)/cases.\(ending)") == nil)
    // The intake file says nights and 2; neither may show, nor what follows from them.
    let own = run.output.split(separator: "\n").filter { $0.contains("from-a-file") }
    #expect(!own.isEmpty)
  }

  /// What comes from an intake file is not shown, whatever the trace would say.
  @Test func answersOfAFileStayPrivate() throws {
    let run = try HandrailProcess.run(["test", ".", "--filter", "from-a-file"], in: Self.folder)
    #expect(run.output.contains("score: expected at least 4, found something else"), "\(run.output)")
    #expect(run.output.contains("hours: expected Days, found something else"))
    #expect(!run.output.contains("Nights"))
    #expect(!run.output.contains(" 2"))
    #expect(!run.output.contains(" 3"))
  }

  /// A build server reads it: it is well formed, and counts what failed.
  @Test func junitIsWellFormed() throws {
    final class Counter: NSObject, XMLParserDelegate {
      var counts: [String: Int] = [:]
      func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
      ) { counts[name, default: 0] += 1 }
    }
    let run = try HandrailProcess.run(["test", ".", "--format", "junit"], in: Self.folder)
    let counter = Counter()
    let parser = XMLParser(data: Data(run.output.utf8))
    parser.delegate = counter
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(counter.counts == ["testsuites": 1, "testsuite": 1, "testcase": 9, "failure": 7])
  }

  @Test(arguments: [("text", "txt"), ("markdown", "md"), ("json", "json")])
  func saysWhatTheCasesReach(format: String, ending: String) throws {
    let run = try HandrailProcess.run(
      ["test", ".", "--filter", "gets-its-plan", "--coverage", "--format", format], in: Self.folder)
    #expect(run.exitCode == 0)
    #expect(Corpus.difference(run.output, from: "\(Self.folder)/coverage.\(ending)") == nil)
  }

  @Test(arguments: [("text", "txt"), ("markdown", "md"), ("json", "json")])
  func saysWhichFaultsNobodyNotices(format: String, ending: String) throws {
    let run = try HandrailProcess.run(
      ["test", ".", "--filter", "gets-its-plan", "--mutate", "--format", format], in: Self.folder)
    #expect(run.exitCode == 0)
    #expect(Corpus.difference(run.output, from: "\(Self.folder)/mutation.\(ending)") == nil)
  }

  /// Without the solver nobody knows which faults change nothing; they can all be counted, if that is asked for.
  @Test func faultsWithoutTheSolver() throws {
    func bare(_ options: [String]) throws -> HandrailProcess {
      try HandrailProcess.run(
        ["test", ".", "--filter", "gets-its-plan", "--mutate"] + options, in: Self.folder,
        environment: ["PATH": Self.folder])
    }
    let result = try bare([])
    #expect(result.exitCode == 13)
    #expect(result.errors.contains("`z3` was not found") && result.errors.contains("`--no-proofs`"), "\(result.errors)")
    let counted = try bare(["--no-proofs"])
    #expect(counted.exitCode == 0)
    #expect(counted.output.contains("3 of 21 small faults are noticed: 14.2 %"), "\(counted.output)")
  }

  @Test func minimumOfTheMutationScore() throws {
    func run(_ minimum: String, _ filter: String) throws -> HandrailProcess {
      try HandrailProcess.run(
        ["test", ".", "--filter", filter, "--minimum-mutation-score", minimum], in: Self.folder)
    }
    #expect(try run("5", "gets-its-plan").exitCode == 0)
    let below = try run("99.9", "gets-its-plan")
    #expect(below.exitCode == 7)
    #expect(below.errors.contains("and at least 99.9 % is demanded"), "\(below.errors)")
    #expect(try run("all", "gets-its-plan").exitCode == 64)
    // A case that fails would notice everything.
    let failing = try run("5", "another-track")
    #expect(failing.exitCode == 7)
    #expect(failing.errors.contains("No faults were tried"), "\(failing.errors)")
  }

  /// Recorded once, explanations are the same until the plan reads otherwise; then the reader's lines are shown.
  @Test func explanationsAreReviewed() throws {
    try withTemporaryFolder { folder in
      let rules = try Corpus.text(of: "\(Self.folder)/rules.yaml").replacing("from: intakes/somebody.yaml, ", with: "")
      func write(_ text: String) throws {
        try text.write(toFile: "\(folder)/rules.yaml", atomically: true, encoding: .utf8)
      }
      func test(_ arguments: String...) throws -> HandrailProcess {
        try HandrailProcess.run(
          ["test", "rules.yaml", "--filter", "gets-*", "--explanations", "seen"] + arguments, in: folder)
      }
      try write(rules)
      let new = try test()
      #expect(new.exitCode == 7)
      #expect(new.output.contains("gets-its-plan has no recorded explanation"), "\(new.output)\(new.errors)")
      #expect(try test("--record").exitCode == 0)
      let recorded = try Corpus.text(of: "\(folder)/seen/gets-its-plan.md")
      #expect(recorded.hasPrefix("# gets-its-plan\n"))
      #expect(recorded.contains("Your score is 6."))
      #expect(!recorded.contains("0.1.0"))
      #expect(try test().exitCode == 0)
      try write(rules.replacing("Your score is <score>.", with: "You scored <score>."))
      let differs = try test()
      #expect(differs.exitCode == 7)
      #expect(differs.output.contains("gets-its-plan is explained otherwise than recorded:\n"), "\(differs.output)")
      #expect(differs.output.contains("  -   - Your score is 6."), "\(differs.output)")
      #expect(differs.output.contains("  +   - You scored 6."))
      #expect(try test("--format", "github").output.contains("title=explanation gets-its-plan"))
      #expect(try test("--format", "markdown").output.contains("```diff\n"))
      #expect(try test("--format", "json").errors.contains("explained otherwise"))
      #expect(try test("--record").exitCode == 0)
      #expect(try test().exitCode == 0)
    }
  }

  /// A record of a case that is gone is one too many; a file that is no record is left alone.
  @Test func recordsOfCasesThatAreGone() throws {
    try withTemporaryFolder { folder in
      let rules = try Corpus.text(of: "\(Self.folder)/rules.yaml")
      let head = rules.prefix { _ in true }.split(separator: "cases:\n")[0]
      let two = "cases:\n  one: {given: {}, expect: {track: open}}\n  two: {given: {q1: 1}, expect: {track: open}}\n"
      let one = "cases:\n  one: {given: {}, expect: {track: open}}\n"
      let path = "\(folder)/rules.yaml"
      let arguments = ["test", "rules.yaml", "--explanations", "seen"]
      try (head + two).write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try HandrailProcess.run(arguments + ["--record"], in: folder).exitCode == 0)
      try "# Read me\n".write(toFile: "\(folder)/seen/README.md", atomically: true, encoding: .utf8)
      try (head + one).write(toFile: path, atomically: true, encoding: .utf8)
      let gone = try HandrailProcess.run(arguments, in: folder)
      #expect(gone.exitCode == 7)
      #expect(gone.output.contains("two.md is recorded, and there is no such case"), "\(gone.output)")
      #expect(!gone.output.contains("README"))
      #expect(try HandrailProcess.run(arguments + ["--record"], in: folder).exitCode == 0)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/seen").sorted() == ["README.md", "one.md"])
    }
    #expect(try HandrailProcess.run(["test", ".", "--record"], in: Self.folder).exitCode == 64)
  }

  @Test func minimumsOfCoverage() throws {
    func run(_ minimum: String) throws -> HandrailProcess {
      try HandrailProcess.run(
        ["test", ".", "--filter", "gets-its-plan", "--minimum-coverage", minimum], in: Self.folder)
    }
    #expect(try run("options=40").exitCode == 0)
    let below = try run("options=100,clauses-true=10")
    #expect(below.exitCode == 7)
    #expect(below.errors.contains("and at least 100 % is demanded"), "\(below.errors)")
    let unknown = try run("claus=10")
    #expect(unknown.exitCode == 64)
    #expect(unknown.errors.contains("did you mean `clauses`?"), "\(unknown.errors)")
    #expect(try run("clauses").errors.contains("write a figure and a percentage"))
    #expect(try run("clauses=eighty").errors.contains("no percentage"))
    let junit = try HandrailProcess.run(["test", ".", "--coverage", "--format", "junit"], in: Self.folder)
    #expect(junit.exitCode == 64)
  }

  @Test func aFilterThatMatchesNothingFails() throws {
    let run = try HandrailProcess.run(["test", ".", "--filter", "gets-its-paln"], in: Self.folder)
    #expect(run.exitCode == 7)
    #expect(run.output == "")
    #expect(run.errors == "No case matches `gets-its-paln`; did you mean `gets-its-plan`?\n")
    #expect(try HandrailProcess.run(["test", ".", "--filter", "gets-its-plan"], in: Self.folder).exitCode == 0)
  }
}
