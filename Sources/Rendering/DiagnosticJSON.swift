import FoundationEssentials
public import RuleLanguage
public import SourceText

/// Findings as JSON, for tools. Lines and columns count from 1; columns count Unicode scalars, the end is not included.
public enum DiagnosticJSON {
  private struct Place: Encodable {
    var file: String
    var line: Int
    var column: Int
    var endLine: Int
    var endColumn: Int

    init?(_ range: SourceRange?) {
      guard let range, !range.file.isEmpty else { return nil }
      file = range.file
      line = range.start.line
      column = range.start.column
      endLine = range.end.line
      endColumn = range.end.column
    }
  }

  private struct Entry: Encodable {
    struct Note: Encodable {
      var message: String
      var place: Place?
    }

    struct Fix: Encodable {
      var message: String
      var place: Place?
      var replacement: String
    }

    var id: String
    var severity: String
    var message: String
    var place: Place?
    var notes: [Note]
    var fixes: [Fix]
    /// Why it may stand, if it is suppressed.
    var suppressedBecause: String?

    init(_ diagnostic: Diagnostic, files: [String: SourceFile], suppressedBecause: String? = nil) {
      let isPersonal = diagnostic.range.flatMap { files[$0.file]?.isPersonal } ?? false
      id = diagnostic.id
      severity = diagnostic.severity.rawValue
      message = diagnostic.message
      place = Place(diagnostic.range)
      notes = diagnostic.notes.map { Note(message: $0.message, place: Place($0.range)) }
      fixes =
        isPersonal
        ? []
        : diagnostic.fixIts.map { Fix(message: $0.message, place: Place($0.range), replacement: $0.replacement) }
      self.suppressedBecause = suppressedBecause
    }
  }

  private struct Report: Encodable {
    var errors: Int
    var warnings: Int
    var findings: [Entry]
    var suppressed: [Entry]
  }

  /// - Parameters:
  ///   - suppressed: what was found, but is let stand by the author.
  ///   - files: the files by name; corrections in a file that holds answers are left out.
  public static func render(
    _ diagnostics: [Diagnostic], suppressed: [SuppressedFinding] = [], files: [String: SourceFile]
  ) -> String {
    let report = Report(
      errors: diagnostics.count { $0.severity == .error }, warnings: diagnostics.count { $0.severity == .warning },
      findings: diagnostics.map { Entry($0, files: files) },
      suppressed: suppressed.map { Entry($0.finding, files: files, suppressedBecause: $0.suppression.reason) })
    return JSONText.render(report)
  }
}

/// JSON as every output of this project writes it: sorted keys, two spaces of indent.
enum JSONText {
  /// - Parameter keys: how names become keys: `snake_case`, where no standard wants something else.
  static func render(
    _ value: some Encodable, keys: JSONEncoder.KeyEncodingStrategy = .convertToSnakeCase
  ) -> String {
    encode(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes], keys) + "\n"
  }

  /// The same on one line, without its end.
  static func line(_ value: some Encodable) -> String {
    encode(value, [.sortedKeys, .withoutEscapingSlashes], .convertToSnakeCase)
  }

  private static func encode(
    _ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting, _ keys: JSONEncoder.KeyEncodingStrategy
  ) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    encoder.keyEncodingStrategy = keys
    guard let data = try? encoder.encode(value) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }
}
