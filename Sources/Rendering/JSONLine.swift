/// Single lines of JSON.
package enum JSONLine {
  /// A text in quotes.
  package static func quoted(_ text: String) -> String { JSONText.line(text) }

  private struct BadLine: Encodable {
    var line: Int
    var column: Int
    var id: String
    var message: String
    var file: String?
  }

  /// What is wrong with a line of an input, with its end; never an answer.
  ///
  /// - Parameter file: the input, where there are several.
  package static func badLine(
    _ line: Int, column: Int, id: String, message: String, file: String? = nil
  ) -> String {
    JSONText.line(BadLine(line: line, column: column, id: id, message: message, file: file)) + "\n"
  }
}
