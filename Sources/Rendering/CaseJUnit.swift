public import RuleAnalysis
import SourceText

/// The outcome of running cases in the XML that JUnit began and most build servers read: one suite for each file of cases.
///
/// It holds no times, so that equal outcomes give equal files.
public enum CaseJUnit {
  public static func render(_ results: [CaseRunner.Result]) -> String {
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="handrail test" \#(counts(results))>"#,
    ]
    for file in Set(results.map(\.place.file)).sorted() {
      let own = results.filter { $0.place.file == file }
      lines.append(#"  <testsuite name="\#(escape(file))" \#(counts(own))>"#)
      for result in own { lines += testCase(result) }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func counts(_ results: [CaseRunner.Result]) -> String {
    #"tests="\#(results.count)" failures="\#(results.count { !$0.hasPassed })" errors="0" skipped="0""#
  }

  private static func testCase(_ result: CaseRunner.Result) -> [String] {
    let file = escape(result.place.file)
    let head = #"    <testcase name="\#(escape(result.id))" classname="\#(file)""#
    guard !result.hasPassed else { return [head + "/>"] }
    let message = result.differences.map(CaseWords.text).joined(separator: "; ")
    var text = "\(CaseWords.place(result.place))"
    for difference in result.differences {
      text += "\n\(CaseWords.text(difference))"
      for trace in difference.trace { text += "\n  - \(CaseWords.text(trace))" }
    }
    return [
      head + ">", #"      <failure type="case" message="\#(escape(message))">\#(escape(text))</failure>"#,
      "    </testcase>",
    ]
  }

  private static func escape(_ text: String) -> String {
    text.printable.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
