import SourceText

/// One line that a hosted workflow reads from a log and shows beside a line of a file.
///
/// ```
/// ::error file=Rules/track.yaml,line=4,col=5,endLine=4,endColumn=15,title=unknown-name::there is no fact …
/// ```
enum WorkflowCommand {
  static func text(_ severity: String, at range: SourceRange?, title: String, _ message: String) -> String {
    var properties: [String] = []
    if let range, !range.file.isEmpty {
      properties = [
        "file=\(escapeProperty(range.file))", "line=\(range.start.line)", "col=\(range.start.column)",
        "endLine=\(range.end.line)", "endColumn=\(range.end.column)",
      ]
    }
    properties.append("title=\(escapeProperty(title))")
    return "::\(severity) \(properties.joined(separator: ","))::\(escape(message))\n"
  }

  private static func escape(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func escapeProperty(_ text: String) -> String {
    escape(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
