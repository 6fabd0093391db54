import SourceText
import Testing

struct SourceFileTests {
  @Test func linesEndInEitherWay() {
    let file = SourceFile(name: "a", text: "one\ntwo\r\nthree\rfour")
    #expect(file.lines == ["one", "two", "three", "four"])
    #expect(file.line(2) == "two")
    #expect(file.line(99) == "")
  }

  @Test func findingsAreSortedByPlaceAndOnce() {
    func finding(_ line: Int) -> Diagnostic {
      let place = SourcePosition(line: line, column: 1)
      return Diagnostic(
        id: "x", severity: .error, message: "m", range: SourceRange(file: "a", start: place, end: place))
    }
    #expect([finding(3), finding(1), finding(3)].sortedByPlace() == [finding(1), finding(3)])
  }
}
