import Foundation
import IntakeReading
import RuleEngine
import RuleLanguage
import SourceText
import TestSupport
import Testing

/// The quick readers of lines take what the reader of intakes takes, and nothing else.
struct IntakeReadingTests {
  private static let program = Rulebook.load("\(Corpus.folder)/lines", withCases: false).program!

  // MARK: JSON

  @Test func jsonComesBack() throws {
    for seed in 0..<20 {
      let text = RandomRulebook.text(RandomRulebook(seed: seed).trees)
      try comesBack(try #require(Compiling.compile([("a.yaml", text)]).program), seed: seed)
    }
    try comesBack(Self.program, seed: 100)
  }

  private func comesBack(_ program: Program, seed: Int) throws {
    let compiled = CompiledProgram(program)
    let names = FactNames(program, idKey: "client")
    var reader = JSONIntakeReader(compiled, names)
    let intake = CompiledIntake(compiled)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let answers = RandomIntake.make(program, unanswered: generator.pick([0, 30, 80]), using: &generator)
      let text = IntakeLine.json(answers, program, id: "c", &generator)
      let quick = read(text) { reader.read($0, into: intake) }
      #expect(quick == .read, "\(text)")
      #expect(intake.answers() == IntakeLine.withoutBlanks(answers), "\(text)")
      let slow = IntakeText(program, idKey: "client").json(Array(text.utf8), name: "line")
      #expect(slow.intake == IntakeLine.withoutBlanks(answers), "\(text)")
      #expect(slow.id == "c")
    }
  }

