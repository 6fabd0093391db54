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
