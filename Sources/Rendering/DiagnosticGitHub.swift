public import SourceText

/// Findings as workflow commands, which a hosted review shows beside the line.
///
/// ```
/// ::error file=Rules/track.yaml,line=4,col=5,endLine=4,endColumn=15,title=unknown-name::there is no fact …
/// ```
public enum DiagnosticGitHub {
  public static func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { diagnostic in
      var properties: [String] = []
      if let range = diagnostic.range, !range.file.isEmpty {
        properties = [
          "file=\(escapeProperty(range.file))", "line=\(range.start.line)", "col=\(range.start.column)",
          "endLine=\(range.end.line)", "endColumn=\(range.end.column)",
        ]
      }
      properties.append("title=\(escapeProperty(diagnostic.id))")
      let command = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
      return "::\(command) \(properties.joined(separator: ","))::\(escape(diagnostic.message))\n"
    }.joined()
  }

  private static func escape(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func escapeProperty(_ text: String) -> String {
    escape(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