  /// What the quick reader leaves to the other, and what both refuse.
  @Test(arguments: [
    (#"{"swim.days": "24"}"#, true), (#"{"swim.days": 24, "client": 7}"#, true), (#"{"swim.days": null}"#, true),
    (#"{"swim": {"days": 24}, "swim.lengths": 7}"#, true), ("{}", true), (#"{"swim.days": "12 days a month"}"#, true),
    (#"{"swim.strokes": ["cr\u0061wl"]}"#, true), (#"{"assessed_on": "2028-02-29"}"#, true),
    (#"{"swim.days": 08}"#, false), (#"{"swim.days": 1e1}"#, false), (#"{"swim.days": 24.5}"#, false),
    (#"{"swim.days": 31}"#, false), (#"{"swim.days": true}"#, false), (#"{"swim.dys": 2}"#, false),
    (#"{"swim.days": 2, "swim": {"days": 3}}"#, false), (#"{"swim.days": 2, "swim.days": 2}"#, false),
    (#"{"assessed_on": "2026-02-29"}"#, false), (#"{"swim.strokes": ["butterfly"]}"#, false),
    (#"{"swim.strokes": "crawl"}"#, false), (#"{"swim.strokes": {"crawl": 1}}"#, false),
    (#"{"swim.days": 2}}"#, false), (#"{"swim.days": 2"#, false), ("[1]", false), ("7", false),
    ("{\"swim.days\"", false),
    (#"{"swim.days": 2, "client": 7.5e-1}"#, true), (#" { "swim.days" : 2 , "swim" : { } } "#, true),
    (#"{"swim.days" 2}"#, false), (#"{"swim.days":: 2}"#, false), (#"{"swim.days": 2 "swim.lengths": 7}"#, false),
    (#"{"swim.days": 2]"#, false), (#"{"swim.strokes": ["crawl"}}"#, false),
    (#"{"swim.strokes": ["crawl" "back"]}"#, false),
    ("{\"swim.days\": 7\0}", false), ("{\"swim.days\": 7\0\0 }", false), ("{\"swimmer.afraid\": true\0}", false),
    ("{\"swim.days\": null\0}", false),
    (#"{"swimmer.afraid": trueish}"#, false), (#"{"swimmer.afraid": tru}"#, false), (#"{"swim.days": nul}"#, false),
    ("{\"swim.strokes\": [\"cr\u{1}awl\"]}", false), (#"{"swim.days": 2"}"#, false),
    (String(repeating: #"{"swim":"#, count: 20) + "{}" + String(repeating: "}", count: 20), false),
    (#"{"swim": 3}"#, false), (#"{"swim.days": [2]}"#, false), (#"{"swim.days": {"x": 2}}"#, false),
  ])
  func unusualJSON(text: String, isGood: Bool) {
    let compiled = CompiledProgram(Self.program)
    var reader = JSONIntakeReader(compiled, FactNames(Self.program, idKey: "client"))
    let intake = CompiledIntake(compiled)
    let quick = read(text) { reader.read($0, into: intake) }
    let slow = IntakeText(Self.program, idKey: "client").json(Array(text.utf8), name: "line")
    #expect(slow.diagnostics.contains { $0.severity == .error } == !isGood, "\(slow.diagnostics)")
    if quick == .read {
      #expect(isGood)
      #expect(intake.answers() == slow.intake)
    }
  }

  /// Whatever is cut off or mixed up, the quick reader takes only what the other takes, and takes it alike.
  @Test func brokenJSON() throws {
    let compiled = CompiledProgram(Self.program)
    var reader = JSONIntakeReader(compiled, FactNames(Self.program, idKey: nil))
    let intake = CompiledIntake(compiled)
    let text = IntakeText(Self.program, idKey: nil)
    var generator = SeededGenerator(seed: 9)
    var taken = 0
    for _ in 0..<3_000 {
      let answers = RandomIntake.make(Self.program, unanswered: 50, using: &generator)
      var bytes = Array(IntakeLine.json(answers, Self.program, id: nil, &generator).utf8)
      for _ in 0..<(1 + generator.below(3)) where !bytes.isEmpty {
        let at = generator.below(bytes.count)
        switch generator.below(5) {
        case 0: bytes.remove(at: at)
        case 1: bytes.insert(generator.pick(Array(" \t,:\"{}[]7".utf8)), at: at)
        case 2:
          bytes.insert(32, at: generator.pick(bytes.indices.filter { [44, 58, 123, 125].contains(bytes[$0]) } + [0]))
        case 3: bytes[at] = generator.pick(Array(#"{}[]",:0a\ "#.utf8) + [0, 0xC3, 0xFF])
        default: bytes = Array(bytes.prefix(at + 1))
        }
      }
      let quick = withPadding(bytes) { reader.read($0, into: intake) }
      guard quick == .read else { continue }
      taken += 1
      #expect(throws: Never.self, "\(String(decoding: bytes, as: UTF8.self))") {
        try JSONSerialization.jsonObject(with: Data(bytes))
      }
      let slow = text.json(bytes, name: "line")
      // A contradiction between answers is found later, when they are planned with.
      let isContradiction = slow.diagnostics.contains {
        ["impossible-intake", "total-disagrees", "no-parameter-in-force"].contains($0.id)
      }
      #expect(isContradiction || !slow.diagnostics.contains { $0.severity == .error }, "\(slow.diagnostics)")
      #expect(intake.answers() == slow.intake, "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(taken > 100)
  }

  // MARK: Tables

  @Test func tablesComeBack() throws {
    let compiled = CompiledProgram(Self.program)
    let names = FactNames(Self.program, idKey: "client")
    let header = IntakeLine.header(Self.program)
    let reader = try CSVIntakeReader(compiled, names, header: Array("client,\(header)".utf8), idKey: "client")
    let intake = CompiledIntake(compiled)
    var generator = SeededGenerator(seed: 3)
    for number in 0..<60 {
      let answers = RandomIntake.make(Self.program, unanswered: generator.pick([0, 40]), using: &generator)
      let line = "\"c,\"\"\(number)\"," + IntakeLine.csv(answers, Self.program, &generator)
      let quick = read(line) { reader.read($0, into: intake) }
      #expect(quick == .read, "\(line)")
      #expect(intake.answers() == IntakeLine.withoutPartialSets(answers), "\(line)")
      #expect(read(line) { reader.id(in: $0) } == "c,\"\(number)")
      let cells = read(line) { reader.cells($0) }
      let slow = IntakeText(Self.program, idKey: nil).row(cells, name: "line")
      #expect(slow.intake == intake.answers())
    }
  }

  @Test func headersOfTables() {
    let compiled = CompiledProgram(Self.program)
    let names = FactNames(Self.program, idKey: nil)
    func problem(_ header: String) -> CSVIntakeReader.Problem? {
      do {
        _ = try CSVIntakeReader(compiled, names, header: Array(header.utf8), idKey: nil)
        return nil
      } catch { return error }
    }
    #expect(problem("swim.days,swim.strokes.crawl,\"swimmer.age\"") == nil)
    #expect(problem("\u{FEFF}swim.days") == nil)
    #expect(problem("swim.days,client") == .unknownColumn("client"))
    #expect(problem("swim.days,swim.days") == .columnTwice("swim.days"))
    #expect(problem("swim.strokes.butterfly") == .unknownColumn("swim.strokes.butterfly"))
    #expect(problem("\"swim.days") == .brokenHeader)
  }

  // MARK: Lines

  @Test func linesOfAnyLength() throws {
    try withTemporaryFolder { folder in
      let long = String(repeating: "x", count: 3_000)
      let lines = ["a", "", long, "b\r", "c"]
      let path = "\(folder)/lines"
      try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
      let input = try LineInput(path)
      let chunk = LineChunk(size: 16)
      var found: [(String, Int)] = []
      while try input.fill(chunk) {
        chunk.forEachLine { found.append((String(decoding: $0, as: UTF8.self), $1)) }
      }
      #expect(found.map(\.0) == ["a", "", long, "b", "c"])
      #expect(found.map(\.1) == [1, 2, 3, 4, 5])
      let again = try LineInput(path)
      try again.skip(to: 3_004, line: 4)
      let isMore = try again.fill(chunk)
      #expect(isMore)
      #expect(chunk.firstLine == 4)
    }
  }

  private func read<Result>(_ text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withPadding(Array(text.utf8), body)
  }

  /// With as many bytes behind the text as the readers may look at.
  private func withPadding<Result>(_ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let padded = bytes + Array(repeating: UInt8(ascii: "7"), count: LineInput.padding)
    return padded.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<bytes.count])) }
  }
}
